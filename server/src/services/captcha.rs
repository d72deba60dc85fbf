//! Proof that a sender is no program, without a service outside: some work for the browser, or a sum for the reader.
//!
//! A challenge is sealed, for one form, for two hours and for one answer. The sum is derived from it with the server's
//! key, so that the page that asks does not tell.

use form_engine::Language;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::ids::link::same;

/// A challenge may be met this long.
const OPEN_MS: i64 = 2 * 3_600_000;
/// Leading zero bits: a second of a phone's work.
const BITS: u32 = 16;
/// The same for an address that has sent a lot.
const BUSY_BITS: u32 = 19;

/// What a page asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Comes back with the proof.
    pub token: String,
    /// Leading zero bits of the hash to be found.
    pub bits: u32,
    /// What the reader adds up, where no script runs.
    pub sum: (u8, u8),
}

/// A new challenge for a form.
pub fn challenge(app: &App, live: &LiveForm, busy: bool) -> Challenge {
    let id: SubmissionId = app.ids.next();
    let bits = if busy { BUSY_BITS } else { BITS };
    let text = format!("{}.{id}.{bits}.{}", live.definition, app.clock.now_ms() + OPEN_MS);
    let token = format!("{text}.{}", app.links.seal("captcha", &text));
    Challenge { sum: sum(app, &token), token, bits }
}

fn sum(app: &App, token: &str) -> (u8, u8) {
    let bytes = app.links.seal("sum", token).into_bytes();
    (bytes[0] % 8 + 2, bytes[1] % 8 + 2)
}

/// What may be used once: the claim under which an answer uses up its challenge.
///
/// # Errors
///
/// A proof that is none, or of a challenge that is too old or another form's.
pub fn check(app: &App, live: &LiveForm, proof: &str, language: Language) -> Result<String, ApiError> {
    met(app, live, proof).ok_or_else(|| refused(language))
}

/// `TOKEN NONCE`, or `TOKEN =SUM`.
fn met(app: &App, live: &LiveForm, proof: &str) -> Option<String> {
    let (token, met) = proof.split_once(' ')?;
    let (text, seal) = token.rsplit_once('.')?;
    let mut parts = text.split('.');
    let (form, id) = (parts.next()?, parts.next()?);
    let (bits, until_ms): (u32, i64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let ours = same(seal, &app.links.seal("captcha", text));
    if !ours || form != live.definition.to_string() || until_ms <= app.clock.now_ms() {
        return None;
    }
    let proven = match met.strip_prefix('=') {
        Some(typed) => {
            let (one, other) = sum(app, token);
            digits(typed).parse() == Ok(one + other)
        }
        None => met.len() <= 16 && zeros(&Sha256::digest(format!("{seal}:{met}").as_bytes())) >= bits,
    };
    proven.then(|| format!("captcha:{id}"))
}

/// Full-width digits count.
fn digits(typed: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xff10 + 0x30).unwrap_or(c),
        other => other,
    };
    typed.trim().chars().map(narrow).collect()
}

fn zeros(hash: &[u8]) -> u32 {
    let whole = hash.iter().take_while(|byte| **byte == 0).count();
    let rest = hash.get(whole).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(whole).unwrap_or(0) * 8 + rest
}

/// The refusal of an answer without a proof.
pub fn refused(language: Language) -> ApiError {
    let message = match language {
        Language::Zh => "请先回答最后的验证问题",
        Language::En => "please answer the question at the end that shows a person is sending this",
    };
    ApiError::problem("form.captcha", "", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_counted_over_bytes() {
        assert_eq!(zeros(&[0, 0, 0x10, 0xff]), 19);
        assert_eq!(zeros(&[0x80]), 0);
        assert_eq!(zeros(&[0, 0]), 16);
        assert_eq!(digits(" １2 "), "12");
    }
}
