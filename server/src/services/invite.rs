//! Invitations: a link that works once makes somebody a member of the team.
//!
//! Whoever made it must still be allowed to when it is used: nothing about rights is kept in the link.

use api_types::{InvitationState, InvitationView, Join, JoinView, NewInvitation, Role};
use form_engine::{Language, Problem};
use serde_json::json;

use crate::app::App;
use crate::auth::recognise::role;
use crate::auth::secret::Secret;
use crate::auth::{Caller, password};
use crate::clock::rfc3339;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::link::{self, Purpose};
use crate::ids::{MemberInvitationId, TeamId, UserId};
use crate::services::audit::Deed;
use crate::services::letter::{self, Kind, Letter, say};
use crate::services::session::{self, Origin};
use crate::services::team::at_the_machine;
use crate::services::{department, login, member};
use crate::store;
use crate::store::audit::AuditLine;
use crate::store::member_invitation::MemberInvitation;
use crate::store::membership::Membership;
use crate::store::user::User;
use crate::writer::Batch;

/// How long a link works.
const LIFETIME_MS: i64 = 7 * 24 * 3_600_000;

/// Invites somebody; with a mail address, the link goes there as well.
///
/// # Errors
///
/// [`ApiError::Forbidden`] for a role above the caller's; problems of the body. Nobody is invited to own a team.
pub async fn create(app: &App, caller: &Caller, wanted: &NewInvitation) -> Result<InvitationView, ApiError> {
    check(caller, wanted)?;
    let row = row(app, caller, wanted, None);
    let message = match &row.email {
        Some(mail) => Some(mail_of(app, caller, &row, mail).await?),
        None => None,
    };
    let view = view(app, row.clone(), true)?;
    let title = row.name.clone().or_else(|| row.email.clone()).unwrap_or_default();
    let line = Deed::new("created", "invitation", row.id, &title)
        .after(json!({"role": row.role, "department": row.department_key, "email": row.email}))
        .by(caller, row.created_at);
    app.writer
        .run(Some(caller.team), move |batch| {
            let (row, message, line) = (row.clone(), message.clone(), line.clone());
            Box::pin(async move {
                if let Some(key) = &row.department_key {
                    member::existing_department(batch, row.team_id, key).await?;
                }
                batch.changed(row.team_id, Entity::Member, row.id, None);
                batch.add_now(row).await?;
                batch.audit(line);
                if let Some(message) = message {
                    batch.changed(message.team_id, Entity::Outbox, message.id, None);
                    batch.add(message);
                }
                Ok(())
            })
        })
        .await?;
    Ok(view)
}

fn check(caller: &Caller, wanted: &NewInvitation) -> Result<(), ApiError> {
    if wanted.role < caller.role {
        return Err(ApiError::Forbidden);
    }
    let mut problems = Vec::new();
    if wanted.role == Role::Owner {
        problems.push(Problem::new(
            "invitation.owner",
            "/role",
            "ownership is handed over by an owner, to a member",
        ));
    }
    if let Some(name) = wanted.name.as_deref().filter(|name| !name.trim().is_empty()) {
        problems.extend(member::name_problem(name));
    }
    if let Some(mail) = wanted.email.as_deref().filter(|mail| !mail.trim().is_empty())
        && login::mail(mail).is_none()
    {
        let message = format!("expected a mail address, found `{}`", mail.trim());
        problems.push(Problem::new("member.email", "/email", message));
    }
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

/// An invitation to be stored; `user`: the account that waits for its person.
pub(super) fn row(
    app: &App,
    caller: &Caller,
    wanted: &NewInvitation,
    user: Option<UserId>,
) -> MemberInvitation {
    let (id, now_ms): (MemberInvitationId, _) = (app.ids.next(), app.clock.now_ms());
    MemberInvitation {
        id,
        team_id: caller.team,
        token_hash: link::hash(&app.links.token(Purpose::Join, id)),
        role: wanted.role.word().to_owned(),
        department_key: wanted.department.clone().filter(|key| !key.is_empty()),
        user_id: user,
        name: wanted.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        email: wanted.email.as_deref().and_then(login::mail),
        created_by: caller.user,
        created_at: now_ms,
        expires_at: now_ms + LIFETIME_MS,
        revoked_at: None,
        used_at: None,
        used_by: None,
    }
}

async fn mail_of(
    app: &App,
    caller: &Caller,
    row: &MemberInvitation,
    to: &str,
) -> Result<store::outbox::Message, ApiError> {
    let team = store::team::get(app.db.read(), row.team_id).await?;
    let team = team.ok_or_else(|| ApiError::not_found("team", row.team_id))?;
    let said = |zh: String, en: String| say(&team.language, &zh, &en).to_owned();
    let letter = Letter {
        team: row.team_id,
        kind: Kind::Join,
        id: row.id.into(),
        to,
        subject: said(
            format!("{} 邀请您加入“{}”", caller.name, team.name),
            format!("{} invites you to join {}", caller.name, team.name),
        ),
        text: said(
            format!("{} 邀请您加入团队“{}”。请打开下面的链接，设置账号和密码。", caller.name, team.name),
            format!(
                "{} invites you to join the team {}. Open the link below to choose a login and a password.",
                caller.name, team.name
            ),
        ),
        end: said(
            "链接 7 天内有效，只能使用一次，请勿转发。".into(),
            "The link works once, within 7 days, and is for you alone.".into(),
        ),
    };
    Ok(letter::message(app, letter))
}

/// The team's invitations, newest first. Those that are open come with their link.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<InvitationView>, ApiError> {
    let members = store::membership::list(app.db.read(), caller.team).await?;
    let rows = store::member_invitation::list(app.db.read(), caller.team).await?;
    let views = rows.into_iter().map(|row| {
        let by = members.iter().find(|member| member.user_id == row.created_by);
        let stands = may_invite(by, &row)?;
        let mut view = view(app, row, stands)?;
        // A link gives what its role may do: who may not give that role does not get to see it.
        view.link = view.link.filter(|_| view.role >= caller.role);
        Ok(view)
    });
    views.collect()
}

