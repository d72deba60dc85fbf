//! The language of one request's answer.
//!
//! First the browser's `Accept-Language`; once a signed-in user is known, theirs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::{HeaderMap, header};
use form_engine::Language;

/// Shared by everything that works on one request, so that a refusal made before
/// and one made after authentication each speak the best known language.
#[derive(Debug, Clone)]
pub struct Spoken {
    chinese: Arc<AtomicBool>,
}

impl Spoken {
    /// As the headers ask for; English when they ask for neither.
    pub fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let spoken = Self { chinese: Arc::new(AtomicBool::new(false)) };
        spoken.set(asked.map_or(Language::En, preferred));
        spoken
    }

    /// The language to answer in.
    pub fn language(&self) -> Language {
        if self.chinese.load(Ordering::Relaxed) { Language::Zh } else { Language::En }
    }

    /// From now on this one.
    pub fn set(&self, language: Language) {
        self.chinese.store(matches!(language, Language::Zh), Ordering::Relaxed);
    }
}

/// The best-weighted of our languages in an `Accept-Language` header (RFC 9110 §12.5.4).
pub fn preferred(header: &str) -> Language {
    let mut best = (0.0, Language::En);
    for part in header.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
        let language = match tag.trim().split('-').next().map(str::to_ascii_lowercase).as_deref() {
            Some("zh") => Language::Zh,
            Some("en") => Language::En,
            Some(_) | None => continue,
        };
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}
