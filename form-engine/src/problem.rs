//! What is wrong with a document, and where.
//!
//! The one shape in which all engines report faults of what a user wrote. It
//! knows nothing of how a fault is shown or sent.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One fault of a definition or a submission.
///
/// ```json
/// {"path": "/score", "code": "form.required", "message": "`Score` is required"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON Pointer (RFC 6901) into the document; for a missing member, the pointer it would have.
    pub path: String,
    /// Stable and never reused: `form.required`, `flow.target_unknown`.
    pub code: Cow<'static, str>,
    /// For people: lower case, no full stop, user text in backticks.
    pub message: String,
}

impl Problem {
    /// A problem at `path`.
    pub fn new(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), code: Cow::Borrowed(code), message: message.into() }
    }

    /// The same problem of a document that stands at `prefix` of a larger one.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.path.insert_str(0, prefix);
        self
    }
}