/// Does whoever made it still have the right to?
fn may_invite(by: Option<&Membership>, row: &MemberInvitation) -> Result<bool, ApiError> {
    let Some(by) = by.filter(|by| by.works_here()) else { return Ok(false) };
    let (own, given) = (role(&by.role)?, role(&row.role)?);
    Ok(own <= Role::Admin && own <= given)
}

fn state(row: &MemberInvitation, stands: bool, now_ms: i64) -> InvitationState {
    if row.used_at.is_some() {
        InvitationState::Used
    } else if row.revoked_at.is_some() {
        InvitationState::Revoked
    } else if !stands || now_ms >= row.expires_at {
        InvitationState::Over
    } else {
        InvitationState::Open
    }
}

fn view(app: &App, row: MemberInvitation, stands: bool) -> Result<InvitationView, ApiError> {
    let state = state(&row, stands, app.clock.now_ms());
    Ok(InvitationView {
        id: row.id.to_string(),
        role: role(&row.role)?,
        department: row.department_key,
        name: row.name,
        email: row.email,
        state,
        link: (state == InvitationState::Open).then(|| Kind::Join.url(app, row.id.into())),
        created_at: rfc3339(row.created_at),
        expires_at: rfc3339(row.expires_at),
    })
}

/// Another invitation in the place of one that has run out: the same person, place and department, a fresh link.
///
/// # Errors
///
/// [`ApiError::NotFound`] for one that was used or taken back, and another team's, too; otherwise as [`create`].
pub async fn renew(app: &App, caller: &Caller, id: MemberInvitationId) -> Result<InvitationView, ApiError> {
    let gone = || ApiError::not_found("invitation", id);
    let rows = store::member_invitation::list(app.db.read(), caller.team).await?;
    let before = rows.into_iter().find(|row| row.id == id);
    let before = before.filter(|row| row.used_at.is_none() && row.revoked_at.is_none()).ok_or_else(gone)?;
    let wanted = NewInvitation {
        role: role(&before.role)?,
        department: before.department_key,
        name: before.name,
        email: before.email,
    };
    check(caller, &wanted)?;
    let row = row(app, caller, &wanted, before.user_id);
    let message = match &row.email {
        Some(mail) => Some(mail_of(app, caller, &row, mail).await?),
        None => None,
    };
    let view = view(app, row.clone(), true)?;
    let title = row.name.clone().or_else(|| row.email.clone()).unwrap_or_default();
    let (team, now_ms) = (caller.team, row.created_at);
    let line = Deed::new("renewed", "invitation", row.id, &title).by(caller, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let (row, message, line) = (row.clone(), message.clone(), line.clone());
            Box::pin(async move {
                if let Some(key) = &row.department_key {
                    member::existing_department(batch, team, key).await?;
                }
                if !store::member_invitation::revoke(batch.write(), team, id, now_ms).await? {
                    return Err(ApiError::not_found("invitation", id));
                }
                batch.changed(team, Entity::Member, row.id, None);
                batch.add_now(row).await?;
                batch.audit(line);
                if let Some(message) = message {
                    batch.changed(team, Entity::Outbox, message.id, None);
                    batch.add(message);
                }
                Ok(())
            })
        })
        .await?;
    Ok(view)
}

