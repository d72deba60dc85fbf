//! Chinese and English say the same things.

use form_engine::Language;
use web_public::{Words, form_page};

use crate::{every_page, sample};

/// The sentences, in the order of the struct.
fn sentences(language: Language) -> Vec<String> {
    let written = format!("{:?}", Words::of(language));
    written.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn holes(sentence: &str) -> Vec<String> {
    let mut holes: Vec<String> = sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect();
    holes.sort();
    holes
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[test]
fn sentences_have_the_same_holes_in_both_languages() {
    let (zh, en) = (sentences(Language::Zh), sentences(Language::En));
    assert_eq!(zh.len(), en.len());
    for (zh, en) in zh.iter().zip(&en) {
        assert_eq!(holes(zh), holes(en), "`{zh}` / `{en}`");
    }
}

#[test]
fn each_language_is_written_in_itself() {
    // The tag, and the place among questions, have no words.
    for sentence in
        sentences(Language::Zh).iter().filter(|one| !matches!(one.as_str(), "zh-CN" | "{n} / {m}"))
    {
        assert!(sentence.chars().any(is_chinese), "`{sentence}` is not Chinese");
    }
    for sentence in sentences(Language::En) {
        assert!(!sentence.chars().any(is_chinese), "`{sentence}` is not English");
    }
}

#[test]
fn an_english_page_holds_no_chinese_but_the_way_to_it() {
    for (page, html) in every_page(Language::En) {
        let chinese: String = html.chars().filter(|character| is_chinese(*character)).collect();
        assert_eq!(chinese, "中文", "{page}");
    }
}

#[test]
fn a_page_says_its_language_and_leads_to_the_other() {
    let html = form_page(&sample::nps(Language::Zh));
    assert!(html.contains("<html lang=\"zh-CN\">"));
    assert!(html.contains("name=\"_lang\" value=\"en\""));
    let html = form_page(&sample::nps(Language::En));
    assert!(html.contains("<html lang=\"en\">"));
    assert!(html.contains("name=\"_lang\" value=\"zh\""));
}
