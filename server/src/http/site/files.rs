//! `/api/v1/site-files`: files at the root of the server, by which an address is proven to be the team's.

use api_types::{SetSiteFile, SiteFileView};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Json, Query};
use crate::services::site_files;

/// The team's files.
#[utoipa::path(get, path = "/api/v1/site-files", tag = "site", responses((status = 200, body = Vec<SiteFileView>)))]
pub async fn list(State(app): State<App>, caller: Admin) -> Result<axum::Json<Vec<SiteFileView>>, ApiError> {
    Ok(axum::Json(site_files::list(&app, &caller).await?))
}

/// Puts a file there: `MP_verify_abc.txt`.
#[utoipa::path(put, path = "/api/v1/site-files", tag = "site", request_body = SetSiteFile,
    responses((status = 204)))]
pub async fn put(
    State(app): State<App>,
    caller: Admin,
    Json(wanted): Json<SetSiteFile>,
) -> Result<StatusCode, ApiError> {
    site_files::put(&app, &caller, &wanted.name, &wanted.content).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which file.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Its name.
    #[serde(default)]
    name: String,
}

/// Takes a file away; one that is gone already is as good.
#[utoipa::path(delete, path = "/api/v1/site-files", tag = "site", params(Which), responses((status = 204)))]
pub async fn delete(
    State(app): State<App>,
    caller: Admin,
    Query(which): Query<Which>,
) -> Result<StatusCode, ApiError> {
    site_files::delete(&app, &caller, &which.name).await?;
    Ok(StatusCode::NO_CONTENT)
}
