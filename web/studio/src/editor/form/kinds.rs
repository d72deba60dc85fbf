//! What the palette offers: every kind of question, the schema it begins with, and what of it fits which kind.
//!
//! A new kind of form-engine does not compile until it has its line here.

use form_engine::FieldKind;
use serde_json::{Map, Value, json};
use web_ui::Icon;

use crate::i18n::{Message, designer as m};

/// Where a kind stands in the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Scores.
    Score,
    /// One or several of some.
    Choice,
    /// Words and numbers.
    Text,
    /// Who it is.
    Contact,
    /// When.
    Date,
    /// Records, people and numbers of the team.
    Work,
    /// Everything else.
    More,
}

impl Group {
    /// In the palette's order.
    pub const ALL: [Self; 7] =
        [Self::Score, Self::Choice, Self::Text, Self::Contact, Self::Date, Self::Work, Self::More];

    /// As read.
    #[must_use]
    pub const fn name(self) -> Message {
        match self {
            Self::Score => m::GROUP_SCORE,
            Self::Choice => m::GROUP_CHOICE,
            Self::Text => m::GROUP_TEXT,
            Self::Contact => m::GROUP_CONTACT,
            Self::Date => m::GROUP_DATE,
            Self::Work => m::GROUP_WORK,
            Self::More => m::GROUP_MORE,
        }
    }
}

/// A kind of question as it is offered.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// Which.
    pub kind: FieldKind,
    /// The word in layouts; also the stem of new keys.
    pub word: &'static str,
    /// In the palette.
    pub name: Message,
    /// What a new one asks.
    pub question: Message,
    /// Beside its name.
    pub icon: Icon,
    /// Where it stands.
    pub group: Group,
    /// What the schema of a new one says.
    pub schema: fn() -> Value,
    /// In the palette.
    pub offered: bool,
}

/// What the palette offers besides kinds: rows that repeat, and words between questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// A sub-form.
    Rows,
    /// Words.
    Text,
}

impl Extra {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rows, Self::Text];

    /// The word in addresses of the palette; also the stem of new keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Text => "words",
        }
    }

    /// In the palette.
    #[must_use]
    pub const fn name(self) -> Message {
        match self {
            Self::Rows => m::ROWS,
            Self::Text => m::BLOCK,
        }
    }

    /// Beside its name.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Rows => Icon::Columns,
            Self::Text => Icon::Note,
        }
    }
}

/// The kinds of the palette, in its order.
#[must_use]
pub fn offers() -> Vec<Offer> {
    let all: Vec<Offer> = FieldKind::NAMED.into_iter().map(offer).filter(|offer| offer.offered).collect();
    let in_group = |group: Group| all.iter().copied().filter(move |offer| offer.group == group);
    Group::ALL.into_iter().flat_map(in_group).collect()
}

