//! `POST /f/{slug}`: the form without script. Pages through, asks what appeared, or sends.
//!
//! Whatever happens, everything typed comes back with the page.

use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use form_engine::{Language, Problem, pointer};
use serde_json::Value;
use web_public::{
    FormPage, Frame, GatePage, Known, SavedPage, ThanksPage, ask, form_page, gate_page, languages,
    saved_page, thanks_for, thanks_page,
};

use super::progress::LANGUAGES;
use super::{form, page};
use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::http::body::{self, Path};
use crate::http::client::Client;
use crate::ids::SubmissionId;
use crate::services::public_form::{self, Brought, Published};
use crate::services::submit::{Submission, submit, theirs};
use crate::services::{captcha, gate, query, reference, revise, saved, uploads};

/// The most a form post may hold.
const LIMIT: usize = 256 * 1024;
/// With the files of a reader whose browser runs no script.
pub const MAX_BODY_BYTES: usize = 64 << 20;
/// Files of one post.
const MOST_FILES: usize = 20;

/// Sends a form, or turns its pages.
#[utoipa::path(post, path = "/f/{slug}", tag = "public", params(("slug" = String, Path)),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "Also `multipart/form-data`, with files"), responses(
    (status = 200, description = "Stored: the thank-you; or the next page", content_type = "text/html", body = String),
    (status = 422, description = "The form again, with its problems", content_type = "text/html", body = String)))]
pub async fn post(State(app): State<App>, Path(slug): Path<String>, request: Request) -> Response {
    let headers = request.headers().clone();
    let client = request.extensions().get::<Client>().copied();
    let posted = match Posted::take(request).await {
        Ok(posted) => posted,
        Err(error) => return form::refused(&app, &error, &slug, None, None, &headers).await,
    };
    let asked = posted.word("_lang");
    let carried = |name: &str| match name {
        "i" => posted.word("_invitation").map(str::to_owned),
        name => posted.word(&format!("_{name}")).map(str::to_owned),
    };
    let mut brought = Brought::read(carried);
    // A colleague's cookie counts for what our own pages post, and for nothing else.
    if (brought.behalf || public_form::is_inside(&slug)) && form::is_own_page(&app, &headers) {
        brought.caller = form::caller(&app, &headers).await;
    }
    if let Some(password) = posted.word("_password") {
        return unlock(&app, &slug, &brought, password, client, asked, &headers).await;
    }
    match form::open(&app, &slug, &brought).await {
        Ok(published) => {
            let busy = form::is_busy(&app, client);
            let page = answer(&app, &slug, &published, &brought, posted, busy, &headers).await;
            page::framed(page, &published.publish)
        }
        Err((error, published)) => {
            form::refused(&app, &error, &slug, published.as_ref(), asked, &headers).await
        }
    }
}

/// The password was typed: the form opens, or asks again.
async fn unlock(
    app: &App,
    slug: &str,
    brought: &Brought,
    password: &str,
    client: Option<Client>,
    asked: Option<&str>,
    headers: &HeaderMap,
) -> Response {
    let language = page::language(asked, headers, &LANGUAGES);
    let opened = async {
        let published = public_form::find(app, slug, brought).await?;
        let address = client.and_then(|client| client.address);
        let pass = gate::open(app, &published.live, password, address).await?;
        Ok::<_, ApiError>((published, pass))
    };
    match opened.await {
        Ok((_, Some(pass))) => {
            let mut query = form_urlencoded::Serializer::new(String::new());
            let invited = brought.invitation.clone().map(|token| ("i".to_owned(), token));
            for (name, value) in brought.carried().into_iter().chain(invited).filter(|(name, _)| name != "p")
            {
                query.append_pair(&name, &value);
            }
            query.append_pair("p", &pass).append_pair("lang", language.as_str());
            Redirect::to(&format!("/f/{slug}?{}", query.finish())).into_response()
        }
        Ok((published, None)) => {
            let frame = page::frame(language, LANGUAGES.to_vec(), Some(published.team_name.clone()));
            let gate = GatePage { frame, slug: slug.to_owned(), wrong: true };
            page::framed(page::html(StatusCode::UNPROCESSABLE_ENTITY, gate_page(&gate)), &published.publish)
        }
        Err(error) => page::refuse(&error, language, slug, None),
    }
}

