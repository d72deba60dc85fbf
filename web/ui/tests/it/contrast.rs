//! Every pair of tokens that may meet on the screen, in both themes: WCAG 2.2 §1.4.3 and §1.4.11.

use std::collections::BTreeMap;

type Theme = BTreeMap<String, [f64; 3]>;

/// Text and its grounds: at least 4.5 : 1.
const TEXT: &[(&str, &[&str])] = &[
    ("color-base-content", &["color-base-100", "color-base-200", "cx-hover", "cx-selected", "cx-reply", "cx-note", "cx-tint-neutral"]),
    ("cx-muted", &["color-base-100", "color-base-200", "cx-hover", "cx-selected", "cx-reply", "cx-note", "cx-tint-neutral"]),
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
    assert_eq!(themes.keys().collect::<Vec<_>>(), ["cx-dark", "cx-light"]);
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
    let paired: Vec<&str> = TEXT.iter().chain(MARKS).flat_map(|(ink, grounds)| std::iter::once(*ink).chain(grounds.iter().copied())).collect();
    let lines_only = ["color-base-300", "cx-field-line"];
    for (name, theme) in themes() {
        for token in theme.keys() {
            assert!(paired.contains(&token.as_str()) || lines_only.contains(&token.as_str()), "{name}: {token} is in no pair");
        }
    }
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

/// Opaque hex colours of each `[data-theme="NAME"]` block.
fn themes() -> BTreeMap<String, Theme> {
    include_str!("../../styles/themes.css")
        .split("[data-theme=\"")
        .skip(1)
        .map(|block| {
            let (name, rest) = block.split_once('"').expect("a theme has a name");
            let body = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')).expect("a theme has a body").0;
            (name.to_owned(), body.split(';').filter_map(token).collect())
        })
        .collect()
}

fn token(declaration: &str) -> Option<(String, [f64; 3])> {
    let (name, value) = declaration.trim().strip_prefix("--")?.split_once(": #")?;
    let value = (value.len() == 6).then(|| u32::from_str_radix(value, 16).ok())??;
    let part = |shift: u32| f64::from((value >> shift) & 0xff) / 255.0;
    Some((name.to_owned(), [part(16), part(8), part(0)]))
}

/// WCAG 2.2: `(L1 + 0.05) / (L2 + 0.05)` over relative luminance.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let luminance = |colour: [f64; 3]| 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
