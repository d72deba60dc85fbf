//! Field: one question of a form, as every renderer and check sees it.
//!
//! Made from the schema's leaf and what the layout says about it. What is special about a kind
//! stands in that kind's file; the compiler finds the rest.

mod any;
mod boolean;
mod build;
mod cascade;
mod ces;
mod check;
mod consent;
mod contact;
mod csat;
mod date;
mod date_time;
mod department;
mod detail;
mod drop_down;
mod email;
mod file;
mod formula;
mod hidden;
mod id_number;
mod image;
mod linked_record;
mod long_text;
mod matrix;
mod member;
mod multiple;
mod nps;
mod number;
mod phone;
mod ranking;
mod rating;
mod read;
mod serial;
mod serial_number;
mod signature;
mod single;
mod slider;
mod text;
mod time;
mod toggle;
mod upload;

pub(crate) use build::{build, row_of_matrix};
pub use detail::{Branch, Detail, Files, RecordLink};
pub use serial::{Reset, Serial};

use serde_json::{Number, Value};

use crate::Text;
use crate::contact::IdentityKind;
use crate::fault::Fault;

/// How a field is asked. Closed on purpose: the compiler lists what a new kind needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Would recommend, 0–10.
    Nps,
    /// Satisfaction, 1–5.
    Csat,
    /// Effort, 1–7.
    Ces,
    /// Stars, 1 up to the schema's maximum.
    Rating,
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A number, whole where the schema says so.
    Number,
    /// One of a few, all seen.
    Single,
    /// Several of a few.
    Multiple,
    /// One of many, in a list that opens.
    DropDown,
    /// A calendar day.
    Date,
    /// An instant.
    DateTime,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A mail address or a phone number.
    Contact,
    /// Agreement, given or not.
    Consent,
    /// Kept, never shown: filled by links and programs.
    Hidden,
    /// Yes or no.
    Boolean,
    /// On or off.
    Toggle,
    /// A time of day.
    Time,
    /// A number on a line between two ends.
    Slider,
    /// Options in order, the best first.
    Ranking,
    /// One row of a table of questions with the same answers.
    Matrix,
    /// A choice made step by step.
    Cascade,
    /// A resident identity number.
    IdNumber,
    /// Uploaded files.
    File,
    /// Uploaded pictures.
    Image,
    /// A name, typed or drawn.
    Signature,
    /// A record of another form.
    LinkedRecord,
    /// A person of the team.
    Member,
    /// A department of the team.
    Department,
    /// A number given when the submission is stored.
    SerialNumber,
    /// Computed, shown and not asked.
    Formula,
    /// Whatever JSON the schema takes.
    Any,
}

/// What a kind decides.
trait Kind {
    /// The word in layouts and the name of its renderer.
    fn control(&self) -> &'static str;
    /// What the schema would have to take for this control to make sense, when it does not.
    fn misfit(&self, field: &Field) -> Option<&'static str>;
    /// What the control demands beyond the schema.
    fn fault(&self, _field: &Field, _value: &Value) -> Option<Fault> {
        None
    }
    /// The value of the texts a plain form post brought; `None` if nothing was given.
    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        read::scalar(field, texts.last()?)
    }
    /// Lowest and highest of a scale.
    fn scale(&self, _field: &Field) -> Option<(i64, i64)> {
        None
    }
    /// The value in words, where the options alone do not tell.
    fn label(&self, _field: &Field, _value: &Value, _language: &str) -> Option<String> {
        None
    }
    /// Which identity of a customer its value is.
    fn identity(&self, _text: &str) -> Option<crate::contact::Identity> {
        None
    }
}

impl FieldKind {
    /// Every kind a layout can name.
    pub const NAMED: [Self; 33] = [
        Self::Nps,
        Self::Csat,
        Self::Ces,
        Self::Rating,
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Single,
        Self::Multiple,
        Self::DropDown,
        Self::Date,
        Self::DateTime,
        Self::Email,
        Self::Phone,
        Self::Contact,
        Self::Consent,
        Self::Hidden,
        Self::Boolean,
        Self::Toggle,
        Self::Time,
        Self::Slider,
        Self::Ranking,
        Self::Matrix,
        Self::Cascade,
        Self::IdNumber,
        Self::File,
        Self::Image,
        Self::Signature,
        Self::LinkedRecord,
        Self::Member,
        Self::Department,
        Self::SerialNumber,
        Self::Formula,
    ];