/// Takes an invitation back; its link opens nothing from the next request on.
///
/// # Errors
///
/// [`ApiError::NotFound`] for one that is not open, and another team's, too.
pub async fn revoke(app: &App, caller: &Caller, id: MemberInvitationId) -> Result<(), ApiError> {
    let (team, now_ms) = (caller.team, app.clock.now_ms());
    let line = Deed::new("revoked", "invitation", id, "").by(caller, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                if !store::member_invitation::revoke(batch.write(), team, id, now_ms).await? {
                    return Err(ApiError::not_found("invitation", id));
                }
                batch.audit(line);
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
}

/// What a link offers.
///
/// # Errors
///
/// [`ApiError::LinkOver`].
pub async fn look(app: &App, token: &str, language: Language) -> Result<JoinView, ApiError> {
    let row = open(app.db.read(), token, app.clock.now_ms()).await?;
    let team = store::team::get(app.db.read(), row.team_id).await?.ok_or(ApiError::LinkOver)?;
    let waiting = waiting(app.db.read(), &row).await?;
    let department = match &row.department_key {
        Some(key) => store::department::get(app.db.read(), row.team_id, key).await?,
        None => None,
    };
    Ok(JoinView {
        team: team.name,
        role: role(&row.role)?,
        department: department.map(|row| department::title(&row.title).get(language.as_str()).to_owned()),
        name: waiting.as_ref().map(|user| user.name.clone()).or(row.name),
        is_waiting: waiting.is_some(),
        login: waiting.map(|user| user.login).or(row.email),
    })
}

/// The invitation of a link that still works.
async fn open(
    db: &impl sea_orm::ConnectionTrait,
    token: &str,
    now_ms: i64,
) -> Result<MemberInvitation, ApiError> {
    let row = store::member_invitation::by_token_of_any_team(db, link::hash(token)).await?;
    let row = row.ok_or(ApiError::LinkOver)?;
    let by = store::membership::get(db, row.team_id, row.created_by).await?;
    let stands = may_invite(by.as_ref(), &row)?;
    if state(&row, stands, now_ms) == InvitationState::Open { Ok(row) } else { Err(ApiError::LinkOver) }
}

/// The account that waits for whoever opens the link; one that has a password already waits for nobody.
async fn waiting(
    db: &impl sea_orm::ConnectionTrait,
    row: &MemberInvitation,
) -> Result<Option<User>, ApiError> {
    let Some(id) = row.user_id else { return Ok(None) };
    let user = store::user::get(db, id).await?;
    let is_theirs = |user: &User| user.is_waiting() && user.disabled_at.is_none();
    user.filter(is_theirs).ok_or(ApiError::LinkOver).map(Some)
}

/// Makes the account, or takes the one that waits, and signs in.
///
/// # Errors
///
/// [`ApiError::LinkOver`], also for the slower of two; [`ApiError::Invalid`]; a conflict when the login is taken.
pub async fn join(
    app: &App,
    token: &str,
    given: &Join,
    language: Language,
    origin: Origin,
) -> Result<Secret, ApiError> {
    let now_ms = app.clock.now_ms();
    let row = open(app.db.read(), token, now_ms).await?;
    let waiting = waiting(app.db.read(), &row).await?;
    let login = match &waiting {
        Some(user) => Ok(user.login.clone()),
        None => login::check(&given.login, "/login"),
    };
    let known = [given.name.as_str(), login.as_deref().unwrap_or_default()];
    let mut problems = password::check_new(&given.password, known, "/password");
    problems.extend(member::name_problem(&given.name));
    let login = match login {
        Ok(login) if problems.is_empty() => login,
        Ok(_) => return Err(ApiError::Invalid(problems)),
        Err(problem) => {
            problems.push(problem);
            return Err(ApiError::Invalid(problems));
        }
    };
    let (email, mobile) = login::contacts(&login);
    let user = User {
        id: waiting.map_or_else(|| app.ids.next(), |user| user.id),
        name: given.name.trim().to_owned(),
        email: email.or(row.email),
        login,
        password_hash: app.guard.passwords.hash(&given.password).await?,
        language: language.as_str().to_owned(),
        disabled_at: None,
        created_at: now_ms,
        mobile,
    };
    let (team, id, token) = (row.team_id, user.id, token.to_owned());
    let line = joined(team, id, &user.name, role(&row.role)?, language, now_ms);
    let password =
        Deed::new("set_password", "member", id, &user.name).by_link(team, Some((id, &user.name)), now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let (user, token, line, password) = (user.clone(), token.clone(), line.clone(), password.clone());
            Box::pin(async move {
                let row = open(batch.read(), &token, now_ms).await?;
                match waiting_in(batch, &row).await? {
                    Some(waiting) => claim(batch, waiting, user).await?,
                    None => enter(batch, &row, user, now_ms).await?,
                }
                batch.audit(line);
                batch.audit(password);
                take(batch, &row, id, now_ms).await
            })
        })
        .await?;
    session::open(app, id, team, origin).await
}

