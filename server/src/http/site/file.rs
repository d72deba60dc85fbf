//! What no route answers: `GET /MP_verify_abc.txt` may be a file of a team; everything else is no address.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::ApiError;
use crate::services::site_files::is_name;
use crate::store;

/// A file at the root, as plain text: whatever is in it, no browser runs it.
pub async fn get(State(app): State<App>, request: Request) -> Result<Response, ApiError> {
    let name = request.uri().path().trim_start_matches('/');
    if request.method() != Method::GET || !is_name(name) {
        return Err(ApiError::NoRoute);
    }
    let found = store::site_file::get_of_any_team(app.db.read(), name).await?;
    let file = found.ok_or(ApiError::NoRoute)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], file.content).into_response())
}
