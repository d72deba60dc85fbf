//! Random secrets of sessions and tokens: 256 bits, shown once, stored as their SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A secret as its owner holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one that starts with `prefix`, which tells people and scanners what it is for.
    pub fn draw(prefix: &str) -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One that came with a request.
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the owner is handed.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up: useless to whoever reads the database.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
