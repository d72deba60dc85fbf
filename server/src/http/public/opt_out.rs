//! `/u/{token}`: no more mails. Opening the page changes nothing: programs follow links.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use web_public::{LeavePage, leave_page};

use super::page;
use super::progress::LANGUAGES;
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::services::recipients;

/// Asks whether the address wants no more mails.
#[utoipa::path(get, path = "/u/{token}", tag = "public", params(("token" = String, Path)), responses(
    (status = 200, description = "The page", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let lang = asked.iter().find(|(key, _)| key == "lang").map(|(_, value)| value.as_str());
    let found = recipients::leaving(&app, &token).await.map(|(_, address)| address);
    shown(found, false, lang, &headers)
}

/// It wants none.
#[utoipa::path(post, path = "/u/{token}", tag = "public", params(("token" = String, Path)), responses(
    (status = 200, description = "Done", content_type = "text/html", body = String)))]
pub async fn post(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let headers = request.headers().clone();
    shown(recipients::leave(&app, &token).await, true, None, &headers)
}

fn shown(found: Result<String, ApiError>, done: bool, lang: Option<&str>, headers: &HeaderMap) -> Response {
    let language = page::language(lang, headers, &LANGUAGES);
    match found {
        Ok(address) => {
            let frame = page::frame(language, LANGUAGES.to_vec(), None);
            page::html(StatusCode::OK, leave_page(&LeavePage { frame, address, done }))
        }
        Err(error) => page::refuse(&error, language, "", None),
    }
}
