//! The second step of signing in: a code of an authenticator app, or one of ten recovery codes.
//!
//! The secret leaves once, when it is made. A code is taken once: the last time step is settled in the writer.

use api_types::{EndSecondStep, RecoveryCodes, Role, SecondStepSecret, SecondStepView};
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::auth::{Caller, Via, totp};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::UserId;
use crate::services::audit::Deed;
use crate::services::member;
use crate::store;
use crate::store::recovery_code::RecoveryCode;
use crate::store::second_step::SecondStep;

/// What authenticators show beside the account.
const ISSUER: &str = "Huiyin";
/// Recovery codes made at a time.
const CODES: usize = 10;
/// Letters of a recovery code: 80 bits, out of reach of whoever reads the hashes.
const CODE_LETTERS: usize = 16;
/// Pixels of a side of the QR code, at least.
const SIDE: u32 = 200;

/// Is it on, and how many recovery codes are left?
///
/// # Errors
///
/// When the database does not answer.
pub async fn view(app: &App, caller: &Caller) -> Result<SecondStepView, ApiError> {
    let step = store::second_step::get(app.db.read(), caller.user).await?;
    let left = store::recovery_code::left(app.db.read(), caller.user).await?;
    Ok(SecondStepView {
        on: step.is_some_and(|step| step.confirmed_at.is_some()),
        recovery_codes: u32::try_from(left).unwrap_or(u32::MAX),
    })
}

/// Makes a secret. Nothing is asked for until [`confirm`] has seen a code of it.
///
/// # Errors
///
/// [`Conflict::SecondStepOn`]; a problem at `/password`; [`ApiError::TooMany`] after several wrong guesses.
pub async fn begin(app: &App, caller: &Caller, password: &str) -> Result<SecondStepSecret, ApiError> {
    check_password(app, caller, password).await?;
    let user = store::user::get(app.db.read(), caller.user).await?.ok_or(ApiError::Unauthenticated)?;
    let secret: totp::Secret = rand::random();
    let row = SecondStep {
        user_id: user.id,
        secret: secret.to_vec(),
        confirmed_at: None,
        last_step: 0,
        created_at: app.clock.now_ms(),
    };
    app.writer
        .run(None, move |batch| {
            let row = row.clone();
            Box::pin(async move {
                let before = store::second_step::get(batch.read(), row.user_id).await?;
                if before.is_some_and(|before| before.confirmed_at.is_some()) {
                    return Err(Conflict::SecondStepOn.into());
                }
                store::second_step::delete(batch.write(), row.user_id).await?;
                Ok(store::second_step::insert(batch.write(), row).await?)
            })
        })
        .await?;
    let uri = totp::uri(&secret, ISSUER, &user.login);
    let code = QrCode::new(&uri).map_err(ApiError::internal)?;
    let qr = code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build();
    Ok(SecondStepSecret { secret: totp::letters(&secret), uri, qr })
}

/// Switches it on, once a code shows that the authenticator works. Other sessions of the caller end.
///
/// # Errors
///
/// A problem at `/code`; [`Conflict::SecondStepOn`]; [`ApiError::TooMany`] after several wrong guesses.
pub async fn confirm(app: &App, caller: &Caller, code: &str) -> Result<RecoveryCodes, ApiError> {
    let now_ms = app.clock.now_ms();
    let guesser = guesser(caller);
    app.guard.throttle.admit(&guesser, None, now_ms)?;
    let step = store::second_step::get(app.db.read(), caller.user).await?;
    let step = step.ok_or_else(wrong_code)?;
    if step.confirmed_at.is_some() {
        return Err(Conflict::SecondStepOn.into());
    }
    let Some(taken) = digits(code).and_then(|code| totp::step_of(&step.secret, code, now_ms)) else {
        app.guard.throttle.failed(&guesser, None, now_ms);
        return Err(wrong_code());
    };
    app.guard.throttle.succeeded(&guesser);
    let codes: Vec<String> = (0..CODES).map(|_| draw()).collect();
    let user = caller.user;
    let rows: Vec<RecoveryCode> = codes
        .iter()
        .map(|code| RecoveryCode { user_id: user, code_hash: hash(user, code), used_at: None })
        .collect();
    let here = match caller.via {
        Via::Session(session) => Some(session),
        Via::Token(_) | Via::Console | Via::SeenBy(_) => None,
    };
    let line = own_deed("switched_on", caller).by(caller, now_ms);
    app.writer
        .run(Some(caller.team), move |batch| {
            let (rows, line) = (rows.clone(), line.clone());
            Box::pin(async move {
                let before = store::second_step::get(batch.read(), user).await?;
                if before.is_none_or(|before| before.confirmed_at.is_some()) {
                    return Err(Conflict::SecondStepOn.into());
                }
                store::second_step::confirm(batch.write(), user, now_ms).await?;
                store::second_step::take_step(batch.write(), user, taken).await?;
                store::recovery_code::delete(batch.write(), user).await?;
                store::recovery_code::insert_all(batch.write(), rows).await?;
                batch.audit(line);
                Ok(store::session::delete_others(batch.write(), user, here).await?)
            })
        })
        .await?;
    Ok(RecoveryCodes { codes })
}