    fn of(self) -> &'static dyn Kind {
        match self {
            Self::Nps => &nps::Nps,
            Self::Csat => &csat::Csat,
            Self::Ces => &ces::Ces,
            Self::Rating => &rating::Rating,
            Self::Text => &text::Text,
            Self::LongText => &long_text::LongText,
            Self::Number => &number::Number,
            Self::Single => &single::Single,
            Self::Multiple => &multiple::Multiple,
            Self::DropDown => &drop_down::DropDown,
            Self::Date => &date::Date,
            Self::DateTime => &date_time::DateTime,
            Self::Email => &email::Email,
            Self::Phone => &phone::Phone,
            Self::Contact => &contact::Contact,
            Self::Consent => &consent::Consent,
            Self::Hidden => &hidden::Hidden,
            Self::Boolean => &boolean::Boolean,
            Self::Toggle => &toggle::Toggle,
            Self::Time => &time::Time,
            Self::Slider => &slider::Slider,
            Self::Ranking => &ranking::Ranking,
            Self::Matrix => &matrix::Matrix,
            Self::Cascade => &cascade::Cascade,
            Self::IdNumber => &id_number::IdNumber,
            Self::File => &file::File,
            Self::Image => &image::Image,
            Self::Signature => &signature::Signature,
            Self::LinkedRecord => &linked_record::LinkedRecord,
            Self::Member => &member::Member,
            Self::Department => &department::Department,
            Self::SerialNumber => &serial_number::SerialNumber,
            Self::Formula => &formula::Formula,
            Self::Any => &any::Any,
        }
    }

    /// True when a page shows it; hidden values come with links, serial numbers when the submission is stored.
    pub fn is_shown(self) -> bool {
        !matches!(self, Self::Hidden | Self::SerialNumber)
    }

    /// The word in layouts: `nps`, `long_text` …
    pub fn control(self) -> &'static str {
        self.of().control()
    }
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is stored.
    pub value: Value,
    /// What is read.
    pub label: Text,
}

impl Choice {
    /// The value as a form post writes it: texts as they are, everything else as JSON.
    pub fn text(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}

/// A limit of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The limit.
    pub limit: Number,
    /// False when the limit itself is outside.
    pub inclusive: bool,
}

/// The JSON types a field takes; none set means any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Types {
    pub(crate) string: bool,
    pub(crate) number: bool,
    pub(crate) integer: bool,
    pub(crate) boolean: bool,
    pub(crate) array: bool,
    pub(crate) object: bool,
    pub(crate) null: bool,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// JSON Pointer, `*` for any row: `/score`, `/items/*/price`.
    pub path: String,
    /// Label; never empty.
    pub title: Text,
    /// A sentence below the label.
    pub help: Option<Text>,
    /// Shown while it is empty.
    pub placeholder: Option<Text>,
    /// Title of the group or list it stands in.
    pub section: Option<Text>,
    /// How it is asked.
    pub kind: FieldKind,
    /// True when the author chose the control, whose own demands then count.
    pub explicit: bool,
    /// Always required, as far as the schema says so; rules may require it too.
    pub required: bool,
    /// Required wherever the group or row is that it stands in.
    pub needed: bool,
    /// Pattern of the nearest group or row around it that may be left out: `/items/*`.
    pub within: Option<String>,
    /// What can be chosen; empty when anything can be written.
    pub options: Vec<Choice>,
    /// JSON types it takes.
    pub types: Types,
    /// Lowest number.
    pub min: Option<Bound>,
    /// Highest number.
    pub max: Option<Bound>,
    /// Numbers are multiples of this.
    pub step: Option<Number>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Fewest choices.
    pub min_items: Option<u64>,
    /// Most choices.
    pub max_items: Option<u64>,
    /// ECMA-262 pattern, checked by the server.
    pub pattern: Option<String>,
    /// The schema's `format`.
    pub format: Option<String>,
    /// What it holds before anyone answers.
    pub default: Option<Value>,
    /// Shown, not asked.
    pub read_only: bool,
    /// Words under the ends of a scale: lowest, highest.
    pub ends: Option<(Text, Text)>,
    /// Its value names the customer.
    pub identity: Option<IdentityKind>,
    /// What only its kind needs.
    pub detail: Detail,
}

