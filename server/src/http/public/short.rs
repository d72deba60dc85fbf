//! `GET /q/{code}`: a short link, as it stands on paper.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::page;
use super::progress::LANGUAGES;
use crate::app::App;
use crate::http::body::{Path, Query};
use crate::services::short_links;

/// Leads to the form; what stands in the address comes along.
#[utoipa::path(get, path = "/q/{code}", tag = "public", params(("code" = String, Path)), responses(
    (status = 303, description = "The form"),
    (status = 404, description = "A page that says so", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    match short_links::target(&app, &code, &asked).await {
        Ok(place) => Redirect::to(&place).into_response(),
        Err(error) => page::refuse(&error, page::language(None, &headers, &LANGUAGES), "", None),
    }
}
