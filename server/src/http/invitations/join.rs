//! `POST /api/v1/join/{token}`: a new colleague, signed in. `POST /api/v1/account/teams`: one who has an account.

use api_types::{Join, JoinTeam, SessionView};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::client::Client;
use crate::http::session::create::{origin, signed_in};
use crate::http::spoken::Spoken;
use crate::services::invite;

/// Makes the account, or takes the one that waits; the session's cookie comes with the answer.
#[utoipa::path(post, path = "/api/v1/join/{token}", tag = "people", params(("token" = String, Path)),
    request_body = Join, responses((status = 201, description = "Joined; the cookie is set", body = SessionView)))]
pub async fn join(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    Extension(spoken): Extension<Spoken>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(body): Json<Join>,
) -> Result<Response, ApiError> {
    let origin = origin(&app, client, &headers);
    let secret = invite::join(&app, &token, &body, spoken.language(), origin).await?;
    signed_in(&app, &secret).await
}

/// Joins another team with the account that is signed in.
#[utoipa::path(post, path = "/api/v1/account/teams", tag = "session", request_body = JoinTeam, responses(
    (status = 201, description = "Joined")))]
pub async fn join_as(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<JoinTeam>,
) -> Result<StatusCode, ApiError> {
    invite::join_as(&app, &caller, &body.token).await?;
    Ok(StatusCode::CREATED)
}
