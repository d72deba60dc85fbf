//! Members of a team: who they are, what they may do, where they work.

use api_types::{ChangeMember, MemberView, NewMember, Role};
use form_engine::Problem;
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::recognise::role;
use crate::auth::{Caller, password};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{TeamId, UserId};
use crate::services::audit::Deed;
use crate::services::login;
use crate::store;
use crate::store::department::Department;
use crate::store::membership::Membership;
use crate::store::user::User;
use crate::writer::Batch;

/// The team's members, by name; without those who left.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<MemberView>, ApiError> {
    let departments = store::department::list(app.db.read(), caller.team).await?;
    let mut members = store::membership::with_users(app.db.read(), caller.team).await?;
    members.retain(|(membership, _)| membership.left_at.is_none());
    let ids = members.iter().map(|(_, user)| user.id).collect();
    let with_step = store::second_step::confirmed(app.db.read(), ids).await?;
    let seen_by = caller.role;
    members
        .into_iter()
        .map(|(membership, user)| {
            let second_step = with_step.contains(&user.id);
            view(seen_by, membership, user, second_step, &departments)
        })
        .collect()
}

/// One member.
///
/// # Errors
///
/// [`ApiError::NotFound`] for people of other teams, too.
pub async fn get(app: &App, caller: &Caller, id: UserId) -> Result<MemberView, ApiError> {
    let (membership, user) = member(app.db.read(), caller.team, id).await?;
    let with_step = store::second_step::confirmed(app.db.read(), vec![id]).await?;
    let departments = store::department::list(app.db.read(), caller.team).await?;
    view(caller.role, membership, user, !with_step.is_empty(), &departments)
}

/// Somebody who belongs to the team.
pub(super) async fn member(
    db: &impl sea_orm::ConnectionTrait,
    team: TeamId,
    id: UserId,
) -> Result<(Membership, User), ApiError> {
    let membership = store::membership::get(db, team, id).await?.filter(|row| row.left_at.is_none());
    let user = store::user::get(db, id).await?;
    membership.zip(user).ok_or_else(|| ApiError::not_found("member", id))
}

/// A member over whom the caller has a say: no stronger than the caller, and of no other team, whose data they
/// could reach by this one's hands.
///
/// # Errors
///
/// [`ApiError::NotFound`], [`ApiError::Forbidden`], [`Conflict::Elsewhere`].
pub async fn in_charge(app: &App, caller: &Caller, id: UserId) -> Result<(Membership, User), ApiError> {
    let (membership, user) = member(app.db.read(), caller.team, id).await?;
    if role(&membership.role)? < caller.role {
        return Err(ApiError::Forbidden);
    }
    if id != caller.user && store::membership::is_elsewhere(app.db.read(), id, caller.team).await? {
        return Err(Conflict::Elsewhere.into());
    }
    Ok((membership, user))
}

fn view(
    seen_by: Role,
    membership: Membership,
    user: User,
    second_step: bool,
    departments: &[Department],
) -> Result<MemberView, ApiError> {
    let heads = |department: &Department| {
        department.head_id == Some(user.id) && Some(&department.key) == membership.department_key.as_ref()
    };
    let is_admin = seen_by <= Role::Admin;
    Ok(MemberView {
        id: user.id.to_string(),
        role: role(&membership.role)?,
        head: departments.iter().any(heads),
        manager: membership.manager_id.map(|id| id.to_string()),
        deputy: membership.deputy_id.map(|id| id.to_string()),
        skills: membership.skills(),
        disabled: membership.disabled_at.is_some() || user.disabled_at.is_some(),
        department: membership.department_key,
        away: membership.away,
        waiting: user.is_waiting(),
        second_step: is_admin.then_some(second_step),
        name: user.name,
        email: user.email,
        login: is_admin.then_some(user.login),
        mobile: user.mobile.filter(|_| is_admin),
    })
}

/// A new member's place, with no work yet.
pub(super) fn new_membership(
    team_id: TeamId,
    user_id: UserId,
    role: &str,
    department_key: Option<String>,
    now_ms: i64,
) -> Membership {
    Membership {
        team_id,
        user_id,
        role: role.to_owned(),
        department_key,
        away: false,
        open_tickets: 0,
        last_assigned_at: 0,
        created_at: now_ms,
        manager_id: None,
        deputy_id: None,
        skills: None,
        disabled_at: None,
        left_at: None,
    }
}