/// How a kind is offered.
#[must_use]
pub fn offer(kind: FieldKind) -> Offer {
    let (name, question, icon, group, schema): (Message, Message, Icon, Group, fn() -> Value) = match kind {
        FieldKind::Nps => (m::NPS, m::ASK_NPS, Icon::Activity, Group::Score, || scale(0, 10)),
        FieldKind::Csat => (m::CSAT, m::ASK_CSAT, Icon::CircleCheck, Group::Score, || scale(1, 5)),
        FieldKind::Ces => (m::CES, m::ASK_CES, Icon::Timer, Group::Score, || scale(1, 7)),
        FieldKind::Rating => (m::RATING, m::ASK_RATING, Icon::Star, Group::Score, || scale(1, 5)),
        FieldKind::Single => (m::SINGLE, m::ASK_SINGLE, Icon::Circle, Group::Choice, one_of),
        FieldKind::Multiple => (m::MULTIPLE, m::ASK_MULTIPLE, Icon::Check, Group::Choice, some_of),
        FieldKind::DropDown => (m::DROP_DOWN, m::ASK_SINGLE, Icon::ChevronDown, Group::Choice, one_of),
        FieldKind::Boolean => {
            (m::BOOLEAN, m::ASK_BOOLEAN, Icon::UserCheck, Group::Choice, || json!({ "type": "boolean" }))
        }
        FieldKind::Text => (m::TEXT, m::ASK_TEXT, Icon::Note, Group::Text, || text(200)),
        FieldKind::LongText => (m::LONG_TEXT, m::ASK_LONG_TEXT, Icon::File, Group::Text, || text(2000)),
        FieldKind::Number => {
            (m::NUMBER, m::ASK_NUMBER, Icon::Hash, Group::Text, || json!({ "type": "number" }))
        }
        FieldKind::Contact => (m::CONTACT, m::ASK_CONTACT, Icon::User, Group::Contact, || text(200)),
        FieldKind::Email => (m::EMAIL, m::ASK_EMAIL, Icon::Mail, Group::Contact, || formatted("email")),
        FieldKind::Phone => (m::PHONE, m::ASK_PHONE, Icon::Phone, Group::Contact, || text(40)),
        FieldKind::Date => (m::DATE, m::ASK_DATE, Icon::Calendar, Group::Date, || formatted("date")),
        FieldKind::DateTime => {
            (m::DATE_TIME, m::ASK_DATE_TIME, Icon::Clock, Group::Date, || formatted("date-time"))
        }
        FieldKind::Consent => {
            (m::CONSENT, m::ASK_CONSENT, Icon::Shield, Group::More, || json!({ "type": "boolean" }))
        }
        FieldKind::Hidden => (m::HIDDEN, m::ASK_HIDDEN, Icon::Key, Group::More, || text(200)),
        FieldKind::Toggle => {
            (m::TOGGLE, m::ASK_TOGGLE, Icon::CircleCheck, Group::Choice, || json!({ "type": "boolean" }))
        }
        FieldKind::Ranking => (m::RANKING, m::ASK_RANKING, Icon::Sort, Group::Choice, some_of),
        FieldKind::Slider => (m::SLIDER, m::ASK_RATING, Icon::Columns, Group::Score, || scale(0, 100)),
        FieldKind::Time => (m::TIME, m::ASK_TIME, Icon::Timer, Group::Date, || json!({ "type": "string" })),
        FieldKind::IdNumber => (m::ID_NUMBER, m::ASK_ID_NUMBER, Icon::Hash, Group::Contact, || text(18)),
        FieldKind::Signature => {
            (m::SIGNATURE, m::ASK_SIGNATURE, Icon::Pen, Group::More, || json!({ "type": "string" }))
        }
        FieldKind::Matrix => (
            m::MATRIX,
            m::ASK_MATRIX,
            Icon::Table,
            Group::Choice,
            || json!({ "type": "object", "properties": { "row_1": one_of(), "row_2": one_of(), "row_3": one_of() } }),
        ),
        FieldKind::Cascade => (m::CASCADE, m::ASK_CASCADE, Icon::Flow, Group::Choice, texts),
        FieldKind::File => (m::FILE, m::ASK_FILE, Icon::Upload, Group::More, || some_texts(3)),
        FieldKind::Image => (m::IMAGE, m::ASK_IMAGE, Icon::Upload, Group::More, || some_texts(3)),
        FieldKind::LinkedRecord => {
            (m::LINKED_RECORD, m::ASK_RECORD, Icon::Link, Group::Work, || json!({ "type": "string" }))
        }
        FieldKind::Member => {
            (m::MEMBER, m::ASK_MEMBER, Icon::User, Group::Work, || json!({ "type": "string" }))
        }
        FieldKind::Department => {
            (m::DEPARTMENT, m::ASK_DEPARTMENT, Icon::Building, Group::Work, || json!({ "type": "string" }))
        }
        FieldKind::SerialNumber => {
            (m::SERIAL_NUMBER, m::ASK_SERIAL, Icon::Hash, Group::Work, || json!({ "type": "string" }))
        }
        FieldKind::Formula => {
            (m::FORMULA, m::ASK_FORMULA, Icon::Code, Group::Work, || json!({ "type": "number" }))
        }
        FieldKind::Any => (m::ANY, m::ASK_TEXT, Icon::Code, Group::More, || json!({})),
    };
    let offered = kind != FieldKind::Any;
    Offer { kind, word: kind.control(), name, question, icon, group, schema, offered }
}

fn scale(low: i64, high: i64) -> Value {
    json!({ "type": "integer", "minimum": low, "maximum": high })
}

fn text(longest: u64) -> Value {
    json!({ "type": "string", "maxLength": longest })
}

fn formatted(format: &str) -> Value {
    json!({ "type": "string", "format": format })
}

fn one_of() -> Value {
    json!({ "type": "string", "enum": [] })
}

fn texts() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn some_texts(most: u64) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "maxItems": most })
}

fn some_of() -> Value {
    json!({ "type": "array", "items": { "type": "string", "enum": [] }, "uniqueItems": true })
}

/// It offers options of the author's.
#[must_use]
pub const fn has_options(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Single
            | FieldKind::Multiple
            | FieldKind::DropDown
            | FieldKind::Ranking
            | FieldKind::Matrix
    )
}

