//! How often one address may write without signing in.
//!
//! Generous, since a whole office may sit behind one address: a burst, then a steady trickle. Kept in memory of one
//! node (the generic cell rate algorithm: one instant per address says everything).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

/// What may come at once.
const BURST: i64 = 120;
/// After that, one each so many milliseconds.
const EVERY_MS: i64 = 500;
/// Beyond this many remembered addresses those that have their whole burst again are dropped.
const SWEEP_AT: usize = 10_000;

/// When each address will have its whole burst again, in milliseconds since 1970.
#[derive(Debug, Default)]
pub struct Limit {
    full_at: Mutex<HashMap<IpAddr, i64>>,
}

impl Limit {
    /// Has the address used more than half of its allowance? Who sends that much may be a program.
    pub fn is_busy(&self, address: IpAddr, now_ms: i64) -> bool {
        let full_at = self.full_at.lock().expect("no panic while held");
        full_at.get(&address).is_some_and(|at| at - now_ms > BURST * EVERY_MS / 2)
    }

    /// Takes one from the address' allowance; milliseconds to wait when there is none left.
    ///
    /// # Errors
    ///
    /// The wait.
    pub fn take(&self, address: IpAddr, now_ms: i64) -> Result<(), i64> {
        let mut full_at = self.full_at.lock().expect("no panic while held");
        if full_at.len() >= SWEEP_AT {
            full_at.retain(|_, at| *at > now_ms);
        }
        // A clock set back must not shut anybody out for longer than an empty allowance does.
        let before = full_at.get(&address).copied().unwrap_or(now_ms);
        let before = before.clamp(now_ms, now_ms + BURST * EVERY_MS);
        let after = before + EVERY_MS;
        if after - now_ms > BURST * EVERY_MS {
            full_at.insert(address, before);
            return Err(after - now_ms - BURST * EVERY_MS);
        }
        full_at.insert(address, after);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_through_and_then_a_trickle() {
        let limit = Limit::default();
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse::<IpAddr>().unwrap());
        for _ in 0..BURST {
            assert_eq!(limit.take(one, 0), Ok(()));
        }
        assert_eq!(limit.take(one, 0), Err(EVERY_MS));
        assert!(limit.is_busy(one, 0) && !limit.is_busy(one, BURST * EVERY_MS) && !limit.is_busy(other, 0));
        assert_eq!(limit.take(other, 0), Ok(()));
        assert_eq!(limit.take(one, EVERY_MS), Ok(()));
        assert_eq!(limit.take(one, EVERY_MS), Err(EVERY_MS));
        // The clock goes back an hour.
        assert!(limit.take(one, -3_600_000).is_err());
        assert_eq!(limit.take(one, -3_600_000 + BURST * EVERY_MS), Ok(()));
    }
}
