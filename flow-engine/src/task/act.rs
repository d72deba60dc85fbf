//! What each act does to a desk.

use super::{Act, Acted, Desk, Facts, Notice, NoticeKind, Origin, Refusal, Seat, SeatStatus, Verdict};
use crate::Key;

/// Between two urgings of one task.
const URGE_PAUSE_MS: i64 = 10 * 60_000;

impl Desk {
    /// `user` does something; the desk is given back changed, or the reason why not.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`]; nothing has changed then.
    pub fn act(&self, user: &str, act: &Act, facts: &Facts) -> Result<Acted, Refusal> {
        let before: Vec<String> = self.open().map(str::to_owned).collect();
        let mut desk = self.clone();
        let mut notices = Vec::new();
        let verdict = match act {
            Act::Decide { event, comment, signed } => {
                desk.decide(user, event, comment.as_deref(), *signed, facts.now_ms)?
            }
            Act::Transfer { to } => desk.transfer(user, to, facts)?,
            Act::Delegate { to } => desk.delegate(user, to, facts)?,
            Act::AddSigners { side, users } => desk.add_signers(user, *side, users, facts)?,
            Act::Return { to, then } => {
                desk.return_to(user, to, facts)?;
                Verdict::Back { to: to.clone(), then: *then }
            }
            Act::Withdraw => desk.withdraw(user, facts)?,
            Act::Urge => {
                desk.urge(user, facts)?;
                notices.push(Notice { kind: NoticeKind::Urged, users: before.clone() });
                Verdict::Open
            }
            Act::Copy { users } => {
                notices.push(desk.copy(user, users, facts)?);
                Verdict::Open
            }
        };
        let turn: Vec<String> =
            desk.open().filter(|user| !before.iter().any(|had| had == user)).map(str::to_owned).collect();
        if !turn.is_empty() {
            notices.push(Notice { kind: NoticeKind::Turn, users: turn });
        }
        Ok(Acted { desk, verdict, notices })
    }

    fn decide(
        &mut self,
        user: &str,
        event: &Key,
        comment: Option<&str>,
        signed: bool,
        at_ms: i64,
    ) -> Result<Verdict, Refusal> {
        let index = self.seat_of(user)?;
        let Some(offered) = self.spec.events.iter().find(|offered| offered.event == *event) else {
            return Err(Refusal::EventUnknown { event: event.to_string() });
        };
        let comment = comment.map(str::trim).filter(|comment| !comment.is_empty());
        if offered.comment && comment.is_none() {
            return Err(Refusal::CommentMissing { event: event.to_string() });
        }
        if offered.signature && !signed {
            return Err(Refusal::SignatureMissing { event: event.to_string() });
        }
        self.seats[index].status =
            SeatStatus::Acted { event: event.clone(), at_ms, comment: comment.map(str::to_owned) };
        if let Some(Origin::Delegate(asker)) = self.seats[index].origin.clone() {
            // A delegate's answer is an opinion: it goes back to whoever asked, agreeing or not.
            self.reopen(&asker);
            return Ok(Verdict::Open);
        }
        Ok(self.verdict(index, event))
    }

    fn reopen(&mut self, user: &str) {
        if let Some(seat) =
            self.seats.iter_mut().find(|seat| seat.user == user && seat.status == SeatStatus::Waiting)
        {
            seat.status = SeatStatus::Open;
        }
    }

    fn transfer(&mut self, user: &str, to: &str, facts: &Facts) -> Result<Verdict, Refusal> {
        self.allows("transfer")?;
        let index = self.seat_of(user)?;
        self.newcomer(user, to, facts)?;
        self.seats[index].status = SeatStatus::Gone;
        let seat = Seat::new(to, SeatStatus::Open, self.seats[index].origin.clone());
        self.seats.insert(index + 1, seat);
        // Who was to act after the old holder acts after the new one.
        for seat in &mut self.seats {
            if seat.origin.as_ref() == Some(&Origin::After(user.to_owned())) {
                seat.origin = Some(Origin::After(to.to_owned()));
            }
        }
        Ok(Verdict::Open)
    }

    fn delegate(&mut self, user: &str, to: &str, facts: &Facts) -> Result<Verdict, Refusal> {
        self.allows("delegate")?;
        let index = self.seat_of(user)?;
        if matches!(self.seats[index].origin, Some(Origin::Delegate(_))) {
            return Err(Refusal::Nested);
        }
        self.newcomer(user, to, facts)?;
        self.seats[index].status = SeatStatus::Waiting;
        self.seats.insert(index, Seat::new(to, SeatStatus::Open, Some(Origin::Delegate(user.to_owned()))));
        Ok(Verdict::Open)
    }

    fn return_to(&mut self, user: &str, to: &Key, facts: &Facts) -> Result<(), Refusal> {
        self.allows("return")?;
        self.seat_of(user)?;
        let state = to.to_string();
        if *to == facts.state || facts.running.contains(to) {
            return Err(Refusal::StillRunning { state });
        }
        if !facts.visited.contains(to) {
            return Err(Refusal::NotPassed { state });
        }
        if facts.automatic.contains(to) {
            return Err(Refusal::NothingToDo { state });
        }
        if facts.of_starter.contains(to) && facts.starter.is_none() {
            return Err(Refusal::StarterGone { state });
        }
        self.seats
            .iter_mut()
            .filter(|seat| seat.is_pending())
            .for_each(|seat| seat.status = SeatStatus::Gone);
        Ok(())
    }

    fn withdraw(&mut self, user: &str, facts: &Facts) -> Result<Verdict, Refusal> {
        self.allows("withdraw")?;
        if facts.starter.as_deref() != Some(user) {
            return Err(Refusal::NotStarter);
        }
        if self.seats.iter().any(|seat| seat.acted_with().is_some()) {
            return Err(Refusal::Handled);
        }
        if self.open().next().is_none() {
            return Err(Refusal::Ended);
        }
        self.seats.iter_mut().for_each(|seat| seat.status = SeatStatus::Gone);
        Ok(Verdict::Withdrawn)
    }

    fn urge(&mut self, user: &str, facts: &Facts) -> Result<(), Refusal> {
        self.allows("urge")?;
        if facts.starter.as_deref() != Some(user) {
            return Err(Refusal::NotStarter);
        }
        if self.open().next().is_none() {
            return Err(Refusal::Ended);
        }
        if self.urged_ms.is_some_and(|last| facts.now_ms - last < URGE_PAUSE_MS) {
            return Err(Refusal::UrgedLately);
        }
        self.urged_ms = Some(facts.now_ms);
        Ok(())
    }

    fn copy(&self, user: &str, users: &[String], facts: &Facts) -> Result<Notice, Refusal> {
        self.allows("cc")?;
        let takes_part = self.seats.iter().any(|seat| seat.user == user);
        if !takes_part && facts.starter.as_deref() != Some(user) {
            return Err(Refusal::NotTheirs { user: user.to_owned() });
        }
        let mut copied: Vec<String> = Vec::new();
        for to in users.iter().filter(|to| *to != user) {
            if facts.known.as_ref().is_some_and(|known| !known.contains(to)) {
                return Err(Refusal::UserUnknown { user: to.clone() });
            }
            if !copied.contains(to) {
                copied.push(to.clone());
            }
        }
        if copied.is_empty() {
            return Err(Refusal::Nobody);
        }
        Ok(Notice { kind: NoticeKind::Copied, users: copied })
    }
}
