//! Chinese and English say the same things.

use studio::i18n::{self, Language, Message};

/// `{names}` in a text, sorted; what a template says while there is no answer (`{{name|friend}}`) is words.
fn holes(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split(['}', '|']).next().filter(|_| rest.contains('}')))
        .collect();
    found.sort_unstable();
    // Named once more where a word follows the number.
    found.dedup();
    found
}

/// A date's parts differ by custom: Chinese writes the month as a number, English by its name.
fn is_date(name: &str) -> bool {
    name.ends_with("MONTH_DAY")
}

#[test]
fn every_message_has_both_languages_with_the_same_holes() {
    let all = i18n::all();
    assert!(all.len() > 300, "{}", all.len());
    for (name, Message { zh, en }) in all {
        assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name} is empty in one language");
        if !is_date(name) {
            assert_eq!(holes(zh), holes(en), "{name}: `{zh}` and `{en}` are filled with different values");
        }
    }
}

/// English words with Chinese signs in them are a slip; the switch to the other language is in that language on purpose.
#[test]
fn english_holds_no_chinese() {
    let han = |text: &str| text.chars().any(|sign| ('\u{3400}'..='\u{9fff}').contains(&sign));
    for (name, Message { zh: _, en }) in i18n::all() {
        assert!(name == "LANGUAGE_OTHER" || !han(en), "{name}: {en}");
    }
}

/// Half-width punctuation between Chinese signs reads like a machine's.
#[test]
fn chinese_uses_its_own_punctuation() {
    let han = |sign: char| ('\u{3400}'..='\u{9fff}').contains(&sign);
    for (name, Message { zh, en: _ }) in i18n::all() {
        let signs: Vec<char> = zh.chars().collect();
        for pair in signs.windows(2) {
            assert!(!(han(pair[0]) && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(')), "{name}: {zh}");
        }
    }
}

#[test]
fn a_tag_names_its_language() {
    for (tag, language) in [
        ("en", Language::En),
        ("en-GB", Language::En),
        ("EN", Language::En),
        ("zh-CN", Language::Zh),
        ("fr", Language::Zh),
        ("", Language::Zh),
    ] {
        assert_eq!(Language::of(tag), language, "{tag}");
    }
}

#[test]
fn holes_are_filled() {
    let message = Message { zh: "第 {n} 行", en: "Line {n}" };
    assert_eq!(i18n::fill_in(message, Language::En, &[("n", "7")]), "Line 7");
    assert_eq!(i18n::fill_in(message, Language::Zh, &[("n", "7")]), "第 7 行");
    let counted = Message { zh: "{n} 处改动", en: "{n} {n|change is|changes are} {m}" };
    let said = |n: &str| i18n::fill_in(counted, Language::En, &[("n", n), ("m", "not live")]);
    assert_eq!((said("1"), said("0")), ("1 change is not live".into(), "0 changes are not live".into()));
}
