//! Prometheus metrics: what every request cost, and `GET /metrics`.
//!
//! Routes are named by their pattern, so that neither ids nor the secrets of public links become labels.

use std::sync::OnceLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::client::Client;
use crate::auth::Admin;
use crate::error::ApiError;

const BUCKETS_S: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The process's one recorder, set up when first asked for.
pub fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS_S).expect("the buckets are not empty");
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Somebody else's recorder, in a test: ours stays empty and nothing breaks.
        metrics::set_global_recorder(recorder).ok();
        handle
    })
}

/// `GET /metrics`: for the machine itself, and for admins from elsewhere.
#[utoipa::path(get, path = "/metrics", tag = "operation", responses(
    (status = 200, description = "Prometheus text format", body = String, content_type = "text/plain")))]
pub async fn get(
    client: axum::Extension<Client>,
    admin: Result<Admin, ApiError>,
) -> Result<Response, ApiError> {
    if !client.is_local {
        admin?;
    }
    let handle = recorder();
    handle.run_upkeep();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response())
}

/// Middleware: counts and times every request, and writes its line in the log.
pub async fn observe(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let started = Instant::now();
    let response = next.run(request).await;
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    tracing::debug!(%method, route, status, ms = seconds * 1_000.0, "answered");
    let labels = [("method", method.as_str().to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("huiyin_http_requests_total", &labels).increment(1);
    metrics::histogram!("huiyin_http_request_seconds", &labels[..2]).record(seconds);
    response
}
