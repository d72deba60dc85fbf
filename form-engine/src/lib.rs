//! Forms: definition, compile, validate; conditions, rules, scores and the script sandbox.

mod condition;
mod fill;
mod language;
pub mod moment;
pub mod number;
pub mod pointer;
mod problem;
#[cfg(feature = "script")]
mod script;
mod text;

pub use condition::{CallerFacts, CallerPart, Condition, Explanation, FieldPath, Operand, Operator, Subject};
pub use fill::{fill, holes};
pub use language::Language;
pub use problem::Problem;
#[cfg(feature = "script")]
pub use script::{Names, Script, ScriptError, ScriptScope};
pub use text::Text;
