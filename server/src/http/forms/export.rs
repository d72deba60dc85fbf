//! `GET /api/v1/forms/{key}/export.csv`: submissions as a file.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::services::export;

/// Which submissions.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A condition as JSON.
    filter: Option<String>,
    /// Fields or columns, `-` before those that fall; `-created_at` when absent.
    order: Option<String>,
}

/// The submissions the caller may take away, as CSV that spreadsheets open: UTF-8 with a mark, labels in the caller's language.
#[utoipa::path(get, path = "/api/v1/forms/{key}/export.csv", tag = "submissions", params(("key" = String, Path), Which),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")))]
pub async fn export(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<impl IntoResponse, ApiError> {
    let rows = export::csv(app, caller, key.clone(), which.filter, which.order).await?;
    let name = format!("attachment; filename=\"{key}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(rows)))
}