/// How many answers it takes is the author's.
#[must_use]
pub const fn has_counts(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Multiple | FieldKind::Ranking | FieldKind::File | FieldKind::Image)
}

/// It can stand in a row of a sub-form.
#[must_use]
pub const fn fits_rows(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Single
            | FieldKind::DropDown
            | FieldKind::Multiple
            | FieldKind::Boolean
            | FieldKind::Date
            | FieldKind::Time
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::Rating
    )
}

/// It has words under its ends.
#[must_use]
pub const fn has_ends(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Nps | FieldKind::Csat | FieldKind::Ces | FieldKind::Rating | FieldKind::Slider)
}

/// Something can stand in its empty input.
#[must_use]
pub const fn has_placeholder(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Contact
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Any
    )
}

/// Its numbers have limits of the author's.
#[must_use]
pub const fn has_limits(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Slider)
}

/// The number of its stars is the author's.
#[must_use]
pub const fn has_steps(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Rating)
}

/// Its texts have a length of the author's.
#[must_use]
pub const fn has_length(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Text | FieldKind::LongText)
}

/// What a kind decides in a schema; everything else there is the author's and stays.
const DECIDED: [&str; 18] = [
    "type",
    "enum",
    "oneOf",
    "anyOf",
    "items",
    "properties",
    "required",
    "uniqueItems",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "default",
];

/// Makes a property one of `kind`: what a new one says, and of the old what still fits.
pub(super) fn recast(property: &mut Value, kind: FieldKind) {
    let mut fresh = (offer(kind).schema)();
    if fits(property, &fresh, kind) {
        return;
    }
    let Some(old) = property.as_object_mut() else {
        *property = fresh;
        return;
    };
    let fresh = fresh.as_object_mut().map(std::mem::take).unwrap_or_default();
    let kept: Vec<&str> = match kind {
        FieldKind::Text | FieldKind::LongText if is(old, "string") => vec!["minLength", "pattern"],
        FieldKind::Number if is(old, "integer") || is(old, "number") => {
            vec!["type", "minimum", "maximum", "multipleOf"]
        }
        FieldKind::Single | FieldKind::DropDown if is(old, "string") => vec!["enum", "oneOf", "anyOf"],
        FieldKind::Nps
        | FieldKind::Csat
        | FieldKind::Ces
        | FieldKind::Rating
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::Single
        | FieldKind::Multiple
        | FieldKind::DropDown
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Contact
        | FieldKind::Consent
        | FieldKind::Hidden
        | FieldKind::Boolean
        | FieldKind::Toggle
        | FieldKind::Time
        | FieldKind::Slider
        | FieldKind::Ranking
        | FieldKind::Matrix
        | FieldKind::Cascade
        | FieldKind::IdNumber
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::Signature
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::SerialNumber
        | FieldKind::Formula
        | FieldKind::Any => Vec::new(),
    };
    let mut made = Map::new();
    for (name, value) in std::mem::take(old) {
        if !DECIDED.contains(&name.as_str()) || kept.contains(&name.as_str()) {
            made.insert(name, value);
        }
    }
    for (name, value) in fresh {
        let said = made.contains_key(&name) || (name == "enum" && made.contains_key("oneOf"));
        if !said {
            made.insert(name, value);
        }
    }
    old.extend(made);
}

fn is(schema: &Map<String, Value>, word: &str) -> bool {
    schema.get("type").is_some_and(|of| of == word)
}

/// The schema can stay as it is: between the ways to choose one, and for what takes any text.
fn fits(property: &Value, fresh: &Value, kind: FieldKind) -> bool {
    let same = property.get("type") == fresh.get("type");
    let free =
        ["enum", "oneOf", "anyOf", "format", "minimum"].iter().all(|word| property.get(*word).is_none());
    match kind {
        FieldKind::Single | FieldKind::DropDown => {
            same && (property.get("enum").is_some() || property.get("oneOf").is_some())
        }
        FieldKind::Contact | FieldKind::Phone | FieldKind::Hidden => same && free,
        FieldKind::Boolean | FieldKind::Consent | FieldKind::Toggle => same,
        FieldKind::Any => true,
        FieldKind::Nps
        | FieldKind::Csat
        | FieldKind::Ces
        | FieldKind::Rating
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::Multiple
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::Email
        | FieldKind::Time
        | FieldKind::Slider
        | FieldKind::Ranking
        | FieldKind::Matrix
        | FieldKind::Cascade
        | FieldKind::IdNumber
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::Signature
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::SerialNumber
        | FieldKind::Formula => false,
    }
}
