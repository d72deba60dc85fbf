//! Teams: how one comes about.

use api_types::Role;
use form_engine::Language;

use crate::app::App;
use crate::auth::{Caller, Via};
use crate::error::{ApiError, Conflict};
use crate::ids::{TeamId, UserId};
use crate::services::audit::Deed;
use crate::services::login;
use crate::services::member::new_membership;
use crate::store;
use crate::store::secret::Secret;
use crate::store::team::Team;
use crate::store::user::User;

/// A team to be made, with the person who owns it.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// As customers read it.
    pub name: String,
    /// `zh` or `en`.
    pub language: Language,
    /// The owner's name.
    pub owner: String,
    /// How the owner signs in; where it is a mail address, mail reaches them there.
    pub login: String,
    /// As it will be typed.
    pub password: String,
}

/// Makes the team and its owner. Answers the owner, acting at the machine.
///
/// # Errors
///
/// When somebody signs in with that address already.
pub async fn found(app: &App, wanted: &NewTeam) -> Result<Caller, ApiError> {
    make(app, wanted, false).await
}

/// The same in a database without any team.
///
/// # Errors
///
/// [`ApiError::LinkOver`] when there is one, also if it was made at the same time, on whichever node.
pub async fn found_first(app: &App, wanted: &NewTeam) -> Result<Caller, ApiError> {
    make(app, wanted, true).await
}

async fn make(app: &App, wanted: &NewTeam, first: bool) -> Result<Caller, ApiError> {
    let now_ms = app.clock.now_ms();
    let language = wanted.language.as_str().to_owned();
    let login = login::normal(&wanted.login);
    let (email, mobile) = login::contacts(&login);
    let team = Team {
        id: app.ids.next(),
        name: wanted.name.clone(),
        language: language.clone(),
        definitions_rev: 0,
        created_at: now_ms,
        second_step: None,
    };
    let user = User {
        id: app.ids.next(),
        name: wanted.owner.clone(),
        login: login.clone(),
        email,
        password_hash: app.guard.passwords.hash(&wanted.password).await?,
        language,
        disabled_at: None,
        created_at: now_ms,
        mobile,
    };
    let membership = new_membership(team.id, user.id, Role::Owner.word(), None, now_ms);
    let owner = at_the_machine(team.id, user.id, &user.name, Role::Owner, wanted.language);
    let line = Deed::new("created", "team", team.id, &team.name).by(&owner, now_ms);
    app.writer
        .run(Some(team.id), move |batch| {
            let (team, user, membership) = (team.clone(), user.clone(), membership.clone());
            let line = line.clone();
            Box::pin(async move {
                if first && !store::team::all(batch.read()).await?.is_empty() {
                    return Err(ApiError::LinkOver);
                }
                if store::user::by_login(batch.read(), &user.login).await?.is_some() {
                    return Err(Conflict::Taken(user.login).into());
                }
                // New teams do not wait for each other; two nodes that make the first one meet at this row.
                let mark = Secret { name: "setup".into(), value: Vec::new(), created_at: team.created_at };
                if first && !store::secret::claim(batch.write(), mark).await? {
                    return Err(ApiError::LinkOver);
                }
                store::team::insert(batch.write(), team).await?;
                store::user::insert(batch.write(), user).await?;
                store::membership::insert(batch.write(), membership).await?;
                batch.audit(line);
                Ok(())
            })
        })
        .await?;
    Ok(owner)
}

/// Whoever owns the team, acting at the machine.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a team without an owner.
pub async fn owner(app: &App, team: TeamId) -> Result<Caller, ApiError> {
    let members = store::membership::with_users(app.db.read(), team).await?;
    let found =
        members.into_iter().find(|(member, _)| member.role == Role::Owner.word() && member.works_here());
    let (_, user) = found.ok_or_else(|| ApiError::not_found("team", team))?;
    let language = Language::parse(&user.language).unwrap_or(Language::En);
    Ok(at_the_machine(team, user.id, &user.name, Role::Owner, language))
}

/// A caller who sits at the machine: subcommands and demo data.
pub fn at_the_machine(team: TeamId, user: UserId, name: &str, role: Role, language: Language) -> Caller {
    Caller { user, team, role, department: None, name: name.to_owned(), language, via: Via::Console }
}
