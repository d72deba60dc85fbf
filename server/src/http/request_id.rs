//! Every request has an id: in the answer's `X-Request-Id`, in problem documents and in the log.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// Where the id is sent back.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being answered; ours, never taken from outside, so that log lines cannot be forged.
#[derive(Debug, Clone)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// As logged and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Middleware: draws the id before anything else sees the request.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = RequestId(format!("{:032x}", rand::random::<u128>()).into());
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
