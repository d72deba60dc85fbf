//! Which transitions answer an event (SCXML Appendix D, `selectTransitions` … `removeConflictingTransitions`).

use smallvec::SmallVec;

use super::run::Run;
use crate::machine::{Domain, Transition, transition_domain};
use crate::state_set::StateSet;

/// Indexes of transitions, in document order of the active states they answer for. Mostly there are a few.
pub(super) type Enabled = SmallVec<[usize; 4]>;

impl Run<'_> {
    /// The optimal transition set for an event's name, or for none: eventless transitions.
    pub(super) fn select(&mut self, event: Option<&str>) -> Enabled {
        let machine = self.machine;
        let mut enabled = Enabled::new();
        if event.is_none() && !machine.has_eventless {
            return enabled;
        }
        // Trying guards leaves the configuration as it is.
        let mut next = self.active.first();
        while let Some(state) = next {
            next = self.active.after(state);
            if machine.states[state].kind.is_atomic()
                && let Some(transition) = self.first_enabled(state, event)
            {
                enabled.push(transition);
            }
        }
        // Regions that answer with a transition of a common ancestor answer with one.
        if enabled.len() > 1 {
            let mut seen = StateSet::empty(machine.transitions.len());
            enabled.retain(|transition| {
                let is_new = !seen.contains(*transition);
                seen.insert(*transition);
                is_new
            });
        }
        if enabled.len() > 1 { self.without_conflicts(&enabled) } else { enabled }
    }

    /// The first transition, from the atomic state upwards, that listens and whose guard holds.
    fn first_enabled(&mut self, atomic: usize, event: Option<&str>) -> Option<usize> {
        let machine = self.machine;
        for state in machine.upwards(atomic) {
            if event.is_none() && !machine.states[state].has_eventless {
                continue;
            }
            for &index in &machine.states[state].transitions {
                if machine.transitions[index].listens(event) && self.guard_holds(index, event) {
                    return Some(index);
                }
            }
        }
        None
    }

    /// A transition in a descendant wins over its ancestor's, an earlier one over a later (SCXML §3.13).
    fn without_conflicts(&self, enabled: &[usize]) -> Enabled {
        let mut kept: Vec<(usize, StateSet)> = Vec::new();
        // What all kept ones leave together: most candidates conflict with none of them.
        let mut left = StateSet::empty(self.machine.states.len());
        for &candidate in enabled {
            let exits = self.exit_set(&self.machine.transitions[candidate]);
            let source = self.machine.transitions[candidate].source;
            if !exits.intersects(&left) {
                exits.iter().for_each(|state| left.insert(state));
                kept.push((candidate, exits));
                continue;
            }
            let conflicts = |(_, theirs): &&(usize, StateSet)| exits.intersects(theirs);
            let preempted = kept.iter().filter(conflicts).any(|(other, _)| {
                !self.machine.is_descendant(source, self.machine.transitions[*other].source)
            });
            if !preempted {
                kept.retain(|(_, theirs)| !exits.intersects(theirs));
                exits.iter().for_each(|state| left.insert(state));
                kept.push((candidate, exits));
            }
        }
        kept.into_iter().map(|(transition, _)| transition).collect()
    }

    /// States left by this transition (Appendix D, `computeExitSet`).
    fn exit_set(&self, transition: &Transition) -> StateSet {
        let mut set = StateSet::empty(self.machine.states.len());
        let domain = self.domain(transition.source, transition.domain, &transition.targets);
        self.add_exits(domain, &mut set);
        set
    }

    pub(super) fn add_exits(&self, domain: Option<usize>, set: &mut StateSet) {
        let Some(domain) = domain else { return };
        self.active
            .iter()
            .filter(|state| self.machine.is_descendant(*state, domain))
            .for_each(|state| set.insert(state));
    }

    /// The compound state within which a transition stays; none when it has no targets.
    pub(super) fn domain(&self, source: usize, domain: Domain, targets: &[usize]) -> Option<usize> {
        match domain {
            Domain::Nowhere => None,
            Domain::Within(state) => Some(state),
            Domain::Remembered { internal } => {
                let targets = self.effective_targets(targets);
                let states = &self.machine.states;
                (!targets.is_empty()).then(|| transition_domain(states, source, &targets, internal))
            }
        }
    }

    /// Targets with history states replaced by what they stand for (Appendix D, `getEffectiveTargetStates`).
    fn effective_targets(&self, targets: &[usize]) -> Vec<usize> {
        let mut effective = Vec::new();
        for &target in targets {
            if !self.machine.states[target].kind.is_history() {
                effective.push(target);
            } else if let Some(recorded) = self.recorded(target) {
                effective.extend(recorded);
            } else if let Some(default) = &self.machine.states[target].initial {
                effective.extend(self.effective_targets(&default.targets));
            }
        }
        effective
    }

    /// What a history state remembers; keys that a later version of the flow lost are forgotten.
    pub(super) fn recorded(&self, history: usize) -> Option<Vec<usize>> {
        let keys = self.history.get(&self.machine.states[history].key)?;
        let states: Vec<usize> =
            keys.iter().filter_map(|key| self.machine.by_key.get(key).copied()).collect();
        (!states.is_empty()).then_some(states)
    }
}

impl Transition {
    fn listens(&self, event: Option<&str>) -> bool {
        match event {
            None => self.events.is_empty(),
            Some(name) => self.events.iter().any(|descriptor| descriptor.matches(name)),
        }
    }
}
