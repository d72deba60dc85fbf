//! Opening a desk: who of the candidates gets a seat, and what happens when none does.

use super::{Desk, Seat, SeatStatus};
use crate::effect::{Nobody, SamePerson, StarterRule, TaskPolicy, TaskSpec};
use crate::{Event, Key};

/// What is known about the people a task may go to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staffing {
    /// Whoever the assignment rule found, in order.
    pub candidates: Vec<String>,
    /// Who started the flow.
    pub starter: Option<String>,
    /// The starter's superior.
    pub superior: Option<String>,
    /// Everybody who agreed earlier in this instance, oldest first.
    pub agreed: Vec<String>,
    /// Who agreed in the task just before this one.
    pub agreed_just_before: Vec<String>,
    /// Who looks after the flow.
    pub administrator: Option<String>,
}

/// How a task begins.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// People have to act.
    Desk(Desk),
    /// Nobody has to: hand this event to [`transition`](crate::transition) at once.
    Passed {
        /// The task's consent.
        event: Event,
        /// In `_event.data.reason`: `nobody_found`, `agreed_already` or `starter_skipped`.
        reason: &'static str,
    },
    /// Nobody can: no candidate and no administrator either.
    Unstaffed,
}

impl Desk {
    /// Seats the people a task goes to, by the rules of the task (`features.md` §4: nobody found, the same person
    /// twice, the starter as approver).
    pub fn seat(spec: TaskSpec, staffing: &Staffing) -> Opening {
        let mut people: Vec<&String> = Vec::new();
        let mut reason = "nobody_found";
        for candidate in &staffing.candidates {
            match stand_in(candidate, &spec, staffing) {
                Ok(person) if !people.contains(&person) => people.push(person),
                Ok(_) => {}
                Err(why) => reason = why,
            }
        }
        if !people.is_empty() {
            return Opening::Desk(Self::of(spec, &people));
        }
        let everybody_left_out = reason != "nobody_found";
        match (&spec.rules.nobody, &staffing.administrator) {
            _ if everybody_left_out => pass(&spec, reason),
            (Nobody::Pass, _) => pass(&spec, reason),
            (Nobody::User(user), _) => Opening::Desk(Self::of(spec.clone(), &[user])),
            (Nobody::Administrator, Some(administrator)) => Opening::Desk(Self::of(spec, &[administrator])),
            (Nobody::Administrator, None) => Opening::Unstaffed,
        }
    }

    fn of(spec: TaskSpec, people: &[&String]) -> Self {
        let in_turn = spec.policy == TaskPolicy::Sequence;
        let status = |position| if in_turn && position > 0 { SeatStatus::Waiting } else { SeatStatus::Open };
        let seats = people
            .iter()
            .enumerate()
            .map(|(position, user)| Seat::new(user, status(position), None))
            .collect();
        Self { spec, seats, urged_ms: None }
    }
}

/// Whoever sits for this candidate, or why nobody has to.
fn stand_in<'s>(
    candidate: &'s String,
    spec: &TaskSpec,
    staffing: &'s Staffing,
) -> Result<&'s String, &'static str> {
    let is_starter = staffing.starter.as_ref() == Some(candidate);
    let person = match spec.rules.starter {
        StarterRule::Skip if is_starter => return Err("starter_skipped"),
        // A starter without a superior decides for themselves no more than one with: the administrator does.
        StarterRule::Superior if is_starter => {
            staffing.superior.as_ref().or(staffing.administrator.as_ref()).ok_or("nobody_found")?
        }
        StarterRule::Allow | StarterRule::Skip | StarterRule::Superior => candidate,
    };
    let agreed = match spec.rules.same_person {
        SamePerson::Each => false,
        SamePerson::First => staffing.agreed.contains(person),
        SamePerson::Consecutive => staffing.agreed_just_before.contains(person),
    };
    if agreed { Err("agreed_already") } else { Ok(person) }
}

fn pass(spec: &TaskSpec, reason: &'static str) -> Opening {
    match spec.events.first() {
        Some(consent) => {
            let event = Event::new(Key::clone(&consent.event), serde_json::json!({ "reason": reason }));
            Opening::Passed { event, reason }
        }
        None => Opening::Unstaffed,
    }
}
