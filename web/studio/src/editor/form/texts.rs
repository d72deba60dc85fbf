//! Every text of the questions at once, to be looked up by question: a form of 200 is drawn by a thousand small reads,
//! and each would search the layout anew.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::{
    options,
    words::{self, Part, Words},
};

/// The items and options of a draft, by pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    items: Arc<HashMap<String, Arc<One>>>,
}

/// The texts of one question.
#[derive(Debug, PartialEq, Eq)]
pub struct One {
    item: Value,
    labels: Vec<Value>,
    /// What a text without languages is in.
    first: Arc<str>,
}

impl Texts {
    /// Of a draft; what is as it was `before` is taken over.
    #[must_use]
    pub fn of(draft: &Value, before: Option<&Self>) -> Self {
        let mut items = HashMap::new();
        let first = words::languages(draft).into_iter().next().unwrap_or_default().into();
        for page in draft.pointer("/layout/pages").and_then(Value::as_array).into_iter().flatten() {
            collect(draft, page, &first, before, &mut items);
        }
        Self { items: Arc::new(items) }
    }

    /// Those of a question; none when it has no item.
    #[must_use]
    pub fn one(&self, field: &str) -> Option<Arc<One>> {
        self.items.get(field).cloned()
    }

    /// Those of the question that `words` are of.
    #[must_use]
    pub fn about(&self, words: &Words) -> Option<Arc<One>> {
        self.one(of_question(words)?.0)
    }
}

impl One {
    /// The text at `words` as customers would read it.
    #[must_use]
    pub fn read(&self, words: &Words, language: &str) -> String {
        self.at(words).map(|text| words::text_in(text, language)).unwrap_or_default()
    }

    /// The text at `words` as it is written in a language.
    #[must_use]
    pub fn written(&self, words: &Words, language: &str) -> String {
        let is_first = || &*self.first == language;
        self.at(words).map(|text| words::said(text, words, language, is_first)).unwrap_or_default()
    }

    fn is_of(&self, item: &Value, labels: &[Value], first: &Arc<str>) -> bool {
        let known = self.item.as_object().into_iter().flatten();
        self.first == *first && self.labels == labels && known.eq(own_members(item))
    }

    fn at(&self, words: &Words) -> Option<&Value> {
        match of_question(words)?.1 {
            Which::Part(part) => self.item.get(part.member()),
            Which::Option(index) => self.labels.get(index),
        }
    }
}

/// Which text of a question.
enum Which {
    Part(Part),
    Option(usize),
}

/// The question that `words` are of, and which of its texts; none where they are the form's.
fn of_question(words: &Words) -> Option<(&str, Which)> {
    match words {
        Words::Field(field, part) => Some((field, Which::Part(*part))),
        Words::Option(field, index) => Some((field, Which::Option(*index))),
        Words::Title
        | Words::Description
        | Words::Page(_)
        | Words::Block(..)
        | Words::Brand
        | Words::ShareTitle
        | Words::ShareText
        | Words::ThanksTitle
        | Words::ThanksText
        | Words::Ending(..) => None,
    }
}

fn collect(
    draft: &Value,
    holder: &Value,
    first: &Arc<str>,
    before: Option<&Texts>,
    found: &mut HashMap<String, Arc<One>>,
) {
    for item in holder.get("items").and_then(Value::as_array).into_iter().flatten() {
        if let Some(field) = item.get("field").and_then(Value::as_str) {
            let labels = options::read_with(draft, field, item.get("options"));
            let labels: Vec<Value> = labels.into_iter().map(|(_, label)| label).collect();
            let old = before.and_then(|before| before.items.get(field));
            let one = match old.filter(|old| old.is_of(item, &labels, first)) {
                Some(old) => Arc::clone(old),
                None => {
                    let own = own_members(item).map(|(name, value)| (name.clone(), value.clone())).collect();
                    Arc::new(One { item: Value::Object(own), labels, first: Arc::clone(first) })
                }
            };
            found.entry(field.to_owned()).or_insert(one);
            collect(draft, item, first, before, found);
        }
    }
}

/// What an item says of itself: what is inside stands under its own name.
fn own_members(item: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let members = item.as_object().into_iter().flatten();
    members.filter(|(name, _)| *name != "items" && *name != "options")
}
