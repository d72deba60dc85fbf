//! Pairs that single rules and components put together: whatever sets an ink and its ground in one place is computed,
//! and nothing takes a colour from elsewhere than the tokens.

use std::fs;
use std::path::{Path, PathBuf};

use crate::contrast::{contrast, themes};

const TEXT: f64 = 4.5;

/// Every file with one of these endings in the components' and the studio's sources.
fn sources(ending: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["src", "styles", "../studio/src", "../studio/styles"].map(|one| root.join(one)).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let text = fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    assert!(found.len() > 3, "{found:?}");
    found
}

/// A stylesheet without comments.
fn bare(css: &str) -> String {
    let mut pieces = css.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("*/").map_or("", |(_, rest)| rest))
}

/// The innermost rules of a stylesheet: selector and declarations.
fn rules(css: &str) -> Vec<(String, String)> {
    let css = bare(css);
    let mut found = Vec::new();
    for piece in css.split('}') {
        if let Some((before, body)) = piece.rsplit_once('{') {
            let selector = before.rsplit(['{', ';']).next().unwrap_or_default().trim();
            found.push((selector.to_owned(), body.to_owned()));
        }
    }
    found
}

/// The token a declaration takes its value from.
fn token<'a>(body: &'a str, properties: &[&str]) -> Option<&'a str> {
    body.split(';').rev().find_map(|line| {
        let (property, value) = line.split_once(':')?;
        properties.contains(&property.trim()).then_some(())?;
        value.trim().strip_prefix("var(--")?.split(')').next()
    })
}

/// `ink` on `ground` in every theme, where both are colours.
fn faults(place: &str, ink: &str, ground: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, theme) in themes() {
        if let (Some(one), Some(other)) = (theme.get(ink), theme.get(ground)) {
            let ratio = contrast(*one, *other);
            if ratio < TEXT {
                faults.push(format!("{place}: {ink} on {ground} is {ratio:.2} in {name}, expected {TEXT}"));
            }
        }
    }
    faults
}

#[test]
fn a_rule_that_sets_ink_and_ground_is_readable() {
    let (mut wrong, mut computed) = (Vec::new(), 0);
    for (file, css) in sources("css") {
        for (selector, body) in rules(&css) {
            let (ink, ground) = (token(&body, &["color"]), token(&body, &["background", "background-color"]));
            if let (Some(ink), Some(ground)) = (ink, ground) {
                computed += 1;
                wrong.extend(faults(&format!("{} `{selector}`", file.display()), ink, ground));
            }
        }
    }
    assert!(computed > 10, "only {computed} rules were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a utility's colour is called in the themes.
fn of_utility(name: &str) -> String {
    let ours = ["muted", "link", "edge", "hover", "selected", "reply", "note"].contains(&name)
        || name.starts_with("tint-")
        || name.starts_with("ink-");
    if ours { format!("cx-{name}") } else { format!("color-{name}") }
}

#[test]
fn classes_that_stand_together_are_readable() {
    let (mut wrong, mut computed) = (Vec::new(), 0);
    for (file, code) in sources("rs") {
        for words in code.split('"').skip(1).step_by(2) {
            let one = |prefix: &str| {
                let mut names = words.split_whitespace().filter_map(|word| word.strip_prefix(prefix));
                names.find(|name| themes()["cx-light"].contains_key(&of_utility(name)))
            };
            if let (Some(ink), Some(ground)) = (one("text-"), one("bg-")) {
                computed += 1;
                wrong.extend(faults(
                    &format!("{} `{words}`", file.display()),
                    &of_utility(ink),
                    &of_utility(ground),
                ));
            }
        }
    }
    assert!(computed > 10, "only {computed} were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A share of transparency makes another colour of a text, which no pair knows.
#[test]
fn texts_are_not_faded() {
    for (file, code) in sources("rs") {
        for words in code.split('"').skip(1).step_by(2) {
            for word in words.split_whitespace() {
                let faded = word.rsplit(':').next().is_some_and(|bare| {
                    (bare.starts_with("text-") && bare.contains('/'))
                        || bare.starts_with("opacity-") && bare != "opacity-0"
                });
                assert!(!faded, "{}: `{word}`", file.display());
            }
        }
    }
}

/// Colours stand in the tokens and themes alone; elsewhere only black shadows.
#[test]
fn every_colour_is_a_token() {
    for (file, css) in sources("css") {
        if file.ends_with("themes.css") {
            continue;
        }
        for (selector, body) in rules(&css) {
            for line in body.split(';').filter(|line| !line.contains("shadow")) {
                let has_colour = line.contains(": #") || line.contains("rgb") || line.contains("hsl(");
                assert!(!has_colour, "{} `{selector}`: `{}`", file.display(), line.trim());
            }
        }
    }
}
