//! What stands around every route: time limits, caught panics, security headers.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

/// Longer than the slowest honest answer, shorter than the drain on a stop.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Scripts, styles, frames and connections from this server only, and nothing inline. `'wasm-unsafe-eval'`
/// lets WebAssembly compile and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Of a draft's preview: our own pages may frame it, and it sends no form anywhere.
pub const PREVIEW_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'self'";

/// Of a form's page that the pages of these origins may frame.
pub fn framed_policy(origins: &[String]) -> Option<HeaderValue> {
    if origins.is_empty() {
        return None;
    }
    let policy = POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {}", origins.join(" ")));
    HeaderValue::from_str(&policy).ok()
}

/// Middleware: a request that takes too long is told so. What it handed to the writer is done regardless.
pub async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::Timeout.into_response(),
    }
}

/// The answer in place of a panic.
pub fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let said = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    ApiError::internal(format!("panic: {said}")).into_response()
}

/// Middleware: the headers that keep browsers from being used against the people in front of them.
pub async fn security_headers(State(https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    say(header::CONTENT_SECURITY_POLICY, POLICY);
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "same-origin");
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(header::CACHE_CONTROL, "no-store");
    if https {
        say(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
