//! `POST /api/v1/session`: signs in with login and password.

use api_types::{SessionView, SignIn};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::auth::secret::Secret;
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
    let origin = origin(&app, client, &headers);
    let (secret, _) = session::sign_in(&app, &body, origin).await?;
    signed_in(&app, &secret).await
}

/// Where a request that signs somebody in comes from.
pub(in crate::http) fn origin(app: &App, client: Client, headers: &HeaderMap) -> Origin {
    Origin {
        address: client.address.filter(|_| !client.is_local),
        agent: headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned),
        replaces: cookie::read(headers, &app.config.base_url),
    }
}

/// The answer to whoever has just signed in.
pub(in crate::http) async fn signed_in(app: &App, secret: &Secret) -> Result<Response, ApiError> {
    let caller = recognise::by_session(app, secret).await?;
    let view = session::view(app, &caller).await?;
    let cookie = cookie::set(secret, &app.config.base_url);
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], axum::Json(view)).into_response())
}
