//! Handing over all that somebody who leaves still has to do (交接), task by task.

use super::{Desk, Notice, NoticeKind, Origin, Refusal, SeatStatus, Verdict};
use crate::effect::TaskPolicy;

/// What became of one task of somebody who leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct HandedOver {
    /// Where it stood in what was given.
    pub position: usize,
    /// The desk without them; the reason why it stays as it is, where nobody could be found.
    pub result: Result<(Desk, Verdict, Vec<Notice>), Refusal>,
}

/// Gives every seat `leaver` still has to whom `successor` says for that task, and answers for each task in which they
/// had a part; others are left out. One that cannot be handed over stops no other.
pub fn hand_over_all<'d>(
    leaver: &str,
    desks: impl IntoIterator<Item = &'d Desk>,
    mut successor: impl FnMut(&Desk) -> Option<String>,
) -> Vec<HandedOver> {
    let mut all = Vec::new();
    for (position, desk) in desks.into_iter().enumerate() {
        if !desk.seats.iter().any(|seat| seat.user == leaver && seat.is_pending()) {
            continue;
        }
        let result = match successor(desk) {
            Some(to) if to != leaver => Ok(desk.handed_over(leaver, &to)),
            Some(user) => Err(Refusal::Oneself { user }),
            None => Err(Refusal::Nobody),
        };
        all.push(HandedOver { position, result });
    }
    all
}

impl Desk {
    /// Whoever this person's open and waiting seats go to from now on, because they leave.
    ///
    /// A seat for somebody who already takes part is not needed any more, unless it was their turn.
    #[must_use]
    pub fn hand_over(self, leaver: &str, to: &str) -> Self {
        self.handed_over(leaver, to).0
    }

    fn handed_over(&self, leaver: &str, to: &str) -> (Self, Verdict, Vec<Notice>) {
        let mut desk = self.clone();
        let before: Vec<&str> = self.open().collect();
        let takes_part = desk.seats.iter().any(|seat| seat.user == to && seat.is_own() && seat.is_pending());
        for seat in desk.seats.iter_mut().filter(|seat| seat.user == leaver && seat.is_pending()) {
            // Whoever asked a delegate, or waits for an added signer, is waited for in turn.
            let is_asked = seat.origin.is_some() || seat.status == SeatStatus::Waiting;
            if takes_part && desk.spec.policy != TaskPolicy::Sequence && !is_asked {
                seat.status = SeatStatus::Gone;
            } else {
                to.clone_into(&mut seat.user);
            }
        }
        for seat in &mut desk.seats {
            if let Some(Origin::Before(user) | Origin::After(user) | Origin::Delegate(user)) =
                &mut seat.origin
                && user == leaver
            {
                to.clone_into(user);
            }
        }
        let verdict = desk.settled();
        let is_new = !before.contains(&to) && desk.open().any(|user| user == to);
        let notices = is_new.then(|| Notice { kind: NoticeKind::Turn, users: vec![to.to_owned()] });
        (desk, verdict, notices.into_iter().collect())
    }
}
