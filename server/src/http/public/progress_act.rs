//! `POST /t/{token}`: the customer writes, confirms, or says that it is not solved.
//!
//! Answers with a redirect, so that reloading the page sends nothing again.

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use form_engine::Language;
use web_public::{Outcome, progress_page};

use super::page;
use super::progress::LANGUAGES;
use super::progress_view::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{self, Path};
use crate::services::act::{Act, customer_acts};
use crate::services::progress::{self, Progress};

/// The most a message post may hold.
const LIMIT: usize = 64 * 1024;
/// Longest message, in characters; the page says so.
const LONGEST: usize = 4_000;

/// The customer acts.
#[utoipa::path(post, path = "/t/{token}", tag = "public", params(("token" = String, Path)),
    request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses(
    (status = 303, description = "Done; back to the page"),
    (status = 422, description = "The page again, with what was typed", content_type = "text/html", body = String)))]
pub async fn post(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let headers = request.headers().clone();
    let bytes = match body::body(request, LIMIT).await {
        Ok(bytes) => bytes,
        Err(error) => return page::refuse(&error, language(None, &headers), "", None),
    };
    let word = word(&bytes);
    let language = language(word("_language").as_deref(), &headers);
    match progress::read(&app, &token).await {
        Ok(progress) => {
            let text = word("text").unwrap_or_default();
            let action = word("action").unwrap_or_default();
            act(&app, &progress, &token, language, &action, text).await
        }
        Err(error) => page::refuse(&error, language, "", None),
    }
}

fn language(asked: Option<&str>, headers: &HeaderMap) -> Language {
    page::language(asked, headers, &LANGUAGES)
}

fn word(bytes: &Bytes) -> impl Fn(&str) -> Option<String> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    move |name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

async fn act(
    app: &App,
    progress: &Progress,
    token: &str,
    language: Language,
    action: &str,
    text: String,
) -> Response {
    let trimmed = text.trim().to_owned();
    let may = view(app, progress, token, language);
    let (act, allowed) = match action {
        "confirm" => (Act::CustomerConfirm, may.may_confirm),
        "reject" => (Act::CustomerReject(trimmed.clone()), may.may_reject),
        _ => (Act::CustomerMessage(trimmed.clone()), may.may_write),
    };
    let outcome = match (action, trimmed.chars().count()) {
        ("confirm" | "reject", 0) => None,
        (_, 0) => Some(Outcome::Empty),
        (_, length) if length > LONGEST => Some(Outcome::TooLong),
        _ => None,
    };
    if let Some(outcome) = outcome {
        let shown = web_public::ProgressPage { outcome: Some(outcome), typed: text, ..may };
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, progress_page(&shown));
    }
    let back = |done: &str| {
        Redirect::to(&format!("/t/{token}?lang={}&done={done}", language.as_str())).into_response()
    };
    if !allowed {
        return back("late");
    }
    let done = if matches!(action, "confirm" | "reject") { action } else { "message" };
    let ticket = &progress.ticket;
    match customer_acts(app, ticket.team_id, ticket.id, language, act).await {
        Ok(()) => back(done),
        Err(ApiError::Conflict(_)) => back("late"),
        Err(error) => page::refuse(&error, language, "", None),
    }
}
