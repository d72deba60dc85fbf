//! `GET /api/v1/forms/{key}/submissions`: a page of what came in.

use api_types::SubmissionPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::permission::Verb;
use crate::services::submissions::{self, Wanted};

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A condition as JSON.
    filter: Option<String>,
    /// Fields or columns, `-` before those that fall; `-created_at` when absent.
    order: Option<String>,
    /// How many, 200 at most.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of a form's submissions, newest first unless told otherwise.
#[utoipa::path(get, path = "/api/v1/forms/{key}/submissions", tag = "submissions", params(("key" = String, Path), Which),
    responses((status = 200, body = SubmissionPage)))]
pub async fn submissions(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<SubmissionPage>, ApiError> {
    let wanted = Wanted {
        verb: Verb::See,
        filter: which.filter.as_deref(),
        order: which.order.as_deref(),
        limit: which.limit,
        cursor: which.cursor.as_deref(),
    };
    Ok(Json(submissions::list(&app, &caller, &key, wanted).await?))
}
