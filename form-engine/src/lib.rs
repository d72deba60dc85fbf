#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

#[cfg(feature = "script")]
mod arrive;
mod change;
mod compile;
mod condition;
mod contact;
mod control;
mod definition;
#[cfg(feature = "schema")]
mod document;
mod fault;
mod field;
mod fill;
mod form;
mod language;
mod layout;
pub mod moment;
pub mod number;
mod pipe;
#[cfg(feature = "schema")]
mod plan;
pub mod pointer;
mod problem;
mod rename;
mod review;
mod rule;
mod schema;
mod score;
#[cfg(feature = "script")]
mod script;
mod sheet;
mod submission;
mod text;
mod ui_schema;
#[cfg(feature = "schema")]
mod validator;
mod word;

#[cfg(feature = "script")]
pub use arrive::Arrival;
pub use change::{Change, Changes, Column, GoesOn, Severity, What, change};
pub use compile::compile;
pub use condition::{CallerFacts, CallerPart, Condition, Explanation, FieldPath, Operand, Operator, Subject};
pub use contact::{Identity, IdentityKind, phone};
pub use definition::{
    Computed, FormDefinition, Jump, Layout, LayoutItem, LayoutPage, Mode, Offer, OnePer, Opening,
    OptionQuota, Points, Publish, QuizDefinition, QuizResult, Record, Rule, Setting, Share, Source, Spot,
    Thanks,
};
pub use field::{Bound, Branch, Choice, Detail, Field, FieldKind, Files, RecordLink, Reset, Serial, Types};
pub use fill::{fill, holes};
pub use form::{Alternatives, Form};
pub use language::Language;
pub use layout::Page;
pub use pipe::QuizTotal;
pub use problem::Problem;
pub use rename::{Renaming, is_field_key, renamings};
pub use review::{Finding, Weight, review};
pub use rule::{Outcome, Trace, Traced};
pub use schema::draft::Draft;
pub use schema::leaves::List;
pub use score::{NpsGroup, is_favourable};
#[cfg(feature = "script")]
pub use script::{Names, Script, ScriptError, ScriptScope};
pub use sheet::Sheet;
#[cfg(feature = "schema")]
pub use submission::{Accepted, Refused};
pub use text::Text;
pub use ui_schema::UiForm;
