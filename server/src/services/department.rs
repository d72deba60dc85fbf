//! Departments: where tickets of one kind go.

use api_types::{ChangeDepartment, DepartmentView, NewDepartment};
use form_engine::{Language, Problem, Text};
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::document::references::{Reference, Target, references};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{TeamId, UserId};
use crate::services::audit::Deed;
use crate::store;
use crate::store::department::{Department, below_in};
use crate::store::member_invitation::MemberInvitation;
use crate::writer::Batch;

/// The team's departments, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<DepartmentView>, ApiError> {
    let departments = store::department::list(app.db.read(), caller.team).await?;
    let members = store::membership::list(app.db.read(), caller.team).await?;
    let views = departments.into_iter().map(|department| {
        let belongs = members.iter().filter(|member| member.department_key.as_ref() == Some(&department.key));
        DepartmentView {
            title: title(&department.title).get(caller.language.as_str()).to_owned(),
            head: department.head_id.map(|id| id.to_string()),
            members: u32::try_from(belongs.count()).unwrap_or(u32::MAX),
            key: department.key,
            parent: department.parent_key,
        }
    });
    Ok(views.collect())
}

/// A title as stored: JSON of a text in one or several languages.
pub fn title(stored: &str) -> Text {
    serde_json::from_str(stored).unwrap_or_else(|_| Text::from(stored))
}

