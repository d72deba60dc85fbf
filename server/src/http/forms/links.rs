//! `/api/v1/forms/{key}/links`: short links, each for a place where it hangs.

use api_types::{NewShortLink, ShortLinkView};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::services::short_links;

/// Makes a short link for a place.
#[utoipa::path(post, path = "/api/v1/forms/{key}/links", tag = "submissions", params(("key" = String, Path)),
    request_body = NewShortLink, responses((status = 201, body = ShortLinkView)))]
pub async fn create(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    Json(wanted): Json<NewShortLink>,
) -> Result<(StatusCode, axum::Json<ShortLinkView>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(short_links::create(&app, &caller, &key, &wanted).await?)))
}

/// Takes one away. The form's own stays as long as the form does.
#[utoipa::path(delete, path = "/api/v1/forms/{key}/links/{code}", tag = "submissions",
    params(("key" = String, Path), ("code" = String, Path)), responses((status = 204, description = "Taken away")))]
pub async fn delete(
    State(app): State<App>,
    caller: Designer,
    Path((key, code)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    short_links::delete(&app, &caller, &key, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}
