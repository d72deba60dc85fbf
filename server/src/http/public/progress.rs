//! `GET /t/{token}`: the customer's page of their own case.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use form_engine::Language;
use serde::Deserialize;
use web_public::{Outcome, progress_page};

use super::page;
use super::progress_view::view;
use crate::app::App;
use crate::http::body::{Path, Query};
use crate::services::progress;

/// Both; a case is not bound to the languages of a form.
pub const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

/// What comes in the address.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// A language tag.
    pub lang: Option<String>,
    /// What came of the form sent before.
    pub done: Option<String>,
}

/// Where a case stands.
#[utoipa::path(get, path = "/t/{token}", tag = "public", params(("token" = String, Path)), responses(
    (status = 200, description = "The case", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let language = page::language(asked.lang.as_deref(), &headers, &LANGUAGES);
    let progress = match progress::read(&app, &token).await {
        Ok(progress) => progress,
        Err(error) => return page::refuse(&error, language, "", None),
    };
    if let Err(error) = progress::seen(&app, &progress, language).await {
        // The page is worth more than the proof that it was looked at.
        tracing::warn!(%error, "a look at a progress page was not recorded");
    }
    let mut shown = view(&app, &progress, &token, language);
    shown.outcome = match asked.done.as_deref() {
        Some("message") => Some(Outcome::Sent),
        Some("confirm") => Some(Outcome::Confirmed),
        Some("reject") => Some(Outcome::Rejected),
        Some("late") => Some(Outcome::TooLate),
        Some(_) | None => None,
    };
    page::html(StatusCode::OK, progress_page(&shown))
}
