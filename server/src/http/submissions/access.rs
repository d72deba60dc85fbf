//! `GET /api/v1/submissions/{id}/access`: who may see it, and why.

use api_types::AccessView;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::ids::SubmissionId;
use crate::services::who;

/// Which field is asked about.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct About {
    /// Pointer of a field; the submission as a whole when absent.
    field: Option<String>,
}

/// Every member, with what they may do with this submission, whether they see the field, and the rule that says so.
#[utoipa::path(get, path = "/api/v1/submissions/{id}/access", tag = "submissions", params(("id" = String, Path), About),
    responses((status = 200, body = Vec<AccessView>)))]
pub async fn access(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<SubmissionId>,
    Query(about): Query<About>,
) -> Result<Json<Vec<AccessView>>, ApiError> {
    Ok(Json(who::may_see(&app, &caller, id, about.field.as_deref()).await?))
}
