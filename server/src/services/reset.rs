//! A forgotten password: a link that works once sets another, and every session of the person ends.
//!
//! An admin makes the link for a colleague, or the person asks for one by mail; whoever asks learns nothing about
//! who is known here.

use std::net::IpAddr;

use api_types::{OneUseLink, ResetView};

use crate::app::App;
use crate::auth::{Caller, password};
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::{self, Purpose};
use crate::ids::{PasswordResetId, TeamId, UserId};
use crate::services::audit::{self, Deed};
use crate::services::letter::{self, Kind, Letter, say};
use crate::services::{login, member};
use crate::store;
use crate::store::password_reset::PasswordReset;
use crate::store::user::User;

/// How long a link works.
const LIFETIME_MS: i64 = 3_600_000;

/// A link for a colleague, to be handed to them. Links made for them before end.
///
/// # Errors
///
/// As [`member::in_charge`].
pub async fn make(app: &App, caller: &Caller, user: UserId) -> Result<OneUseLink, ApiError> {
    let (_, user) = member::in_charge(app, caller, user).await?;
    let row = row(app, user.id, Some(caller.user));
    let view = OneUseLink { link: Kind::Reset.url(app, row.id.into()), expires_at: rfc3339(row.expires_at) };
    let line = Deed::new("made_link", "member", user.id, &user.name).by(caller, row.created_at);
    app.writer
        .run(Some(caller.team), move |batch| {
            let (row, line) = (row.clone(), line.clone());
            Box::pin(async move {
                store::password_reset::forget(batch.write(), row.user_id, row.created_at).await?;
                store::password_reset::insert(batch.write(), row).await?;
                batch.audit(line);
                Ok(())
            })
        })
        .await?;
    Ok(view)
}

fn row(app: &App, user_id: UserId, created_by: Option<UserId>) -> PasswordReset {
    let (id, now_ms): (PasswordResetId, _) = (app.ids.next(), app.clock.now_ms());
    PasswordReset {
        id,
        user_id,
        token_hash: link::hash(&app.links.token(Purpose::Reset, id)),
        created_by,
        created_at: now_ms,
        expires_at: now_ms + LIFETIME_MS,
    }
}

/// Sends a link to the mail address of the account, if there is an account and it has one. The answer is the same, and
/// as fast, if not.
///
/// # Errors
///
/// [`ApiError::TooMany`] when it was asked for several times, for whoever it is.
pub fn ask(app: &App, wanted: &str, address: Option<IpAddr>) -> Result<(), ApiError> {
    let now_ms = app.clock.now_ms();
    let asker = format!("reset:{}", login::normal(wanted));
    app.guard.throttle.admit(&asker, address, now_ms)?;
    // Every request counts, whatever comes of it.
    app.guard.throttle.failed(&asker, address, now_ms);
    let (app, wanted) = (app.clone(), wanted.to_owned());
    tokio::spawn(async move {
        if let Err(error) = send(&app, &wanted).await {
            tracing::warn!(%error, "a link for a new password was not sent");
        }
    });
    Ok(())
}

async fn send(app: &App, wanted: &str) -> Result<(), ApiError> {
    let Some(user) = login::find(app, wanted).await?.filter(|user| user.disabled_at.is_none()) else {
        return Ok(());
    };
    let teams = store::membership::of_user(app.db.read(), user.id).await?;
    let (Some(first), Some(mail)) = (teams.first(), &user.email) else { return Ok(()) };
    let team = first.team_id;
    let row = row(app, user.id, None);
    let message = letter::message(
        app,
        Letter {
            team,
            kind: Kind::Reset,
            id: row.id.into(),
            to: mail,
            subject: say(&user.language, "设置新密码", "Set a new password").to_owned(),
            text: words(&user),
            end: say(
                &user.language,
                "链接一小时内有效，只能使用一次。如果这不是您本人的操作，请忽略这封邮件，密码不会改变。",
                "The link works once, within an hour. Whoever did not ask for it need do nothing: the password stays as it is.",
            )
            .to_owned(),
        },
    );
    app.writer
        .run(Some(team), move |batch| {
            let (row, message) = (row.clone(), message.clone());
            Box::pin(async move {
                store::password_reset::forget(batch.write(), row.user_id, row.created_at).await?;
                store::password_reset::insert(batch.write(), row).await?;
                batch.changed(message.team_id, Entity::Outbox, message.id, None);
                batch.add(message);
                Ok(())
            })
        })
        .await
}

fn words(user: &User) -> String {
    let (zh, en) = (
        format!("{}，您好：\n\n请打开下面的链接，为账号 {} 设置新密码。", user.name, user.login),
        format!(
            "Dear {},\n\nopen the link below to set a new password for the account {}.",
            user.name, user.login
        ),
    );
    say(&user.language, &zh, &en).to_owned()
}

/// Whose password a link sets.
///
/// # Errors
///
/// [`ApiError::LinkOver`].
pub async fn look(app: &App, token: &str) -> Result<ResetView, ApiError> {
    let (_, user) = open(app, token).await?;
    Ok(ResetView { name: user.name, login: user.login })
}

async fn open(app: &App, token: &str) -> Result<(PasswordReset, User), ApiError> {
    let row = store::password_reset::by_token(app.db.read(), link::hash(token)).await?;
    let row = row.filter(|row| app.clock.now_ms() < row.expires_at).ok_or(ApiError::LinkOver)?;
    let user = store::user::get(app.db.read(), row.user_id).await?;
    let user = user.filter(|user| user.disabled_at.is_none()).ok_or(ApiError::LinkOver)?;
    Ok((row, user))
}

/// Sets the password; every session of the person ends. Whoever has switched the second step on is asked for it still.
///
/// # Errors
///
/// [`ApiError::LinkOver`], also for the slower of two; [`ApiError::Invalid`] at `/password`.
pub async fn set(app: &App, token: &str, wanted: &str) -> Result<(), ApiError> {
    let (row, user) = open(app, token).await?;
    let problems = password::check_new(wanted, user.known_by(), "/password");
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let hash = app.guard.passwords.hash(wanted).await?;
    let now_ms = app.clock.now_ms();
    // Every team the person works in reads of it.
    let teams = store::membership::of_user(app.db.read(), user.id).await?;
    let said = |team: TeamId| {
        let deed = Deed::new("set_password", "member", user.id, &user.name);
        deed.by_link(team, Some((user.id, &user.name)), now_ms)
    };
    let mut lines = teams.iter().map(|member| said(member.team_id));
    let first = lines.next();
    app.writer
        .run(first.as_ref().map(|line| line.team_id), move |batch| {
            let (hash, line) = (hash.clone(), first.clone());
            Box::pin(async move {
                if !store::password_reset::take(batch.write(), row.id).await? {
                    return Err(ApiError::LinkOver);
                }
                store::user::give_password(batch.write(), row.user_id, &hash).await?;
                store::password_reset::forget(batch.write(), row.user_id, now_ms).await?;
                store::session::delete_of_user(batch.write(), row.user_id).await?;
                line.into_iter().for_each(|line| batch.audit(line));
                Ok(())
            })
        })
        .await?;
    for line in lines {
        audit::keep(app, line).await?;
    }
    app.guard.throttle.succeeded(&user.login);
    Ok(())
}
