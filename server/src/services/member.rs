//! Members of a team: who they are, what they may do, where they work.

use api_types::{ChangeMember, MemberView, NewMember, Role};
use form_engine::Problem;

use crate::app::App;
use crate::auth::recognise::{role, stored_role};
use crate::auth::{Caller, password};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{TeamId, UserId};
use crate::services::session::normal_login;
use crate::store;
use crate::store::department::Department;
use crate::store::membership::Membership;
use crate::store::user::User;
use crate::writer::Batch;

/// The team's members, by name.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<MemberView>, ApiError> {
    let departments = store::department::list(app.db.read(), caller.team).await?;
    let members = store::membership::with_users(app.db.read(), caller.team).await?;
    members.into_iter().map(|(membership, user)| view(membership, user, &departments)).collect()
}

/// One member.
///
/// # Errors
///
/// [`ApiError::NotFound`] for people of other teams, too.
pub async fn get(app: &App, team: TeamId, id: UserId) -> Result<MemberView, ApiError> {
    let membership = store::membership::get(app.db.read(), team, id).await?;
    let user = store::user::get(app.db.read(), id).await?;
    let (Some(membership), Some(user)) = (membership, user) else {
        return Err(ApiError::not_found("member", id));
    };
    view(membership, user, &store::department::list(app.db.read(), team).await?)
}

fn view(membership: Membership, user: User, departments: &[Department]) -> Result<MemberView, ApiError> {
    let heads = |department: &Department| {
        department.head_id == Some(user.id) && Some(&department.key) == membership.department_key.as_ref()
    };
    Ok(MemberView {
        id: user.id.to_string(),
        role: role(&membership.role)?,
        head: departments.iter().any(heads),
        department: membership.department_key,
        away: membership.away,
        name: user.name,
        email: user.email,
    })
}

/// Adds a member; makes the user where the mail address is new to the server.
///
/// An existing user keeps name and password: whoever adds them has no say in either.
///
/// # Errors
///
/// Problems of the body; [`ApiError::Forbidden`] for a role above the caller's; a conflict for who is a member already.
pub async fn add(app: &App, caller: &Caller, wanted: &NewMember) -> Result<UserId, ApiError> {
    if wanted.role < caller.role {
        return Err(ApiError::Forbidden);
    }
    let problems = problems(wanted);
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let password_hash = app.guard.passwords.hash(&wanted.password).await?;
    let user = User {
        id: app.ids.next(),
        name: wanted.name.trim().to_owned(),
        login: normal_login(&wanted.email),
        email: Some(wanted.email.trim().to_owned()),
        password_hash,
        language: caller.language.as_str().to_owned(),
        disabled_at: None,
        created_at: app.clock.now_ms(),
        mobile: None,
    };
    let membership = Membership {
        team_id: caller.team,
        user_id: user.id,
        role: stored_role(wanted.role).to_owned(),
        department_key: wanted.department.clone(),
        away: false,
        open_tickets: 0,
        last_assigned_at: 0,
        created_at: user.created_at,
        manager_id: None,
        deputy_id: None,
        skills: None,
        disabled_at: None,
        left_at: None,
    };
    app.writer
        .run(Some(caller.team), move |batch| {
            let (user, membership) = (user.clone(), membership.clone());
            Box::pin(join(batch, user, membership))
        })
        .await
}

async fn join(batch: &mut Batch, user: User, mut membership: Membership) -> Result<UserId, ApiError> {
    let team = membership.team_id;
    if let Some(key) = &membership.department_key {
        existing_department(batch, team, key).await?;
    }
    let known = store::user::by_login(batch.read(), &user.login).await?;
    if let Some(known) = &known {
        if store::membership::get(batch.read(), team, known.id).await?.is_some() {
            return Err(Conflict::Taken(user.login).into());
        }
        membership.user_id = known.id;
    } else {
        store::user::insert(batch.write(), user).await?;
    }
    let id = membership.user_id;
    store::membership::insert(batch.write(), membership).await?;
    batch.changed(team, Entity::Member, id, None);
    Ok(id)
}

