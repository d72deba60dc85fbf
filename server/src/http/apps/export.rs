//! `GET /api/v1/apps/{key}/export`: the app as one readable document.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::services::apps;
use crate::services::definition::written;

/// What to export.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhatToExport {
    /// Sample answers too, as the app's author wrote them; never answers of customers.
    #[serde(default = "yes")]
    samples: bool,
}

fn yes() -> bool {
    true
}

/// The app as one document that another team can install: indented, in the order of its author.
#[utoipa::path(get, path = "/api/v1/apps/{key}/export", tag = "apps", params(("key" = String, Path), WhatToExport), responses(
    (status = 200, description = "The app document", body = Value)))]
pub async fn export(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    Query(what): Query<WhatToExport>,
) -> Result<impl IntoResponse, ApiError> {
    let document = apps::export(&app, &caller, &key, what.samples).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], written(&document) + "\n"))
}
