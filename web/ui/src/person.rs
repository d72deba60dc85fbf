//! People: a round mark with initials, in a colour of their own.

use leptos::prelude::*;

/// At most two signs of a name: initials of two words, or the last two signs of a Chinese name.
#[must_use]
pub fn initials(name: &str) -> String {
    let name = name.trim();
    let han = |sign: char| ('\u{3400}'..='\u{9fff}').contains(&sign);
    if name.chars().any(han) {
        let signs: Vec<char> = name.chars().filter(|sign| !sign.is_whitespace()).collect();
        return signs[signs.len().saturating_sub(2)..].iter().collect();
    }
    let mut words = name.split(|sign: char| !sign.is_alphanumeric()).filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of five tones, the same for the same name.
fn hue(name: &str) -> &'static str {
    const HUES: [&str; 5] = [
        "bg-tint-info text-ink-info",
        "bg-tint-success text-ink-success",
        "bg-tint-warning text-ink-warning",
        "bg-tint-neutral text-ink-neutral",
        "bg-selected text-link",
    ];
    let sum = name.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    HUES[sum % HUES.len()]
}

/// The mark; the name beside it speaks, or, where it stands alone, a hidden one.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    name: Signal<String>,
    /// No name stands beside it.
    #[prop(optional)]
    alone: bool,
    /// 32 px instead of 24.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let size = if large { "size-8 text-xs" } else { "size-6 text-[0.625rem]" };
    view! {
        <span class=move || format!("cx-avatar {size} {}", hue(&name.get())) title=name>
            <span aria-hidden="true">{move || initials(&name.get())}</span>
            {alone.then(|| view! { <span class="sr-only">{name}</span> })}
        </span>
    }
}
