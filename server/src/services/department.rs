//! Departments: where tickets of one kind go.

use api_types::{DepartmentView, NewDepartment};
use form_engine::{Problem, Text};

use crate::app::App;
use crate::auth::Caller;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::store;
use crate::store::department::Department;

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
    let department = Department {
        id: app.ids.next(),
        team_id: caller.team,
        key: wanted.key.clone(),
        title: serde_json::to_string(&wanted.title).map_err(ApiError::internal)?,
        head_id: None,
        created_at: app.clock.now_ms(),
    };
    app.writer
        .run(Some(caller.team), move |batch| {
            let department = department.clone();
            Box::pin(async move {
                let team = department.team_id;
                if store::department::get(batch.read(), team, &department.key).await?.is_some() {
                    return Err(Conflict::Taken(department.key).into());
                }
                let id = department.id;
                store::department::insert(batch.write(), department).await?;
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
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
