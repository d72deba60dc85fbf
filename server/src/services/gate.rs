//! The password of a form: set beside its definition, asked before its page shows anything.

use std::net::IpAddr;

use serde_json::json;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::same;
use crate::services::audit::Deed;
use crate::store;
use crate::store::form_password::FormPassword;

/// Who typed the password need not type it again for so long.
const OPEN_MS: i64 = 12 * 3_600_000;
/// What a password may hold.
const LENGTH: std::ops::RangeInclusive<usize> = 1..=128;

/// Sets the password of a form, or takes it away. Whoever had typed the old one has to type the new one.
///
/// # Errors
///
/// A form that is not there; a password that is empty or too long.
pub async fn set(app: &App, caller: &Caller, form: &str, password: Option<&str>) -> Result<(), ApiError> {
    let team = caller.team;
    let catalog = app.catalog(team).await?;
    let live = catalog.form(form)?.clone();
    let row = match password {
        Some(password) if !LENGTH.contains(&password.chars().count()) => {
            return Err(ApiError::problem("form.password", "/password", "expected 1 to 128 characters"));
        }
        Some(password) => Some(FormPassword {
            form_id: live.definition,
            team_id: team,
            hash: app.guard.passwords.hash(password).await?,
            updated_at: app.clock.now_ms(),
        }),
        None => None,
    };
    let form = live.definition;
    let asked = catalog.password(form).is_some();
    // That there is one, never which.
    let deed = Deed::new("changed", "form", live.form.key(), live.form.title().get(caller.language.as_str()));
    let deed = deed.before(json!({"password": asked})).after(json!({"password": row.is_some()}));
    let line = deed.by(caller, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (row, line) = (row.clone(), line.clone());
            Box::pin(async move {
                batch.audit(line);
                match row {
                    Some(row) => store::form_password::put(batch.write(), row).await?,
                    None => store::form_password::delete(batch.write(), team, form).await?,
                }
                // It is asked for as of the next request, on every node, as what is published is.
                store::team::definitions_changed(batch.write(), team).await?;
                batch.changed(team, Entity::Definition, form, None);
                Ok(())
            })
        })
        .await
}

/// Does `pass` stand for the password?
pub fn opens(app: &App, password: &FormPassword, pass: Option<&str>) -> bool {
    pass.and_then(|pass| pass.split_once('.')).is_some_and(|(until_ms, seal)| {
        let fresh = until_ms.parse::<i64>().is_ok_and(|until_ms| until_ms > app.clock.now_ms());
        fresh && same(seal, &sealed(app, password, until_ms))
    })
}

fn sealed(app: &App, row: &FormPassword, until_ms: &str) -> String {
    app.links.seal("password", &format!("{} {} {until_ms}", row.form_id, row.hash))
}

/// What stands for a password that was typed; none when it is another.
///
/// # Errors
///
/// [`ApiError::TooMany`] after several wrong ones.
pub async fn open(
    app: &App,
    live: &LiveForm,
    password: &str,
    address: Option<IpAddr>,
) -> Result<Option<String>, ApiError> {
    let guessed = format!("form {}", live.definition);
    let now_ms = app.clock.now_ms();
    // Guessing one form's password from many places must not lock out those who know it: by address alone.
    let login = address.map_or(guessed.clone(), |address| format!("{guessed} {address}"));
    app.guard.throttle.admit(&login, address, now_ms)?;
    let Some(row) = store::form_password::get(app.db.read(), live.team, live.definition).await? else {
        return Ok(None);
    };
    if !app.guard.passwords.verify(password, Some(&row.hash)).await? {
        app.guard.throttle.failed(&login, address, now_ms);
        return Ok(None);
    }
    app.guard.throttle.succeeded(&login);
    let until_ms = (now_ms + OPEN_MS).to_string();
    Ok(Some(format!("{until_ms}.{}", sealed(app, &row, &until_ms))))
}
