//! Texts for people, in one language or several, and the places they stand in.

use serde_json::{Map, Value, json};

use super::{layout, member};
use crate::i18n::Message;

/// Which text of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What it asks.
    Title,
    /// Below it.
    Help,
    /// In the empty input.
    Placeholder,
    /// Under the lowest point of a scale.
    Low,
    /// Under the highest point of a scale.
    High,
}

impl Part {
    /// The member of the layout's item.
    #[must_use]
    pub const fn member(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Help => "help",
            Self::Placeholder => "placeholder",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// A text an author can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// The form's title.
    Title,
    /// Below the form's title.
    Description,
    /// The heading of a page.
    Page(usize),
    /// A text of a question.
    Field(String, Part),
    /// The label of a question's option.
    Option(String, usize),
    /// Words between questions: their page and index.
    Block(usize, usize),
    /// Who asks, above the public page.
    Brand,
    /// Head of the thank-you for everybody.
    ThanksTitle,
    /// Text of the thank-you for everybody.
    ThanksText,
    /// Head of the card that chat apps show.
    ShareTitle,
    /// Below it.
    ShareText,
    /// A thank-you or a result (`thanks`, `results`), by its place: its `title`, `text` or the label of its `link`.
    Ending(&'static str, usize, &'static str),
}

/// The languages the form is offered in, the author's first first.
#[must_use]
pub fn languages(draft: &Value) -> Vec<String> {
    let tags = draft.pointer("/publish/languages").and_then(Value::as_array);
    let tags: Vec<String> = tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    if tags.is_empty() { vec!["zh".to_owned(), "en".to_owned()] } else { tags }
}

/// A text in the language edited: plain while the form has one language.
pub(super) fn in_one(draft: &Value, language: &str, text: &str) -> Value {
    if languages(draft).len() == 1 { text.into() } else { json!({ language: text }) }
}

/// Stock words in every language of the form.
pub(super) fn in_all(draft: &Value, message: Message) -> Value {
    in_all_filled(draft, message, &[])
}

/// The same with its `{names}` filled.
pub(super) fn in_all_filled(draft: &Value, message: Message, values: &[(&str, &str)]) -> Value {
    let texts: Map<String, Value> = languages(draft)
        .into_iter()
        .map(|tag| {
            let text = crate::i18n::fill_in(message, crate::i18n::Language::of(&tag), values);
            (tag, text.into())
        })
        .collect();
    Value::Object(texts)
}

/// The text at `words`, in a language, as customers would read it.
#[must_use]
pub fn read(draft: &Value, words: &Words, language: &str) -> String {
    at(draft, words).map(|text| text_in(&text, language)).unwrap_or_default()
}

/// The text at `words` as it is written in a language; empty where only another language has one.
#[must_use]
pub fn written(draft: &Value, words: &Words, language: &str) -> String {
    let is_first = || languages(draft).first().is_some_and(|first| first == language);
    at(draft, words).map(|text| said(&text, words, language, is_first)).unwrap_or_default()
}

/// What `text` says in a language, which a plain text does in the first one alone.
pub(super) fn said(text: &Value, words: &Words, language: &str, is_first: impl Fn() -> bool) -> String {
    let of_option = matches!(words, Words::Option(..));
    match text {
        Value::Object(texts) => texts.get(language).and_then(Value::as_str).unwrap_or_default().to_owned(),
        Value::String(text) if is_first() && !(of_option && super::options::is_made_up(text)) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => String::new(),
    }
}

fn at(draft: &Value, words: &Words) -> Option<Value> {
    let found = match words {
        Words::Title => draft.get("title"),
        Words::Description => draft.get("description"),
        Words::Brand => draft.pointer("/theme/brand"),
        Words::ShareTitle => draft.pointer("/publish/share/title"),
        Words::ShareText => draft.pointer("/publish/share/description"),
        Words::Page(page) => draft.pointer(&format!("/layout/pages/{page}/title")),
        Words::Field(field, part) => layout::item(draft, field).and_then(|item| item.get(part.member())),
        Words::Block(page, index) => draft.pointer(&format!("/layout/pages/{page}/items/{index}/text")),
        Words::Option(field, index) => {
            return super::options::read(draft, field).into_iter().nth(*index).map(|(_, label)| label);
        }
        Words::Ending(list, index, part) => {
            let one = draft.pointer(super::endings::place(list)).and_then(|list| list.get(*index));
            if *part == "link" {
                one.and_then(|one| one.pointer("/link/label"))
            } else {
                one.and_then(|one| one.get(*part))
            }
        }
        Words::ThanksTitle => thanks(draft).and_then(|thanks| thanks.get("title")),
        Words::ThanksText => match draft.pointer("/publish/thanks") {
            Some(Value::Array(_)) => thanks(draft).and_then(|thanks| thanks.get("text")),
            other => other,
        },
    };
    found.cloned()
}

/// A text or one of a text per language.
#[must_use]
pub fn text_in(text: &Value, language: &str) -> String {
    serde_json::from_value::<form_engine::Text>(text.clone())
        .map(|text| text.get(language).to_owned())
        .unwrap_or_default()
}

/// The thank-you without a condition.
fn thanks(draft: &Value) -> Option<&Value> {
    let variants = draft.pointer("/publish/thanks")?.as_array()?;
    variants.iter().rev().find(|variant| variant.get("when").is_none())
}

/// Changes a text in one language.
pub(super) fn say(draft: &mut Value, words: &Words, language: &str, text: &str) -> bool {
    let all = languages(draft);
    let hand = Hand { primary: all.first().cloned().unwrap_or_default(), language, text };
    match words {
        Words::Title => {
            let Some(form) = draft.as_object_mut() else { return false };
            hand.write(form, "title");
        }
        Words::Description => {
            let Some(form) = draft.as_object_mut() else { return false };
            hand.write(form, "description");
        }
        Words::Brand => {
            let theme = member(draft, "theme", json!({})).as_object_mut().expect("made an object above");
            hand.write(theme, "brand");
            if theme.is_empty()
                && let Some(form) = draft.as_object_mut()
            {
                form.shift_remove("theme");
            }
        }
        Words::ShareTitle | Words::ShareText => {
            let publish = member(draft, "publish", json!({}));
            let Some(share) = member(publish, "share", json!({})).as_object_mut() else { return false };
            hand.write(share, if *words == Words::ShareTitle { "title" } else { "description" });
            if share.is_empty()
                && let Some(publish) = publish.as_object_mut()
            {
                publish.shift_remove("share");
            }
        }
        Words::Page(page) => {
            layout::settle(draft);
            let pages = draft.pointer_mut("/layout/pages").and_then(|pages| pages.get_mut(*page));
            let Some(page) = pages.and_then(Value::as_object_mut) else { return false };
            hand.write(page, "title");
        }
        Words::Field(field, part) => {
            let Some(item) = layout::item_mut(draft, field) else { return false };
            hand.write(item, part.member());
        }
        Words::Block(page, index) => {
            let Some(items) = layout::items_mut(draft, *page) else { return false };
            let Some(item) = items.get_mut(*index).and_then(Value::as_object_mut) else { return false };
            hand.write(item, "text");
            if !item.contains_key("text") {
                items.remove(*index);
            }
        }
        Words::Option(field, index) => return super::options::rename(draft, field, *index, &hand),
        Words::Ending(list, index, part) => {
            let one = draft.pointer_mut(super::endings::place(list)).and_then(|list| list.get_mut(*index));
            let one = if *part == "link" { one.and_then(|one| one.get_mut("link")) } else { one };
            let Some(members) = one.and_then(Value::as_object_mut) else { return false };
            hand.write(members, if *part == "link" { "label" } else { part });
            // A link needs a label.
            if *part == "link" && !members.contains_key("label") {
                let url = members.get("url").cloned().unwrap_or_default();
                members.insert("label".to_owned(), url);
            }
        }
        Words::ThanksTitle => hand.write(thanks_mut(draft), "title"),
        Words::ThanksText => hand.write(thanks_mut(draft), "text"),
    }
    true
}

/// The thank-you without a condition, made when there is none.
fn thanks_mut(draft: &mut Value) -> &mut Map<String, Value> {
    let publish = member(draft, "publish", json!({}));
    let before = publish.get("thanks").filter(|thanks| !thanks.is_array() && !thanks.is_null()).cloned();
    let list = member(publish, "thanks", json!([])).as_array_mut().expect("made a list above");
    if let Some(text) = before {
        list.push(json!({ "text": text }));
    }
    let at = list.iter().rposition(|variant| variant.is_object() && variant.get("when").is_none());
    let at = at.unwrap_or_else(|| {
        list.push(json!({}));
        list.len() - 1
    });
    list[at].as_object_mut().expect("an object was looked for")
}

/// A text about to be written.
pub(super) struct Hand<'a> {
    primary: String,
    language: &'a str,
    text: &'a str,
}

impl Hand<'_> {
    /// Writes it as member `name`: beside the other languages, plain where the text was plain.
    pub(super) fn write(&self, members: &mut Map<String, Value>, name: &str) {
        let text = Value::from(self.text);
        match members.get_mut(name) {
            Some(Value::Object(texts)) => {
                if self.text.is_empty() && texts.len() > 1 {
                    texts.shift_remove(self.language);
                } else {
                    texts.insert(self.language.to_owned(), text);
                }
                if texts.values().all(|text| text == "") {
                    members.shift_remove(name);
                }
            }
            Some(_) if self.text.is_empty() && self.language == self.primary => {
                members.shift_remove(name);
            }
            Some(plain @ Value::String(_)) if self.language != self.primary => {
                let before = plain.take();
                let mut texts = Map::new();
                texts.insert(self.primary.clone(), before);
                texts.insert(self.language.to_owned(), text);
                *plain = Value::Object(texts);
            }
            Some(plain) => *plain = text,
            None if self.text.is_empty() => {}
            None => {
                let mut texts = Map::new();
                texts.insert(self.language.to_owned(), text);
                members.insert(name.to_owned(), Value::Object(texts));
            }
        }
    }
}
