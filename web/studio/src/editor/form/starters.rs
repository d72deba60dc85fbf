//! A form to begin with: blank, or a ready one the server keeps.

use form_engine::FormDefinition;
use serde_json::{Value, json};

use super::words::text_in;
use crate::i18n::{Language, designer as m};

/// A blank form under `key`, in the language of its author alone: nobody is shown words that nobody wrote.
#[must_use]
pub fn blank(key: &str, language: Language) -> Value {
    let code = language.code();
    json!({
        "format": 1, "kind": "form", "key": key, "record": "submission",
        "title": { code: m::UNTITLED.in_language(language) },
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {},
        },
        "layout": { "mode": "auto", "pages": [{ "items": [] }] },
        "rules": [],
        "publish": { "slug": key, "languages": [code] },
    })
}

/// A ready form under `key` of its own, with a public address; its words are first said in `language`.
#[must_use]
pub fn begin(ready: &Value, key: &str, language: Language) -> Value {
    let mut draft = ready.clone();
    let Some(form) = draft.as_object_mut() else { return blank(key, language) };
    form.insert("key".to_owned(), key.into());
    let publish = super::member(&mut draft, "publish", json!({}));
    publish["slug"] = key.into();
    publish["languages"] = order(language).map(Language::code).to_vec().into();
    draft
}

fn order(language: Language) -> [Language; 2] {
    match language {
        Language::Zh => [Language::Zh, Language::En],
        Language::En => [Language::En, Language::Zh],
    }
}

/// The title of a ready form.
#[must_use]
pub fn title(ready: &Value, language: Language) -> String {
    ready.get("title").map(|title| text_in(title, language.code())).unwrap_or_default()
}

/// How many questions a ready form asks: a matrix and a sub-form are one each.
#[must_use]
pub fn questions(ready: &Value) -> usize {
    let Ok(definition) = FormDefinition::parse(ready) else { return 0 };
    let pages = definition.layout.iter().flat_map(|layout| &layout.pages);
    let hidden = |item: &&form_engine::LayoutItem| item.control.is_some_and(|kind| !kind.is_shown());
    pages.flat_map(|page| &page.items).filter(|item| !hidden(item)).count()
}

/// A key nobody has: `form`, `form-2` … or made of the title's letters.
#[must_use]
pub fn free_key(title: &str, taken: &[String]) -> String {
    let word: String = title
        .to_lowercase()
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' })
        .collect();
    let word = word.split('-').filter(|part| !part.is_empty()).take(6).collect::<Vec<_>>().join("-");
    let word = if word.is_empty() || !title.is_ascii() { "form".to_owned() } else { word };
    if !taken.contains(&word) {
        return word;
    }
    let numbered = (2_u32..).map(|number| format!("{word}-{number}"));
    numbered.into_iter().find(|key| !taken.contains(key)).expect("there are more numbers than keys")
}
