//! What people do for the safety of their own account: see where they are signed in, end that, change the password.

use api_types::{ChangePassword, SignedIn};

use crate::app::App;
use crate::auth::{Caller, Via, password};
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::SessionId;
use crate::store;

/// Every browser the caller is signed in with, the one used last first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn sessions(app: &App, caller: &Caller) -> Result<Vec<SignedIn>, ApiError> {
    let here = here(caller);
    let sessions = store::session::of_user(app.db.read(), caller.user, app.clock.now_ms()).await?;
    let view = |session: store::session::Session| SignedIn {
        here: Some(session.id) == here,
        id: session.id.to_string(),
        agent: session.agent,
        created_at: rfc3339(session.created_at),
        seen_at: rfc3339(session.seen_at),
    };
    Ok(sessions.into_iter().map(view).collect())
}

/// Ends one of the caller's sessions, from its next request on.
///
/// # Errors
///
/// [`ApiError::NotFound`], also when it is somebody else's.
pub async fn end(app: &App, caller: &Caller, session: SessionId) -> Result<(), ApiError> {
    let user = caller.user;
    let ended = app.writer.run(None, move |batch| {
        Box::pin(async move { Ok(store::session::delete_own(batch.write(), user, session).await?) })
    });
    if ended.await? { Ok(()) } else { Err(ApiError::not_found("session", session)) }
}

/// Changes the caller's password; every other session of theirs ends with the old one, in one transaction.
///
/// # Errors
///
/// [`ApiError::Invalid`] at `/current` or `/password`; [`ApiError::TooMany`] after several wrong guesses.
pub async fn change_password(app: &App, caller: &Caller, wanted: &ChangePassword) -> Result<(), ApiError> {
    let user = store::user::get(app.db.read(), caller.user).await?.ok_or(ApiError::Unauthenticated)?;
    let problems = password::check_new(&wanted.password, user.known_by(), "/password");
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let now_ms = app.clock.now_ms();
    // Guessing here is slowed down as at the door: whoever finds a browser open must not get further.
    let guesser = format!("password:{}", user.id);
    app.guard.throttle.admit(&guesser, None, now_ms)?;
    if !app.guard.passwords.verify(&wanted.current, Some(&user.password_hash)).await? {
        app.guard.throttle.failed(&guesser, None, now_ms);
        return Err(ApiError::problem("password.wrong", "/current", "this is not the present password"));
    }
    app.guard.throttle.succeeded(&guesser);
    let hash = app.guard.passwords.hash(&wanted.password).await?;
    let (user, here) = (caller.user, here(caller));
    app.writer
        .run(None, move |batch| {
            let hash = hash.clone();
            Box::pin(async move {
                store::user::give_password(batch.write(), user, &hash).await?;
                store::password_reset::forget(batch.write(), user, now_ms).await?;
                Ok(store::session::delete_others(batch.write(), user, here).await?)
            })
        })
        .await
}

/// The session of this request, when a browser made it.
fn here(caller: &Caller) -> Option<SessionId> {
    match caller.via {
        Via::Session(session) => Some(session),
        Via::Token(_) | Via::Console | Via::SeenBy(_) => None,
    }
}
