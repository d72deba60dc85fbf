//! `PATCH /api/v1/session`: another team, another language.

use api_types::{ChangeSession, SessionView};
use axum::extract::State;
use axum::http::HeaderMap;

use crate::app::App;
use crate::auth::{Anyhow, Via, cookie, recognise};
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::session;

/// Works in another team from now on, or speaks another language.
#[utoipa::path(patch, path = "/api/v1/session", tag = "session", request_body = ChangeSession, responses(
    (status = 200, body = SessionView)))]
pub async fn change(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    headers: HeaderMap,
    Json(body): Json<ChangeSession>,
) -> Result<axum::Json<SessionView>, ApiError> {
    session::change(&app, &caller, &body).await?;
    let secret = cookie::read(&headers, &app.config.base_url);
    let caller = match (caller.via, secret) {
        // The role is another one in another team.
        (Via::Session(_), Some(secret)) => recognise::by_session(&app, &secret).await?,
        (Via::Session(_) | Via::Token(_) | Via::Console | Via::SeenBy(_), _) => caller,
    };
    Ok(axum::Json(session::view(&app, &caller).await?))
}
