//! `POST /api/v1/apps/import`: installs an app document, or says what installing it would do.

use api_types::ImportReport;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Query, body};
use crate::services::install::{self, Wish};

/// An app document may hold this much.
pub const APP_LIMIT: usize = 5 * 1024 * 1024;

/// How to import.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowToImport {
    /// Only say what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

/// Installs an app, or with `dry_run` says what that would do. The body is the app document, or `{"document", "map",
/// "resolve"}`. With problems or open conflicts nothing is installed, and the answer is 422 or 409.
#[utoipa::path(post, path = "/api/v1/apps/import", tag = "apps", params(HowToImport), request_body = Value, responses(
    (status = 200, body = ImportReport), (status = 409, body = ImportReport), (status = 422, body = ImportReport)))]
pub async fn import(
    State(app): State<App>,
    caller: Designer,
    Query(how): Query<HowToImport>,
    request: Request,
) -> Result<(StatusCode, Json<ImportReport>), ApiError> {
    let wish = Wish::read(&body(request, APP_LIMIT).await?)?;
    let report = install::import(&app, &caller, wish, how.dry_run).await?;
    Ok((status(&report, how.dry_run), Json(report)))
}

/// A dry run asks what is wrong, so problems are its answer and no refusal.
pub fn status(report: &ImportReport, dry_run: bool) -> StatusCode {
    match report {
        _ if dry_run => StatusCode::OK,
        report if !report.problems.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        report if report.is_open() => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    }
}
