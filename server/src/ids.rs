//! Ids: a type per table, so that one cannot stand where another belongs, and the one source they come from.
//!
//! Ids are UUIDv7: they rise with time, so that new rows stand together in every index. References that
//! people hold (progress links, invitations, receipts) are derived in [`link`], never drawn here.

pub mod link;

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;

/// Declares id types: UUIDs that know which table they are of.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

id!(
    /// A tenant.
    TeamId,
    /// A person who signs in; the same in every team.
    UserId,
    /// A department of a team.
    DepartmentId,
    /// A signed-in browser.
    SessionId,
    /// An API token.
    TokenId,
    /// An app.
    AppId,
    /// A form, flow, dashboard … as saved.
    DefinitionId,
    /// A published version of a definition.
    VersionId,
    /// An app in the gallery.
    TemplateId,
    /// A customer.
    CustomerId,
    /// An address of a customer.
    IdentityId,
    /// A filled-in form.
    SubmissionId,
    /// A one-use link.
    InvitationId,
    /// A running flow.
    InstanceId,
    /// A stay in a state.
    VisitId,
    /// Work for a person.
    TaskId,
    /// An event that is due at a time.
    TimerId,
    /// A promise being measured.
    ClockId,
    /// A line of a timeline.
    EventId,
    /// A message in the outbox.
    MessageId,
    /// An import of a file.
    ImportId,
    /// Something that concerns somebody.
    NotificationId,
    /// A link by which somebody joins a team.
    MemberInvitationId,
    /// A link by which somebody sets a new password.
    PasswordResetId,
    /// A file sent with an answer.
    UploadId,
    /// Half an answer.
    SavedId,
);

/// The source of ids: strictly rising within a process, repeatable from a seed in tests.
#[derive(Clone)]
pub struct Ids(Arc<Source>);

struct Source {
    clock: Clock,
    state: Mutex<State>,
}

struct State {
    random: StdRng,
    last_ms: u64,
    count: u16,
}

impl Ids {
    /// Ids nobody can foretell.
    pub fn random(clock: Clock) -> Self {
        Self::from_random(clock, StdRng::from_seed(rand::random()))
    }

    /// The same ids in every run.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::from_random(clock, StdRng::seed_from_u64(seed))
    }

    fn from_random(clock: Clock, random: StdRng) -> Self {
        Self(Arc::new(Source { clock, state: Mutex::new(State { random, last_ms: 0, count: 0 }) }))
    }

    /// The next id, greater than every one before it from this source, also when the clock is set back.
    pub fn next<I: From<Uuid>>(&self) -> I {
        let now_ms = u64::try_from(self.0.clock.now_ms()).unwrap_or(0);
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms > state.last_ms {
            (state.last_ms, state.count) = (now_ms, 0);
        } else if state.count == MAX_COUNT {
            (state.last_ms, state.count) = (state.last_ms + 1, 0);
        } else {
            state.count += 1;
        }
        let mut bytes = [0; 10];
        state.random.fill_bytes(&mut bytes);
        bytes[..2].copy_from_slice(&state.count.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(state.last_ms, &bytes).into_uuid().into()
    }
}

/// UUIDv7's `rand_a` holds 12 bits: the counter within a millisecond (RFC 9562 §6.2, method 1).
const MAX_COUNT: u16 = 0x0fff;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_within_a_millisecond_and_when_the_clock_is_set_back() {
        let (clock, mock) = Clock::mock(1_700_000_000_000);
        let ids = Ids::seeded(clock, 7);
        let mut last: Uuid = ids.next();
        for turn in 0..10_000 {
            if turn == 5_000 {
                mock.set_ms(1_600_000_000_000);
            }
            let next: Uuid = ids.next();
            assert!(next > last, "{next} after {last}");
            last = next;
        }
    }
}