/// The line that says so, by whoever joins.
fn joined(team: TeamId, user: UserId, name: &str, role: Role, language: Language, now_ms: i64) -> AuditLine {
    let who = at_the_machine(team, user, name, role, language);
    let deed = Deed::new("joined", "member", user, name).after(json!({"role": role.word()}));
    AuditLine { via: "link".to_owned(), ..deed.by(&who, now_ms) }
}

async fn waiting_in(batch: &Batch, row: &MemberInvitation) -> Result<Option<User>, ApiError> {
    waiting(batch.read(), row).await
}

/// The account that waited has its person.
async fn claim(batch: &mut Batch, waiting: User, user: User) -> Result<(), ApiError> {
    store::user::update(batch.write(), &User { name: user.name, ..waiting }).await?;
    store::user::speak(batch.write(), user.id, &user.language).await?;
    Ok(store::user::give_password(batch.write(), user.id, &user.password_hash).await?)
}

/// A new account, and its membership.
async fn enter(batch: &mut Batch, row: &MemberInvitation, user: User, now_ms: i64) -> Result<(), ApiError> {
    login::free(batch, &user.login, None).await?;
    let membership =
        member::new_membership(row.team_id, user.id, &row.role, row.department_key.clone(), now_ms);
    store::user::insert(batch.write(), user).await?;
    Ok(store::membership::insert(batch.write(), membership).await?)
}

async fn take(batch: &mut Batch, row: &MemberInvitation, by: UserId, now_ms: i64) -> Result<(), ApiError> {
    if !store::member_invitation::take(batch.write(), row.id, by, now_ms).await? {
        return Err(ApiError::LinkOver);
    }
    batch.changed(row.team_id, Entity::Member, by, None);
    Ok(())
}

/// Somebody who has an account joins with it. Answers the team.
///
/// # Errors
///
/// [`ApiError::LinkOver`]; a conflict for who is a member; [`ApiError::Forbidden`] for a member whose access was taken.
pub async fn join_as(app: &App, caller: &Caller, token: &str) -> Result<TeamId, ApiError> {
    let now_ms = app.clock.now_ms();
    let row = open(app.db.read(), token, now_ms).await?;
    let team = row.team_id;
    let (user, name, token) = (caller.user, caller.name.clone(), token.to_owned());
    let line = joined(team, user, &name, role(&row.role)?, caller.language, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let (name, token, line) = (name.clone(), token.clone(), line.clone());
            Box::pin(async move {
                let row = open(batch.read(), &token, now_ms).await?;
                if row.user_id.is_some_and(|waiting| waiting != user) {
                    return Err(ApiError::LinkOver);
                }
                let before = store::membership::get(batch.read(), team, user).await?;
                let fresh = member::new_membership(team, user, &row.role, row.department_key.clone(), now_ms);
                match before {
                    None => store::membership::insert(batch.write(), fresh).await?,
                    Some(before) if before.left_at.is_some() => {
                        store::membership::update(batch.write(), &fresh).await?;
                    }
                    Some(before) if before.disabled_at.is_some() => return Err(ApiError::Forbidden),
                    Some(_) => return Err(Conflict::Taken(name).into()),
                }
                // Links that admins of the other team made for this account are no longer theirs to use.
                store::password_reset::forget(batch.write(), user, now_ms).await?;
                batch.audit(line);
                take(batch, &row, user, now_ms).await
            })
        })
        .await?;
    Ok(team)
}
