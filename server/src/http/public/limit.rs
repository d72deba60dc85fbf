//! Bounds what one address sends without signing in. This machine is not bound, and pages can always be read.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::page;
use super::progress::LANGUAGES;
use crate::app::App;
use crate::error::ApiError;
use crate::http::client::Client;

/// Middleware: refuses what writes too often from one address.
pub async fn bind(State(app): State<App>, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>().copied();
    let bound = client.filter(|client| !client.is_local).and_then(|client| client.address);
    if matches!(*request.method(), Method::POST | Method::PATCH)
        && let Some(address) = bound
        && let Err(wait_ms) = app.guard.limit.take(address, app.clock.now_ms())
    {
        let retry_after_s = u32::try_from((wait_ms + 999) / 1_000).unwrap_or(u32::MAX);
        metrics::counter!("huiyin_public_refused_total").increment(1);
        let error = ApiError::TooMany { retry_after_s };
        if request.uri().path().starts_with("/api/") {
            return error.into_response();
        }
        let language = page::language(None, request.headers(), &LANGUAGES);
        return page::refuse(&error, language, "", None);
    }
    next.run(request).await
}
