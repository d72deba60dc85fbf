//! `POST /api/v1/session`: signs in with login and password.

use api_types::{SessionView, SignIn};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::auth::{cookie, recognise};
use crate::error::ApiError;
use crate::http::body::Json;
use crate::http::client::Client;
use crate::services::session::{self, Origin};

/// Signs in; the session's cookie comes with the answer.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn, responses(
    (status = 201, description = "Signed in; the cookie is set", body = SessionView)))]
pub async fn create(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> Result<Response, ApiError> {
    let origin = Origin {
        address: client.address.filter(|_| !client.is_local),
        agent: headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned),
        replaces: cookie::read(&headers, &app.config.base_url),
    };
    let (secret, _) = session::sign_in(&app, &body, origin).await?;
    let caller = recognise::by_session(&app, &secret).await?;
    let view = session::view(&app, &caller).await?;
    let cookie = cookie::set(&secret, &app.config.base_url);
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], axum::Json(view)).into_response())
}
