//! A signature: the signer's name, typed, or a drawing of it as a small PNG.
//!
//! `"李雷"`, or `"data:image/png;base64,…"`. No other picture: an SVG can hold scripts.
//!
//! ```json
//! {"field": "/signed", "control": "signature"}
//! ```

use serde_json::Value;

use super::{Field, Kind};
use crate::fault::Fault;

/// Longest drawing, bytes as text.
const MOST: usize = 100_000;

pub(super) struct Signature;

impl Kind for Signature {
    fn control(&self) -> &'static str {
        "signature"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        let fine = match text.strip_prefix("data:") {
            Some(drawing) => {
                let encoded = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
                let picture = drawing.strip_prefix("image/png;base64,");
                text.len() <= MOST
                    && picture.is_some_and(|data| !data.is_empty() && data.bytes().all(encoded))
            }
            // A cross or a dot is no name.
            None => text.chars().filter(|c| c.is_alphabetic()).count() >= 2,
        };
        (!fine).then(|| Fault::Format("signature".to_owned()))
    }

    /// A drawing is long and says nothing in words.
    fn label(&self, _field: &Field, value: &Value, language: &str) -> Option<String> {
        let drawn = value.as_str()?.starts_with("data:");
        let words = if language.starts_with("zh") { "（手写签名）" } else { "(drawn signature)" };
        drawn.then(|| words.to_owned())
    }
}
