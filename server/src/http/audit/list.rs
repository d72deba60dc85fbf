//! `GET /api/v1/audit`: a page of the log.

use api_types::AuditPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::ids::UserId;
use crate::services::audit;
use crate::store::audit::Wanted;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Id of who did it.
    actor: Option<String>,
    /// What kind of thing it was done to.
    kind: Option<String>,
    /// Which thing.
    subject: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What people did, newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(Which), responses((status = 200, body = AuditPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Admin,
    Query(which): Query<Which>,
) -> Result<Json<AuditPage>, ApiError> {
    let before = which.cursor.map(|cursor| cursor.parse::<i64>()).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let actor = which.actor.map(|id| id.parse::<UserId>()).transpose();
    let actor =
        actor.map_err(|_| ApiError::problem("request.shape", "/actor", "expected the id of a member"))?;
    let wanted = Wanted { before, actor, kind: which.kind, subject: which.subject };
    Ok(Json(audit::list(&app, &caller, &wanted).await?))
}
