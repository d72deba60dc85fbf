//! `GET /api/v1/form-starters`: ready forms, in both languages, to begin a new one with.

use api_types::FormStarter;
use axum::Json;

use crate::auth::Designer;
use crate::starter;

/// Ready forms, in both languages, to begin a new one with.
#[utoipa::path(get, path = "/api/v1/form-starters", tag = "definitions", responses(
    (status = 200, body = Vec<FormStarter>)))]
pub async fn list(_: Designer) -> Json<&'static [FormStarter]> {
    Json(starter::form_starters())
}
