//! `GET /api/openapi.json`: every route, described from the handlers themselves.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Content, OpenApi as OpenApiDocument, PathItem, Ref, RefOr, ResponseBuilder, SecurityRequirement,
};
use utoipa::{Modify, OpenApi};

/// What the routes are collected into.
#[derive(OpenApi)]
#[openapi(
    info(title = "Huiyin", description = "Every voice gets a reply: surveys, tickets, care and boards."),
    components(schemas(api_types::ProblemDocument, api_types::ChangeView)),
    modifiers(&Security)
)]
pub struct Api;

struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let bearer =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API token")).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        let cookie =
            ApiKeyValue::with_description("__Host-sid", "The studio's session; `sid` over plain HTTP");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// Adds what is the same for every route: how it refuses, and what it asks of the caller.
pub fn complete(mut openapi: OpenApiDocument) -> OpenApiDocument {
    for (path, item) in &mut openapi.paths.paths {
        let open = is_open(path);
        for (method, operation) in operations(item) {
            operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(refusal()));
            if !(open || path == "/api/v1/session" && method == "post") {
                let either = [
                    SecurityRequirement::new("token", NO_SCOPES),
                    SecurityRequirement::new("session", NO_SCOPES),
                ];
                operation.security = Some(either.to_vec());
            }
        }
    }
    openapi
}

const NO_SCOPES: [&str; 0] = [];

/// Asks for no caller: pages of customers, and what operators look at.
fn is_open(path: &str) -> bool {
    ["/f/", "/t/", "/api/v1/public/", "/healthz", "/readyz", "/metrics", "/api/openapi.json"]
        .iter()
        .any(|open| path.starts_with(open))
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ];
    all.into_iter().filter_map(|(method, operation)| operation.map(|operation| (method, operation)))
}

fn refusal() -> utoipa::openapi::Response {
    let problem = Content::new(Some(Ref::from_schema_name("ProblemDocument")));
    ResponseBuilder::new()
        .description("Refused (RFC 9457)")
        .content("application/problem+json", problem)
        .build()
}

/// `GET /api/openapi.json`
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses(
    (status = 200, description = "This document", content_type = "application/json")))]
pub async fn get() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], crate::router::openapi_json()).into_response()
}
