//! Every pair of tokens that may meet on the screen, in both themes: WCAG 2.2 §1.4.3 and §1.4.11.

use std::collections::BTreeMap;

/// Colours by token.
pub type Theme = BTreeMap<String, [f64; 3]>;

/// The grounds of the public pages.
const PAGE: &[&str] = &["canvas", "surface", "sunken", "accent-soft"];

/// Text and its grounds: at least 4.5 : 1.
const TEXT: &[(&str, &[&str])] = &[
    (
        "color-base-content",
        &[
            "color-base-100",
            "color-base-200",
            "cx-hover",
            "cx-selected",
            "cx-reply",
            "cx-note",
            "cx-tint-neutral",
        ],
    ),
    ("ink", PAGE),
    ("ink-soft", PAGE),
    ("accent", PAGE),
    ("accent-strong", PAGE),
    ("success", PAGE),
    ("warning", PAGE),
    ("danger", PAGE),
    ("on-accent", &["accent", "accent-strong"]),
    (
        "cx-muted",
        &[
            "color-base-100",
            "color-base-200",
            "cx-hover",
            "cx-selected",
            "cx-reply",
            "cx-note",
            "cx-tint-neutral",
        ],
    ),
    ("cx-link", &["color-base-100", "color-base-200", "cx-hover", "cx-selected", "cx-reply", "cx-note"]),
    ("color-error", &["color-base-100", "color-base-200", "cx-hover", "cx-selected"]),
    ("color-warning", &["color-base-100", "color-base-200", "cx-hover", "cx-selected"]),
    ("color-success", &["color-base-100", "color-base-200", "cx-hover", "cx-selected"]),
    ("color-info", &["color-base-100", "color-base-200"]),
    ("color-primary-content", &["color-primary"]),
    ("color-secondary-content", &["color-secondary"]),
    ("color-accent-content", &["color-accent"]),
    ("color-neutral-content", &["color-neutral"]),
    ("color-info-content", &["color-info"]),
    ("color-success-content", &["color-success"]),
    ("color-warning-content", &["color-warning"]),
    ("color-error-content", &["color-error"]),
    ("cx-ink-neutral", &["cx-tint-neutral"]),
    ("cx-ink-info", &["cx-tint-info"]),
    ("cx-ink-success", &["cx-tint-success"]),
    ("cx-ink-warning", &["cx-tint-warning", "cx-note"]),
    ("cx-ink-error", &["cx-tint-error"]),
];

/// Marks, focus rings and charts on their grounds: at least 3 : 1.
const MARKS: &[(&str, &[&str])] = &[
    ("color-primary", &["color-base-100", "color-base-200", "cx-hover", "cx-selected"]),
    ("control", &["canvas", "surface"]),
    ("cx-field-line", &["color-base-100", "color-base-200"]),
    ("cx-chart-1", &["color-base-100"]),
    ("cx-chart-2", &["color-base-100"]),
    ("cx-chart-3", &["color-base-100"]),
    ("cx-chart-4", &["color-base-100"]),
    ("cx-chart-5", &["color-base-100"]),
    ("cx-chart-6", &["color-base-100"]),
    ("cx-chart-7", &["color-base-100"]),
    ("cx-chart-8", &["color-base-100"]),
    ("cx-chart-good", &["color-base-100"]),
    ("cx-chart-fair", &["color-base-100"]),
    ("cx-chart-poor", &["color-base-100"]),
];

#[test]
fn every_pair_is_readable_in_both_themes() {
    let themes = themes();
    let mut faults = Vec::new();
    for (name, theme) in &themes {
        for (pairs, least) in [(TEXT, 4.5), (MARKS, 3.0)] {
            for (ink, grounds) in pairs {
                for ground in *grounds {
                    let ratio = contrast(theme[*ink], theme[*ground]);
                    if ratio < least {
                        faults.push(format!("{name}: {ink} on {ground} is {ratio:.2}, expected {least}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A token that no pair names is either unused or unchecked.
#[test]
fn every_colour_is_in_a_pair() {
    let paired: Vec<&str> = TEXT
        .iter()
        .chain(MARKS)
        .flat_map(|(ink, grounds)| std::iter::once(*ink).chain(grounds.iter().copied()))
        .collect();
    let lines_only = ["line", "color-base-300", "cx-edge"];
    for (name, theme) in themes() {
        for token in theme.keys() {
            assert!(
                paired.contains(&token.as_str()) || lines_only.contains(&token.as_str()),
                "{name}: {token} is in no pair"
            );
        }
    }
}

/// Who chose nothing and whose system is dark gets the same dark theme.
#[test]
fn the_systems_dark_is_the_chosen_dark() {
    let tokens = include_str!("../../tokens.css");
    assert_eq!(
        declarations(tokens, ":root:not([data-theme]) {"),
        declarations(tokens, "\n[data-theme=\"cx-dark\"] {")
    );
}

#[test]
fn both_themes_have_the_same_tokens() {
    let themes = themes();
    assert_eq!(themes["cx-light"].keys().collect::<Vec<_>>(), themes["cx-dark"].keys().collect::<Vec<_>>());
}

/// The computation itself, against the values WCAG gives for its extremes.
#[test]
fn contrast_of_black_and_white_is_21() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0.5; 3], [0.5; 3]) - 1.0).abs() < 1e-9);
}

/// The opaque colours of both themes, `var()` followed.
pub fn themes() -> BTreeMap<&'static str, Theme> {
    let tokens = include_str!("../../tokens.css");
    let themes = include_str!("../../styles/themes.css");
    let shared = declarations(themes, ":root, [data-theme] {");
    let light = [
        declarations(tokens, ":root, [data-theme=\"cx-light\"] {"),
        declarations(themes, "[data-theme=\"cx-light\"] {"),
        shared.clone(),
    ]
    .concat();
    let dark = [
        declarations(tokens, "\n[data-theme=\"cx-dark\"] {"),
        declarations(themes, "\n[data-theme=\"cx-dark\"] {"),
        shared,
    ]
    .concat();
    [("cx-light", light), ("cx-dark", dark)]
        .map(|(name, declarations)| {
            let all: BTreeMap<&str, &str> = declarations.iter().copied().collect();
            let colours = all
                .iter()
                .filter_map(|(token, value)| Some(((*token).to_owned(), colour(follow(&all, value))?)));
            (name, colours.collect())
        })
        .into()
}

/// `--name: value` of the first block that opens with `head`.
fn declarations<'a>(css: &'a str, head: &str) -> Vec<(&'a str, &'a str)> {
    let body =
        css.split_once(head).and_then(|(_, rest)| rest.split_once('}')).expect("the theme has a block").0;
    body.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": ")).collect()
}

fn follow<'a>(all: &BTreeMap<&str, &'a str>, value: &'a str) -> &'a str {
    value
        .strip_prefix("var(--")
        .and_then(|name| all.get(name.trim_end_matches(')')).copied())
        .unwrap_or(value)
}

fn colour(value: &str) -> Option<[f64; 3]> {
    let value = value.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(value, 16).ok()?;
    let part = |shift: u32| f64::from((value >> shift) & 0xff) / 255.0;
    Some([part(16), part(8), part(0)])
}

/// WCAG 2.2: `(L1 + 0.05) / (L2 + 0.05)` over relative luminance.
pub fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let luminance = |colour: [f64; 3]| {
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
