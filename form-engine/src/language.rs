//! The languages the product itself speaks.
//!
//! Authors may write their texts in any language ([`Text`](crate::Text)); messages
//! made by engines exist in these.

use serde::{Deserialize, Serialize};

/// A language of messages and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language of a BCP 47 tag, by its primary subtag: `zh-CN` is [`Language::Zh`].
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The BCP 47 primary subtag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}
