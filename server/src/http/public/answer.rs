//! `POST /f/{slug}`: the form without script. Pages through, asks what appeared, or sends.
//!
//! Whatever happens, everything typed comes back with the page.

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use form_engine::{Language, Problem, pointer};
use serde_json::Value;
use web_public::{FormPage, Known, ThanksPage, ask, form_page, languages, thanks_for, thanks_page};

use super::{form, page};
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{self, Path};
use crate::ids::SubmissionId;
use crate::services::public_form::Published;
use crate::services::submit::{Submission, submit};
use crate::services::{quota, reference};

/// The most a form post may hold.
const LIMIT: usize = 256 * 1024;

/// Sends a form, or turns its pages.
#[utoipa::path(post, path = "/f/{slug}", tag = "public", params(("slug" = String, Path)),
    request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses(
    (status = 200, description = "Stored: the thank-you; or the next page", content_type = "text/html", body = String),
    (status = 422, description = "The form again, with its problems", content_type = "text/html", body = String)))]
pub async fn post(State(app): State<App>, Path(slug): Path<String>, request: Request) -> Response {
    let headers = request.headers().clone();
    let posted = match body::body(request, LIMIT).await {
        Ok(bytes) => Posted::read(&bytes),
        Err(error) => return form::refused(&app, &error, &slug, None, None, &headers).await,
    };
    let asked = posted.word("_lang");
    match form::open(&app, &slug, posted.word("_invitation")).await {
        Ok(published) => answer(&app, &slug, &published, &posted, &headers).await,
        Err((error, published)) => {
            form::refused(&app, &error, &slug, published.as_ref(), asked, &headers).await
        }
    }
}

/// What came: answers under JSON Pointers, and what the page carries along.
struct Posted(Vec<(String, String)>);

impl Posted {
    fn read(bytes: &Bytes) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|word| !word.is_empty())
    }
}

async fn answer(
    app: &App,
    slug: &str,
    published: &Published,
    posted: &Posted,
    headers: &HeaderMap,
) -> Response {
    let form = &published.live.form;
    let offered = languages(form);
    // The page's own language is in the reader's choice; `_lang` asks for another.
    let language = page::language(posted.word("_lang").or(posted.word("_language")), headers, &offered);
    let data = form.coerce(&posted.0);
    let mut known = Known {
        problems: Vec::new(),
        seen: Some(posted.word("_seen").unwrap_or("").split(' ').map(str::to_owned).collect()),
        page: posted.word("_page").and_then(|page| page.parse().ok()).unwrap_or(0),
        nonce: posted
            .word("_nonce")
            .filter(|nonce| nonce.len() <= 100)
            .map_or_else(|| app.ids.next::<SubmissionId>().to_string(), str::to_owned),
        invitation: posted.word("_invitation").map(str::to_owned),
        full: match quota::full(app, &published.live).await {
            Ok(full) => full,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        more: posted.word("_step").and_then(|step| step.strip_prefix("add ")).map(str::to_owned),
        offered: match reference::offered(app, published.live.team, form, language).await {
            Ok(offered) => offered,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        data,
    };
    let frame = page::frame(language, offered, Some(published.team_name.clone()));
    let draw = |known: &Known| ask(form, slug, frame.clone(), known);
    if posted.word("_lang").is_some() {
        return show(&draw(&known), StatusCode::OK);
    }
    let plain = draw(&known);
    if known.more.is_some() {
        return show(&plain, StatusCode::OK);
    }
    match posted.word("_step") {
        Some("back") => return show(&turned(plain, false), StatusCode::OK),
        Some("next") => {
            known.problems = on_page(&plain, form.check(&known.data, language));
            let mut page = draw(&known);
            page.refusal = None;
            let stays = page.has_problems() || page.pages[page.current].questions.iter().any(|one| one.fresh);
            let status = if page.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return show(&if stays { page } else { turned(page, true) }, status);
        }
        Some(_) | None => {}
    }
    known.problems = seen_only(&plain, form.check(&known.data, language));
    if plain.more_questions || !known.problems.is_empty() {
        return again(draw(&known));
    }
    match send(app, published, &known, language, form::device(headers)).await {
        Ok(receipt) => {
            let now_ms = app.clock.now_ms();
            let thanks = thanks_for(form, language, &form.normalise(known.data), now_ms);
            let page = ThanksPage { frame, thanks, receipt: receipt.receipt, progress: receipt.progress };
            page::html(StatusCode::OK, thanks_page(&page))
        }
        Err(ApiError::Invalid(problems)) => {
            known.problems = problems;
            // An option may have filled up in between.
            known.full = quota::full(app, &published.live).await.unwrap_or(known.full);
            again(draw(&known))
        }
        Err(error) => page::refuse(&error, language, slug, None),
    }
}

async fn send(
    app: &App,
    published: &Published,
    known: &Known,
    language: Language,
    device: Option<String>,
) -> Result<api_types::Receipt, ApiError> {
    let submission = Submission {
        form: published.live.clone(),
        data: known.data.clone(),
        channel: "web".into(),
        language,
        by: None,
        key: Some(known.nonce.clone()),
        invitation: published.invitation.clone(),
        device,
        past_ms: None,
    };
    submit(app, submission).await
}

fn show(page: &FormPage, status: StatusCode) -> Response {
    page::html(status, form_page(page))
}

/// The form again, on the first page that has something to say.
fn again(mut page: FormPage) -> Response {
    let wrong = page.has_problems() || page.refusal.is_some();
    let speaks = |index: &usize| {
        page.pages[*index]
            .questions
            .iter()
            .any(|one| one.shown && (one.problem.is_some() || (!wrong && one.fresh)))
    };
    if let Some(index) = (0..page.pages.len()).find(speaks) {
        page.current = index;
    }
    show(&page, if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// The next or the last page on which something shows.
fn turned(mut page: FormPage, forward: bool) -> FormPage {
    let shows = |index: &usize| page.pages[*index].questions.iter().any(|one| one.shown);
    let target = if forward {
        (page.current + 1..page.pages.len()).find(shows)
    } else {
        (0..page.current).rev().find(shows)
    };
    page.current = target.unwrap_or(page.current);
    page
}

/// Problems of the page that is left.
fn on_page(page: &FormPage, problems: Vec<Problem>) -> Vec<Problem> {
    let here = &page.pages[page.current].questions;
    let about = |problem: &Problem| here.iter().any(|one| pointer::is_within(&problem.path, &one.path));
    problems.into_iter().filter(about).collect()
}

/// Nobody is blamed for a question that was not there to answer.
fn seen_only(page: &FormPage, problems: Vec<Problem>) -> Vec<Problem> {
    let fresh: Vec<&str> = page
        .pages
        .iter()
        .flat_map(|page| &page.questions)
        .filter(|one| one.fresh && one.value == Value::Null)
        .map(|one| one.path.as_str())
        .collect();
    problems.into_iter().filter(|problem| !fresh.contains(&problem.path.as_str())).collect()
}
