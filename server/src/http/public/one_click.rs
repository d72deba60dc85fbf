//! `GET /e/{token}/{score}`: a point of a scale, clicked in a mail. Nothing is stored: programs follow links.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::page;
use super::progress::LANGUAGES;
use crate::app::App;
use crate::http::body::Path;
use crate::services::one_click;

/// Leads to the form with the point chosen; it counts when the reader sends it.
#[utoipa::path(get, path = "/e/{token}/{score}", tag = "public",
    params(("token" = String, Path), ("score" = String, Path)), responses(
    (status = 303, description = "The form"),
    (status = 404, description = "A page that says so", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path((token, score)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match one_click::target(&app, &token, &score).await {
        Ok(place) => Redirect::to(&place).into_response(),
        Err(error) => page::refuse(&error, page::language(None, &headers, &LANGUAGES), "", None),
    }
}
