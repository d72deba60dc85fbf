//! Importing a file of answers: look, correct, run, watch.

use serde::{Deserialize, Serialize};

use crate::ProblemView;

/// What a file holds: the answer to `POST /api/v1/imports` (multipart, field `file`). Nothing is imported yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPreview {
    /// Opaque; names the file kept for the run.
    pub id: String,
    /// As uploaded; for display only.
    pub file: String,
    /// `UTF-8`, `GB18030`, `ISO-8859-1` or `xlsx`.
    pub encoding: String,
    /// Without the header.
    pub rows: u64,
    /// In the file's order.
    pub columns: Vec<ImportColumn>,
    /// The first rows as read.
    pub sample: Vec<Vec<String>>,
    /// Numbers the spreadsheet has already damaged, broken lines …; rows named here will be refused.
    pub problems: Vec<ProblemView>,
    /// Proposed key of the form.
    pub form: String,
    /// Proposed title of the form.
    pub title: String,
}

/// How one column becomes a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportColumn {
    /// The header, kept as the field's key.
    pub header: String,
    /// Inferred: `text long_text integer number boolean date datetime single multiple email phone skip`.
    pub kind: String,
    /// Cells that are not empty.
    pub filled: u64,
    /// Distinct values, for choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// `POST /api/v1/imports/{id}/run`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunImport {
    /// Key of the form to make, or of one this import made before.
    pub form: String,
    /// Title of the form to make.
    pub title: String,
    /// Key of the app the form joins; made when absent in the team.
    pub app: String,
    /// As previewed, kinds perhaps corrected.
    pub columns: Vec<ImportColumn>,
}

/// `GET /api/v1/imports/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportProgress {
    /// Opaque.
    pub id: String,
    /// `ready`, `running`, `done`, `cancelled` or `failed`.
    pub status: String,
    /// Rows in the file.
    pub rows: u64,
    /// Rows looked at.
    pub done: u64,
    /// Rows stored.
    pub imported: u64,
    /// How many were refused.
    pub refused: u64,
    /// Each refused row with its reasons, the first 200.
    pub refusals: Vec<RefusedRow>,
    /// Key of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

/// A row that was not stored, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedRow {
    /// Line of the sheet, the header being 1.
    pub row: u64,
    /// Its cells, so that nothing is lost.
    pub cells: Vec<String>,
    /// Why.
    pub problems: Vec<ProblemView>,
}
