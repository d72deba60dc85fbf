//! What every customer page shares: language, frame, moments, and refusals as notices people can read.

use api_types::Theme;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, TimeZone, Timelike};
use chrono_tz::Tz;
use form_engine::{Form, Language, Publish, Text};
use web_public::{Assets, Frame, Moment, Notice, NoticePage, Share, notice_page};

use crate::app::App;
use crate::error::{ApiError, Conflict};
use crate::http::{assets, layers, spoken, theme};
use crate::services::public_form::{Brought, Published};

/// The language of a page: asked for in the address, else the browser's, else the author's first.
pub fn language(asked: Option<&str>, headers: &HeaderMap, offered: &[Language]) -> Language {
    let browser = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let wished = asked.and_then(Language::parse).or_else(|| browser.map(spoken::preferred));
    let first = offered.first().copied().unwrap_or(Language::Zh);
    wished.filter(|language| offered.contains(language)).unwrap_or(first)
}

/// Around every page.
pub fn frame(language: Language, offered: Vec<Language>, team: Option<String>) -> Frame {
    let assets = Assets {
        css: assets::url("public/public.css"),
        loader: assets::url("public/loader.js"),
        page: assets::url("public/page.js"),
        progress: assets::url("public/progress.js"),
        theme: None,
    };
    Frame { language, languages: offered, team, logo: None, assets, share: None, again: None, back: None }
}

/// The same in a form's own colour, under its own name.
pub fn themed(frame: Frame, form: &Form) -> Frame {
    let theme = Theme::read(&form.definition().theme);
    let brand = theme.brand.map(|brand| brand.get(frame.language.as_str()).to_owned());
    let assets = Assets { theme: theme.accent.map(theme::url), ..frame.assets };
    Frame { assets, logo: theme.logo, team: brand.or(frame.team), ..frame }
}

/// A page as an answer.
pub fn html(status: StatusCode, body: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// A refusal as a page.
pub fn refuse(error: &ApiError, language: Language, slug: &str, opens: Option<Moment>) -> Response {
    let status = error.status();
    if status.is_server_error() {
        tracing::error!(error = error as &dyn std::error::Error, "a customer's page failed");
    }
    let frame = frame(language, vec![Language::Zh, Language::En], None);
    let mut response = html(status, notice_page(&NoticePage { frame, notice: notice(error, slug, opens) }));
    if let Some(wait_s) = error.retry_after_s() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
    }
    response
}

fn notice(error: &ApiError, slug: &str, opens: Option<Moment>) -> Notice {
    match error {
        ApiError::Conflict(Conflict::FormClosed) => Notice::Closed,
        ApiError::Conflict(Conflict::FormNotOpen) => opens.map_or(Notice::Closed, Notice::NotOpen),
        ApiError::Conflict(Conflict::InvitationNeeded) => Notice::Invitation,
        ApiError::Conflict(Conflict::QuotaReached) => Notice::QuotaFull,
        ApiError::Conflict(Conflict::AnsweredBefore) => Notice::Answered,
        ApiError::KeyReused => Notice::SentBefore { slug: slug.to_owned() },
        ApiError::TooLarge { .. } => Notice::TooLarge,
        ApiError::Conflict(Conflict::InProgress)
        | ApiError::TooMany { .. }
        | ApiError::Timeout
        | ApiError::Overloaded
        | ApiError::StorageFull => Notice::Busy,
        ApiError::Storage(_) | ApiError::Internal(_) => Notice::Fault,
        ApiError::Unauthenticated
        | ApiError::WrongCredentials
        | ApiError::SecondStep
        | ApiError::WrongCode
        | ApiError::Forbidden
        | ApiError::CrossSite
        | ApiError::SecondStepOwed
        | ApiError::NotFound { .. }
        | ApiError::LinkOver
        | ApiError::NoRoute
        | ApiError::MethodNotAllowed
        | ApiError::Conflict(
            Conflict::PasswordNeeded
            | Conflict::Stale
            | Conflict::NotAccepted { .. }
            | Conflict::Taken(_)
            | Conflict::LastOwner
            | Conflict::Elsewhere
            | Conflict::HoldsWork
            | Conflict::SecondStepOn,
        )
        | ApiError::Invalid(_)
        | ApiError::Malformed(_)
        | ApiError::UnsupportedMedia => Notice::Unknown,
    }
}

/// An instant on the calendar of `zone`, seen from `now_ms`.
pub fn moment(at_ms: i64, now_ms: i64, zone: Tz) -> Moment {
    let local = |ms: i64| -> DateTime<Tz> {
        zone.timestamp_millis_opt(ms).single().unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&zone))
    };
    let (at, now) = (local(at_ms), local(now_ms));
    Moment {
        iso: at.to_rfc3339(),
        year: at.year(),
        month: at.month(),
        day: at.day(),
        hour: at.hour(),
        minute: at.minute(),
        days_away: (at.date_naive() - now.date_naive()).num_days(),
        this_year: at.year() == now.year(),
    }
}

/// The page, as the origins the form names may frame it.
pub fn framed(mut response: Response, publish: &Publish) -> Response {
    if let Some(policy) = layers::framed_policy(&publish.embed) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The frame of a form's own pages: what messengers show of a link, and where a kiosk begins again.
pub fn frame_of(app: &App, slug: &str, published: &Published, brought: &Brought, frame: Frame) -> Frame {
    let word = |text: &Text| text.get(frame.language.as_str()).to_owned();
    let (form, share) = (&published.live.form, &published.publish.share);
    let base = &app.config.base_url;
    let picture = share.picture.as_ref().map(|address| match address.starts_with('/') {
        true => base.join(address),
        false => address.clone(),
    });
    let share = Share {
        title: word(share.title.as_ref().unwrap_or_else(|| form.title())),
        description: share.description.as_ref().or(form.description()).map(word),
        picture,
        url: base.join(&format!("/f/{slug}")),
    };
    let again = brought.kiosk.then(|| format!("/f/{slug}?kiosk=1&lang={}", frame.language.as_str()));
    // A member goes back to what they have handed in.
    let back = published.member.is_some().then(|| "/s/home".to_owned());
    Frame { share: Some(share), again, back, ..frame }
}
