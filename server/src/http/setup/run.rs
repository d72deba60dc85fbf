//! `POST /api/v1/setup/{token}`: makes the first team and signs its owner in.

use api_types::{NewSetup, SessionView};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::client::Client;
use crate::http::session::create::{origin, signed_in};
use crate::services::setup;

/// Makes the first team and its owner; the session's cookie comes with the answer.
#[utoipa::path(post, path = "/api/v1/setup/{token}", tag = "session", params(("token" = String, Path)),
    request_body = NewSetup, responses((status = 201, description = "Made; the cookie is set", body = SessionView)))]
pub async fn run(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(body): Json<NewSetup>,
) -> Result<Response, ApiError> {
    let secret = setup::run(&app, &token, &body, origin(&app, client, &headers)).await?;
    signed_in(&app, &secret).await
}
