//! The studio's addresses: all the same page, whatever they name.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::assets;

/// `GET /`, `/login`, `/s/…`
pub async fn page(headers: HeaderMap) -> Response {
    assets::studio(&headers).unwrap_or_else(|| {
        // A binary built without the browser parts: `make build` makes both.
        let text = "The studio is not part of this build. The API is at /api/openapi.json.\n";
        (axum::http::StatusCode::NOT_FOUND, text).into_response()
    })
}