/// What came: answers under JSON Pointers, and what the page carries along.
struct Posted {
    pairs: Vec<(String, String)>,
    files: Vec<PostedFile>,
}

/// A file as a browser without script sends it.
struct PostedFile {
    place: String,
    name: String,
    bytes: Bytes,
}

impl Posted {
    async fn take(request: Request) -> Result<Self, ApiError> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if media.is_some_and(|media| media.starts_with("multipart/form-data")) {
            return Self::parts(request).await;
        }
        let bytes = body::body(request, LIMIT).await?;
        Ok(Self { pairs: form_urlencoded::parse(&bytes).into_owned().collect(), files: Vec::new() })
    }

    async fn parts(request: Request) -> Result<Self, ApiError> {
        let broken = |error: MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge { limit_bytes: MAX_BODY_BYTES },
            _ => ApiError::Malformed(error.body_text()),
        };
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|error| ApiError::Malformed(error.body_text()))?;
        let (mut posted, mut typed) = (Self { pairs: Vec::new(), files: Vec::new() }, 0);
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let Some(place) = part.name().map(str::to_owned) else { continue };
            let name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(broken)?;
            match name {
                // A file input without a file sends an empty part.
                Some(name) if !name.is_empty() || !bytes.is_empty() => {
                    if posted.files.len() == MOST_FILES {
                        return Err(ApiError::TooLarge { limit_bytes: MAX_BODY_BYTES });
                    }
                    posted.files.push(PostedFile { place, name, bytes });
                }
                Some(_) => {}
                None => {
                    typed += place.len() + bytes.len();
                    if typed > LIMIT {
                        return Err(ApiError::TooLarge { limit_bytes: LIMIT });
                    }
                    posted.pairs.push((place, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
        Ok(posted)
    }

    /// Keeps the files; from then on they are answers like any others. Problems of those that are not taken.
    async fn keep(
        &mut self,
        app: &App,
        live: &LiveForm,
        language: Language,
    ) -> Result<Vec<Problem>, ApiError> {
        let mut problems = Vec::new();
        for PostedFile { place, name, bytes } in std::mem::take(&mut self.files) {
            match uploads::keep(app, live, &place, &name, &bytes, language).await {
                Ok(upload) => {
                    self.pairs.push((place, web_public::text_of_file(&uploads::value(&live.form, &upload))))
                }
                Err(ApiError::Invalid(found)) => {
                    problems
                        .extend(found.into_iter().map(|problem| Problem { path: place.clone(), ..problem }));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(problems)
    }

    /// What was done or said to prove that no program sends this.
    fn proof(&self) -> String {
        let token = self.word("_captcha").unwrap_or("");
        match (self.word("_proof"), self.word("_sum")) {
            (Some(nonce), _) => format!("{token} {nonce}"),
            (None, sum) => format!("{token} ={}", sum.unwrap_or("")),
        }
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.pairs
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
    brought: &Brought,
    mut posted: Posted,
    busy: bool,
    headers: &HeaderMap,
) -> Response {
    let form = &published.live.form;
    let offered = languages(form);
    // The page's own language is in the reader's choice; `_lang` asks for another.
    let language = page::language(posted.word("_lang").or(posted.word("_language")), headers, &offered);
    let untaken = match posted.keep(app, &published.live, language).await {
        Ok(problems) => problems,
        Err(error) => return page::refuse(&error, language, slug, None),
    };
    // Before the answers are read: an empty row that closes ranks would shift the others.
    let dropped = posted.word("_step").and_then(|step| step.strip_prefix("drop ")).map(str::to_owned);
    if let Some(row) = &dropped {
        posted.pairs.retain(|(name, _)| !pointer::is_within(name, row));
    }
    let data = form.coerce(&posted.pairs);
    let mut known = Known {
        problems: Vec::new(),
        seen: Some(posted.word("_seen").unwrap_or("").split(' ').map(str::to_owned).collect()),
        page: posted.word("_page").and_then(|page| page.parse().ok()).unwrap_or(0),
        nonce: posted
            .word("_nonce")
            .filter(|nonce| nonce.len() <= 100)
            .map_or_else(|| app.ids.next::<SubmissionId>().to_string(), str::to_owned),
        invitation: posted.word("_invitation").map(str::to_owned),
        carried: brought.carried(),
        captcha: form::captcha(app, published, busy),
        behalf: published.behalf.as_ref().map(|caller| caller.name.clone()),
        correcting: form::correcting(app, published).await,
        files: match form::files(app, published, &data).await {
            Ok(files) => files,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        full: match form::full(app, published).await {
            Ok(full) => full,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        kept: published.kept.clone(),
        less: dropped.as_deref().and_then(|row| row.rsplit_once('/')).map(|(list, _)| list.to_owned()),
        more: posted.word("_step").and_then(|step| step.strip_prefix("add ")).map(str::to_owned),
        offered: match reference::offered(app, published.live.team, form, language).await {
            Ok(offered) => offered,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        data,
    };
    let frame = page::themed(page::frame(language, offered, Some(published.team_name.clone())), form);
    let frame = page::frame_of(app, slug, published, brought, frame);
    let checked = |known: &Known| theirs(form, form.check(&known.data, language), &published.kept);
    let draw = |known: &Known| ask(form, slug, frame.clone(), known);
    if !untaken.is_empty() {
        known.problems = untaken;
        return again(draw(&known));
    }
    if posted.word("_lang").is_some() {
        return show(&draw(&known), StatusCode::OK);
    }
    let plain = draw(&known);
    if known.more.is_some() || known.less.is_some() {
        return show(&plain, StatusCode::OK);
    }
    match posted.word("_step") {
        Some("save") => return keep(app, slug, published, &known.data, frame).await,
        Some("back") => return show(&turned(plain, false), StatusCode::OK),
        Some("next") => {
            known.problems = on_page(&plain, checked(&known));
            let mut page = draw(&known);
            page.refusal = None;
            let stays = page.has_problems() || page.pages[page.current].questions.iter().any(|one| one.fresh);
            let status = if page.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return show(&if stays { page } else { turned(page, true) }, status);
        }
        Some(_) | None => {}
    }
    known.problems = seen_only(&plain, checked(&known));
    if plain.more_questions || !known.problems.is_empty() {
        return again(draw(&known));
    }
    let proof = match form::is_doubted(published, busy) {
        true => captcha::check(app, &published.live, &posted.proof(), language).map(Some),
        false => Ok(None),
    };
    let sent = match proof {
        Ok(once) => send(app, published, &known, language, once, form::device(headers)).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(receipt) => {
            let now_ms = app.clock.now_ms();
            let thanks = thanks_for(form, language, &form.normalise(known.data), now_ms);
            let (progress, edit) = (receipt.progress, receipt.edit);
            let page = ThanksPage { frame, thanks, receipt: receipt.receipt, progress, edit };
            page::html(StatusCode::OK, thanks_page(&page))
        }
        Err(ApiError::Invalid(problems)) => {
            known.problems = problems;
            // An option may have filled up in between.
            known.full = form::full(app, published).await.unwrap_or(known.full);
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
    once: Option<String>,
    device: Option<String>,
) -> Result<api_types::Receipt, ApiError> {
    if let Some(edited) = &published.edited {
        return revise::revise(app, published, edited.id, known.data.clone(), language).await;
    }
    let sent = published.submission(known.data.clone(), language, Some(known.nonce.clone()));
    let submission = Submission { device, once, ..sent };
    let receipt = submit(app, submission).await?;
    if let Some(saved) = &published.saved {
        saved::forget(app, saved).await;
    }
    Ok(receipt)
}

/// Half an answer is kept, and its owner told where it goes on.
async fn keep(app: &App, slug: &str, published: &Published, data: &Value, frame: Frame) -> Response {
    let language = frame.language;
    match saved::keep(app, slug, published, data).await {
        Ok(kept) => {
            let zone = query::zone_of_team(app, published.live.team).await.unwrap_or_default();
            let until = page::moment(kept.until_ms, app.clock.now_ms(), zone);
            let own = app.config.base_url.join("/r");
            let page = SavedPage { frame, url: kept.url, code: kept.code, until, own };
            page::html(StatusCode::OK, saved_page(&page))
        }
        Err(error) => page::refuse(&error, language, slug, None),
    }
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
