//! Passwords: argon2id, on a bounded number of threads.
//!
//! Hashing costs 19 MiB and tens of milliseconds each; a flood of sign-ins must
//! neither starve the request threads nor the memory. An unknown login costs
//! exactly as much as a wrong password, so that timing names nobody.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use form_engine::Problem;
use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Hashed at the same time.
const LANES: usize = 2;
/// Waiting for a lane; more are turned away at once.
const QUEUE: usize = 64;
/// Shorter ones fall to a dictionary.
const MIN_CHARS: usize = 10;
/// Longer ones only cost time.
const MAX_BYTES: usize = 256;

/// Checked in place of an unknown user's hash: the same cost, and no password gives it.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5\
    $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    lanes: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { lanes: Arc::new(Semaphore::new(LANES)), waiting: Arc::new(Semaphore::new(QUEUE)) }
    }
}

impl Passwords {
    /// A PHC string to store.
    ///
    /// # Errors
    ///
    /// [`ApiError::Overloaded`] when too many wait.
    pub async fn hash(&self, password: &str) -> Result<String, ApiError> {
        let password = password.to_owned();
        self.run(move || hash_now(&password)).await?
    }

    /// Does `password` match `stored`? Without `stored` the answer is no, after the same work.
    ///
    /// # Errors
    ///
    /// [`ApiError::Overloaded`] when too many wait.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, ApiError> {
        let known = stored.is_some();
        // An account that waits for its person has no hash, and must not be told by its speed.
        let hash = stored.filter(|stored| !stored.is_empty()).unwrap_or(NOBODYS).to_owned();
        let password: String = if password.len() <= MAX_BYTES { password.to_owned() } else { String::new() };
        let matches = self.run(move || verify_now(&password, &hash)).await?;
        Ok(known && matches)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let _place = self.waiting.clone().try_acquire_owned().map_err(|_| ApiError::Overloaded)?;
        let lane = self.lanes.clone().acquire_owned().await.map_err(ApiError::internal)?;
        let task = tokio::task::spawn_blocking(move || {
            // Held by the thread: a caller who hangs up does not free it early.
            let _lane = lane;
            work()
        });
        task.await.map_err(ApiError::internal)
    }
}

/// What is wrong with a new password, at `path` of the body that brought it. `about`: login, name, addresses of whose
/// it is to be; whoever guesses tries them first.
pub fn check_new<'a>(password: &str, about: impl IntoIterator<Item = &'a str>, path: &str) -> Vec<Problem> {
    let chars = password.chars().count();
    if chars < MIN_CHARS {
        let message = format!("expected at least {MIN_CHARS} characters, found {chars}");
        return vec![Problem::new("password.short", path, message)];
    }
    if password.len() > MAX_BYTES {
        let message = format!("expected at most {MAX_BYTES} bytes, found {}", password.len());
        return vec![Problem::new("password.long", path, message)];
    }
    let lower = password.to_lowercase();
    if about.into_iter().any(|known| is_little_more_than(&lower, known)) {
        return vec![Problem::new(
            "password.personal",
            path,
            "this password says little more than whose it is",
        )];
    }
    let mut distinct: Vec<char> = password.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    // Birthdays and telephone numbers: all of them are tried within seconds.
    let is_number = chars < MIN_DIGITS && password.bytes().all(|byte| byte.is_ascii_digit());
    if distinct.len() < 4 || is_number || COMMON.iter().any(|common| lower.starts_with(common)) {
        return vec![Problem::new("password.common", path, "this password is among the first to be tried")];
    }
    Vec::new()
}

/// `known`, or the part of an address before the `@`, and next to nothing else.
fn is_little_more_than(password: &str, known: &str) -> bool {
    let known = known.trim().to_lowercase();
    let local = known.split('@').next().unwrap_or_default();
    [known.as_str(), local]
        .into_iter()
        .filter(|part| part.chars().count() >= MIN_PART)
        .any(|part| password.contains(part) && password.replace(part, "").chars().count() < MIN_PART)
}

/// A number of fewer digits is guessed at once.
const MIN_DIGITS: usize = 14;
/// Shorter names say nothing when they turn up in a password.
const MIN_PART: usize = 4;

/// Beginnings of the ten-character-and-longer passwords that lists of leaks put first.
const COMMON: [&str; 30] = [
    "1234567890",
    "0123456789",
    "0987654321",
    "9876543210",
    "password1",
    "password0",
    "password!",
    "passw0rd",
    "p@ssw0rd",
    "qwertyuiop",
    "qwerty123",
    "qwer1234",
    "1234qwer",
    "1q2w3e4r",
    "q1w2e3r4",
    "1qaz2wsx",
    "qazwsxedc",
    "zxcvbnm123",
    "asdfghjkl",
    "abcdefghij",
    "abcd123456",
    "a123456789",
    "aa12345678",
    "woaini1314",
    "woaini520",
    "5201314",
    "iloveyou",
    "administrator",
    "welcome123",
    "changeme",
];

fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("OWASP's minimum is within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> Result<String, ApiError> {
    let hash: PasswordHash = argon2().hash_password(password.as_bytes()).map_err(ApiError::internal)?;
    Ok(hash.to_string())
}

fn verify_now(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}
