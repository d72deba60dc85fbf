#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod compile;
mod condition;
mod contact;
mod control;
mod definition;
mod fault;
mod field;
mod fill;
mod form;
mod language;
mod layout;
pub mod moment;
pub mod number;
pub mod pointer;
mod problem;
mod rule;
mod schema;
mod score;
#[cfg(feature = "script")]
mod script;
mod sheet;
mod submission;
mod text;
#[cfg(feature = "schema")]
mod validator;

pub use compile::compile;
pub use condition::{CallerFacts, CallerPart, Condition, Explanation, FieldPath, Operand, Operator, Subject};
pub use contact::{Identity, IdentityKind};
pub use definition::{
    Computed, FormDefinition, Layout, LayoutItem, LayoutPage, Mode, OnePer, Opening, Publish, Record, Rule,
    Setting, Thanks,
};
pub use field::{Bound, Branch, Choice, Detail, Field, FieldKind, Files, RecordLink, Reset, Serial, Types};
pub use fill::{fill, holes};
pub use form::Form;
pub use language::Language;
pub use layout::Page;
pub use problem::Problem;
pub use rule::Outcome;
pub use schema::draft::Draft;
pub use schema::leaves::List;
pub use score::{NpsGroup, is_favourable};
#[cfg(feature = "script")]
pub use script::{Names, Script, ScriptError, ScriptScope};
pub use sheet::Sheet;
pub use text::Text;
