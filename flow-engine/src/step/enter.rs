//! Entering states: which ones, in which order, and what each does (SCXML Appendix D, `enterStates`).

use serde_json::{Map, Value};
use smallvec::SmallVec;

use super::run::{Move, Run};
use crate::action::Action;
use crate::machine::{Kind, Output};
use crate::state_set::StateSet;
use crate::{Effect, Event, Key};

/// What will be entered.
struct Entry<'a> {
    states: StateSet,
    /// Compound states entered by their initial transition.
    by_default: StateSet,
    /// Content of default history transitions, with the history's parent.
    history_content: Vec<(usize, &'a [Action])>,
}

impl<'a> Run<'a> {
    pub(super) fn enter_initial(&mut self) {
        let mut entry = self.no_entry();
        let machine = self.machine;
        let initial = machine.states[0]
            .initial
            .as_ref()
            .expect("the root is compound, so it has an initial transition");
        for &target in &initial.targets {
            self.add_descendants(target, &mut entry);
        }
        for &target in &initial.targets {
            self.add_ancestors(target, 0, &mut entry);
        }
        self.perform(&initial.actions);
        self.enter(&entry);
    }

    pub(super) fn enter_states(&mut self, moves: &[Move<'a>]) {
        let mut entry = self.no_entry();
        for step in moves {
            for &target in step.targets.iter() {
                self.add_descendants(target, &mut entry);
            }
            let Some(domain) = self.domain(step.source, step.domain, &step.targets) else { continue };
            for &target in step.targets.iter() {
                for state in self.effective(target) {
                    self.add_ancestors(state, domain, &mut entry);
                }
            }
        }
        self.enter(&entry);
    }

    fn no_entry(&self) -> Entry<'a> {
        let count = self.machine.states.len();
        Entry {
            states: StateSet::empty(count),
            by_default: StateSet::empty(count),
            history_content: Vec::new(),
        }
    }

    fn effective(&self, target: usize) -> SmallVec<[usize; 4]> {
        if !self.machine.states[target].kind.is_history() {
            return SmallVec::from_slice(&[target]);
        }
        if let Some(recorded) = self.recorded(target) {
            return recorded.into();
        }
        let default = self.machine.states[target].initial.as_ref();
        let targets = default.map_or(&[][..], |default| &default.targets);
        targets.iter().flat_map(|target| self.effective(*target)).collect()
    }

    /// Appendix D, `addDescendantStatesToEnter`.
    fn add_descendants(&self, index: usize, entry: &mut Entry<'a>) {
        let machine = self.machine;
        let state = &machine.states[index];
        match state.kind {
            Kind::ShallowHistory | Kind::DeepHistory => self.add_remembered(index, entry),
            Kind::Atomic | Kind::Final => entry.states.insert(index),
            Kind::Compound => {
                entry.states.insert(index);
                entry.by_default.insert(index);
                let initial = state.initial.as_ref().expect("compiling gives every compound state one");
                for &target in &initial.targets {
                    self.add_descendants(target, entry);
                }
                for &target in &initial.targets {
                    self.add_ancestors(target, index, entry);
                }
            }
            Kind::Parallel => {
                entry.states.insert(index);
                self.add_regions(index, entry);
            }
        }
    }

    fn add_remembered(&self, history: usize, entry: &mut Entry<'a>) {
        let machine = self.machine;
        let parent = machine.states[history].parent;
        let recorded = self.recorded(history);
        let targets: Vec<usize> = match (&recorded, &machine.states[history].initial) {
            (Some(states), _) => states.clone(),
            (None, Some(default)) => {
                // One content per parent (Appendix D, `defaultHistoryContent`).
                entry.history_content.retain(|(other, _)| *other != parent);
                entry.history_content.push((parent, &default.actions));
                default.targets.clone()
            }
            (None, None) => Vec::new(),
        };
        for &target in &targets {
            self.add_descendants(target, entry);
        }
        for &target in &targets {
            self.add_ancestors(target, parent, entry);
        }
    }

    /// Appendix D, `addAncestorStatesToEnter`: ancestors below `limit`, and the other regions of parallel ones.
    fn add_ancestors(&self, state: usize, limit: usize, entry: &mut Entry<'a>) {
        let machine = self.machine;
        for ancestor in machine.ancestors(state).take_while(|ancestor| *ancestor != limit && *ancestor != 0) {
            entry.states.insert(ancestor);
            if machine.states[ancestor].kind == Kind::Parallel {
                self.add_regions(ancestor, entry);
            }
        }
    }

