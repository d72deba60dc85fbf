//! What the drawing itself shows to be wrong: states nothing leads to, states nothing leads out
//! of, work for nobody, buttons nobody listens to. Checked of work flows only.

use super::{Compiler, Kind, Place, code};
use crate::action::{Action, Branch};
use crate::machine::{Descriptor, State};
use crate::state_set::StateSet;

impl Compiler<'_> {
    pub(super) fn check_graph(&mut self, places: &[Place<'_>]) {
        let reached = self.reachable();
        for (state, place) in places.iter().enumerate().skip(1) {
            let path = place.node.path.as_str();
            if !reached.contains(state) {
                self.refuse(
                    code::STATE_UNREACHABLE,
                    path,
                    format!("nothing leads to `{}`", self.states[state].key),
                );
            } else if self.is_dead_end(state) {
                let message =
                    format!("nothing leads out of `{}`, and it is no final state", self.states[state].key);
                self.refuse(code::DEAD_END, path, message);
            }
        }
        self.check_tasks(places);
        self.check_invokes(places);
    }

    /// The end of a child is waited for by somebody.
    fn check_invokes(&mut self, places: &[Place<'_>]) {
        for (state, place) in places.iter().enumerate().skip(1) {
            let path = form_engine::pointer::join(&place.node.path, "invoke");
            let ends = self.states[state].invokes.iter().map(|invoke| format!("done.invoke.{}", invoke.id));
            let unheard: Vec<String> = ends.filter(|event| !self.is_heard(state, event)).collect();
            for event in unheard {
                let message = format!("nothing listens to `{event}` while that flow runs");
                self.refuse(code::EVENT_UNHEARD, path.clone(), message);
            }
        }
    }

    /// Every state that some sequence of events may enter, guards taken as true.
    fn reachable(&self) -> StateSet {
        let mut reached = StateSet::empty(self.states.len());
        let mut open = vec![0];
        reached.insert(0);
        while let Some(state) = open.pop() {
            for next in self.leads_to(state) {
                // A target is entered with its ancestors, whose own default need not be.
                let mut at = next;
                while !reached.contains(at) {
                    reached.insert(at);
                    open.push(at);
                    at = self.states[at].parent;
                }
            }
        }
        reached
    }

    fn leads_to(&self, index: usize) -> Vec<usize> {
        let state = &self.states[index];
        let mut next: Vec<usize> = Vec::new();
        if let Some(initial) = &state.initial {
            next.extend(&initial.targets);
        }
        if state.kind == Kind::Parallel {
            next.extend(&state.children);
        }
        next.extend(state.transitions.iter().flat_map(|transition| &self.transitions[*transition].targets));
        next
    }

    /// An atomic state that can only be stayed in. Regions of a parallel state may end in one.
    fn is_dead_end(&self, index: usize) -> bool {
        let mut state = index;
        if self.states[index].kind != Kind::Atomic {
            return false;
        }
        loop {
            let leaves = self.states[state].transitions.iter().any(|transition| {
                self.transitions[*transition].targets.iter().any(|target| *target != index)
            });
            if leaves || self.states[state].kind == Kind::Parallel {
                return false;
            }
            if state == 0 {
                return true;
            }
            state = self.states[state].parent;
        }
    }

    fn check_tasks(&mut self, places: &[Place<'_>]) {
        let assigns = self.states.iter().any(State::assigns)
            || self.transitions.iter().any(|transition| any_assigns(&transition.actions));
        for (state, place) in places.iter().enumerate().skip(1) {
            let path = form_engine::pointer::join(&place.node.path, "task");
            for task in 0..self.states[state].tasks.len() {
                if self.states[state].tasks[task].assignee.is_none() && !assigns {
                    self.refuse(code::ASSIGNEE_MISSING, path.clone(), "nobody is ever assigned to this work");
                }
                let unheard = self.unheard(state, task);
                for event in unheard {
                    let message = format!("nothing listens to `{event}` while this work is open");
                    self.refuse(code::EVENT_UNHEARD, path.clone(), message);
                }
            }
        }
    }

    /// Events of a task that no transition of the state, its ancestors or its descendants answers.
    fn unheard(&self, state: usize, task: usize) -> Vec<String> {
        let events = self.states[state].tasks[task].events.iter().map(|event| event.event.to_string());
        events.filter(|event| !self.is_heard(state, event)).collect()
    }

    fn is_heard(&self, state: usize, event: &str) -> bool {
        let listens = |descriptor: &Descriptor| descriptor.matches(event);
        let near = |source: usize| {
            let inside = |inner: usize, outer: usize| outer <= inner && inner < self.states[outer].end;
            inside(source, state) || inside(state, source)
        };
        let mut transitions = self.transitions.iter().filter(|transition| near(transition.source));
        transitions.any(|transition| transition.events.iter().any(listens))
    }
}

impl State {
    fn assigns(&self) -> bool {
        let initial = self.initial.as_ref().is_some_and(|initial| any_assigns(&initial.actions));
        initial || self.entry.iter().chain(&self.exit).any(|block| any_assigns(block))
    }
}

fn any_assigns(actions: &[Action]) -> bool {
    actions.iter().any(|action| match action {
        Action::Assignee(_) => true,
        Action::If(branches) => branches.iter().any(|Branch { then, .. }| any_assigns(then)),
        Action::ForEach(each) => any_assigns(&each.body),
        Action::Assign(_)
        | Action::Raise { .. }
        | Action::Send(_)
        | Action::Cancel(_)
        | Action::Log { .. }
        | Action::Notify { .. }
        | Action::Create { .. }
        | Action::Update { .. }
        | Action::Survey { .. }
        | Action::Comment { .. }
        | Action::Webhook { .. }
        | Action::Tag { .. }
        | Action::StartFlow { .. } => false,
    })
}
