//! What `GET /api/v1/live` (server-sent events) says: that something changed, never what.

use serde::{Deserialize, Serialize};

/// One committed change. The SSE `id` is `seq`, so that a client that was away can go on from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// Counts committed changes; strictly rising.
    pub seq: i64,
    /// `submission`, `task`, `customer`, `outbox`, `definition`, `import` …
    pub entity: String,
    /// Id of what changed.
    pub id: String,
    /// Key of the form, for submissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}
