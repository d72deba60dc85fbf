//! Whoever sent an answer changes it, by the link they were given: judged like a new one, in the version it was made with.

use api_types::Receipt;
use form_engine::Language;
use serde_json::Value;

use super::case::{By, Case, progress_url};
use crate::app::App;
use crate::error::{ApiError, Conflict};
use crate::ids::SubmissionId;
use crate::ids::link::{self, Purpose};
use crate::services::public_form::Published;

/// The address under which a submission's sender changes it.
pub fn edit_url(app: &App, slug: &str, id: SubmissionId) -> String {
    app.config.base_url.join(&format!("/f/{slug}?e={}", edit_token(app, id)))
}

fn edit_token(app: &App, id: SubmissionId) -> String {
    format!("{id}.{}", app.links.token(Purpose::Edit, id))
}

/// The submission that an edit link is about.
pub fn edited_by(app: &App, token: &str) -> Option<SubmissionId> {
    let id: SubmissionId = token.split_once('.')?.0.parse().ok()?;
    link::same(token, &edit_token(app, id)).then_some(id)
}

/// Stores other answers in the place of those that were sent. What only staff fill, and numbers that were given, stay.
///
/// # Errors
///
/// [`ApiError::Invalid`] with every problem; [`Conflict::FormClosed`] when the form takes none any more.
pub async fn revise(
    app: &App,
    published: &Published,
    id: SubmissionId,
    data: Value,
    language: Language,
) -> Result<Receipt, ApiError> {
    let live = published.live.clone();
    let team = live.team;
    let catalog = app.catalog(team).await?;
    let (writer, app) = (app.writer.clone(), app.clone());
    writer
        .run(Some(team), move |batch| {
            let (app, catalog, live, data) = (app.clone(), catalog.clone(), live.clone(), data.clone());
            Box::pin(async move {
                let mut case = Case::load(&app, batch, catalog, id, None).await?;
                if case.row.form_id != live.definition || case.row.version_number != live.version {
                    return Err(Conflict::Stale.into());
                }
                case.replace_answers(data, language, By::Customer).await?;
                let receipt = Receipt {
                    id: id.to_string(),
                    receipt: case.row.receipt.clone(),
                    progress: case.progress().map(|id| progress_url(&app, id)),
                    edit: None,
                };
                case.store().await?;
                Ok(receipt)
            })
        })
        .await
}
