//! Forms: definition, compile, validate; conditions, rules, scores and the script sandbox.

mod language;
mod problem;
mod text;

pub use language::Language;
pub use problem::Problem;
pub use text::Text;
