//! `GET /f/{slug}`: a published form as a page.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use form_engine::{Arrival, Language, OnePer, OptionQuota};
use serde_json::Value;
use web_public::{Captcha, GatePage, Known, Moment, ask, form_page, gate_page, languages};

use super::page;
use crate::app::App;
use crate::auth::{Caller, cookie, recognise};
use crate::error::{ApiError, Conflict};
use crate::http::body::{Path, Query};
use crate::http::client::Client;
use crate::ids::SubmissionId;
use crate::services::public_form::{self, Brought, Published};
use crate::services::{captcha, query, quota, reference, uploads};
use crate::store::upload::Upload;

/// The cookie that tells browsers apart, where a form takes one answer from each.
pub const DEVICE: &str = "device";

/// A published form.
#[utoipa::path(get, path = "/f/{slug}", tag = "public", params(("slug" = String, Path)), responses(
    (status = 200, description = "The form", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
) -> Response {
    let word = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut brought = Brought::read(|name| word(name).map(str::to_owned));
    if brought.behalf || public_form::is_inside(&slug) {
        brought.caller = caller(&app, &headers).await;
    }
    match open(&app, &slug, &brought).await {
        Ok(published) => {
            let busy = is_busy(&app, client.map(|Extension(client)| client));
            let page = first_page(&app, &slug, &published, &brought, &asked, busy, &headers).await;
            page::framed(page, &published.publish)
        }
        Err((error, published)) => {
            refused(&app, &error, &slug, published.as_ref(), word("lang"), &headers).await
        }
    }
}

/// The form, if it takes answers; else why not, with the form where there is one.
pub async fn open(
    app: &App,
    slug: &str,
    brought: &Brought,
) -> Result<Published, (ApiError, Option<Published>)> {
    let published = public_form::find(app, slug, brought).await.map_err(|error| (error, None))?;
    match public_form::takes_answers(app, &published).await {
        Ok(()) => Ok(published),
        Err(error) => Err((error, Some(published))),
    }
}

/// A refusal in the reader's language, with the moment the form opens.
pub async fn refused(
    app: &App,
    error: &ApiError,
    slug: &str,
    published: Option<&Published>,
    asked: Option<&str>,
    headers: &HeaderMap,
) -> Response {
    let both = [Language::Zh, Language::En];
    let language = page::language(asked, headers, &both);
    if matches!(error, ApiError::Unauthenticated) && public_form::is_inside(slug) {
        // Signing in leads back here.
        let next: String = form_urlencoded::byte_serialize(format!("/f/{slug}").as_bytes()).collect();
        return Redirect::to(&format!("/login?next={next}")).into_response();
    }
    if let (ApiError::Conflict(Conflict::PasswordNeeded), Some(published)) = (error, published) {
        let frame = page::frame(language, both.to_vec(), Some(published.team_name.clone()));
        let gate = GatePage { frame, slug: slug.to_owned(), wrong: false };
        return page::framed(page::html(StatusCode::OK, gate_page(&gate)), &published.publish);
    }
    let mut opens = None;
    if let Some(published) = published
        && let Some(opens_ms) = published.live.form.publish().opens_ms
    {
        let zone = query::zone_of_team(app, published.live.team).await.unwrap_or_default();
        opens = Some(page::moment(opens_ms, app.clock.now_ms(), zone));
    }
    page::refuse(error, language, slug, opens)
}