/// Switches it off, by password and code.
///
/// # Errors
///
/// A problem at `/password` or `/code`; [`ApiError::TooMany`] after several wrong guesses.
pub async fn end(app: &App, caller: &Caller, given: &EndSecondStep) -> Result<(), ApiError> {
    check_password(app, caller, &given.password).await?;
    let (guesser, now_ms) = (guesser(caller), app.clock.now_ms());
    match pass(app, caller.user, Some(&given.code)).await {
        Ok(()) => app.guard.throttle.succeeded(&guesser),
        Err(ApiError::WrongCode) => {
            app.guard.throttle.failed(&guesser, None, now_ms);
            return Err(wrong_code());
        }
        Err(error) => return Err(error),
    }
    let (user, team) = (caller.user, caller.team);
    let line = own_deed("switched_off", caller).by(caller, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                let before = store::second_step::get(batch.read(), user).await?;
                store::second_step::delete(batch.write(), user).await?;
                store::recovery_code::delete(batch.write(), user).await?;
                // What was never confirmed was never on.
                if before.is_some_and(|before| before.confirmed_at.is_some()) {
                    batch.audit(line);
                }
                Ok(())
            })
        })
        .await
}

/// The caller's own second step, in the log of the team they are in.
fn own_deed(action: &'static str, caller: &Caller) -> Deed {
    Deed::new(action, "second_step", caller.user, &caller.name)
}

/// Switches it off for a colleague who lost both telephone and recovery codes; their sessions end.
///
/// # Errors
///
/// As [`member::in_charge`].
pub async fn reset(app: &App, caller: &Caller, user: UserId) -> Result<(), ApiError> {
    let (_, person) = member::in_charge(app, caller, user).await?;
    let line = Deed::new("switched_off", "second_step", user, &person.name).by(caller, app.clock.now_ms());
    app.writer
        .run(Some(caller.team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                store::second_step::delete(batch.write(), user).await?;
                store::recovery_code::delete(batch.write(), user).await?;
                store::session::delete_of_user(batch.write(), user).await?;
                batch.audit(line);
                Ok(())
            })
        })
        .await
}

/// Lets a user pass whose password was right: nothing is asked of who has not switched it on.
///
/// # Errors
///
/// [`ApiError::SecondStep`] without a code; [`ApiError::WrongCode`], also for a code that was taken before.
pub async fn pass(app: &App, user: UserId, code: Option<&str>) -> Result<(), ApiError> {
    let step = store::second_step::get(app.db.read(), user).await?;
    let Some(step) = step.filter(|step| step.confirmed_at.is_some()) else { return Ok(()) };
    let code = code.map(str::trim).filter(|code| !code.is_empty()).ok_or(ApiError::SecondStep)?;
    let now_ms = app.clock.now_ms();
    let of_step = digits(code).map(|code| totp::step_of(&step.secret, code, now_ms));
    let taken = match of_step {
        Some(None) => false,
        Some(Some(of)) => {
            let job = app.writer.run(None, move |batch| {
                Box::pin(async move { Ok(store::second_step::take_step(batch.write(), user, of).await?) })
            });
            job.await?
        }
        None => {
            let hash = hash(user, code);
            let job = app.writer.run(None, move |batch| {
                let hash = hash.clone();
                Box::pin(
                    async move { Ok(store::recovery_code::take(batch.write(), user, hash, now_ms).await?) },
                )
            });
            job.await?
        }
    };
    if taken { Ok(()) } else { Err(ApiError::WrongCode) }
}

