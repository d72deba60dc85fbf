//! Who may see a submission, and why: every member's access, judged as for themselves.

use api_types::{AccessView, FieldAccess};
use form_engine::Language;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::recognise::role;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::permission::{By, RowReach, Rows, Verb};
use crate::services::access::{Access, Company};
use crate::store;
use crate::store::submission::Submission;

/// Every member who has access to the team, by name.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn may_see(
    app: &App,
    caller: &Caller,
    id: SubmissionId,
    field: Option<&str>,
) -> Result<Vec<AccessView>, ApiError> {
    let found = store::submission::get(app.db.read(), caller.team, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found("submission", id))?;
    let everybody = everybody(app, caller, &row).await?.into_iter().map(|(person, reach)| AccessView {
        user: person.user.to_string(),
        role: person.role,
        verbs: reach.verbs().iter().map(|verb| verb.word().to_owned()).collect(),
        field: field.filter(|_| reach.may(Verb::See)).map(|path| of_field(&reach, path)),
        because: reach.why(Verb::See).map(|by| in_words(by, caller.language)).collect(),
        name: person.name,
    });
    Ok(everybody.collect())
}

/// Ids of the members who may see a submission that the caller may see.
///
/// # Errors
///
/// [`ApiError::NotFound`].
pub async fn colleagues(app: &App, caller: &Caller, id: SubmissionId) -> Result<Vec<String>, ApiError> {
    let (row, _) = Access::of(app, caller).await?.find(app, id, Verb::See).await?;
    let everybody = everybody(app, caller, &row).await?.into_iter();
    Ok(everybody
        .filter(|(_, reach)| reach.may(Verb::See))
        .map(|(person, _)| person.user.to_string())
        .collect())
}

/// Every member who has access to the team, by name, and what they may do with the submission.
async fn everybody(
    app: &App,
    caller: &Caller,
    row: &Submission,
) -> Result<Vec<(Caller, RowReach)>, ApiError> {
    let company = Company::load(app, caller.team).await?;
    let given = store::member_role::list(app.db.read(), caller.team).await?;
    let mut people = Vec::new();
    for (membership, user) in store::membership::with_users(app.db.read(), caller.team).await? {
        if user.disabled_at.is_some() || !membership.works_here() {
            continue;
        }
        let person = Caller {
            user: user.id,
            role: role(&membership.role)?,
            department: membership.department_key,
            name: user.name,
            ..caller.clone()
        };
        let held = given.iter().filter(|held| held.user_id == user.id);
        let held: Vec<String> = held.map(|held| held.role_key.clone()).collect();
        let judged = company.access(app, &person, &held).judge(app, row).await?;
        people.push((person, judged.reach));
    }
    Ok(people)
}

fn of_field(reach: &RowReach, path: &str) -> FieldAccess {
    match (reach.sees(path), reach.edits(path)) {
        (false, _) => FieldAccess::Hidden,
        (true, true) => FieldAccess::Edit,
        (true, false) => FieldAccess::See,
    }
}

/// The rule, for the person who asks.
fn in_words(by: &By, language: Language) -> String {
    let pick = |zh: String, en: String| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    match by {
        By::Everything(_) => {
            pick("所有者和管理员可以查看全部数据".into(), "owners and admins see everything".into())
        }
        By::Place(_) => pick(
            "没有角色限制这张表单，按其身份可以查看".into(),
            "no role limits this form, and their place allows it".into(),
        ),
        By::HandedIn => pick("由本人提交".into(), "they handed it in".into()),
        By::Task => pick("有待办任务在其手中".into(), "one of its tasks is in their hands".into()),
        By::Role { title, grant, rows, only, .. } => {
            let title = title.get(language.as_str());
            let number = grant + 1;
            let (zh, en) = match rows {
                Rows::Own => ("本人的数据", "their own"),
                Rows::Department => ("本部门的数据", "their department's"),
                Rows::DepartmentsBelow => ("本部门及下级部门的数据", "their department's and those below"),
                Rows::All => ("全部数据", "all"),
            };
            let (zh_only, en_only) =
                if *only { ("，且满足附加条件", ", where its condition holds") } else { ("", "") };
            pick(
                format!("角色“{title}”第 {number} 条：{zh}{zh_only}"),
                format!("role “{title}”, rule {number}: {en}{en_only}"),
            )
        }
    }
}
