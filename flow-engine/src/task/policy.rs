//! When a task is finished, and with which event.

use serde_json::json;

use super::{Desk, Origin, Seat, SeatStatus, Verdict};
use crate::effect::TaskPolicy;
use crate::{Event, Key};

impl Desk {
    /// What the decision `event` of the seat at `index`, already noted there, means for the task.
    ///
    /// A dissent ends any task at once, except a vote, which ends when agreement cannot be reached any more.
    /// Everybody who was added must agree before a task can end in agreement.
    pub(super) fn verdict(&mut self, index: usize, event: &Key) -> Verdict {
        if self.consent() != Some(event) {
            return match self.spec.policy {
                TaskPolicy::Share(share) if self.seats[index].is_own() => {
                    self.dismiss_after(index);
                    self.outvoted(share, event)
                }
                TaskPolicy::Share(_) | TaskPolicy::Any | TaskPolicy::All | TaskPolicy::Sequence => {
                    self.finish(event)
                }
            };
        }
        self.release(index);
        if self.seats.iter().any(|seat| !seat.is_own() && seat.is_pending()) {
            return Verdict::Open;
        }
        if self.is_agreed() { self.finish(event) } else { self.next_in_turn() }
    }

    fn is_agreed(&self) -> bool {
        let (agreed, all) = self.count();
        match self.spec.policy {
            TaskPolicy::Any => agreed > 0,
            TaskPolicy::All | TaskPolicy::Sequence => agreed > 0 && agreed == all,
            TaskPolicy::Share(share) => reaches(agreed, all, share),
        }
    }

    /// Whoever was to act after the seat at `index` agreed has nothing to add to a dissent.
    fn dismiss_after(&mut self, index: usize) {
        let after = Some(Origin::After(self.seats[index].user.clone()));
        let waits = |seat: &&mut Seat| seat.status == SeatStatus::Waiting && seat.origin == after;
        self.seats.iter_mut().filter(waits).for_each(|seat| seat.status = SeatStatus::Gone);
    }

    /// A vote whose remaining seats can no longer turn it.
    fn outvoted(&mut self, share: f64, event: &Key) -> Verdict {
        let (agreed, all) = self.count();
        let undecided = self.seats.iter().filter(|seat| seat.is_own() && seat.is_pending()).count();
        if reaches(agreed + undecided, all, share) { self.settled() } else { self.finish(event) }
    }

    /// Whether the seats there are, as they stand, already make an agreement: one that went may leave enough.
    pub(super) fn settled(&mut self) -> Verdict {
        let is_added_pending = self.seats.iter().any(|seat| !seat.is_own() && seat.is_pending());
        match self.consent().cloned() {
            Some(consent) if !is_added_pending && self.is_agreed() => self.finish(&consent),
            Some(_) | None => Verdict::Open,
        }
    }

    /// Own seats that agreed, and own seats that count.
    fn count(&self) -> (usize, usize) {
        let consent = self.consent().map(Key::as_str);
        let own: Vec<&Seat> =
            self.seats.iter().filter(|seat| seat.is_own() && seat.status != SeatStatus::Gone).collect();
        (
            own.iter().filter(|seat| seat.acted_with().is_some() && seat.acted_with() == consent).count(),
            own.len(),
        )
    }

    /// Opens what waited for the seat at `index`.
    fn release(&mut self, index: usize) {
        let (user, origin) = (self.seats[index].user.clone(), self.seats[index].origin.clone());
        for seat in self.seats.iter_mut().filter(|seat| seat.status == SeatStatus::Waiting) {
            if seat.origin.as_ref() == Some(&Origin::After(user.clone())) {
                seat.status = SeatStatus::Open;
            }
        }
        if let Some(Origin::Before(by) | Origin::Delegate(by)) = origin
            && self.pending_for(&by).next().is_none()
            && let Some(seat) =
                self.seats.iter_mut().find(|seat| seat.user == by && seat.status == SeatStatus::Waiting)
        {
            seat.status = SeatStatus::Open;
        }
    }

    fn next_in_turn(&mut self) -> Verdict {
        let is_somebodys_turn = self.seats.iter().any(|seat| seat.status == SeatStatus::Open);
        if !is_somebodys_turn
            && let Some(next) =
                self.seats.iter_mut().find(|seat| seat.is_own() && seat.status == SeatStatus::Waiting)
        {
            next.status = SeatStatus::Open;
        }
        Verdict::Open
    }

    /// Nobody else has to act; the event carries who decided what.
    pub(super) fn finish(&mut self, event: &Key) -> Verdict {
        for seat in self.seats.iter_mut().filter(|seat| seat.is_pending()) {
            seat.status = SeatStatus::Gone;
        }
        let decided = self.seats.iter().filter_map(|seat| match &seat.status {
            SeatStatus::Acted { event, at_ms, comment } => {
                Some(json!({"user": seat.user, "event": event, "at": at_ms, "comment": comment}))
            }
            SeatStatus::Waiting | SeatStatus::Open | SeatStatus::Gone => None,
        });
        let data = json!({"task": self.spec.key, "decided": decided.collect::<Vec<_>>()});
        Verdict::Done(Event::new(event.clone(), data))
    }
}

/// `part` of `all` is at least `share`, without the rounding of `0.6 * 5`.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
fn reaches(part: usize, all: usize, share: f64) -> bool {
    part as f64 / all as f64 >= share - 1e-9
}