/// Adds a member; makes the user where the login is new to the server.
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
    let login = login::normal(&wanted.email);
    let (email, mobile) = login::contacts(&login);
    let user = User {
        id: app.ids.next(),
        name: wanted.name.trim().to_owned(),
        login,
        email,
        password_hash,
        language: caller.language.as_str().to_owned(),
        disabled_at: None,
        created_at: app.clock.now_ms(),
        mobile,
    };
    let membership =
        new_membership(caller.team, user.id, wanted.role.word(), wanted.department.clone(), user.created_at);
    let by = caller.clone();
    app.writer
        .run(Some(caller.team), move |batch| {
            let (user, membership, by) = (user.clone(), membership.clone(), by.clone());
            Box::pin(async move {
                let (name, role, now_ms) = (user.name.clone(), membership.role.clone(), user.created_at);
                let id = join(batch, user, membership).await?;
                let deed = Deed::new("created", "member", id, &name).after(json!({"role": role}));
                batch.audit(deed.by(&by, now_ms));
                Ok(id)
            })
        })
        .await
}

async fn join(batch: &mut Batch, user: User, mut membership: Membership) -> Result<UserId, ApiError> {
    let team = membership.team_id;
    if let Some(key) = &membership.department_key {
        existing_department(batch, team, key).await?;
    }
    let known = store::user::by_login(batch.read(), &user.login).await?;
    let mut before = None;
    match known {
        Some(known) => {
            before = store::membership::get(batch.read(), team, known.id).await?;
            let is_here = before.as_ref().is_some_and(|before| before.left_at.is_none());
            // An account that waits is in the hands of whoever made it, until its person comes.
            if is_here || known.is_waiting() {
                return Err(Conflict::Taken(user.login).into());
            }
            membership.user_id = known.id;
            // Links that admins of another team made for this account are no longer theirs to use.
            store::password_reset::forget(batch.write(), known.id, user.created_at).await?;
        }
        None => {
            login::free(batch, &user.login, None).await?;
            store::user::insert(batch.write(), user).await?;
        }
    }
    let id = membership.user_id;
    match before {
        Some(_) => store::membership::update(batch.write(), &membership).await?,
        None => store::membership::insert(batch.write(), membership).await?,
    }
    batch.changed(team, Entity::Member, id, None);
    Ok(id)
}

fn problems(wanted: &NewMember) -> Vec<Problem> {
    let mut problems =
        password::check_new(&wanted.password, [wanted.email.as_str(), &wanted.name], "/password");
    problems.extend(name_problem(&wanted.name));
    problems.extend(login::check(&wanted.email, "/email").err());
    problems
}

/// What is wrong with a name.
pub(super) fn name_problem(name: &str) -> Option<Problem> {
    let chars = name.trim().chars().count();
    let message = || format!("expected 1 to 100 characters, found {chars}");
    (!(1..=100).contains(&chars)).then(|| Problem::new("member.name", "/name", message()))
}

/// The department, or a problem.
pub(super) async fn existing_department(
    batch: &Batch,
    team: TeamId,
    key: &str,
) -> Result<Department, ApiError> {
    let found = store::department::get(batch.read(), team, key).await?;
    found.ok_or_else(|| {
        ApiError::problem("member.department", "/department", format!("there is no department `{key}`"))
    })
}

/// Changes what is given of a member: where they work, whom they answer to, what they sign in with, whether they do.
///
/// Members say themselves that they are away, and who stands in; everything else is for admins.
///
/// # Errors
///
/// [`ApiError::Forbidden`], or the problems of what was given. What belongs to the person, name and logins, is changed
/// as [`in_charge`] allows. A team keeps at least one owner.
pub async fn change(app: &App, caller: &Caller, id: UserId, wanted: &ChangeMember) -> Result<(), ApiError> {
    let own = ChangeMember { away: wanted.away, deputy: wanted.deputy.clone(), ..ChangeMember::default() };
    if !(caller.is(Role::Admin) || id == caller.user && own == *wanted) {
        return Err(ApiError::Forbidden);
    }
    if wanted.disabled == Some(true) && id == caller.user {
        return Err(ApiError::Forbidden);
    }
    let is_personal =
        wanted.name.is_some() || wanted.login.is_some() || wanted.email.is_some() || wanted.mobile.is_some();
    if is_personal {
        in_charge(app, caller, id).await?;
    }
    let (caller, wanted, now_ms) = (caller.clone(), wanted.clone(), app.clock.now_ms());
    app.writer
        .run(Some(caller.team), move |batch| {
            let (caller, wanted) = (caller.clone(), wanted.clone());
            Box::pin(apply(batch, caller, id, wanted, now_ms))
        })
        .await
}

