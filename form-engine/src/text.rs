//! Text for people, in one or several languages.
//!
//! Knows how a language is chosen; does not know which languages a team uses.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A string, or one string per language: `"Score"` or `{"zh": "评分", "en": "Score"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The same in every language.
    Plain(String),
    /// BCP 47 tag to text, in the author's order; the first is the fallback.
    Localized(IndexMap<String, String>),
}

impl Text {
    /// The text in `language`: exact tag, else its primary subtag, else the author's first.
    pub fn get(&self, language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Localized(texts) => {
                let primary = language.split('-').next().unwrap_or(language);
                let found =
                    texts.get(language).or_else(|| texts.get(primary)).or_else(|| texts.values().next());
                found.map_or("", String::as_str)
            }
        }
    }

    /// The text in each of its languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (plain, localized) = match self {
            Self::Plain(text) => (Some(text), None),
            Self::Localized(texts) => (None, Some(texts)),
        };
        plain.into_iter().chain(localized.into_iter().flat_map(IndexMap::values)).map(String::as_str)
    }

    /// True when there is nothing to read in any language.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Plain(text) => text.is_empty(),
            Self::Localized(texts) => texts.values().all(String::is_empty),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}
