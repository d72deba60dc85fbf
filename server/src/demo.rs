//! `serve --demo`: on an empty database, a team that has been at work for a month.
//!
//! The team, its app and its tickets come about through the services that people use, under a clock that is moved
//! from the past to the present.

mod people;
mod samples;
mod stories;

use form_engine::Problem;
use rand::RngExt;

use crate::app::App;
use crate::auth::{Caller, Via};
use crate::clock::Shift;
use crate::error::ApiError;
use crate::services::{install, token};
use crate::{starter, store};

/// How long the team has been there.
const PAST_MS: i64 = 200 * 24 * 3_600_000;

/// Printed once, and never again.
#[derive(Debug)]
pub struct Secrets {
    /// The owner's mail address.
    pub email: String,
    /// Random; every colleague of the demo signs in with it.
    pub password: String,
    /// Acts as the owner.
    pub token: String,
}

/// Why there is no demo team.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A service refused what the demo does.
    #[error("the demo team could not be made")]
    Service(#[from] ApiError),
    /// What comes with the binary is not what it should be.
    #[error("the starter app cannot be read")]
    Document(#[from] serde_json::Error),
}

/// Is there no team yet?
///
/// # Errors
///
/// When the database does not answer.
pub async fn is_wanted(app: &App) -> Result<bool, DemoError> {
    let teams = store::team::all(app.db.read()).await.map_err(ApiError::from)?;
    Ok(teams.is_empty())
}

/// Makes the demo team in an empty database. `shift` is the hand of the server's clock, which shows the present again afterwards.
///
/// # Errors
///
/// See [`DemoError`]; whatever was made until then stays.
pub async fn make(app: &App, shift: &Shift) -> Result<Secrets, DemoError> {
    let now_ms = app.clock.now_ms();
    shift.back_ms(PAST_MS);
    let secrets = live(app, shift, now_ms).await;
    shift.back_ms(0);
    secrets
}

async fn live(app: &App, shift: &Shift, now_ms: i64) -> Result<Secrets, DemoError> {
    let password = random_password();
    let owner = people::found(app, &password).await?;
    let document = serde_json::from_str(starter::CARE)?;
    install_starter(app, &owner, &document).await?;
    people::hire(app, &owner, &password).await?;
    samples::load(app, &owner, &document, now_ms).await?;
    stories::play(app, &owner, shift).await?;
    shift.back_ms(0);
    let created = token::create(app, &owner, &api_types::NewToken { name: "demo".to_owned() }).await?;
    Ok(Secrets { email: people::owner_email(), password, token: created.secret })
}

async fn install_starter(app: &App, owner: &Caller, document: &serde_json::Value) -> Result<(), DemoError> {
    let report = install::install(app, owner, document, false).await?;
    if report.problems.is_empty() {
        return Ok(());
    }
    let problem =
        |one: api_types::ProblemView| Problem { path: one.path, code: one.code.into(), message: one.message };
    Err(ApiError::Invalid(report.problems.into_iter().map(problem).collect()).into())
}

/// Easy to read out, hard to guess: four groups of four letters, without those that look like others.
fn random_password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut random = rand::rng();
    let mut group =
        || (0..4).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect::<String>();
    [group(), group(), group(), group()].join("-")
}

/// The demo acts at the machine, as whoever it plays.
fn console(team: crate::ids::TeamId, user: crate::ids::UserId, name: &str, role: api_types::Role) -> Caller {
    Caller {
        user,
        team,
        role,
        department: None,
        name: name.to_owned(),
        language: form_engine::Language::Zh,
        via: Via::Console,
    }
}
