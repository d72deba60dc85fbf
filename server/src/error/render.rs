//! Writes the problem document of a refusal, once the request's language and id are known.
//!
//! An [`ApiError`] answers with its status and hands itself on in the response's
//! extensions; [`problem_bodies`] stands around all routes and writes the body.

use std::sync::Arc;

use api_types::{ProblemDocument, ProblemView};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use form_engine::Language;

use super::{ApiError, text};
use crate::http::request_id::RequestId;
use crate::http::spoken::Spoken;

/// The refusal on its way out.
#[derive(Clone)]
struct Refusal(Arc<ApiError>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Refusal(Arc::new(self)));
        response
    }
}

/// Middleware: gives every refusal its body, also those of axum itself.
pub async fn problem_bodies(mut request: Request, next: Next) -> Response {
    let spoken = Spoken::of(request.headers());
    request.extensions_mut().insert(spoken.clone());
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if let Some(Refusal(error)) = response.extensions_mut().remove::<Refusal>() {
        return write(&error, spoken.language(), id);
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        return keep_headers(&response, &ApiError::MethodNotAllowed, spoken.language(), id);
    }
    response
}

/// A refusal made outside the router, in `headers`' language.
pub fn refuse(error: &ApiError, headers: &HeaderMap, id: Option<RequestId>) -> Response {
    write(error, Spoken::of(headers).language(), id)
}

fn keep_headers(bare: &Response, error: &ApiError, language: Language, id: Option<RequestId>) -> Response {
    let mut response = write(error, language, id);
    if let Some(allow) = bare.headers().get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    response
}

fn write(error: &ApiError, language: Language, id: Option<RequestId>) -> Response {
    let status = error.status();
    log(error, id.as_ref());
    let document = ProblemDocument {
        kind: "about:blank".into(),
        title: text::title(status, language).into(),
        status: status.as_u16(),
        detail: Some(text::detail(error, language)),
        code: error.code().into(),
        problems: problems(error),
        request_id: id.map(|id| id.as_str().to_owned()),
    };
    let body = serde_json::to_vec(&document).expect("a problem document has only text keys");
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = error.retry_after_s() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(error, ApiError::Unauthenticated) {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn problems(error: &ApiError) -> Vec<ProblemView> {
    let ApiError::Invalid(problems) = error else { return Vec::new() };
    problems.iter().cloned().map(ProblemView::from).collect()
}

fn log(error: &ApiError, id: Option<&RequestId>) {
    if !error.status().is_server_error() {
        return;
    }
    let request_id = id.map_or("", RequestId::as_str);
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        causes.push(inner.to_string());
        cause = inner.source();
    }
    tracing::error!(request_id, code = error.code(), cause = causes.join(": "), "{error}");
}
