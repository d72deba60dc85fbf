//! Signing in and out, and working in another team.

use std::net::IpAddr;

use api_types::{ChangeSession, SessionView, SignIn, TeamView, UserView};
use form_engine::Language;

use crate::app::App;
use crate::auth::secret::Secret;
use crate::auth::{Caller, Via};
use crate::error::ApiError;
use crate::ids::{SessionId, TeamId, UserId};
use crate::services::audit::{self, Deed};
use crate::services::{login, second_step};
use crate::store;
use crate::store::session::Session;

/// However busy, a session is over after this long.
const LIFETIME_MS: i64 = 7 * 24 * 3_600_000;

/// Where a sign-in comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// For the delay after failures; none on the machine itself.
    pub address: Option<IpAddr>,
    /// The browser's name, shown in the list of sessions.
    pub agent: Option<String>,
    /// The session this browser had before; it ends.
    pub replaces: Option<Secret>,
}

/// Checks login and password and opens a session in the user's first team.
///
/// Unknown logins, wrong passwords, disabled users and users of no team are refused alike and after the same work.
///
/// # Errors
///
/// [`ApiError::WrongCredentials`]; [`ApiError::SecondStep`] or [`ApiError::WrongCode`] where a code is asked for;
/// [`ApiError::TooMany`] after several failures.
pub async fn sign_in(app: &App, given: &SignIn, origin: Origin) -> Result<(Secret, UserId), ApiError> {
    let now_ms = app.clock.now_ms();
    app.guard.throttle.admit(&login::normal(&given.login), origin.address, now_ms)?;
    let user = login::find(app, &given.login).await?;
    // Whichever of their names is used, guesses at one person count together.
    let login = user.as_ref().map_or_else(|| login::normal(&given.login), |user| user.login.clone());
    app.guard.throttle.admit(&login, None, now_ms)?;
    let known = user.as_ref().filter(|user| user.disabled_at.is_none());
    let right =
        app.guard.passwords.verify(&given.password, known.map(|user| user.password_hash.as_str())).await?;
    let teams = match known {
        Some(user) if right => store::membership::of_user(app.db.read(), user.id).await?,
        Some(_) | None => Vec::new(),
    };
    let (Some(user), Some(first)) = (known, teams.first()) else {
        app.guard.throttle.failed(&login, origin.address, now_ms);
        return Err(ApiError::WrongCredentials);
    };
    let passed = second_step::pass(app, user.id, given.code.as_deref()).await;
    if matches!(passed, Err(ApiError::WrongCode)) {
        app.guard.throttle.failed(&login, origin.address, now_ms);
    }
    passed?;
    app.guard.throttle.succeeded(&login);
    let secret = open(app, user.id, first.team_id, origin).await?;
    Ok((secret, user.id))
}

/// Opens a session for somebody who has shown who they are.
///
/// # Errors
///
/// Those of the database.
pub async fn open(app: &App, user: UserId, team: TeamId, origin: Origin) -> Result<Secret, ApiError> {
    let secret = Secret::draw("");
    let now_ms = app.clock.now_ms();
    let session = Session {
        id: app.ids.next(),
        token_hash: secret.hash(),
        user_id: user,
        team_id: team,
        created_at: now_ms,
        seen_at: now_ms,
        expires_at: now_ms + LIFETIME_MS,
        agent: origin.agent.map(|agent| agent.chars().take(200).collect()),
    };
    let replaced = origin.replaces.map(|old| old.hash());
    app.writer
        .run(None, move |batch| {
            let (session, replaced) = (session.clone(), replaced.clone());
            Box::pin(async move {
                if let Some(hash) = replaced {
                    store::session::delete_by_secret(batch.write(), hash).await?;
                }
                store::session::delete_over(batch.write(), session.created_at).await?;
                Ok(store::session::insert(batch.write(), session).await?)
            })
        })
        .await?;
    Ok(secret)
}

