//! The first team of an empty database: made by whoever has read the link on the console.
//!
//! The link is derived from the database's own key, so that every node prints the same, and nothing of it is stored.
//! It opens nothing once there is a team.

use api_types::NewSetup;
use form_engine::{Language, Problem};
use uuid::Uuid;

use crate::app::App;
use crate::auth::password;
use crate::auth::secret::Secret;
use crate::error::ApiError;
use crate::ids::link::{self, Purpose};
use crate::services::session::{self, Origin};
use crate::services::team::{self, NewTeam};
use crate::services::{login, member};
use crate::store;

/// The address of the page, while there is no team.
///
/// # Errors
///
/// When the database does not answer.
pub async fn url(app: &App) -> Result<Option<String>, ApiError> {
    if !is_empty(app).await? {
        return Ok(None);
    }
    Ok(Some(app.config.base_url.join(&format!("/setup/{}", token(app)))))
}

fn token(app: &App) -> String {
    app.links.token(Purpose::Setup, Uuid::nil())
}

async fn is_empty(app: &App) -> Result<bool, ApiError> {
    Ok(store::team::all(app.db.read()).await?.is_empty())
}

/// Does the link still open something?
///
/// # Errors
///
/// [`ApiError::LinkOver`] for a wrong one, and once there is a team.
pub async fn look(app: &App, given: &str) -> Result<(), ApiError> {
    // Of hashes, where they differ first says nothing about the token.
    let fits = link::hash(given) == link::hash(&token(app));
    if fits && is_empty(app).await? { Ok(()) } else { Err(ApiError::LinkOver) }
}

/// Makes the team and its owner, and signs them in.
///
/// # Errors
///
/// [`ApiError::LinkOver`], also for the slower of two; [`ApiError::Invalid`].
pub async fn run(app: &App, given: &str, wanted: &NewSetup, origin: Origin) -> Result<Secret, ApiError> {
    look(app, given).await?;
    let known = [wanted.login.as_str(), &wanted.name, &wanted.team];
    let mut problems = password::check_new(&wanted.password, known, "/password");
    problems.extend(member::name_problem(&wanted.name));
    let login = login::check(&wanted.login, "/login");
    problems.extend(login.as_ref().err().cloned());
    let chars = wanted.team.trim().chars().count();
    if !(1..=100).contains(&chars) {
        let message = format!("expected 1 to 100 characters, found {chars}");
        problems.push(Problem::new("team.name", "/team", message));
    }
    let language = Language::parse(&wanted.language);
    if language.is_none() {
        let message = format!("expected `zh` or `en`, found `{}`", wanted.language);
        problems.push(Problem::new("session.language", "/language", message));
    }
    let (Ok(login), Some(language), true) = (login, language, problems.is_empty()) else {
        return Err(ApiError::Invalid(problems));
    };
    let team = NewTeam {
        name: wanted.team.trim().to_owned(),
        language,
        owner: wanted.name.trim().to_owned(),
        login,
        password: wanted.password.clone(),
    };
    let owner = team::found_first(app, &team).await?;
    session::open(app, owner.user, owner.team, origin).await
}