    /// Every region of a parallel state in which nothing is entered yet.
    fn add_regions(&self, parallel: usize, entry: &mut Entry<'a>) {
        let machine = self.machine;
        for &region in &machine.states[parallel].children {
            if !entry.states.iter().any(|state| state == region || machine.is_descendant(state, region)) {
                self.add_descendants(region, entry);
            }
        }
    }

    fn enter(&mut self, entry: &Entry<'a>) {
        for state in entry.states.iter() {
            self.active.insert(state);
            self.entered.insert(state);
            if !self.machine.states[state].invokes.is_empty() {
                self.to_invoke.insert(state);
            }
            self.active_changed();
            self.bind_late(state);
            self.on_entry(state, entry);
            if self.machine.states[state].kind == Kind::Final {
                self.reach_final(state);
            }
        }
    }

    fn on_entry(&mut self, index: usize, entry: &Entry<'a>) {
        let machine = self.machine;
        let state = &machine.states[index];
        for block in &state.entry {
            self.perform(block);
        }
        if entry.by_default.contains(index)
            && let Some(initial) = &state.initial
        {
            self.perform(&initial.actions);
        }
        for (_, content) in entry.history_content.iter().filter(|(parent, _)| *parent == index) {
            self.perform(content);
        }
        for after in &state.after {
            self.arm(&state.key, after);
        }
        self.open_tasks(index);
    }

    /// A final child tells its parent's completion, and completes a parallel grandparent (SCXML §3.7.1).
    fn reach_final(&mut self, index: usize) {
        let machine = self.machine;
        let parent = machine.states[index].parent;
        if parent == 0 {
            self.running = false;
            self.done = Some(machine.states[index].key.clone());
            self.output = self.done_data(index).into();
            self.exit_all();
            return;
        }
        let data = self.done_data(index);
        self.raise_done(parent, data);
        let grandparent = machine.states[parent].parent;
        if machine.states[grandparent].kind == Kind::Parallel && self.is_complete(grandparent) {
            self.raise_done(grandparent, Value::Null);
        }
    }

    fn raise_done(&mut self, state: usize, data: Value) {
        let name = Key::from(format!("done.state.{}", self.machine.states[state].key));
        self.internal.push_back(Event::platform(name, data));
    }

    /// Appendix D, `isInFinalState`.
    fn is_complete(&self, index: usize) -> bool {
        let state = &self.machine.states[index];
        match state.kind {
            Kind::Compound => {
                let is_reached = |child: &usize| {
                    self.machine.states[*child].kind == Kind::Final && self.active.contains(*child)
                };
                state.children.iter().any(is_reached)
            }
            Kind::Parallel => state.children.iter().all(|child| self.is_complete(*child)),
            Kind::Atomic | Kind::Final | Kind::ShallowHistory | Kind::DeepHistory => false,
        }
    }

    fn done_data(&mut self, index: usize) -> Value {
        match &self.machine.states[index].output {
            None => Value::Null,
            Some(Output::Content(expr)) => self.value_or_error(expr).unwrap_or(Value::Null),
            Some(Output::Params(params)) => {
                // A parameter that fails is left out, the others stay (SCXML §5.7.1).
                let mut data = Map::new();
                for (name, expr) in params {
                    if let Some(value) = self.value_or_error(expr) {
                        data.insert(name.clone(), value);
                    }
                }
                Value::Object(data)
            }
        }
    }

    /// Opens what the states of these keys offer, and arms what no active state has armed yet. Nothing is entered.
    pub(super) fn open_entered(&mut self, entered: &[Key]) {
        if !self.running {
            return;
        }
        let machine = self.machine;
        for index in self.active.clone().iter() {
            let state = &machine.states[index];
            for after in &state.after {
                if !self.timers.contains_key(&after.send_id) {
                    self.arm(&state.key, after);
                }
            }
            if entered.contains(&state.key) {
                self.open_tasks(index);
            }
        }
    }

    fn open_tasks(&mut self, index: usize) {
        let machine = self.machine;
        let state = &machine.states[index];
        for task in &state.tasks {
            match self.task_spec(task) {
                Ok(task) => self.effects.push(Effect::OpenTask { state: state.key.clone(), task }),
                Err(failure) => self.raise_error("error.execution", &failure, None),
            }
        }
    }
}
