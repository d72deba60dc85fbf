//! The stylesheet and scripts as files: old webviews can read them, and the colours are the product's.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file with this ending below a folder of the crate.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} under {folder}");
    found
}

/// Without comments.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn styles_use_nothing_that_chromium_80_or_ios_13_lack() {
    let newer = [
        " gap:",
        "row-gap:",
        "column-gap:",
        ":is(",
        ":where(",
        ":has(",
        "inset:",
        "clamp(",
        "aspect-ratio:",
        "dvh",
        "color-mix(",
        "@layer",
        "@container",
        "margin-inline:",
        "padding-inline:",
        "accent-color:",
        "rotate:",
        "&",
    ];
    for (file, text) in files("styles", "css") {
        let text = bare(&text);
        for word in newer {
            assert!(!text.contains(word), "{file} uses `{word}`");
        }
        assert!(!text.contains("100vh"), "{file}: 100vh is wrong in webviews");
    }
}

#[test]
fn sizes_follow_the_readers_font_size() {
    for (file, text) in files("styles", "css") {
        for line in
            bare(&text).lines().filter(|line| line.contains("font-size:") || line.contains("line-height:"))
        {
            assert!(!line.contains("px"), "{file}: {line}");
        }
    }
}

#[test]
fn scripts_are_es2018() {
    for (file, text) in files("js", "js") {
        let text = bare(&text);
        for word in ["?.", "??", "||=", "&&=", "BigInt", "import(", "globalThis", ".at(", "catch {"] {
            assert!(!text.contains(word), "{file} uses `{word}`");
        }
    }
}

type Theme = HashMap<String, String>;

fn theme(text: &str) -> Theme {
    bare(text)
        .split(';')
        .filter_map(|line| line.rsplit_once("--")?.1.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// Light and dark.
fn ours() -> (Theme, Theme) {
    let text = read("styles/public/tokens.css");
    let (light, dark) = text.split_once("@media").unwrap();
    (theme(light), theme(dark))
}

#[test]
fn colours_are_the_studios() {
    let text = read("../ui/tokens.css");
    let (light, dark) = text.split_once("\n[data-theme=\"cx-dark\"] {").unwrap();
    let same = [
        ("canvas", "canvas"),
        ("surface", "surface"),
        ("line", "line"),
        ("sunken", "sunken"),
        ("ink", "ink"),
        ("ink-soft", "ink-soft"),
        ("accent", "accent"),
        ("on-accent", "on-accent"),
        ("accent-soft", "accent-soft"),
        ("success", "success"),
        ("danger", "danger"),
        ("link", "accent"),
    ];
    let ours = ours();
    for (ours, theirs) in [(ours.0, theme(light)), (ours.1, theme(dark))] {
        for (mine, studio) in same {
            assert_eq!(ours.get(mine), theirs.get(studio), "--{mine} and --{studio}");
        }
    }
}

fn luminance(colour: &str) -> f64 {
    let part = |from: usize| -> f64 {
        let value = f64::from(u8::from_str_radix(&colour[from..from + 2], 16).unwrap()) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// WCAG 2.2's contrast ratio.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_stands_out_from_its_ground() {
    let ours = ours();
    for theme in [ours.0, ours.1] {
        let ratio = |one: &str, other: &str| contrast(&theme[one], &theme[other]);
        for text in ["ink", "ink-soft", "link", "danger", "success"] {
            for ground in ["canvas", "surface", "sunken", "accent-soft"] {
                if matches!(text, "danger" | "success") && ground == "accent-soft" {
                    continue; // never together
                }
                assert!(ratio(text, ground) >= 4.5, "{text} on {ground}: {:.2}", ratio(text, ground));
            }
        }
        for ground in ["accent", "accent-hover"] {
            assert!(ratio("on-accent", ground) >= 4.5, "text on {ground}: {:.2}", ratio("on-accent", ground));
        }
        for mark in ["control", "accent"] {
            assert!(ratio(mark, "surface") >= 3.0, "{mark}: {:.2}", ratio(mark, "surface"));
        }
    }
}

/// The innermost rules of a stylesheet: selector and declarations.
fn rules(text: &str) -> Vec<(String, String)> {
    let text = bare(text);
    let rule = |piece: &str| {
        let (before, body) = piece.rsplit_once('{')?;
        Some((before.rsplit(['{', ';']).next()?.trim().to_owned(), body.to_owned()))
    };
    text.split('}').filter_map(rule).collect()
}

/// The tokens that a rule's declarations of `properties` name.
fn tokens<'a>(body: &'a str, properties: &[&str]) -> Option<&'a str> {
    body.split(';').rev().find_map(|line| {
        let (property, value) = line.split_once(':')?;
        properties.contains(&property.trim()).then_some(())?;
        value.split_once("var(--")?.1.split(')').next()
    })
}

#[test]
fn a_rule_that_sets_ink_and_ground_is_readable() {
    let ours = ours();
    let mut computed = 0;
    for (file, text) in files("styles", "css") {
        for (selector, body) in rules(&text) {
            let (ink, ground) =
                (tokens(&body, &["color"]), tokens(&body, &["background", "background-color"]));
            let (Some(ink), Some(ground)) = (ink, ground) else { continue };
            computed += 1;
            for theme in [&ours.0, &ours.1] {
                let ratio = contrast(&theme[ink], &theme[ground]);
                assert!(ratio >= 4.5, "{file} `{selector}`: {ink} on {ground} is {ratio:.2}");
            }
        }
    }
    assert!(computed > 5, "only {computed} rules were found");
}

/// A picture inside a stylesheet knows no tokens: what is drawn in it stands out from its ground, in the theme it is for.
#[test]
fn pictures_in_styles_stand_out() {
    let (light, dark) = ours();
    // Selector, for the dark theme alone, its ground.
    let drawn = [
        (".path .done::before", false, "accent"),
        (".path .done::before", true, "accent"),
        ("select.field-line", false, "surface"),
    ];
    let mut found = Vec::new();
    for (file, text) in files("styles", "css") {
        let text = bare(&text);
        for (selector, body) in rules(&text) {
            let Some((_, after)) = body.split_once("stroke='%23") else { continue };
            let colour = format!("#{}", &after[..6]);
            let at = text.find(&body).unwrap_or_default();
            let for_dark = text[..at].rfind("@media (prefers-color-scheme: dark)").is_some_and(|media| {
                let inside = &text[media..at];
                inside.matches('{').count() > inside.matches('}').count() + 1
            });
            let known = drawn.iter().find(|(known, dark, _)| *known == selector && *dark == for_dark);
            let (_, _, ground) = known.unwrap_or_else(|| panic!("{file}: `{selector}` is in no list"));
            found.push((selector.clone(), for_dark));
            let has_dark = drawn.iter().any(|(known, dark, _)| *known == selector && *dark);
            let themes = match (for_dark, has_dark) {
                (true, _) => vec![&dark],
                (false, true) => vec![&light],
                (false, false) => vec![&light, &dark],
            };
            for theme in themes {
                let ratio = contrast(&colour, &theme[*ground]);
                assert!(ratio >= 3.0, "{file} `{selector}`: {colour} on {ground} is {ratio:.2}");
            }
        }
    }
    assert_eq!(found.len(), drawn.len(), "{found:?}");
}
