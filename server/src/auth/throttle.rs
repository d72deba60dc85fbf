//! Slows down guessing: after a few failures each further try at the same login,
//! or from the same address, has to wait, ever longer up to a minute.
//!
//! Never a lock: whoever waits gets in with the right password, so nobody can be
//! shut out by a stranger. Kept in memory of one node; known and unknown logins are
//! treated alike.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use crate::error::ApiError;

/// Failures that cost nothing: people mistype.
const FREE: u32 = 5;
/// Tries from one address concern many people behind one office router.
const FREE_PER_ADDRESS: u32 = 50;
const MAX_WAIT_MS: i64 = 60_000;
/// After this long without a failure all is forgotten.
const FORGET_MS: i64 = 15 * 60_000;
/// Beyond this many remembered keys the stale ones are dropped.
const SWEEP_AT: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Login(String),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last_ms: i64,
}

/// Remembers failed sign-ins.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<HashMap<Key, Failures>>,
}

impl Throttle {
    /// Milliseconds this try has to wait; 0 when it may go on.
    pub fn wait_ms(&self, login: &str, address: Option<IpAddr>, now_ms: i64) -> i64 {
        let failures = self.failures.lock().expect("no panic while held");
        let of_login = failures.get(&login_key(login)).map_or(0, |known| known.wait_ms(FREE, now_ms));
        let of_address = address
            .and_then(|address| failures.get(&Key::Address(address)))
            .map_or(0, |known| known.wait_ms(FREE_PER_ADDRESS, now_ms));
        of_login.max(of_address)
    }

    /// Lets this try go on, or says how long it has to wait.
    ///
    /// # Errors
    ///
    /// [`ApiError::TooMany`] after several failures.
    pub fn admit(&self, login: &str, address: Option<IpAddr>, now_ms: i64) -> Result<(), ApiError> {
        match self.wait_ms(login, address, now_ms) {
            0 => Ok(()),
            wait_ms => {
                let retry_after_s = u32::try_from(wait_ms.div_euclid(1_000) + 1).unwrap_or(60);
                Err(ApiError::TooMany { retry_after_s })
            }
        }
    }

    /// A try went wrong.
    pub fn failed(&self, login: &str, address: Option<IpAddr>, now_ms: i64) {
        let mut failures = self.failures.lock().expect("no panic while held");
        if failures.len() >= SWEEP_AT {
            failures.retain(|_, known| now_ms - known.last_ms < FORGET_MS);
        }
        for key in [Some(login_key(login)), address.map(Key::Address)].into_iter().flatten() {
            let known = failures.entry(key).or_insert(Failures { count: 0, last_ms: now_ms });
            known.count = if now_ms - known.last_ms < FORGET_MS { known.count.saturating_add(1) } else { 1 };
            known.last_ms = now_ms;
        }
    }

    /// A try went well: the login starts afresh.
    pub fn succeeded(&self, login: &str) {
        self.failures.lock().expect("no panic while held").remove(&login_key(login));
    }
}

impl Failures {
    fn wait_ms(self, free: u32, now_ms: i64) -> i64 {
        if self.count < free || now_ms - self.last_ms >= FORGET_MS {
            return 0;
        }
        let doubled = 1_000_i64 << (self.count - free).min(6);
        (self.last_ms + doubled.min(MAX_WAIT_MS) - now_ms).max(0)
    }
}

/// Cut, so that long logins cannot fill the memory.
fn login_key(login: &str) -> Key {
    Key::Login(login.trim().to_lowercase().chars().take(128).collect())
}
