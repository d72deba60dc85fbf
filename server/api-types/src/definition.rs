//! Definitions: drafts, versions, publishing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ProblemView;

/// What a definition describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[derive(PartialOrd, Ord, Hash)]
pub enum DefinitionKind {
    /// What is asked.
    Form,
    /// A statechart.
    Flow,
    /// A page of tiles.
    Dashboard,
    /// Working time.
    Calendar,
    /// Permissions as data.
    Role,
}

/// A line of `GET /api/v1/definitions?kind=&app=`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DefinitionSummary {
    /// Opaque.
    pub id: String,
    /// What it describes.
    pub kind: DefinitionKind,
    /// Key of the app it belongs to.
    pub app: String,
    /// Unique per team and kind.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// Number of the live version; absent while never published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<u32>,
    /// True when the draft differs from the live version.
    pub changed: bool,
    /// RFC 3339.
    pub updated_at: String,
}

/// `GET /api/v1/definitions/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DefinitionView {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: DefinitionSummary,
    /// Counts saves; sent back with the next save.
    pub rev: u32,
    /// Who saved the draft last; absent where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_by: Option<String>,
    /// The draft as saved, key order kept. A string of JSON text, so that no tool on the way can reorder it.
    pub draft: String,
    /// What stands against publishing; empty when it can be published.
    pub problems: Vec<ProblemView>,
    /// What is suspicious about it, but may be meant: questions nobody can see, rules that never apply.
    #[serde(default)]
    pub warnings: Vec<ProblemView>,
}

/// `POST /api/v1/definitions`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDefinition {
    /// Key of the app.
    pub app: String,
    /// The definition with `format`, `kind` and `key`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub document: Value,
}

/// `PUT /api/v1/definitions/{id}/draft`: 409 when `rev` is not the newest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveDraft {
    /// As loaded.
    pub rev: u32,
    /// JSON text; kept also while it does not publish, but it must parse.
    pub draft: String,
}

/// The answer to a saved draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedDraft {
    /// Send with the next save.
    pub rev: u32,
    /// What stands against publishing.
    pub problems: Vec<ProblemView>,
    /// What is suspicious about it, but may be meant.
    #[serde(default)]
    pub warnings: Vec<ProblemView>,
}

/// `POST /api/v1/definitions/check`: nothing is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckDefinition {
    /// JSON text of one definition.
    pub draft: String,
}

/// A form to begin with, of `GET /api/v1/form-starters`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormStarter {
    /// Tells it from the others.
    pub word: String,
    /// What it is for, in each language.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub about: Value,
    /// The definition, to be given a key of its own.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: Value,
}

/// `POST /api/v1/form-starters/convert`: a form of another tool; nothing is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConvertForm {
    /// The key the form is to have.
    pub key: String,
    /// JSON text: a JSON Schema, or `{"schema", "uischema" or "uiSchema", "i18n"}`.
    pub text: String,
}

/// A form made of another tool's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConvertedForm {
    /// The definition, which can be published as it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: Value,
    /// What could not be carried over, with places in the other tool's ui schema.
    pub notes: Vec<ProblemView>,
}

/// The answer to a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedDefinition {
    /// All of them; empty when it can be published.
    pub problems: Vec<ProblemView>,
    /// What is suspicious about it, but may be meant.
    #[serde(default)]
    pub warnings: Vec<ProblemView>,
}

/// `POST /api/v1/definitions/{id}/publish`: 409 when `rev` is not the newest, 422 with problems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publish {
    /// As loaded.
    pub rev: u32,
}

/// `GET /api/v1/definitions/{id}/versions/{number}`: what was published then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionDocument {
    /// Counts from 1.
    pub number: u32,
    /// JSON text, key order kept.
    pub document: String,
}

/// A line of `GET /api/v1/definitions/{id}/versions`, newest first; also the answer to publishing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionView {
    /// Counts from 1.
    pub number: u32,
    /// RFC 3339.
    pub published_at: String,
    /// Who published it; absent for installs by the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// True for the one in force.
    pub live: bool,
}

/// A definition that uses a field, of `GET /api/v1/definitions/{id}/uses?field=`: what follows when it is renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldUse {
    /// What it describes.
    pub kind: DefinitionKind,
    /// Unique per team and kind.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// JSON Pointers into it.
    pub places: Vec<String>,
}

/// `POST /api/v1/definitions/{id}/hold`: repeated while somebody is at the draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Takes it over from whoever is at it.
    #[serde(default)]
    pub take: bool,
}

/// Who is at a draft, and who saved it last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holding {
    /// Somebody else who is at it; absent when it is the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Who saved last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_by: Option<String>,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<String>,
    /// That was the caller.
    pub own: bool,
    /// The newest revision.
    pub rev: u32,
}

/// `POST /api/v1/definitions/trace`: which rules of a form fire for answers; nothing is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TraceForm {
    /// JSON text of the form.
    pub draft: String,
    /// As a page sends them: JSON Pointers and what was typed.
    pub answers: Vec<(String, String)>,
}

/// What the rules made of the answers, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormTrace {
    /// Hidden answers gone, computed ones in.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// JSON Pointers of what does not show.
    pub hidden: Vec<String>,
    /// JSON Pointers of what must be answered.
    pub required: Vec<String>,
    /// In the form's order; a rule about rows once for each row.
    pub rules: Vec<RuleTrace>,
}

/// One rule's verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleTrace {
    /// Its place among the form's rules.
    pub rule: usize,
    /// The row it was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Its condition held.
    pub holds: bool,
    /// False for a jump that leaves a question which does not show.
    pub counts: bool,
    /// The condition beside the values it read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub why: Option<Value>,
}