async fn first_page(
    app: &App,
    slug: &str,
    published: &Published,
    brought: &Brought,
    asked: &[(String, String)],
    busy: bool,
    headers: &HeaderMap,
) -> Response {
    let form = &published.live.form;
    let word = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let offered = languages(form);
    let asked_for = word("lang").or_else(|| Some(published.member.as_ref()?.language.as_str().to_owned()));
    let language = page::language(asked_for.as_deref(), headers, &offered);
    // A link may bring answers along, `?region=east`; what it and the customer leave open, defaults fill.
    let arrival = Arrival { parameters: asked, customer: published.customer.as_ref() };
    let before = published.edited.as_ref().map(|edited| &edited.data);
    let before = before.or(published.saved.as_ref().map(|saved| &saved.data));
    let data = match before {
        Some(data) => serde_json::from_str(data).unwrap_or_default(),
        None => form.arrive(&arrival),
    };
    let known = Known {
        carried: brought.carried(),
        captcha: captcha(app, published, busy),
        behalf: published.behalf.as_ref().map(|caller| caller.name.clone()),
        correcting: correcting(app, published).await,
        files: match files(app, published, &data).await {
            Ok(files) => files,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        data,
        nonce: app.ids.next::<SubmissionId>().to_string(),
        invitation: word("i"),
        kept: published.kept.clone(),
        full: match full(app, published).await {
            Ok(full) => full,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        offered: match reference::offered(app, published.live.team, form, language).await {
            Ok(offered) => offered,
            Err(error) => return page::refuse(&error, language, slug, None),
        },
        ..Known::default()
    };
    let frame = page::themed(page::frame(language, offered, Some(published.team_name.clone())), form);
    let frame = page::frame_of(app, slug, published, brought, frame);
    let mut response = page::html(StatusCode::OK, form_page(&ask(form, slug, frame, &known)));
    if form.publish().one_per == OnePer::Device
        && !brought.kiosk
        && published.member.is_none()
        && device(headers).is_none()
    {
        let name = app.ids.next::<SubmissionId>();
        let cookie = format!("{DEVICE}={name}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The browser, as its cookie names it.
pub fn device(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == DEVICE).map(|(_, value)| value.to_owned())
}

/// What is full for a reader: not what they have a place at already.
pub async fn full(app: &App, published: &Published) -> Result<Vec<(String, String)>, ApiError> {
    let mut full = quota::full(app, &published.live).await?;
    if let Some(edited) = &published.edited {
        let data: Value = serde_json::from_str(&edited.data).unwrap_or_default();
        full.retain(|(field, option)| {
            let quota = OptionQuota { field: field.clone(), option: option.clone(), limit: 0 };
            !quota.is_held_by(&data)
        });
    }
    Ok(full)
}

/// The files that a document names, as the page lists them: id, name and size.
pub async fn files(
    app: &App,
    published: &Published,
    data: &Value,
) -> Result<Vec<(String, String, String)>, ApiError> {
    let own = published.edited.as_ref().map(|edited| edited.id);
    let named = uploads::named(app, &published.live, data).await?.into_iter();
    let shown = |upload: Upload| {
        let size = uploads::size_words(u64::try_from(upload.size_bytes).unwrap_or_default());
        (upload.id.to_string(), upload.name, size)
    };
    Ok(named
        .filter(|upload| upload.submission_id.is_none() || upload.submission_id == own)
        .map(shown)
        .collect())
}

/// The receipt and the time of what a page changes.
pub async fn correcting(app: &App, published: &Published) -> Option<(String, Moment)> {
    let edited = published.edited.as_ref()?;
    let zone = query::zone_of_team(app, published.live.team).await.unwrap_or_default();
    Some((edited.receipt.clone(), page::moment(edited.created_at, app.clock.now_ms(), zone)))
}

/// Who is signed in at this browser, if anybody.
pub async fn caller(app: &App, headers: &HeaderMap) -> Option<Caller> {
    let secret = cookie::read(headers, &app.config.base_url)?;
    recognise::by_session(app, &secret).await.ok()
}

/// Browsers say where a post comes from; old ones at least name the origin.
pub fn is_own_page(app: &App, headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => app.config.base_url.join("") == origin,
        (None, None) => false,
    }
}

/// Does so much come from the address that it may be a program?
pub fn is_busy(app: &App, client: Option<Client>) -> bool {
    let bound = client.filter(|client| !client.is_local).and_then(|client| client.address);
    bound.is_some_and(|address| app.guard.limit.is_busy(address, app.clock.now_ms()))
}

/// Must a sender prove to be no program?
pub fn is_doubted(published: &Published, busy: bool) -> bool {
    (published.publish.captcha || busy) && published.by().is_none() && published.edited.is_none()
}

/// What the page asks for that.
pub fn captcha(app: &App, published: &Published, busy: bool) -> Option<Captcha> {
    is_doubted(published, busy).then(|| {
        let challenge = captcha::challenge(app, &published.live, busy);
        Captcha { token: challenge.token, bits: challenge.bits, sum: challenge.sum }
    })
}
