//! The studio's addresses: one page for all of them, and one for the designers.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::assets;
use super::body::Path;
use crate::app::App;
use crate::error::ApiError;
use crate::services::setup;

/// `GET /`, `/login`, `/join/{token}`, `/reset/{token}`, `/s/…`
pub async fn page(headers: HeaderMap) -> Response {
    send("index.html", &headers)
}

/// `GET /setup/{token}`: there only as long as there is nothing else.
pub async fn setup(State(app): State<App>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    match setup::look(&app, &token).await {
        Ok(()) => send("index.html", &headers),
        Err(ApiError::LinkOver) => ApiError::NoRoute.into_response(),
        Err(error) => error.into_response(),
    }
}

/// `GET /s/forms/new`, `/s/forms/{key}/build`
pub async fn designer(headers: HeaderMap) -> Response {
    send("designer.html", &headers)
}

fn send(page: &str, headers: &HeaderMap) -> Response {
    assets::studio(page, headers).unwrap_or_else(|| {
        // A binary built without the browser parts: `make build` makes both.
        let text = "The studio is not part of this build. The API is at /api/openapi.json.\n";
        (axum::http::StatusCode::NOT_FOUND, text).into_response()
    })
}
