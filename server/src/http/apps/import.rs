//! `POST /api/v1/apps/import`: installs an app document, or says what installing it would do.

use api_types::ImportReport;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Query, body, parse};
use crate::services::install;

/// An app document may hold this much.
pub const APP_LIMIT: usize = 5 * 1024 * 1024;

/// How to import.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowToImport {
    /// Only say what would be done.
    #[serde(default)]
    dry_run: bool,
}

/// Installs an app, or with `dry_run` says what that would do. With problems, nothing is installed and the answer is 422.
#[utoipa::path(post, path = "/api/v1/apps/import", tag = "apps", params(HowToImport), request_body = Value, responses(
    (status = 200, body = ImportReport), (status = 422, body = ImportReport)))]
pub async fn import(
    State(app): State<App>,
    caller: Designer,
    Query(how): Query<HowToImport>,
    request: Request,
) -> Result<(StatusCode, Json<ImportReport>), ApiError> {
    let document: Value = parse(&body(request, APP_LIMIT).await?)?;
    let report = install::install(&app, &caller, &document, how.dry_run).await?;
    // A dry run asks what is wrong, so problems are its answer and no refusal.
    let refused = !report.problems.is_empty() && !how.dry_run;
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Json(report)))
}