/// Does the caller owe it: an owner or admin by session, in a team that asks for it, without one?
///
/// # Errors
///
/// When the database does not answer.
pub async fn owes(app: &App, caller: &Caller) -> Result<bool, ApiError> {
    if !caller.is(Role::Admin) || !matches!(caller.via, Via::Session(_)) {
        return Ok(false);
    }
    let team = store::team::get(app.db.read(), caller.team).await?;
    if team.is_none_or(|team| team.second_step != Some(true)) {
        return Ok(false);
    }
    let step = store::second_step::get(app.db.read(), caller.user).await?;
    Ok(step.is_none_or(|step| step.confirmed_at.is_none()))
}

/// Does the team ask owners and admins for it?
///
/// # Errors
///
/// When the database does not answer.
pub async fn asked(app: &App, caller: &Caller) -> Result<bool, ApiError> {
    let team = store::team::get(app.db.read(), caller.team).await?;
    Ok(team.is_some_and(|team| team.second_step == Some(true)))
}

/// From now on the team asks owners and admins for it, or does not. Whoever asks has it on.
///
/// # Errors
///
/// A problem where the caller has none on.
pub async fn ask(app: &App, caller: &Caller, asks: bool) -> Result<(), ApiError> {
    let step = store::second_step::get(app.db.read(), caller.user).await?;
    if asks && step.is_none_or(|step| step.confirmed_at.is_none()) {
        let message = "expected the second step to be on for the one who asks others for it";
        return Err(ApiError::problem("second_step.own", "/required", message));
    }
    let team = caller.team;
    let deed = Deed::new("changed", "team", team, "").after(json!({"second_step": asks}));
    let line = deed.by(caller, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                store::team::ask_second_step(batch.write(), team, asks).await?;
                batch.audit(line);
                batch.changed(team, Entity::Member, team, None);
                Ok(())
            })
        })
        .await
}

async fn check_password(app: &App, caller: &Caller, password: &str) -> Result<(), ApiError> {
    let user = store::user::get(app.db.read(), caller.user).await?.ok_or(ApiError::Unauthenticated)?;
    let (guesser, now_ms) = (guesser(caller), app.clock.now_ms());
    app.guard.throttle.admit(&guesser, None, now_ms)?;
    if app.guard.passwords.verify(password, Some(&user.password_hash)).await? {
        return Ok(());
    }
    app.guard.throttle.failed(&guesser, None, now_ms);
    Err(ApiError::problem("password.wrong", "/password", "this is not the present password"))
}

/// Guesses at password and code of an open browser count together.
fn guesser(caller: &Caller) -> String {
    format!("password:{}", caller.user)
}

fn wrong_code() -> ApiError {
    ApiError::problem("second_step.code", "/code", "the code is wrong, over, or was used before")
}

/// A code of an authenticator: six digits, with or without a space in the middle.
fn digits(code: &str) -> Option<u32> {
    let bare: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    (bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_digit())).then(|| bare.parse().ok())?
}

/// Crockford's base 32 in groups of four: `7KQ2-M9XA-03FT-H5WN`.
fn draw() -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let drawn: [u8; CODE_LETTERS] = rand::random();
    let letters = drawn.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is stored of a recovery code, however it was typed: letters that are mistaken for digits count as those.
fn hash(user: UserId, code: &str) -> Vec<u8> {
    let read = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).map(read).collect();
    let mut digest = Sha256::new();
    digest.update(user.0.as_bytes());
    digest.update(bare.as_bytes());
    digest.finalize().to_vec()
}
