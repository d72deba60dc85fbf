//! Forms: definition, compile, validate; conditions, rules, scores and the script sandbox.

mod problem;
mod text;

pub use problem::Problem;
pub use text::Text;