/// Who the caller is and where they work.
///
/// # Errors
///
/// When the database does not answer.
pub async fn view(app: &App, caller: &Caller) -> Result<SessionView, ApiError> {
    let user = store::user::get(app.db.read(), caller.user).await?.ok_or(ApiError::Unauthenticated)?;
    let memberships = store::membership::of_user(app.db.read(), caller.user).await?;
    let ids = memberships.iter().map(|membership| membership.team_id).collect();
    let teams: Vec<TeamView> = store::team::by_ids(app.db.read(), ids)
        .await?
        .into_iter()
        .map(|team| TeamView { id: team.id.to_string(), name: team.name })
        .collect();
    let seen_by = match caller.via {
        Via::SeenBy(admin) => store::user::get(app.db.read(), admin).await?.map(|admin| admin.name),
        Via::Session(_) | Via::Token(_) | Via::Console => None,
    };
    let here = caller.team.to_string();
    let team = teams.iter().find(|team| team.id == here).cloned().ok_or(ApiError::Unauthenticated)?;
    Ok(SessionView {
        user: UserView {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
            language: user.language,
        },
        team,
        role: caller.role,
        teams,
        seen_by,
        insecure_http: app.config.insecure_http,
        owes_second_step: second_step::owes(app, caller).await?,
    })
}

/// Writes down that an admin begins to look as somebody else.
///
/// # Errors
///
/// Those of the writer.
pub async fn note_sight(app: &App, seen: &Caller, admin: UserId) -> Result<(), ApiError> {
    let name = store::user::get(app.db.read(), admin).await?.map_or_else(String::new, |admin| admin.name);
    let by = Caller { user: admin, name, ..seen.clone() };
    audit::note(app, &by, Deed::new("seen_as", "member", seen.user, &seen.name)).await
}

/// Works in another team from now on, or speaks another language.
///
/// # Errors
///
/// Teams the user is no member of do not exist for them. A token works in its own team.
pub async fn change(app: &App, caller: &Caller, wanted: &ChangeSession) -> Result<(), ApiError> {
    let team = match &wanted.team {
        Some(id) => Some(own_team(app, caller, id).await?),
        None => None,
    };
    let language = match wanted.language.as_deref() {
        Some(tag) => Some(Language::parse(tag).ok_or_else(|| {
            ApiError::problem(
                "session.language",
                "/language",
                format!("expected `zh` or `en`, found `{tag}`"),
            )
        })?),
        None => None,
    };
    let user = caller.user;
    let session = match (caller.via, team) {
        (Via::Session(session), Some(team)) => Some((session, team)),
        (Via::Token(_) | Via::Console | Via::SeenBy(_), Some(team)) if team != caller.team => {
            return Err(ApiError::Forbidden);
        }
        (Via::Session(_) | Via::Token(_) | Via::Console | Via::SeenBy(_), _) => None,
    };
    app.writer
        .run(None, move |batch| {
            Box::pin(async move {
                if let Some((session, team)) = session {
                    store::session::move_to(batch.write(), session, team).await?;
                }
                if let Some(language) = language {
                    store::user::speak(batch.write(), user, language.as_str()).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn own_team(app: &App, caller: &Caller, id: &str) -> Result<TeamId, ApiError> {
    let unknown = || ApiError::not_found("team", id);
    let team: TeamId = id.parse().map_err(|_| unknown())?;
    let memberships = store::membership::of_user(app.db.read(), caller.user).await?;
    let member = memberships.iter().any(|membership| membership.team_id == team);
    if member { Ok(team) } else { Err(unknown()) }
}

/// Ends the caller's session; a token is ended by revoking it.
///
/// # Errors
///
/// When the database does not answer.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<(), ApiError> {
    let Via::Session(session) = caller.via else { return Ok(()) };
    app.writer
        .run(None, move |batch| {
            Box::pin(async move { Ok(store::session::delete(batch.write(), session).await?) })
        })
        .await
}

/// Writes down that a session is in use, beside the request rather than in it.
pub fn note_use(app: &App, session: SessionId, now_ms: i64) {
    let app = app.clone();
    tokio::spawn(async move {
        let noted = app
            .writer
            .run(None, move |batch| {
                Box::pin(async move { Ok(store::session::note_use(batch.write(), session, now_ms).await?) })
            })
            .await;
        if let Err(error) = noted {
            tracing::debug!(%error, "the use of a session was not noted");
        }
    });
}
