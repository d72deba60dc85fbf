//! `POST /api/v1/reset`: a link by mail.

use api_types::AskReset;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::http::client::Client;
use crate::services::reset;

/// Sends a link to the account's mail address. The answer is the same whether or not there is such an account.
#[utoipa::path(post, path = "/api/v1/reset", tag = "session", request_body = AskReset, responses(
    (status = 202, description = "If there is such an account with a mail address, a link is on its way")))]
pub async fn ask(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    Json(body): Json<AskReset>,
) -> Result<StatusCode, ApiError> {
    reset::ask(&app, &body.login, client.address.filter(|_| !client.is_local))?;
    Ok(StatusCode::ACCEPTED)
}
