//! What is read from a JSON Schema besides its verdict: its draft, its leaves, its cost.
//!
//! The schema is never rewritten for its author; what the engine derives from it is its own.

pub(crate) mod cost;
pub(crate) mod draft;
pub(crate) mod leaves;
pub(crate) mod lift;
#[cfg(feature = "schema")]
mod pattern;
#[cfg(feature = "schema")]
pub(crate) mod portable;
pub(crate) mod refs;
pub(crate) mod shapes;