/// What the audit log keeps of a member.
fn facts(row: &Membership, user: &User) -> Value {
    json!({
        "name": user.name, "login": user.login, "email": user.email, "mobile": user.mobile,
        "role": row.role, "department": row.department_key, "manager": row.manager_id,
        "deputy": row.deputy_id, "skills": row.skills(), "away": row.away,
        "has_access": row.works_here(),
    })
}

async fn apply(
    batch: &mut Batch,
    caller: Caller,
    id: UserId,
    wanted: ChangeMember,
    now_ms: i64,
) -> Result<(), ApiError> {
    let (team, by) = (caller.team, caller.role);
    let (before, user) = member(batch.read(), team, id).await?;
    let mut row = before.clone();
    if let Some(key) = &wanted.department {
        row.department_key = Some(key.clone()).filter(|key| !key.is_empty());
        if let Some(key) = &row.department_key {
            existing_department(batch, team, key).await?;
        }
    }
    if let (Some(true), None) = (wanted.head, &row.department_key) {
        return Err(ApiError::problem("member.head", "/head", "a head needs a department"));
    }
    if let Some(manager) = &wanted.manager {
        row.manager_id = colleague(batch, team, id, manager, "manager").await?;
        check_manager(batch, team, id, row.manager_id).await?;
    }
    if let Some(deputy) = &wanted.deputy {
        row.deputy_id = colleague(batch, team, id, deputy, "deputy").await?;
    }
    if let Some(skills) = wanted.skills {
        row.skills = stored_skills(skills, "/skills")?;
    }
    if let Some(disabled) = wanted.disabled.filter(|disabled| *disabled == before.disabled_at.is_none()) {
        if role(&before.role)? < by {
            return Err(ApiError::Forbidden);
        }
        if disabled {
            keep_an_owner(batch, &before).await?;
        }
        row.disabled_at = disabled.then_some(now_ms);
    }
    row.away = wanted.away.unwrap_or(before.away);
    let was = facts(&before, &user);
    let person =
        personal(batch, user.clone(), wanted.name, wanted.login, wanted.email, wanted.mobile).await?;
    if let Some(person) = &person {
        store::user::update(batch.write(), person).await?;
    }
    let mut is = facts(&row, person.as_ref().unwrap_or(&user));
    if let Some(head) = wanted.head {
        is["head"] = json!(head);
    }
    if was != is {
        let deed = Deed::new("changed", "member", id, &user.name).before(was).after(is);
        batch.audit(deed.by(&caller, now_ms));
    }
    let moved = row.department_key != before.department_key;
    if let Some(old) = before.department_key.as_deref().filter(|_| moved || wanted.head == Some(false)) {
        store::department::dethrone(batch.write(), team, old, id).await?;
    }
    if let (Some(true), Some(key)) = (wanted.head, &row.department_key) {
        store::department::set_head(batch.write(), team, key, id).await?;
    }
    store::membership::update(batch.write(), &row).await?;
    if row.disabled_at.is_some() {
        store::session::delete_of_member(batch.write(), team, id).await?;
        batch.staff(team).await?.leaves(id);
    }
    batch.changed(team, Entity::Member, id, None);
    Ok(())
}

