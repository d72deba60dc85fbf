//! What a person has chosen for this browser: language and theme; and the time, for everything that counts down.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::{browser, i18n::Language};

static LANGUAGE: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(Language::default()));
static THEME: LazyLock<ArcRwSignal<Theme>> = LazyLock::new(|| ArcRwSignal::new(Theme::System));
static NIGHT: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));
static NOW: LazyLock<ArcRwSignal<i64>> = LazyLock::new(|| ArcRwSignal::new(0));

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The language of the moment.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Changes the language at once, and for later visits.
pub fn set_language(chosen: Language) {
    browser::remember("language", chosen.code());
    browser::set_page_language(chosen.code());
    LANGUAGE.set(chosen);
}

/// True once this browser's user has chosen a language here.
pub fn has_chosen_language() -> bool {
    browser::recall("language").is_some()
}

/// The chosen theme.
pub fn theme() -> Theme {
    THEME.get()
}

/// Is a dark theme showing? Charts are drawn again when this changes.
pub fn night() -> bool {
    NIGHT.get()
}

/// Changes the theme at once, and for later visits.
pub fn set_theme(chosen: Theme) {
    match chosen {
        Theme::System => browser::forget("theme"),
        Theme::Light => browser::remember("theme", "light"),
        Theme::Dark => browser::remember("theme", "dark"),
    }
    THEME.set(chosen);
    browser::apply_theme();
    NIGHT.set(browser::is_night());
}

/// Unix milliseconds, moving every 20 seconds.
pub fn now() -> i64 {
    NOW.get()
}

/// Reads what was chosen before and starts the clock; once, at the start.
pub fn begin() {
    let language = browser::recall("language").unwrap_or_else(browser::preferred_language);
    LANGUAGE.set(Language::of(&language));
    browser::set_page_language(language_code());
    THEME.set(match browser::recall("theme").as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        Some(_) | None => Theme::System,
    });
    NIGHT.set(browser::is_night());
    browser::on_window("theme", || NIGHT.set(browser::is_night()));
    NOW.set(browser::now_ms());
    set_interval(|| NOW.set(browser::now_ms()), std::time::Duration::from_secs(20));
}

/// `zh` or `en`; not followed.
pub fn language_code() -> &'static str {
    LANGUAGE.get_untracked().code()
}