fn problems(wanted: &NewMember) -> Vec<Problem> {
    let mut problems = password::check_new(&wanted.password, "/password");
    let name = wanted.name.trim().chars().count();
    if name == 0 || name > 100 {
        problems.push(Problem::new(
            "member.name",
            "/name",
            format!("expected 1 to 100 characters, found {name}"),
        ));
    }
    let mail = wanted.email.trim();
    if mail.parse::<lettre::Address>().is_err() {
        problems.push(Problem::new(
            "member.email",
            "/email",
            format!("expected a mail address, found `{mail}`"),
        ));
    }
    problems
}

async fn existing_department(batch: &Batch, team: TeamId, key: &str) -> Result<Department, ApiError> {
    let found = store::department::get(batch.read(), team, key).await?;
    found.ok_or_else(|| {
        ApiError::problem("member.department", "/department", format!("there is no department `{key}`"))
    })
}

/// Moves a member to another department, makes them its head, or marks them away.
///
/// Members mark themselves away; everything else is for admins.
///
/// # Errors
///
/// [`ApiError::Forbidden`], or a problem where the department does not exist.
pub async fn change(app: &App, caller: &Caller, id: UserId, wanted: &ChangeMember) -> Result<(), ApiError> {
    let only_away = wanted.department.is_none() && wanted.head.is_none();
    if !(caller.is(Role::Admin) || id == caller.user && only_away) {
        return Err(ApiError::Forbidden);
    }
    let (team, wanted) = (caller.team, wanted.clone());
    app.writer
        .run(Some(team), move |batch| {
            let wanted = wanted.clone();
            Box::pin(apply(batch, team, id, wanted))
        })
        .await
}

async fn apply(batch: &mut Batch, team: TeamId, id: UserId, wanted: ChangeMember) -> Result<(), ApiError> {
    let found = store::membership::get(batch.read(), team, id).await?;
    let before = found.ok_or_else(|| ApiError::not_found("member", id))?;
    let department = wanted.department.clone().or_else(|| before.department_key.clone());
    if let Some(key) = &wanted.department {
        existing_department(batch, team, key).await?;
    }
    if let (Some(true), None) = (wanted.head, &department) {
        return Err(ApiError::problem("member.head", "/head", "a head needs a department"));
    }
    let moved = department != before.department_key;
    if let Some(old) = before.department_key.as_deref().filter(|_| moved || wanted.head == Some(false)) {
        store::department::dethrone(batch.write(), team, old, id).await?;
    }
    if let (Some(true), Some(key)) = (wanted.head, &department) {
        store::department::set_head(batch.write(), team, key, id).await?;
    }
    let away = wanted.away.unwrap_or(before.away);
    store::membership::place(batch.write(), team, id, department, away).await?;
    batch.changed(team, Entity::Member, id, None);
    Ok(())
}

/// Gives a member another role. Their sessions end: rights are looked up afresh, by a new session.
///
/// # Errors
///
/// [`ApiError::Forbidden`] for roles above the caller's, given or taken; a team keeps at least one owner.
pub async fn change_role(app: &App, caller: &Caller, id: UserId, wanted: Role) -> Result<(), ApiError> {
    if wanted < caller.role {
        return Err(ApiError::Forbidden);
    }
    let (team, own) = (caller.team, caller.role);
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                let found = store::membership::get(batch.read(), team, id).await?;
                let before = role(&found.ok_or_else(|| ApiError::not_found("member", id))?.role)?;
                if before < own {
                    return Err(ApiError::Forbidden);
                }
                if before == Role::Owner && wanted != Role::Owner {
                    let owners =
                        store::membership::count_role(batch.read(), team, stored_role(Role::Owner)).await?;
                    if owners <= 1 {
                        return Err(Conflict::LastOwner.into());
                    }
                }
                store::membership::set_role(batch.write(), team, id, stored_role(wanted)).await?;
                store::session::delete_of_member(batch.write(), team, id).await?;
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
}
