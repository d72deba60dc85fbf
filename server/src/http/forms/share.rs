//! `GET /api/v1/forms/{key}/share`: how a form reaches people.

use api_types::ShareView;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::share;

/// Addresses, short links, and what stands before the page.
#[utoipa::path(get, path = "/api/v1/forms/{key}/share", tag = "submissions", params(("key" = String, Path)),
    responses((status = 200, body = ShareView)))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<axum::Json<ShareView>, ApiError> {
    Ok(axum::Json(share::view(&app, &caller, &key).await?))
}