/// The person with what is given of them changed; none when nothing is.
async fn personal(
    batch: &Batch,
    before: User,
    name: Option<String>,
    login: Option<String>,
    email: Option<String>,
    mobile: Option<String>,
) -> Result<Option<User>, ApiError> {
    let mut user = before.clone();
    if let Some(name) = name {
        if let Some(problem) = name_problem(&name) {
            return Err(ApiError::Invalid(vec![problem]));
        }
        user.name = name.trim().to_owned();
    }
    if let Some(login) = login {
        user.login = login::check(&login, "/login").map_err(|problem| ApiError::Invalid(vec![problem]))?;
        if user.login != before.login {
            login::free(batch, &user.login, Some(user.id)).await?;
        }
    }
    let contact = |given: String, read: fn(&str) -> Option<String>, code: &'static str, path: &str| {
        match given.trim() {
            "" => Ok(None),
            given => read(given).map(Some).ok_or_else(|| {
                let message = format!("expected an address of this kind, found `{given}`");
                ApiError::problem(code, path, message)
            }),
        }
    };
    if let Some(email) = email {
        user.email = contact(email, login::mail, "member.email", "/email")?;
    }
    if let Some(mobile) = mobile {
        user.mobile = contact(mobile, login::mobile, "member.mobile", "/mobile")?;
    }
    Ok((user != before).then_some(user))
}

/// Another member who has access; empty for nobody.
async fn colleague(
    batch: &Batch,
    team: TeamId,
    of: UserId,
    given: &str,
    what: &str,
) -> Result<Option<UserId>, ApiError> {
    if given.is_empty() {
        return Ok(None);
    }
    let unknown = || {
        let path = format!("/{what}");
        ApiError::problem("member.unknown", path, format!("expected another member, found `{given}`"))
    };
    let id: UserId = given.parse().map_err(|_| unknown())?;
    let row = store::membership::get(batch.read(), team, id).await?;
    let fits = row.is_some_and(|row| row.works_here()) && id != of;
    if fits { Ok(Some(id)) } else { Err(unknown()) }
}

/// Nobody answers to themselves, whoever stands between.
async fn check_manager(
    batch: &Batch,
    team: TeamId,
    id: UserId,
    manager: Option<UserId>,
) -> Result<(), ApiError> {
    let members = store::membership::list(batch.read(), team).await?;
    let above = |id: UserId| members.iter().find(|row| row.user_id == id).and_then(|row| row.manager_id);
    let mut next = manager;
    // Whoever stands there twice stands in a circle that was there before, and without `id`.
    for _ in 0..members.len() {
        match next {
            Some(above) if above == id => {
                let message = "whom somebody answers to cannot answer to them";
                return Err(ApiError::problem("member.manager", "/manager", message));
            }
            Some(manager) => next = above(manager),
            None => break,
        }
    }
    Ok(())
}

/// As stored: each once, in their order; none when there are none.
pub(super) fn stored_skills(skills: Vec<String>, path: &str) -> Result<Option<String>, ApiError> {
    let mut kept: Vec<String> = Vec::new();
    for skill in skills {
        let skill = skill.trim().to_owned();
        if !skill.is_empty() && !kept.contains(&skill) {
            kept.push(skill);
        }
    }
    if kept.len() > 50 || kept.iter().any(|skill| skill.chars().count() > 50) {
        let message = "expected at most 50 skills of at most 50 characters";
        return Err(ApiError::problem("member.skills", path, message));
    }
    if kept.is_empty() {
        Ok(None)
    } else {
        serde_json::to_string(&kept).map(Some).map_err(ApiError::internal)
    }
}

/// Refuses what would leave the team without an owner.
pub(super) async fn keep_an_owner(batch: &Batch, leaving: &Membership) -> Result<(), ApiError> {
    let owner = Role::Owner.word();
    let is_last = leaving.role == owner
        && leaving.works_here()
        && store::membership::count_role(batch.read(), leaving.team_id, owner).await? <= 1;
    if is_last { Err(Conflict::LastOwner.into()) } else { Ok(()) }
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
    let (caller, now_ms) = (caller.clone(), app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let caller = caller.clone();
            Box::pin(async move {
                let (row, user) = member(batch.read(), team, id).await?;
                if role(&row.role)? < own {
                    return Err(ApiError::Forbidden);
                }
                if wanted != Role::Owner {
                    keep_an_owner(batch, &row).await?;
                }
                store::membership::set_role(batch.write(), team, id, wanted.word()).await?;
                store::session::delete_of_member(batch.write(), team, id).await?;
                let deed = Deed::new("changed", "member", id, &user.name)
                    .before(json!({"role": row.role}))
                    .after(json!({"role": wanted.word()}));
                batch.audit(deed.by(&caller, now_ms));
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
}
