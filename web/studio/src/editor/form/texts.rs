//! Every text of the questions at once, to be looked up by question: a form of 200 is drawn by a thousand small reads,
//! and each would search the layout anew.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::{
    options,
    words::{self, Words},
};

/// The items and options of a draft, by pointer.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    items: Arc<HashMap<String, One>>,
    /// What a text without languages is in.
    first: String,
}

#[derive(Debug, Clone, PartialEq)]
struct One {
    item: Value,
    labels: Vec<Value>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.items == other.items
    }
}

impl Texts {
    /// Of a draft.
    #[must_use]
    pub fn of(draft: &Value) -> Self {
        let mut items = HashMap::new();
        for page in draft.pointer("/layout/pages").and_then(Value::as_array).into_iter().flatten() {
            collect(draft, page, &mut items);
        }
        Self { items: Arc::new(items), first: words::languages(draft).into_iter().next().unwrap_or_default() }
    }

    /// The text at `words` as customers would read it; none when it is no text of a question that has an item.
    #[must_use]
    pub fn read(&self, words: &Words, language: &str) -> Option<String> {
        self.at(words).map(|text| text.map(|text| words::text_in(text, language)).unwrap_or_default())
    }

    /// The text at `words` as it is written in a language.
    #[must_use]
    pub fn written(&self, words: &Words, language: &str) -> Option<String> {
        self.at(words).map(|text| match text {
            Some(Value::Object(texts)) => {
                texts.get(language).and_then(Value::as_str).unwrap_or_default().to_owned()
            }
            Some(Value::String(text)) if self.first == language => text.clone(),
            _ => String::new(),
        })
    }

    fn at(&self, words: &Words) -> Option<Option<&Value>> {
        match words {
            Words::Field(field, part) => self.items.get(field).map(|one| one.item.get(part.member())),
            Words::Option(field, index) => self.items.get(field).map(|one| one.labels.get(*index)),
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
}

fn collect(draft: &Value, holder: &Value, found: &mut HashMap<String, One>) {
    for item in holder.get("items").and_then(Value::as_array).into_iter().flatten() {
        if let Some(field) = item.get("field").and_then(Value::as_str) {
            let labels = options::read_with(draft, field, item.get("options"));
            let labels = labels.into_iter().map(|(_, label)| label).collect();
            let members = item.as_object().into_iter().flatten();
            // What is inside stands under its own name.
            let own = members.filter(|(name, _)| *name != "items" && *name != "options");
            let item_texts = own.map(|(name, value)| (name.clone(), value.clone())).collect();
            found.entry(field.to_owned()).or_insert(One { item: Value::Object(item_texts), labels });
            collect(draft, item, found);
        }
    }
}