impl Field {
    /// The lowest and highest point of a scale (NPS, CSAT, CES, rating).
    pub fn scale(&self) -> Option<(i64, i64)> {
        self.kind.of().scale(self)
    }

    /// True when numbers must be whole.
    pub fn is_integer(&self) -> bool {
        self.types.integer && !self.types.number
    }

    /// True when it takes several values, as a list.
    pub fn takes_list(&self) -> bool {
        self.types.array
    }

    /// False where the schema takes nothing that a person could put into one control: an object of any members, a list
    /// that ends in itself, nothing but `null`.
    pub fn can_be_asked(&self) -> bool {
        let types = self.types;
        let simple = types.any() || types.text() || types.numeric() || types.boolean;
        self.kind != FieldKind::Any || self.explicit || simple
    }

    /// True when it stands in a list of rows.
    pub fn in_rows(&self) -> bool {
        self.path.split('/').any(|token| token == "*")
    }

    /// The label of a value: the option's or what its kind says, else the value itself.
    pub fn label(&self, value: &Value, language: &str) -> String {
        let labelled = |value: &Value| {
            let option = self.options.iter().find(|option| crate::number::same(&option.value, value));
            match (option, value.as_str()) {
                (Some(option), _) => option.label.get(language).to_owned(),
                (None, Some(text)) => text.to_owned(),
                (None, None) if value.is_null() => String::new(),
                (None, None) => value.to_string(),
            }
        };
        if let Some(label) = self.kind.of().label(self, value, language) {
            return label;
        }
        let Some(items) = value.as_array() else { return labelled(value) };
        // Written out, because joining a list of texts would weigh more than this whole function in a browser.
        let mut labels = String::new();
        for item in items {
            if !labels.is_empty() {
                labels.push_str(", ");
            }
            labels.push_str(&labelled(item));
        }
        labels
    }

    /// What is wrong with `value`, as far as the field alone can tell.
    pub(crate) fn faults(&self, value: &Value) -> Vec<Fault> {
        let mut faults = check::faults(self, value);
        faults.extend(self.control_fault(value).filter(|_| faults.is_empty()));
        faults
    }

    /// What an author's control demands beyond the schema.
    pub(crate) fn control_fault(&self, value: &Value) -> Option<Fault> {
        if self.explicit { self.kind.of().fault(self, value) } else { None }
    }

    pub(crate) fn misfit(&self) -> Option<&'static str> {
        self.kind.of().misfit(self)
    }

    pub(crate) fn read(&self, texts: &[&str]) -> Option<Value> {
        self.kind.of().read(self, texts)
    }

    pub(crate) fn identity_of(&self, text: &str) -> Option<crate::contact::Identity> {
        match self.identity {
            Some(kind) => crate::contact::Identity::read(kind, text),
            None => self.kind.of().identity(text),
        }
    }
}

impl Types {
    /// The word for the values when there is but one type (besides null): `text integer number boolean list`.
    pub fn only(self) -> Option<&'static str> {
        let Self { string, number, integer, boolean, array, object, null: _ } = self;
        match (string, number, integer, boolean, array, object) {
            (true, false, false, false, false, false) => Some("text"),
            (false, false, true, false, false, false) => Some("integer"),
            (false, true, _, false, false, false) => Some("number"),
            (false, false, false, true, false, false) => Some("boolean"),
            (false, false, false, false, true, false) => Some("list"),
            (_, _, _, _, _, _) => None,
        }
    }

    /// The JSON Schema names of the types taken; none for any.
    pub fn named(self) -> Vec<String> {
        let Self { string, number, integer, boolean, array, object, null } = self;
        let flags = [
            ("string", string),
            ("number", number),
            ("integer", integer),
            ("boolean", boolean),
            ("array", array),
            ("object", object),
            ("null", null),
        ];
        flags.into_iter().filter(|(_, taken)| *taken).map(|(name, _)| name.to_owned()).collect()
    }

    pub(crate) fn any(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn text(self) -> bool {
        self.any() || self.string
    }

    pub(crate) fn numeric(self) -> bool {
        self.any() || self.number || self.integer
    }

    pub(crate) fn truth(self) -> bool {
        self.any() || self.boolean
    }

    pub(crate) fn list(self) -> bool {
        self.any() || self.array
    }
}