/// Makes a department.
///
/// # Errors
///
/// A key that is no key, or is taken; an empty title.
pub async fn create(app: &App, caller: &Caller, wanted: &NewDepartment) -> Result<(), ApiError> {
    let problems = problems(wanted);
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let line = Deed::new("created", "department", &wanted.key, wanted.title.get("zh"))
        .by(caller, app.clock.now_ms());
    let department = Department {
        id: app.ids.next(),
        team_id: caller.team,
        key: wanted.key.clone(),
        title: serde_json::to_string(&wanted.title).map_err(ApiError::internal)?,
        head_id: None,
        created_at: app.clock.now_ms(),
        parent_key: wanted.parent.clone().filter(|key| !key.is_empty()),
    };
    app.writer
        .run(Some(caller.team), move |batch| {
            let (department, line) = (department.clone(), line.clone());
            Box::pin(async move {
                let team = department.team_id;
                if store::department::get(batch.read(), team, &department.key).await?.is_some() {
                    return Err(Conflict::Taken(department.key).into());
                }
                check_parent(batch, team, &department.key, department.parent_key.as_deref()).await?;
                let id = department.id;
                store::department::insert(batch.write(), department).await?;
                batch.audit(line);
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
}

/// A department stands below another of the team, and never below itself, whatever stands between.
async fn check_parent(batch: &Batch, team: TeamId, key: &str, parent: Option<&str>) -> Result<(), ApiError> {
    let Some(parent) = parent else { return Ok(()) };
    let all = store::department::list(batch.read(), team).await?;
    let problem = |message: String| Err(ApiError::problem("department.parent", "/parent", message));
    if parent == key || below_in(&all, key).iter().any(|below| below == parent) {
        return problem(format!("`{parent}` is `{key}` itself, or stands below it"));
    }
    if !all.iter().any(|row| row.key == parent) {
        return problem(format!("there is no department `{parent}`"));
    }
    Ok(())
}

/// Renames a department, puts it below another, or gives it another head.
///
/// # Errors
///
/// [`ApiError::NotFound`]; problems of an empty title, a parent that is unknown or stands below it, a head who is no member.
pub async fn change(
    app: &App,
    caller: &Caller,
    key: &str,
    wanted: &ChangeDepartment,
) -> Result<(), ApiError> {
    let (team, language) = (caller.team, caller.language);
    let (key, wanted) = (key.to_owned(), wanted.clone());
    let (caller, now_ms) = (caller.clone(), app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (key, wanted, caller) = (key.clone(), wanted.clone(), caller.clone());
            Box::pin(async move {
                let found = store::department::get(batch.read(), team, &key).await?;
                let mut row = found.ok_or_else(|| ApiError::not_found("department", &key))?;
                let before = facts(&row);
                if let Some(words) = &wanted.title {
                    let words = words.trim();
                    if words.is_empty() {
                        return Err(ApiError::problem("department.title", "/title", "expected a title"));
                    }
                    let text = said(title(&row.title), language.as_str(), words);
                    row.title = serde_json::to_string(&text).map_err(ApiError::internal)?;
                }
                if let Some(parent) = wanted.parent {
                    row.parent_key = Some(parent).filter(|parent| !parent.is_empty());
                    check_parent(batch, team, &key, row.parent_key.as_deref()).await?;
                }
                if let Some(head) = &wanted.head {
                    row.head_id = head_of(batch, team, head).await?;
                }
                store::department::update(batch.write(), &row).await?;
                let deed = Deed::new("changed", "department", &key, title(&row.title).get("zh"));
                batch.audit(deed.before(before).after(facts(&row)).by(&caller, now_ms));
                batch.changed(team, Entity::Member, row.id, None);
                Ok(())
            })
        })
        .await
}

/// Takes a department away in which nobody works, below which none stands, which nobody is invited to, and to which no
/// submission and no definition in force leads.
///
/// # Errors
///
/// [`ApiError::NotFound`]; [`ApiError::Invalid`] with what still holds it.
pub async fn delete(app: &App, caller: &Caller, key: &str) -> Result<(), ApiError> {
    let (team, key, by, now_ms) = (caller.team, key.to_owned(), caller.clone(), app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (key, by) = (key.clone(), by.clone());
            Box::pin(async move {
                let found = store::department::get(batch.read(), team, &key).await?;
                let row = found.ok_or_else(|| ApiError::not_found("department", &key))?;
                let problems = holding(batch, team, &key, by.language, now_ms).await?;
                if !problems.is_empty() {
                    return Err(ApiError::Invalid(problems));
                }
                store::department::delete(batch.write(), team, &key).await?;
                let deed = Deed::new("removed", "department", &key, title(&row.title).get("zh"));
                batch.audit(deed.before(facts(&row)).by(&by, now_ms));
                batch.changed(team, Entity::Member, row.id, None);
                Ok(())
            })
        })
        .await
}

/// What keeps a department from being taken away, in the caller's language.
async fn holding(
    batch: &Batch,
    team: TeamId,
    key: &str,
    language: Language,
    now_ms: i64,
) -> Result<Vec<Problem>, ApiError> {
    let db = batch.read();
    let is_it = |other: &Option<String>| other.as_deref() == Some(key);
    let members = store::membership::list(db, team).await?;
    let people = members.iter().filter(|one| one.left_at.is_none() && is_it(&one.department_key)).count();
    let waits = |one: &&MemberInvitation| {
        one.used_at.is_none() && one.revoked_at.is_none() && one.expires_at > now_ms
    };
    let invited = store::member_invitation::list(db, team).await?;
    let guests = invited.iter().filter(waits).filter(|one| is_it(&one.department_key)).count();
    let all = store::department::list(db, team).await?;
    let below = all.iter().filter(|one| is_it(&one.parent_key)).count();
    let work = store::submission::count_in_department(db, team, key).await?;
    let work = usize::try_from(work).unwrap_or(usize::MAX);
    let counted = [
        ("department.members", people, "还有 {n} 名成员", "{n} members are in it"),
        ("department.invitations", guests, "还有 {n} 份未使用的邀请", "{n} open invitations lead to it"),
        ("department.below", below, "下面还有 {n} 个部门", "{n} departments stand below it"),
        ("department.work", work, "还有 {n} 条数据归它", "{n} submissions are in its hands"),
    ];
    let mut held: Vec<Problem> = counted
        .into_iter()
        .filter(|(_, count, ..)| *count > 0)
        .map(|(code, count, zh, en)| {
            let words = if language == Language::Zh { zh } else { en };
            Problem::new(code, "", words.replace("{n}", &count.to_string()))
        })
        .collect();
    let definitions = store::definition::list(db, team).await?;
    for version in store::version::live(db, team, &definitions).await? {
        let document: Value = serde_json::from_str(&version.document).map_err(ApiError::internal)?;
        let names = |one: &Reference| one.target == Target::Department && one.key == key;
        if references(&document).iter().any(names) {
            let row = definitions.iter().find(|row| row.id == version.definition_id);
            let name = row.map_or("", |row| row.key.as_str());
            let message = match language {
                Language::Zh => format!("定义 `{name}` 用到了它"),
                Language::En => format!("the definition `{name}` names it"),
            };
            held.push(Problem::new("department.named", "", message));
        }
    }
    Ok(held)
}

/// What the audit log keeps of a department.
fn facts(row: &Department) -> Value {
    json!({"title": title(&row.title), "parent": row.parent_key, "head": row.head_id})
}

/// `text` with other words in one language.
pub(super) fn said(text: Text, language: &str, words: &str) -> Text {
    match text {
        Text::Plain(_) => Text::from(words),
        Text::Localized(mut texts) => {
            texts.insert(language.to_owned(), words.to_owned());
            Text::Localized(texts)
        }
    }
}

async fn head_of(batch: &Batch, team: TeamId, head: &str) -> Result<Option<UserId>, ApiError> {
    if head.is_empty() {
        return Ok(None);
    }
    let unknown = || ApiError::problem("department.head", "/head", format!("no member has the id `{head}`"));
    let id: UserId = head.parse().map_err(|_| unknown())?;
    let member = store::membership::get(batch.read(), team, id).await?;
    member.filter(|member| member.works_here()).ok_or_else(unknown).map(|member| Some(member.user_id))
}

fn problems(wanted: &NewDepartment) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !is_key(&wanted.key) {
        let message =
            format!("expected up to 64 lower-case letters, digits and hyphens, found `{}`", wanted.key);
        problems.push(Problem::new("department.key", "/key", message));
    }
    if wanted.title.is_empty() {
        problems.push(Problem::new("department.title", "/title", "expected a title"));
    }
    problems
}

/// Lower-case letters, digits and hyphens, starting with a letter.
pub fn is_key(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}
