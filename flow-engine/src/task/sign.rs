//! Adding signers before or after oneself.

use super::{Desk, Facts, Origin, Refusal, Seat, SeatStatus, Side, Verdict};

impl Desk {
    /// Whoever adds must hold an own seat, name somebody new, and have nobody added who has not acted
    /// (`features.md` §4: no nesting, not while one is pending).
    pub(super) fn add_signers(
        &mut self,
        user: &str,
        side: Side,
        users: &[String],
        facts: &Facts,
    ) -> Result<Verdict, Refusal> {
        self.allows("add_signer")?;
        let index = self.seat_of(user)?;
        if !self.seats[index].is_own() {
            return Err(Refusal::Nested);
        }
        if self.pending_for(user).next().is_some() {
            return Err(Refusal::Pending);
        }
        if users.is_empty() {
            return Err(Refusal::Nobody);
        }
        for (position, added) in users.iter().enumerate() {
            self.newcomer(user, added, facts)?;
            if users[..position].contains(added) {
                return Err(Refusal::TakesPart { user: added.clone() });
            }
        }
        let by = user.to_owned();
        let (at, origin, status) = match side {
            Side::Before => (index, Origin::Before(by), SeatStatus::Open),
            Side::After => (index + 1, Origin::After(by), SeatStatus::Waiting),
        };
        if side == Side::Before {
            self.seats[index].status = SeatStatus::Waiting;
        }
        let seats = users.iter().map(|user| Seat::new(user, status.clone(), Some(origin.clone())));
        self.seats.splice(at..at, seats);
        Ok(Verdict::Open)
    }
}
