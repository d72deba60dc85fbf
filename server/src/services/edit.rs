//! Changing what a submission says, by hand.
//!
//! The whole document is judged as on the day it came in, by the version it was made with; what changed is written down with what stood
//! there before.

use api_types::ChangeAnswers;
use form_engine::{FieldKind, Language, Problem, pointer};
use serde_json::{Map, Value};

use super::case::{By, Case, Changed};
use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::{ApiError, Conflict};
use crate::ids::SubmissionId;
use crate::permission::{RowReach, Verb};
use crate::services::access::Access;
use crate::services::audit::Deed;
use crate::services::submit::fields;

/// Changes answers, by the pointers of their fields; `null` takes one out.
///
/// # Errors
///
/// [`ApiError::NotFound`], [`ApiError::Forbidden`]; [`Conflict::Stale`] when somebody was quicker; problems of fields that may not be
/// changed, and of the answers.
pub async fn edit(
    app: &App,
    caller: &Caller,
    id: SubmissionId,
    wanted: ChangeAnswers,
) -> Result<(), ApiError> {
    let (_, judged) = Access::of(app, caller).await?.find(app, id, Verb::Edit).await?;
    refuse_kept(&wanted.data, &judged.reach, caller.language)?;
    let catalog = app.catalog(caller.team).await?;
    let (app, by, language, reach) = (app.clone(), caller.clone(), caller.language, judged.reach);
    let writer = app.writer.clone();
    writer
        .run(Some(caller.team), move |batch| {
            let (app, catalog, wanted, by) = (app.clone(), catalog.clone(), wanted.clone(), by.clone());
            let reach = reach.clone();
            Box::pin(async move {
                let mut case = Case::load(&app, &mut *batch, catalog, id, Some(by.user)).await?;
                if wanted.updated_at.is_some_and(|seen| seen != rfc3339(case.row.updated_at)) {
                    return Err(Conflict::Stale.into());
                }
                let changed = change(&mut case, &wanted.data, &reach, language).await?;
                let line = changed.map(|Changed { before, after }| {
                    let title = format!("{} #{}", case.row.form_key, case.row.number);
                    let deed = Deed::new("changed", "submission", id, &title)
                        .before(before.into())
                        .after(after.into());
                    deed.by(&by, app.clock.now_ms())
                });
                case.store().await?;
                line.into_iter().for_each(|line| batch.audit(line));
                Ok(())
            })
        })
        .await
}

/// What is hidden is answered like what the form does not have.
fn refuse_kept(changes: &Map<String, Value>, reach: &RowReach, language: Language) -> Result<(), ApiError> {
    let problems: Vec<Problem> = changes
        .keys()
        .filter(|path| !reach.edits(path))
        .map(|path| match (reach.sees(path), language) {
            (true, Language::Zh) => {
                Problem::new("submission.read_only", path.clone(), "你的角色不能修改这一项")
            }
            (true, Language::En) => {
                Problem::new("submission.read_only", path.clone(), "your role may not change this")
            }
            (false, language) => no_field(path.clone(), language),
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

/// What the form does not have, or what is kept from who asks.
pub fn no_field(path: String, language: Language) -> Problem {
    let message = match language {
        Language::Zh => "表单没有这一项",
        Language::En => "the form has no such field",
    };
    Problem::new("submission.no_field", path, message)
}

async fn change(
    case: &mut Case<'_>,
    changes: &Map<String, Value>,
    reach: &RowReach,
    language: Language,
) -> Result<Option<Changed>, ApiError> {
    let form = case.form().clone();
    let mut data = case.data();
    for (path, value) in changes {
        let Some(field) = form.form.field(path) else {
            return Err(ApiError::Invalid(vec![no_field(path.clone(), language)]));
        };
        if field.kind == FieldKind::SerialNumber {
            let message = match language {
                Language::Zh => "编号由系统给出，不能修改",
                Language::En => "the number was given and stays",
            };
            return Err(ApiError::problem("submission.read_only", path.clone(), message));
        }
        if value.is_null() {
            pointer::remove(&mut data, path);
        } else {
            pointer::set(&mut data, path, value.clone());
        }
    }
    let kept = fields(&form.form, |field| !reach.edits(&field.path));
    case.replace_answers(data, language, By::Staff { kept: &kept }).await
}
