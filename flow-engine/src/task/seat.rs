//! Finding seats at a desk.

use super::{Desk, Facts, Origin, Refusal, Seat, SeatStatus};

impl Seat {
    pub(super) fn new(user: &str, status: SeatStatus, origin: Option<Origin>) -> Self {
        Self { user: user.to_owned(), status, origin }
    }

    /// Still to act, now or later.
    pub(super) fn is_pending(&self) -> bool {
        match self.status {
            SeatStatus::Waiting | SeatStatus::Open => true,
            SeatStatus::Acted { .. } | SeatStatus::Gone => false,
        }
    }

    /// Counted by the policy: given by the state itself.
    pub(super) fn is_own(&self) -> bool {
        self.origin.is_none()
    }

    pub(super) fn acted_with(&self) -> Option<&str> {
        match &self.status {
            SeatStatus::Acted { event, .. } => Some(event),
            SeatStatus::Waiting | SeatStatus::Open | SeatStatus::Gone => None,
        }
    }
}

impl Desk {
    /// The open seat of `user`.
    pub(super) fn seat_of(&self, user: &str) -> Result<usize, Refusal> {
        let is_theirs = |seat: &Seat| seat.user == user && seat.status == SeatStatus::Open;
        self.seats.iter().position(is_theirs).ok_or_else(|| Refusal::NotTheirs { user: user.to_owned() })
    }

    pub(super) fn allows(&self, act: &'static str) -> Result<(), Refusal> {
        let allowed = self.spec.allow.iter().any(|word| word == act);
        allowed.then_some(()).ok_or(Refusal::NotAllowed { act })
    }

    /// Somebody else who exists and has no part in the task yet.
    pub(super) fn newcomer(&self, by: &str, user: &str, facts: &Facts) -> Result<(), Refusal> {
        let user = user.to_owned();
        if user == by {
            Err(Refusal::Oneself { user })
        } else if facts.known.as_ref().is_some_and(|known| !known.contains(&user)) {
            Err(Refusal::UserUnknown { user })
        } else if self.seats.iter().any(|seat| seat.user == user && seat.is_pending()) {
            Err(Refusal::TakesPart { user })
        } else {
            Ok(())
        }
    }

    /// Seats that were given for this user's seat and have not been used.
    pub(super) fn pending_for<'d>(&'d self, user: &'d str) -> impl Iterator<Item = &'d Seat> + 'd {
        self.seats.iter().filter(move |seat| {
            seat.is_pending()
                && match &seat.origin {
                    Some(Origin::Before(by) | Origin::After(by) | Origin::Delegate(by)) => by == user,
                    None => false,
                }
        })
    }
}
