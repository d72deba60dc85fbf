//! Apps: what a team builds, exports and imports.

use serde::{Deserialize, Serialize};

use crate::{DefinitionKind, ProblemView};

/// A line of `GET /api/v1/apps`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppView {
    /// Unique per team.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// How many forms, flows and dashboards it holds.
    pub definitions: u32,
}

/// One definition that an import makes or changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportItem {
    /// What it describes.
    pub kind: DefinitionKind,
    /// Its key.
    pub key: String,
    /// The slug a form gets where its own is taken on this server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// What `POST /api/v1/apps/import` does, or with `?dry_run=true` would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Default)]
pub struct ImportReport {
    /// Not there yet.
    pub create: Vec<ImportItem>,
    /// There, and different.
    pub change: Vec<ImportItem>,
    /// Named by the app and not in this team: departments, senders.
    pub missing: Vec<String>,
    /// With any of these nothing is imported.
    pub problems: Vec<ProblemView>,
}
