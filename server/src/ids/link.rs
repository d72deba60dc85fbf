//! References that people hold: progress links, one-use invitations, receipts.
//!
//! Each is derived from the server's key, a purpose and an id, so that a replayed submit and a later
//! mail name the same link although only a hash of it is stored. Whoever reads the database without
//! the key, or guesses, gets nowhere: a link has 192 bits.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a reference opens; part of what is derived, so that one never opens another's door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `/t/{token}`: the progress page of a submission.
    Progress,
    /// `/f/{slug}?i={token}`: one answer to a form, about a submission.
    Invitation,
    /// `/join/{token}`: a place in a team.
    Join,
    /// `/reset/{token}`: a new password.
    Reset,
    /// `/setup/{token}`: the first team of an empty database.
    Setup,
    /// `/f/{slug}?s={token}`: half an answer, to go on with.
    Saved,
    /// `/f/{slug}?e={id}.{token}`: one's own answer, to change it.
    Edit,
    /// `/u/{id}.{token}`: no more mails.
    OptOut,
}

/// The server's key for deriving references.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    /// A key as stored.
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The token that stands in the link to `id`: 32 characters safe in URLs.
    pub fn token(&self, purpose: Purpose, id: impl Into<Uuid>) -> String {
        let label: &[u8] = match purpose {
            Purpose::Progress => b"progress",
            Purpose::Invitation => b"invitation",
            Purpose::Join => b"join",
            Purpose::Reset => b"reset",
            Purpose::Setup => b"setup",
            Purpose::Saved => b"saved",
            Purpose::Edit => b"edit",
            Purpose::OptOut => b"opt-out",
        };
        URL_SAFE_NO_PAD.encode(&self.derive(label, id.into())[..24])
    }

    /// A short code to read out on the telephone: `7KQ2-M9XA`. Names a submission to staff, opens nothing.
    pub fn receipt(&self, id: impl Into<Uuid>) -> String {
        let bytes = self.derive(b"receipt", id.into());
        let letter = |index: usize| char::from(LETTERS[usize::from(bytes[index]) % LETTERS.len()]);
        let half = |from: usize| (from..from + 4).map(letter).collect::<String>();
        format!("{}-{}", half(0), half(4))
    }

    /// The code of a short link, to be typed from paper: `k7mq2xp`. Opens what everybody may open; whether it is
    /// taken is the caller's to ask.
    pub fn short(&self, id: impl Into<Uuid>) -> String {
        let bytes = self.derive(b"short", id.into());
        bytes[..SHORT].iter().map(|byte| char::from(PLAIN[usize::from(*byte) % PLAIN.len()])).collect()
    }

    /// A seal on a text that a page carries: who has not the key makes none. `label` says what it is for.
    pub fn seal(&self, label: &str, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(b"seal\0");
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..24])
    }

    fn derive(&self, label: &[u8], id: Uuid) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(label);
        mac.update(&[0]);
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Are they the same? Told in a time that says nothing of where they differ.
pub fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one.as_bytes()) == Sha256::digest(other.as_bytes())
}

/// A receipt as it is written, whatever its reader made of it: `7kq2 m9xa`, letters for digits that look alike.
pub fn receipt_of(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let plain: String = plain.take(16).collect();
    match plain.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}-{rest}"),
        _ => plain,
    }
}

/// What is stored of a token, and looked up by.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Crockford's base 32: no letter that is mistaken for a digit or another letter.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Lower case without `0 1 i l o`: nothing that is mistaken for another on paper.
const PLAIN: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Letters of a short link: 27 thousand million codes.
const SHORT: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_depends_on_key_purpose_and_id_and_nothing_else() {
        let (key, other) = (LinkKey::new([1; 32]), LinkKey::new([2; 32]));
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let token = key.token(Purpose::Progress, first);
        assert_eq!(token, key.token(Purpose::Progress, first));
        assert_eq!(token.len(), 32);
        for different in [
            key.token(Purpose::Invitation, first),
            key.token(Purpose::Progress, second),
            other.token(Purpose::Progress, first),
        ] {
            assert_ne!(token, different);
        }
        assert_eq!(key.receipt(first).len(), 9);
        let short = key.short(first);
        assert_eq!(short.len(), 7);
        assert!(!short.contains(['0', '1', 'i', 'l', 'o']), "{short}");
    }
}
