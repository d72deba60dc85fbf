//! Leaving states: history is recorded, exit actions run, tasks and timers of the state end.

use super::run::{Move, Run};
use crate::machine::Kind;
use crate::state_set::StateSet;
use crate::{Effect, Key};

impl Run<'_> {
    /// Appendix D, `exitStates`.
    pub(super) fn exit_states(&mut self, moves: &[Move<'_>]) {
        let mut leaving = StateSet::empty(self.machine.states.len());
        for step in moves {
            self.add_exits(self.domain(step.source, step.domain, &step.targets), &mut leaving);
        }
        if leaving.is_empty() {
            return;
        }
        for state in leaving.descending() {
            self.record_history(state);
        }
        for state in leaving.descending() {
            self.leave(state);
        }
    }

    /// Appendix D, `exitInterpreter`: exit actions run, but the configuration that was reached stays.
    pub(super) fn exit_all(&mut self) {
        let machine = self.machine;
        for state in self.active.clone().descending() {
            for block in &machine.states[state].exit {
                self.perform(block);
            }
        }
        self.internal.clear();
        self.external.clear();
    }

    /// Leaves every state for good.
    pub(super) fn stop(&mut self) {
        self.running = false;
        self.stopped = true;
        for state in self.active.clone().descending() {
            self.leave(state);
        }
        self.internal.clear();
        self.external.clear();
    }

    fn record_history(&mut self, state: usize) {
        let machine = self.machine;
        for &history in &machine.states[state].histories {
            let deep = machine.states[history].kind == Kind::DeepHistory;
            let remembered = self.active.iter().filter(|active| {
                if deep {
                    machine.states[*active].kind.is_atomic() && machine.is_descendant(*active, state)
                } else {
                    machine.states[*active].parent == state
                }
            });
            let keys: Vec<Key> = remembered.map(|active| machine.states[active].key.clone()).collect();
            self.history.edit().insert(machine.states[history].key.clone(), keys);
        }
    }

    fn leave(&mut self, index: usize) {
        let machine = self.machine;
        let state = &machine.states[index];
        for block in &state.exit {
            self.perform(block);
        }
        if !state.tasks.is_empty() {
            self.effects.push(Effect::CloseTasks { state: state.key.clone() });
        }
        for after in &state.after {
            self.cancel(&after.send_id);
        }
        self.stop_invoked(index);
        self.to_invoke.remove(index);
        self.returns.take(&state.key);
        self.active.remove(index);
        self.left.insert(index);
        self.active_changed();
    }
}
