//! Small marks: states, scores, counts.

use leptos::prelude::*;

use crate::{Glyph, Icon};

/// What a mark means; each tone is a checked pair of ink and tint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// Good.
    Success,
    /// Soon bad.
    Warning,
    /// Bad.
    Error,
}

impl Tone {
    /// Ink and tint.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "bg-tint-neutral text-ink-neutral",
            Self::Info => "bg-tint-info text-ink-info",
            Self::Success => "bg-tint-success text-ink-success",
            Self::Warning => "bg-tint-warning text-ink-warning",
            Self::Error => "bg-tint-error text-ink-error",
        }
    }

    /// The tone of an answer to "how likely are you to recommend us": 0–6, 7–8, 9–10.
    #[must_use]
    pub fn of_nps(score: f64) -> Self {
        if score <= 6.0 {
            Self::Error
        } else if score <= 8.0 {
            Self::Warning
        } else {
            Self::Success
        }
    }
}

/// A word on a tint, perhaps with an icon.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    label: Signal<String>,
    /// What it means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Before the word.
    #[prop(optional, into)]
    icon: Option<Icon>,
) -> impl IntoView {
    view! {
        <span class=move || format!("cx-chip {}", tone.get().class())>
            {icon.map(|icon| view! { <Glyph icon=icon/> })}
            {label}
        </span>
    }
}

/// A score in its tone.
#[component]
pub fn Score(
    /// 0–10.
    score: f64,
    /// Says what the number is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class=format!("cx-score {}", Tone::of_nps(score).class()) title=label>
            <span class="sr-only">{label} " "</span>
            {score.to_string()}
        </span>
    }
}

/// How many: quiet, and gone at zero.
#[component]
pub fn Count(
    /// How many.
    #[prop(into)]
    value: Signal<u64>,
    /// Stands out.
    #[prop(optional, into)]
    urgent: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || { value.get() > 0 }>
            <span class="tabular text-xs" class:text-muted=move || !urgent.get() class:font-semibold=urgent class:text-error=urgent>
                {move || { let count = value.get(); if count > 999 { "999+".to_owned() } else { count.to_string() } }}
            </span>
        </Show>
    }
}
