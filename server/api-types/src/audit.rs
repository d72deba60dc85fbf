//! The audit log.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `GET /api/v1/audit`: newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// Lines of the log.
    pub items: Vec<AuditView>,
    /// Send as `cursor` for the page after.
    pub next: Option<String>,
}

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditView {
    /// Counts from 1 in a team, without gaps.
    pub seq: i64,
    /// RFC 3339.
    pub at: String,
    /// Id of who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// As they were called then.
    pub actor_name: String,
    /// `session`, `token`, `console` or `see_as`.
    pub via: String,
    /// `created`, `changed`, `published` …
    pub action: String,
    /// What kind of thing it was done to: `member`, `definition`, `submission` …
    pub kind: String,
    /// Its id or key.
    pub subject: String,
    /// As people knew it then.
    pub title: String,
    /// What stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What stands there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// SHA-256 of the line before's hash and this line, in hexadecimal digits.
    pub hash: String,
}

/// `GET /api/v1/audit/check`: whether the chain of lines holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainView {
    /// How many lines hold, from the first on.
    pub lines: i64,
    /// The first line that was changed or is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<i64>,
    /// Hash of the last line that holds: kept elsewhere, it proves that nothing before it was changed.
    pub head: String,
}
