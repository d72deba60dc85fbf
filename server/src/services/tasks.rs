//! Work for people, newest first.

use api_types::TaskPage;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::ids::TaskId;
use crate::services::access::Access;
use crate::services::submissions::{people, task_view};
use crate::store;

/// The team's tasks on submissions the caller may see; the caller's open ones when `mine`. A page may hold fewer than asked for.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(
    app: &App,
    caller: &Caller,
    mine: bool,
    limit: u32,
    cursor: Option<&str>,
) -> Result<TaskPage, ApiError> {
    let before = cursor.map(str::parse::<TaskId>).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let limit = limit.clamp(1, 200);
    let assignee = mine.then_some(caller.user);
    let mut tasks =
        store::task::page(app.db.read(), caller.team, assignee, before, u64::from(limit) + 1).await?;
    let more = tasks.len() > limit as usize;
    tasks.truncate(limit as usize);
    let next = tasks.last().filter(|_| more).map(|task| task.id.to_string());
    let ids: Vec<_> = tasks.iter().filter_map(|task| task.submission_id).collect();
    let submissions = store::submission::by_ids(app.db.read(), caller.team, &ids).await?;
    let submissions = Access::of(app, caller).await?.seen(app, submissions).await?;
    let people = people(app, caller).await?;
    let items = tasks
        .into_iter()
        .filter_map(|task| {
            let (submission, _) = submissions.iter().find(|(row, _)| Some(row.id) == task.submission_id)?;
            Some(task_view(task, submission, caller, &people))
        })
        .collect();
    Ok(TaskPage { items, next })
}
