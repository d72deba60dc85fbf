//! The studio's addresses: the page of the program that draws each.

use api_types::Program;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use super::assets;
use super::body::Path;
use crate::app::App;
use crate::error::ApiError;
use crate::services::setup;

/// `GET /`, `/login`, `/forgot`, `/join/…`, `/reset/…`, `/s/…`
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    // Every component on one page: no release has it, and there the studio says that there is no such page.
    let catalogue = (uri.path() == "/s/catalogue").then(|| assets::studio("catalogue.html", &headers));
    let page = catalogue.flatten().or_else(|| assets::studio(Program::of(uri.path()).page(), &headers));
    page.unwrap_or_else(|| {
        // A binary built without the browser parts: `make build` makes both.
        let text = "The studio is not part of this build. The API is at /api/openapi.json.\n";
        (axum::http::StatusCode::NOT_FOUND, text).into_response()
    })
}

/// `GET /setup/{token}`: there only as long as there is nothing else.
pub async fn setup(
    State(app): State<App>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match setup::look(&app, &token).await {
        Ok(()) => page(uri, headers).await,
        Err(ApiError::LinkOver) => ApiError::NoRoute.into_response(),
        Err(error) => error.into_response(),
    }
}
