//! What can be wrong with a value, and how people are told.
//!
//! One list of faults for the whole schema's verdict and for the checks of single fields, so that
//! browser and server say the same words. Messages are for the people who fill a form: they carry
//! the field's title and no keyword of JSON Schema.

#[cfg(feature = "schema")]
mod digits;
mod en;
mod zh;

use serde_json::{Number, Value};

#[cfg(feature = "schema")]
pub(crate) use self::digits::Digits;

use crate::{Language, Problem, Text};

/// A fault of a value.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "some faults only the whole schema finds"))]
pub(crate) enum Fault {
    Required,
    /// JSON Schema type names.
    Type(Vec<&'static str>),
    /// Labels of what is offered.
    Choice(Vec<Text>),
    Constant(Value),
    Below {
        limit: Number,
        inclusive: bool,
    },
    Above {
        limit: Number,
        inclusive: bool,
    },
    MultipleOf(Number),
    TooShort(u64),
    TooLong(u64),
    Pattern,
    /// The format's name; `phone` and `contact` are ours.
    Format(String),
    TooFewItems(u64),
    TooManyItems(u64),
    Repeated,
    /// None of the items is one the list needs.
    Contains,
    UnknownMember,
    MemberName,
    TooFewMembers(u64),
    TooManyMembers(u64),
    /// `anyOf` or `oneOf`: none fits.
    NoShape,
    /// `oneOf`: more than one fits.
    SeveralShapes,
    /// `not`, or a schema that takes nothing.
    Forbidden,
    /// `not` with what is `required`: the members that are not all answered, first by key, then by title;
    /// none where it is not that simple.
    #[cfg(feature = "schema")]
    Together(Vec<String>),
    Encoding(String),
    Consent,
    /// A choice of several steps that stops before the last.
    Incomplete,
    Nul,
    /// Costs too much to say more.
    Unmet,
    TooComplex,
}

impl Fault {
    /// Stable; never reused.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Required => "form.required",
            Self::Type(_) => "form.type",
            Self::Choice(_) => "form.choice",
            Self::Constant(_) => "form.constant",
            Self::Below { .. } => "form.too_small",
            Self::Above { .. } => "form.too_large",
            Self::MultipleOf(_) => "form.multiple_of",
            Self::TooShort(_) => "form.too_short",
            Self::TooLong(_) => "form.too_long",
            Self::Pattern => "form.pattern",
            Self::Format(_) => "form.format",
            Self::TooFewItems(_) => "form.too_few_items",
            Self::TooManyItems(_) => "form.too_many_items",
            Self::Repeated => "form.repeated",
            Self::Contains => "form.contains",
            Self::UnknownMember => "form.field_unknown",
            Self::MemberName => "form.member_name",
            Self::TooFewMembers(_) => "form.too_few_members",
            Self::TooManyMembers(_) => "form.too_many_members",
            Self::NoShape => "form.no_shape",
            Self::SeveralShapes => "form.several_shapes",
            Self::Forbidden => "form.forbidden",
            #[cfg(feature = "schema")]
            Self::Together(_) => "form.forbidden",
            Self::Encoding(_) => "form.encoding",
            Self::Consent => "form.consent",
            Self::Incomplete => "form.incomplete",
            Self::Nul => "form.nul",
            Self::Unmet => "form.schema_unmet",
            Self::TooComplex => "form.too_complex",
        }
    }

    /// Among several of one place, what says most about it first.
    #[cfg(feature = "schema")]
    pub(crate) fn order(&self) -> u8 {
        match self {
            Self::Nul | Self::TooComplex | Self::Unmet => 0,
            Self::Required | Self::Consent | Self::Incomplete => 1,
            Self::Type(_) => 2,
            Self::Constant(_) => 3,
            Self::Choice(_) => 4,
            Self::Below { .. } => 5,
            Self::Above { .. } => 6,
            Self::MultipleOf(_) => 7,
            Self::TooShort(_) | Self::TooFewItems(_) | Self::TooFewMembers(_) => 8,
            Self::TooLong(_) | Self::TooManyItems(_) | Self::TooManyMembers(_) => 9,
            Self::Pattern => 10,
            Self::Format(_) | Self::Encoding(_) => 11,
            Self::Repeated => 12,
            Self::UnknownMember | Self::MemberName | Self::Contains => 13,
            Self::NoShape | Self::SeveralShapes | Self::Forbidden | Self::Together(_) => 14,
        }
    }

    /// The problem at `path` of the field that people know as `title`.
    pub(crate) fn at(&self, path: impl Into<String>, title: &str, language: Language) -> Problem {
        let message = match language {
            Language::Zh => zh::message(self, title),
            Language::En => en::message(self, title),
        };
        Problem::new(self.code(), path, message)
    }
}

/// What to do where one of several groups of answers is taken, and `filled` of them are begun.
#[cfg(feature = "schema")]
pub(crate) fn alternatives(
    known: &crate::Alternatives,
    filled: usize,
    title: &str,
    language: Language,
) -> String {
    match language {
        Language::Zh => zh::alternatives(known, filled, title),
        Language::En => en::alternatives(known, filled, title),
    }
}

/// What to do where a value fits none of several branches that have names.
#[cfg(feature = "schema")]
pub(crate) fn no_branch(branches: &[String], title: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("“{title}”不符合其中任何一种：“{}”", branches.join("”、“")),
        Language::En => format!("“{title}” fits none of these: “{}”", branches.join("”, “")),
    }
}

/// A message about a place without a name, which is the form as a whole.
#[cfg(feature = "schema")]
pub(crate) fn of_form(message: &str, language: Language) -> String {
    match language {
        Language::Zh => message.replacen("“”", "本表单", 1),
        Language::En => message.replacen("“”", "This form", 1),
    }
}

/// Enough of the options to choose by.
fn listed(labels: &[Text], language: &str, separator: &str) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<&str> = labels.iter().take(SHOWN).map(|label| label.get(language)).collect();
    if labels.len() > SHOWN {
        shown.push("…");
    }
    shown.join(separator)
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
