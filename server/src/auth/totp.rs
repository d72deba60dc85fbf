//! Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 seconds.
//!
//! Pure: secret, code and time are arguments. That no code is taken twice is settled where codes are stored.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Seconds a code is shown.
const STEP_S: i64 = 30;
/// Codes of so many steps before and after now are taken: clocks of telephones are a little off (RFC 6238 §5.2).
const DRIFT: i64 = 1;
const DIGITS: u32 = 1_000_000;

/// As long as SHA-1's output, as RFC 4226 §4 recommends.
pub type Secret = [u8; 20];

/// The secret in the letters people type.
pub fn letters(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// What authenticator apps read from a QR code.
pub fn uri(secret: &[u8], issuer: &str, account: &str) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    let secret = letters(secret);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

/// The time step `code` is of, if it is one that is taken at `now_ms`.
pub fn step_of(secret: &[u8], code: u32, now_ms: i64) -> Option<i64> {
    let now = now_ms.div_euclid(STEP_S * 1_000);
    // All are computed, whichever fits: the time it takes says nothing.
    let steps = (now - DRIFT..=now + DRIFT).map(|step| (step, self::code(secret, step)));
    let fitting: Vec<i64> = steps
        .collect::<Vec<_>>()
        .into_iter()
        .filter(|(_, right)| *right == code)
        .map(|(step, _)| step)
        .collect();
    fitting.into_iter().next_back()
}

/// The code of a time step (RFC 4226 §5.3).
pub fn code(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(&step.to_be_bytes());
    let digest: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(digest[19] & 0xf);
    let cut = [digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]];
    u32::from_be_bytes(cut) % DIGITS
}

/// Percent-encoded for a path or a query (RFC 3986 §2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B (the last six digits of its eight).
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(secret, seconds / STEP_S), expected, "at {seconds} s");
            assert_eq!(step_of(secret, expected, seconds * 1_000), Some(seconds / STEP_S));
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_more() {
        let secret = b"12345678901234567890";
        let right = code(secret, 1_000);
        for (step, taken) in [(998, false), (999, true), (1_000, true), (1_001, true), (1_002, false)] {
            assert_eq!(step_of(secret, right, step * 30_000).is_some(), taken, "in step {step}");
        }
    }

    #[test]
    fn an_authenticator_reads_issuer_and_account() {
        assert_eq!(
            uri(b"12345678901234567890", "回音", "fang@b.example"),
            "otpauth://totp/%E5%9B%9E%E9%9F%B3:fang%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E5%9B%9E%E9%9F%B3&algorithm=SHA1&digits=6&period=30"
        );
    }
}
