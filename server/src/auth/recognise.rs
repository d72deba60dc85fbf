//! From a request to its caller: by bearer token or by session cookie, asked of the database each time.
//!
//! Nothing about rights is cached: a disabled user, a changed role or a revoked token counts from the next request on.

use api_types::Role;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use form_engine::Language;

use super::secret::Secret;
use super::{Caller, Via, cookie};
use crate::app::App;
use crate::error::ApiError;
use crate::http::spoken::Spoken;
use crate::ids::UserId;
use crate::services;
use crate::store::session::Holder;
use crate::store::{self, session, token};

/// Names the colleague as whom an admin wants to see.
pub const SEE_AS: &str = "huiyin-see-as";
/// A session that was not used for this long is over.
const IDLE_MS: i64 = 8 * 3_600_000;
/// Last use is written down at most this often.
const NOTE_EVERY_MS: i64 = 5 * 60_000;

/// The request's caller.
///
/// # Errors
///
/// [`ApiError::Unauthenticated`] without a valid token or session; [`ApiError::SecondStepOwed`] for owners and admins
/// who have no second step where their team asks for one.
pub async fn caller(parts: &Parts, app: &App) -> Result<Caller, ApiError> {
    match anyhow(parts, app).await? {
        (caller, false) => Ok(caller),
        (_, true) => Err(ApiError::SecondStepOwed),
    }
}

/// The request's caller, and whether they owe the second step: for what they need to set it up. Whoever owes it sees
/// nothing as a colleague.
///
/// # Errors
///
/// [`ApiError::Unauthenticated`] without a valid token or session.
pub async fn anyhow(parts: &Parts, app: &App) -> Result<(Caller, bool), ApiError> {
    let caller = match bearer(&parts.headers)? {
        Some(secret) => by_token(app, &secret).await?,
        None => {
            let secret =
                cookie::read(&parts.headers, &app.config.base_url).ok_or(ApiError::Unauthenticated)?;
            by_session(app, &secret).await?
        }
    };
    let owes = services::second_step::owes(app, &caller).await?;
    let caller = match parts.headers.get(SEE_AS).filter(|_| !owes) {
        Some(colleague) => as_colleague(parts, app, caller, colleague).await?,
        None => caller,
    };
    let Some(spoken) = parts.extensions.get::<Spoken>() else { return Ok((caller, owes)) };
    // A program says what it wants to read; a person has chosen in the studio.
    if matches!(caller.via, Via::Token(_)) && parts.headers.contains_key(header::ACCEPT_LANGUAGE) {
        return Ok((Caller { language: spoken.language(), ..caller }, owes));
    }
    spoken.set(caller.language);
    Ok((caller, owes))
}

/// "See as a colleague": an admin's request is answered as that colleague's would be. Only reading; the one way to put a query is a POST.
async fn as_colleague(
    parts: &Parts,
    app: &App,
    caller: Caller,
    colleague: &HeaderValue,
) -> Result<Caller, ApiError> {
    let path = parts.uri.path();
    let reads = parts.method.is_safe() || path == "/api/v1/query";
    // What concerns their own account is theirs alone.
    if !caller.is(Role::Admin) || !reads || path.starts_with("/api/v1/account") {
        return Err(ApiError::Forbidden);
    }
    let gone = || ApiError::NotFound { kind: "member", id: String::new() };
    let id: UserId = colleague.to_str().ok().and_then(|id| id.parse().ok()).ok_or_else(gone)?;
    let membership = store::membership::get(app.db.read(), caller.team, id).await?.ok_or_else(gone)?;
    let user = store::user::get(app.db.read(), id).await?.ok_or_else(gone)?;
    Ok(Caller {
        user: id,
        team: caller.team,
        role: role(&membership.role)?,
        department: membership.department_key,
        name: user.name,
        language: caller.language,
        via: Via::SeenBy(caller.user),
    })
}

/// The bearer secret. Another scheme, or none, is no token.
fn bearer(headers: &HeaderMap) -> Result<Option<Secret>, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, secret) = value.to_str().unwrap_or("").split_once(' ').ok_or(ApiError::Unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ApiError::Unauthenticated);
    }
    Ok(Some(Secret::given(secret.trim())))
}

async fn by_token(app: &App, secret: &Secret) -> Result<Caller, ApiError> {
    let found = token::holder_of_any_team(app.db.read(), secret.hash()).await?;
    let (token, holder) = found.ok_or(ApiError::Unauthenticated)?;
    let now_ms = app.clock.now_ms();
    if token.last_used_at.is_none_or(|used_at| now_ms - used_at > NOTE_EVERY_MS) {
        services::token::note_use(app, token.id, now_ms);
    }
    as_caller(holder, Via::Token(token.id))
}

/// The caller a session's secret stands for.
///
/// # Errors
///
/// [`ApiError::Unauthenticated`] when it is unknown or over.
pub async fn by_session(app: &App, secret: &Secret) -> Result<Caller, ApiError> {
    let found = session::holder_of_any_team(app.db.read(), secret.hash()).await?;
    let (session, holder) = found.ok_or(ApiError::Unauthenticated)?;
    let now_ms = app.clock.now_ms();
    if now_ms >= session.expires_at || now_ms - session.seen_at > IDLE_MS {
        return Err(ApiError::Unauthenticated);
    }
    if now_ms - session.seen_at > NOTE_EVERY_MS {
        services::session::note_use(app, session.id, now_ms);
    }
    as_caller(holder, Via::Session(session.id))
}

fn as_caller(holder: Holder, via: Via) -> Result<Caller, ApiError> {
    if holder.disabled_at.is_some() {
        return Err(ApiError::Unauthenticated);
    }
    Ok(Caller {
        user: holder.user_id,
        team: holder.team_id,
        role: role(&holder.role)?,
        department: holder.department_key,
        name: holder.name,
        language: Language::parse(&holder.language).unwrap_or(Language::En),
        via,
    })
}

/// A role as stored.
///
/// # Errors
///
/// When the row was not written by this server.
pub fn role(stored: &str) -> Result<Role, ApiError> {
    serde_json::from_value(stored.into()).map_err(ApiError::internal)
}
