//! The studio's addresses: the page of the program that draws each.

use api_types::Program;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use super::assets;

/// `GET /`, `/login`, `/setup`, `/join/…`, `/reset/…`, `/s/…`
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    assets::studio(Program::of(uri.path()).page(), &headers).unwrap_or_else(|| {
        // A binary built without the browser parts: `make build` makes both.
        let text = "The studio is not part of this build. The API is at /api/openapi.json.\n";
        (axum::http::StatusCode::NOT_FOUND, text).into_response()
    })
}
