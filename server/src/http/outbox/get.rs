//! `GET /api/v1/outbox/{id}`: one message.

use api_types::OutboxView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::MessageId;
use crate::services::outbox;

/// One message.
#[utoipa::path(get, path = "/api/v1/outbox/{id}", tag = "outbox", params(("id" = String, Path)), responses(
    (status = 200, body = OutboxView)))]
pub async fn get(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<MessageId>,
) -> Result<Json<OutboxView>, ApiError> {
    Ok(Json(outbox::get(&app, &caller, id).await?))
}
