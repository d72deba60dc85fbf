//! Moving a running instance to another version of its flow: by name, or by a given mapping.
//!
//! Checks that the instance can stand there and says why not; keeps what it has waited for.
//! Entry and exit actions do not run: nothing happened, the drawing changed.

use form_engine::Problem;
use indexmap::IndexMap;

use crate::machine::{Kind, Machine};
use crate::snapshot::Timer;
use crate::state_set::StateSet;
use crate::step::{Inputs, Step, bind_missing, open_entered};
use crate::{Cause, ClockStatus, Effect, Key, Snapshot};

/// Takes an instance of `from` over to `to`. `mapping` names, for states of `from`, the states of `to` they
/// become; what it leaves out keeps its key.
///
/// Clocks keep their promise and what they used; a clock that `to` does not have is cancelled. Timers of states keep
/// their time where the state has the same one; one that is new there counts from now. Tasks stay with states that keep
/// their key; those of a state that is new are opened. Invoked flows go on with the state that waits for them, else they
/// are stopped.
///
/// # Errors
///
/// Why the instance cannot stand in `to`, with the pointer of the state in question as `/KEY`; never an empty list.
pub fn migrate(
    from: &Machine,
    to: &Machine,
    snapshot: &Snapshot,
    mapping: &IndexMap<Key, Key>,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, Vec<Problem>> {
    let mut problems = Vec::new();
    let became = |key: &Key| mapping.get(key).unwrap_or(key).clone();
    let mut active: Vec<usize> = Vec::new();
    for key in &snapshot.active {
        match to.by_key.get(&became(key)) {
            Some(&state) if to.states[state].kind.is_atomic() => active.push(state),
            Some(_) => problems.push(refuse(
                key,
                format!("`{}` has states inside, one of which must be chosen", became(key)),
            )),
            None => problems.push(refuse(key, format!("the new version has no state `{}`", became(key)))),
        }
    }
    active.sort_unstable();
    active.dedup();
    if problems.is_empty() {
        check_configuration(to, &active, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut moved = Move { from, to, effects: Vec::new(), snapshot: snapshot.clone(), entered: Vec::new() };
    moved.states(&active, &became);
    moved.history(&became);
    moved.clocks(now_ms, inputs);
    moved.timers(&became);
    moved.invocations(&became);
    moved
        .snapshot
        .context
        .edit()
        .retain(|name, _| to.variables.iter().any(|variable| variable.name == *name));
    moved.snapshot.context =
        bind_missing(to, inputs, now_ms, std::mem::take(&mut moved.snapshot.context).into_inner()).into();
    let opened = open_entered(to, &moved.snapshot, &moved.entered, inputs, now_ms)
        .map_err(|error| vec![Problem::new("flow.migration_impossible", "", error.to_string())])?;
    moved.effects.extend(opened.effects);
    moved.snapshot = opened.snapshot;
    Ok(Step {
        snapshot: moved.snapshot,
        effects: moved.effects,
        taken: true,
        trace: Vec::new(),
        cause: Cause::default(),
    })
}

fn refuse(key: &Key, message: String) -> Problem {
    Problem::new("flow.migration_impossible", form_engine::pointer::join("", key.as_str()), message)
}

/// One child of each compound state, every child of each parallel one (SCXML §3.11).
fn check_configuration(to: &Machine, active: &[usize], problems: &mut Vec<Problem>) {
    let mut all = StateSet::empty(to.states.len());
    for state in active {
        to.upwards(*state).for_each(|state| all.insert(state));
    }
    for index in all.iter() {
        let state = &to.states[index];
        let inside = state.children.iter().filter(|child| all.contains(**child)).count();
        match state.kind {
            Kind::Compound if inside > 1 => {
                problems.push(refuse(&state.key, "only one state inside can be active".to_owned()));
            }
            Kind::Parallel if inside < state.children.len() => {
                let idle = state.children.iter().filter(|child| !all.contains(**child));
                let idle: Vec<&str> = idle.map(|child| to.states[*child].key.as_str()).collect();
                let message = format!("nothing would be active in `{}`", idle.join("`, `"));
                problems.push(refuse(&state.key, message));
            }
            Kind::Compound
            | Kind::Parallel
            | Kind::Atomic
            | Kind::Final
            | Kind::ShallowHistory
            | Kind::DeepHistory => {}
        }
    }
}

struct Move<'a> {
    from: &'a Machine,
    to: &'a Machine,
    effects: Vec<Effect>,
    snapshot: Snapshot,
    /// Active in the new version and not before, under the same key.
    entered: Vec<Key>,
}

impl Move<'_> {
    fn states(&mut self, active: &[usize], became: &impl Fn(&Key) -> Key) {
        let before = with_ancestors(
            self.from,
            self.snapshot.active.iter().filter_map(|key| self.from.by_key.get(key)),
        );
        let after = with_ancestors(self.to, active.iter());
        self.snapshot.active = active.iter().map(|state| self.to.states[*state].key.clone()).collect();
        self.snapshot.done = self.snapshot.done.take().map(|key| became(&key));
        let from: Vec<Key> = before.iter().filter(|key| !after.contains(key)).cloned().collect();
        let to: Vec<Key> = after.iter().filter(|key| !before.contains(key)).cloned().collect();
        if !from.is_empty() || !to.is_empty() {
            self.effects.push(Effect::State {
                from: from.iter().cloned().collect(),
                to: to.iter().cloned().collect(),
            });
        }
        let had_task = |key: &&Key| {
            self.from.by_key.get(*key).is_some_and(|state| !self.from.states[*state].tasks.is_empty())
        };
        self.entered = to;
        self.effects
            .extend(from.iter().filter(had_task).map(|state| Effect::CloseTasks { state: state.clone() }));
    }

    /// What a history state remembers is kept as far as the states are still there.
    fn history(&mut self, became: &impl Fn(&Key) -> Key) {
        let is_there = |key: &Key| self.to.by_key.contains_key(key);
        let old = std::mem::take(&mut self.snapshot.history).into_inner();
        for (history, keys) in old {
            let keys: Vec<Key> = keys.iter().map(became).collect();
            if is_there(&became(&history)) && keys.iter().all(is_there) {
                self.snapshot.history.edit().insert(became(&history), keys);
            }
        }
        let returns = std::mem::take(&mut self.snapshot.returns).into_inner();
        let returns = returns.into_iter().map(|(to, from)| (became(&to), became(&from)));
        let returns: IndexMap<Key, Key> =
            returns.filter(|(to, from)| is_there(to) && is_there(from)).collect();
        self.snapshot.returns = returns.into();
    }

    fn clocks(&mut self, now_ms: i64, inputs: &Inputs<'_>) {
        let lost = |name: &Key| !self.to.clocks.iter().any(|clock| clock.name == *name);
        let gone: Vec<Key> = self.snapshot.clocks.keys().filter(|name| lost(name)).cloned().collect();
        for name in gone {
            let Some(mut record) = self.snapshot.clocks.take(&name) else { continue };
            if record.is_open() {
                record.end(ClockStatus::Cancelled, now_ms, inputs.calendars);
                let clock = self.from.clocks.iter().find(|clock| clock.name == name);
                let title = clock.map_or_else(|| name.as_str().into(), |clock| clock.title.clone());
                self.effects.push(Effect::Clock(record.reading(&name, &title)));
            }
            for id in ["breach", "warn"].map(|kind| Key::from(format!("clock.{kind}.{name}"))) {
                self.forget(&id);
            }
        }
    }

    /// A state's timer goes on where the new state has one in the same place; its id follows the state.
    fn timers(&mut self, became: &impl Fn(&Key) -> Key) {
        let old: Vec<(Key, Timer)> =
            self.snapshot.timers.iter().map(|(id, timer)| (id.clone(), timer.clone())).collect();
        for (id, timer) in old {
            let Some(state) = timer.state else { continue };
            let new = became(&state);
            let position = id.rsplit('.').next().unwrap_or_default();
            let new_id = Key::from(format!("after.{new}.{position}"));
            let has_it =
                |state: &usize| self.to.states[*state].after.iter().any(|after| after.send_id == new_id);
            let goes_on = self.is_active(&new) && self.to.by_key.get(&new).is_some_and(has_it);
            if !goes_on {
                self.forget(&id);
            } else if new_id != id {
                self.forget(&id);
                let mut event = crate::Event::new(new_id.clone(), serde_json::Value::Null);
                event.send_id = Some(new_id.clone());
                self.snapshot
                    .timers
                    .edit()
                    .insert(new_id.clone(), Timer { due_ms: timer.due_ms, state: Some(new), sent_as: None });
                self.effects.push(Effect::Schedule { send_id: new_id, event, due_ms: timer.due_ms });
            }
        }
    }

    /// What was invoked goes on where the state still invokes it; ids stay, so a mapped state needs the same id.
    fn invocations(&mut self, became: &impl Fn(&Key) -> Key) {
        let old = std::mem::take(&mut self.snapshot.invocations).into_inner();
        for (id, mut invocation) in old {
            let state = became(&invocation.state);
            let invokes = |index: &usize| self.to.states[*index].invokes.iter().any(|invoke| invoke.id == id);
            if self.is_active(&state) && self.to.by_key.get(&state).is_some_and(invokes) {
                invocation.state = state;
                self.snapshot.invocations.edit().insert(id, invocation);
            } else if invocation.has_running() {
                self.effects.push(Effect::StopInvoke { invocation: id, visit: invocation.visit });
            }
        }
    }

    fn is_active(&self, key: &Key) -> bool {
        let active = self.snapshot.active.iter().filter_map(|key| self.to.by_key.get(key));
        active.flat_map(|state| self.to.upwards(*state)).any(|state| self.to.states[state].key == *key)
    }

    fn forget(&mut self, id: &Key) {
        if self.snapshot.timers.take(id).is_some() {
            self.effects.push(Effect::Cancel { send_id: id.clone() });
        }
    }
}

/// Keys of these states and their ancestors, in document order.
fn with_ancestors<'s>(machine: &Machine, states: impl Iterator<Item = &'s usize>) -> Vec<Key> {
    let mut all = StateSet::empty(machine.states.len());
    for state in states {
        machine.upwards(*state).filter(|state| *state != 0).for_each(|state| all.insert(state));
    }
    all.iter().map(|state| machine.states[state].key.clone()).collect()
}
