//! How the API says no: RFC 9457 problem documents.

use serde::{Deserialize, Serialize};

/// The body of every answer with a 4xx or 5xx status (`application/problem+json`, RFC 9457).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemDocument {
    /// `about:blank`, or the address of a page that explains `code`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words, in the caller's language.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What happened here, in the caller's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable and made for programs: `auth.required`, `form.invalid` …
    pub code: String,
    /// What is wrong with the document sent, each with its place; empty when the fault is elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ProblemView>,
    /// Stands in the server's log beside the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One fault of a document: `path` is a JSON Pointer (RFC 6901) into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemView {
    /// JSON Pointer into the document or submission.
    pub path: String,
    /// Stable: `form.required`, `flow.target_unknown` …
    pub code: String,
    /// In the caller's language, lower case, no full stop.
    pub message: String,
}

impl From<form_engine::Problem> for ProblemView {
    fn from(problem: form_engine::Problem) -> Self {
        Self { path: problem.path, code: problem.code.into_owned(), message: problem.message }
    }
}
