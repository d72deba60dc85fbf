//! Apps: what a team builds, exports and imports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{DefinitionKind, ProblemView};

/// A line of `GET /api/v1/apps`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppView {
    /// Unique per team.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// What it is for, in the caller's language; may be empty.
    #[serde(default)]
    pub description: String,
    /// How many forms, flows and dashboards it holds.
    pub definitions: u32,
    /// How many sample answers it brings.
    #[serde(default)]
    pub samples: u32,
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

/// What is called differently in the team that imports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportMap {
    /// `{"form:nps": "nps2"}`; also `app`, `flow`, `dashboard`, `calendar`, `role` and `template`. Every reference follows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, String>,
    /// Addresses of forms: `{"nps": "nps-north"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slugs: BTreeMap<String, String>,
    /// `{"quality": "front"}`: the team's own department takes the work.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub departments: BTreeMap<String, String>,
    /// Mail addresses that stand in flows: `{"desk@there.example": "desk@here.example"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub senders: BTreeMap<String, String>,
}

/// Whose change holds where both sides made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What was changed in this team.
    Mine,
    /// What the document says.
    Theirs,
}

/// The body of `POST /api/v1/apps/import`, where it says more than the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The app.
    pub document: Value,
    /// What is called differently here.
    #[serde(default)]
    pub map: ImportMap,
    /// Decisions by the `path` of a conflict, or of what it lies in (`/forms/nps`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resolve: BTreeMap<String, Side>,
}

/// Something that has another name here than in the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mapped {
    /// `form`, `flow` …, `slug`, `department`, `sender`.
    pub what: String,
    /// In the document.
    pub from: String,
    /// In this team.
    pub to: String,
}

/// What this team and the document both changed, each in its own way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConflictView {
    /// `/forms/nps/title`: like a pointer, with keys instead of places in lists.
    pub path: String,
    /// As it was installed; absent when it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// As it is in this team; absent when it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<Value>,
    /// As the document has it; absent when it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
    /// Who was said to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Side>,
}

/// What `POST /api/v1/apps/import` does, or with `?dry_run=true` would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Not there yet.
    pub create: Vec<ImportItem>,
    /// There, and different.
    pub change: Vec<ImportItem>,
    /// Named by the app and not in this team: departments by key (they are made), anything else as `form:nps` (a problem).
    pub missing: Vec<String>,
    /// With any of these nothing is imported.
    pub problems: Vec<ProblemView>,
    /// Key of the app in this team; empty when the document is none.
    #[serde(default)]
    pub app: String,
    /// There, and the same: left alone.
    #[serde(default)]
    pub same: Vec<ImportItem>,
    /// What the app says beside its definitions changes: title, departments, templates, samples.
    #[serde(default)]
    pub about: bool,
    /// What is called differently here.
    #[serde(default)]
    pub mapped: Vec<Mapped>,
    /// What both sides changed. While one is not resolved nothing is imported.
    #[serde(default)]
    pub conflicts: Vec<ConflictView>,
    /// Sample answers the document brings; they are added by `POST /api/v1/apps/{key}/samples` alone.
    #[serde(default)]
    pub samples: u32,
}

impl ImportReport {
    /// Somebody has to decide something first.
    pub fn is_open(&self) -> bool {
        self.conflicts.iter().any(|conflict| conflict.resolved.is_none())
    }
}

/// A line of `GET /api/v1/gallery`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GalleryItem {
    /// Unique on the server.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// In the caller's language; may be empty.
    pub description: String,
    /// Name of the team that shared it; absent for what comes with the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<String>,
    /// The caller's team shared it.
    pub own: bool,
    /// Languages that all its forms speak.
    pub languages: Vec<String>,
    /// What installing it makes, in the order people meet it.
    pub contents: Vec<GalleryContent>,
    /// Sample answers it brings.
    pub samples: u32,
    /// The team has an app of this key.
    pub installed: bool,
}

/// One thing that installing an app makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GalleryContent {
    /// `form`, `flow`, `dashboard`, `role`, `department` or `calendar`.
    pub kind: String,
    /// In the caller's language.
    pub title: String,
}

/// `GET /api/v1/gallery/{key}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GalleryView {
    /// As in the list.
    #[serde(flatten)]
    pub item: GalleryItem,
    /// The app document.
    pub document: Value,
}

/// The answer to `POST` and `DELETE /api/v1/apps/{key}/samples`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SamplesDone {
    /// Submissions that were added or removed.
    pub submissions: u32,
}

/// `GET /api/v1/start`: how far a team is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartView {
    /// `form`, `answer`, `ticket`, `colleague`, `board`.
    pub steps: Vec<StartStep>,
    /// Public pages.
    pub links: Vec<StartLink>,
    /// Apps whose samples are there.
    pub samples: Vec<AppSamples>,
    /// Somebody put the list away.
    pub dismissed: bool,
}

/// One step of the list; what has happened ticks it off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartStep {
    /// Which.
    pub key: String,
    /// It has happened.
    pub done: bool,
}

/// A public page of the team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartLink {
    /// Key of the form.
    pub form: String,
    /// In the caller's language.
    pub title: String,
    /// The address.
    pub url: String,
}

/// Samples of an app.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppSamples {
    /// Key of the app.
    pub app: String,
    /// In the caller's language.
    pub title: String,
    /// How many.
    pub samples: u32,
}

/// The body of `PATCH /api/v1/start`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeStart {
    /// Put the list away, or take it out again.
    pub dismissed: bool,
}
