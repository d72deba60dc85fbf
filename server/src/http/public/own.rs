//! `/r`: what somebody sent, by its receipt and a contact in it: seen, corrected, erased. Also where the code of a kept
//! answer is typed.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use form_engine::Language;
use serde_json::Value;
use web_public::{OwnPage, OwnStep, own_page};

use super::page;
use super::progress::LANGUAGES;
use super::progress_view::answers;
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{self, Query};
use crate::http::client::Client;
use crate::ids::link::receipt_of;
use crate::services::own::{self, Own};
use crate::services::{query, saved};

/// The most a post may hold.
const LIMIT: usize = 16 * 1024;

/// The page that asks for a receipt and a contact.
#[utoipa::path(get, path = "/r", tag = "public",
    params(("code" = Option<String>, Query, description = "A receipt, typed already")), responses(
    (status = 200, description = "The page", content_type = "text/html", body = String)))]
pub async fn get(Query(asked): Query<Vec<(String, String)>>, headers: HeaderMap) -> Response {
    let word = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    ask(page::language(word("lang"), &headers, &LANGUAGES), word("code").unwrap_or(""))
}

fn ask(language: Language, code: &str) -> Response {
    let frame = page::frame(language, LANGUAGES.to_vec(), None);
    let code = code.chars().take(20).collect();
    let step = OwnStep::Ask { code, contact: String::new(), problem: None };
    page::html(StatusCode::OK, own_page(&OwnPage { frame, step }))
}

/// Looks something up, or erases what was found.
#[utoipa::path(post, path = "/r", tag = "public",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses(
    (status = 200, description = "What was found, or that it is erased", content_type = "text/html", body = String),
    (status = 303, description = "A kept answer goes on there"),
    (status = 422, description = "Nothing is found under this", content_type = "text/html", body = String)))]
pub async fn post(
    State(app): State<App>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let bytes = match body::body(request, LIMIT).await {
        Ok(bytes) => bytes,
        Err(error) => return page::refuse(&error, page::language(None, &headers, &LANGUAGES), "", None),
    };
    let word = word(&bytes);
    let language = page::language(word("_language").as_deref(), &headers, &LANGUAGES);
    let code = word("code").unwrap_or_default();
    let done = match word("_key") {
        Some(key) => erase(&app, &key, language).await,
        // The thank-you leads here with its receipt; only the contact is to be typed.
        None if word("_step").as_deref() == Some("ask") => Ok(ask(language, &code)),
        None => {
            let address = client.and_then(|Extension(client)| client.address);
            let contact = word("contact").unwrap_or_default();
            look(&app, address, &code, &contact, language).await
        }
    };
    done.unwrap_or_else(|error| page::refuse(&error, language, "", None))
}

fn word(bytes: &Bytes) -> impl Fn(&str) -> Option<String> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    move |name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

async fn look(
    app: &App,
    address: Option<std::net::IpAddr>,
    typed: &str,
    contact: &str,
    language: Language,
) -> Result<Response, ApiError> {
    let (code, now_ms) = (receipt_of(typed), app.clock.now_ms());
    // Guessing is slowed down by what is guessed at and by who guesses.
    let guessed = format!("receipt {code}");
    app.guard.throttle.admit(&guessed, address, now_ms)?;
    let found = match saved::by_code(app, &code).await? {
        Some(goes_on) => return Ok(Redirect::to(&goes_on).into_response()),
        None => own::find(app, &code, contact).await,
    };
    match found {
        Ok(found) => {
            app.guard.throttle.succeeded(&guessed);
            let frame = page::frame(language, LANGUAGES.to_vec(), Some(found.team_name.clone()));
            let step = shown(app, &found, language).await;
            Ok(page::html(StatusCode::OK, own_page(&OwnPage { frame, step })))
        }
        Err(ApiError::NotFound { .. }) => {
            app.guard.throttle.failed(&guessed, address, now_ms);
            let frame = page::frame(language, LANGUAGES.to_vec(), None);
            let step = OwnStep::Ask {
                code: typed.chars().take(20).collect(),
                contact: contact.chars().take(200).collect(),
                problem: Some(()),
            };
            Ok(page::html(StatusCode::UNPROCESSABLE_ENTITY, own_page(&OwnPage { frame, step })))
        }
        Err(error) => Err(error),
    }
}

async fn shown(app: &App, own: &Own, language: Language) -> OwnStep {
    let zone = query::zone_of_team(app, own.row.team_id).await.unwrap_or_default();
    let data: Value = serde_json::from_str(&own.row.data).unwrap_or_default();
    OwnStep::Shown {
        title: own.live.form.title().get(language.as_str()).to_owned(),
        receipt: own.row.receipt.clone(),
        received: page::moment(own.row.created_at, app.clock.now_ms(), zone),
        answers: answers(&own.live.form, &data, language),
        edit: own.edit.as_ref().map(|address| format!("{address}&lang={}", language.as_str())),
        key: own::key(app, own.row.id),
    }
}

async fn erase(app: &App, key: &str, language: Language) -> Result<Response, ApiError> {
    let found = own::by_key(app, key).await?;
    own::erase(app, &found).await?;
    let frame = page::frame(language, LANGUAGES.to_vec(), Some(found.team_name));
    Ok(page::html(StatusCode::OK, own_page(&OwnPage { frame, step: OwnStep::Erased })))
}
