//! Ready forms to begin with: questions in both languages, built by the same edits an author makes.

use form_engine::FieldKind;
use serde_json::{Value, json};

use super::{Edit, NewQuestion, apply};
use crate::editor::order::Place;
use crate::i18n::{Language, Message, designer as m};

/// A form to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// For the address of its card.
    pub word: &'static str,
    /// Its title.
    pub title: Message,
    /// What it is for.
    pub about: Message,
    /// Kind, title and options of each question, in order.
    questions: &'static [(FieldKind, Message, &'static [Message])],
    /// How many of the first questions must be answered.
    required: usize,
}

impl Starter {
    /// How many questions it has.
    #[must_use]
    pub const fn questions(&self) -> usize {
        self.questions.len()
    }
}

/// Every starter, the blank form first.
pub const STARTERS: &[Starter] = &[
    Starter { word: "blank", title: m::BLANK, about: m::BLANK_ABOUT, questions: &[], required: 0 },
    Starter {
        word: "nps",
        title: m::START_NPS,
        about: m::START_NPS_ABOUT,
        questions: &[
            (FieldKind::Nps, m::ASK_NPS, &[]),
            (FieldKind::LongText, m::ASK_WHY, &[]),
            (FieldKind::Contact, m::ASK_CONTACT, &[]),
        ],
        required: 1,
    },
    Starter {
        word: "csat",
        title: m::START_CSAT,
        about: m::START_CSAT_ABOUT,
        questions: &[
            (FieldKind::Csat, m::ASK_CSAT, &[]),
            (
                FieldKind::Multiple,
                m::ASK_GOOD,
                &[m::GOOD_SPEED, m::GOOD_PEOPLE, m::GOOD_RESULT, m::GOOD_PRICE],
            ),
            (FieldKind::LongText, m::ASK_LONG_TEXT, &[]),
        ],
        required: 1,
    },
    Starter {
        word: "complaint",
        title: m::START_COMPLAINT,
        about: m::START_COMPLAINT_ABOUT,
        questions: &[
            (
                FieldKind::Single,
                m::ASK_ABOUT,
                &[m::ABOUT_PRODUCT, m::ABOUT_SERVICE, m::ABOUT_DELIVERY, m::ABOUT_PRICE],
            ),
            (FieldKind::LongText, m::ASK_HAPPENED, &[]),
            (FieldKind::Date, m::ASK_WHEN, &[]),
            (FieldKind::Text, m::ASK_ORDER, &[]),
            (FieldKind::Contact, m::ASK_CONTACT, &[]),
        ],
        required: 2,
    },
    Starter {
        word: "event",
        title: m::START_EVENT,
        about: m::START_EVENT_ABOUT,
        questions: &[
            (FieldKind::Text, m::ASK_NAME, &[]),
            (FieldKind::Phone, m::ASK_PHONE, &[]),
            (FieldKind::Number, m::ASK_GUESTS, &[]),
            (FieldKind::Consent, m::ASK_CONSENT, &[]),
        ],
        required: 2,
    },
    Starter {
        word: "repair",
        title: m::START_REPAIR,
        about: m::START_REPAIR_ABOUT,
        questions: &[
            (FieldKind::Text, m::ASK_DEVICE, &[]),
            (FieldKind::LongText, m::ASK_BROKEN, &[]),
            (FieldKind::Single, m::ASK_URGENT, &[m::URGENT_TODAY, m::URGENT_WEEK, m::URGENT_NO]),
            (FieldKind::Phone, m::ASK_PHONE, &[]),
        ],
        required: 2,
    },
];

/// The definition a starter begins with, under `key`, in both languages; its words are first said in `language`.
#[must_use]
pub fn begin(starter: &Starter, key: &str, language: Language) -> Value {
    let other = match language {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    };
    let languages: Vec<String> = [language, other].iter().map(|each| each.code().to_owned()).collect();
    let texts = |message: Message| {
        let mut texts = serde_json::Map::new();
        for each in [language, other] {
            texts.insert(each.code().to_owned(), message.in_language(each).into());
        }
        Value::Object(texts)
    };
    let title = if starter.questions.is_empty() { m::UNTITLED } else { starter.title };
    let mut draft = json!({
        "format": 1, "kind": "form", "key": key, "record": "submission", "title": texts(title),
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {},
        },
        "layout": { "mode": "auto", "pages": [{ "items": [] }] },
        "rules": [],
        "publish": { "slug": key, "languages": languages },
    });
    for (index, (kind, title, options)) in starter.questions.iter().enumerate() {
        draft = ask(&draft, index, *kind, *title, options, [language, other]);
    }
    let asked: Vec<String> =
        super::outline::outline(&draft).pages.concat().into_iter().map(|item| item.path).collect();
    asked
        .into_iter()
        .take(starter.required)
        .fold(draft, |draft, field| apply(&draft, &Edit::Require { field, on: true }))
}

fn ask(
    draft: &Value,
    index: usize,
    kind: FieldKind,
    title: Message,
    options: &[Message],
    [first, second]: [Language; 2],
) -> Value {
    let say = |message: Message, language: Language| message.in_language(language).to_owned();
    let question = NewQuestion {
        kind,
        title: Some(say(title, first)),
        options: options.iter().map(|option| say(*option, first)).collect(),
    };
    let at = Place { page: 0, index };
    let draft = apply(draft, &Edit::Add { at, questions: vec![question], language: first.code().to_owned() });
    let items = draft.pointer("/layout/pages/0/items").and_then(Value::as_array);
    let field =
        items.and_then(|items| items.get(index)?.get("field")?.as_str()).unwrap_or_default().to_owned();
    let translate = |draft: Value, words: super::Words, message: Message| {
        let edit = Edit::Say { words, language: second.code().to_owned(), text: say(message, second) };
        apply(&draft, &edit)
    };
    let titled = translate(draft.clone(), super::Words::Field(field.clone(), super::Part::Title), title);
    options.iter().enumerate().fold(titled, |draft, (at, option)| {
        translate(draft, super::Words::Option(field.clone(), at), *option)
    })
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
