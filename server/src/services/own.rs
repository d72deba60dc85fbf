//! What somebody sent, looked up with its receipt and a contact that was given in it: seen, corrected, erased.
//!
//! A receipt alone opens nothing: it is read out on the telephone. Whoever also names the mail address or number that
//! stands in the answer is who sent it.

use std::sync::Arc;

use form_engine::{Identity, IdentityKind, Opening};
use serde_json::{Value, json};

use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::ids::link::same;
use crate::services::audit::Deed;
use crate::services::{erase, revise};
use crate::store;
use crate::store::submission::Submission;

/// What was found stays open this long.
const OPEN_MS: i64 = 30 * 60_000;

/// A submission, opened by whoever sent it.
pub struct Own {
    /// It.
    pub row: Submission,
    /// Its form, in the version it was made with.
    pub live: Arc<LiveForm>,
    /// Who asked.
    pub team_name: String,
    /// Where it can be changed, if the form allows that now.
    pub edit: Option<String>,
}

/// The submission that a receipt and a contact in it name.
///
/// # Errors
///
/// [`ApiError::NotFound`], whichever of the two is wrong.
pub async fn find(app: &App, receipt: &str, contact: &str) -> Result<Own, ApiError> {
    let db = app.db.read();
    for row in store::submission::by_receipt_of_any_team(db, receipt).await? {
        let live = app.form_version(row.team_id, row.form_id, row.version_number).await?;
        let data: Value = serde_json::from_str(&row.data).unwrap_or_default();
        let named = live.form.contacts(&data).iter().any(|known| is_named(known, contact));
        // What staff keyed in or a flow made was never anybody's receipt.
        if named && row.created_by.is_none() && row.channel != "flow" {
            return open(app, row, live).await;
        }
    }
    Err(gone())
}

fn is_named(known: &Identity, contact: &str) -> bool {
    let read = match known.kind {
        IdentityKind::External => Identity::read(IdentityKind::External, contact),
        IdentityKind::Mail | IdentityKind::Phone => Identity::of_contact(contact),
    };
    read.is_some_and(|read| read.value == known.value)
}

async fn open(app: &App, row: Submission, live: Arc<LiveForm>) -> Result<Own, ApiError> {
    let db = app.db.read();
    let team = store::team::get(db, row.team_id).await?.ok_or_else(gone)?;
    let definition = store::definition::get(db, row.team_id, row.form_id).await?;
    let mut edit = None;
    if let Some(number) = definition.and_then(|definition| definition.live_version) {
        let now = app.form_version(row.team_id, row.form_id, number).await?;
        let publish = now.form.publish();
        let allowed = publish.edit && publish.at(app.clock.now_ms()) == Opening::Open;
        edit = publish.slug.as_ref().filter(|_| allowed).map(|slug| revise::edit_url(app, slug, row.id));
    }
    Ok(Own { row, live, team_name: team.name, edit })
}

fn gone() -> ApiError {
    ApiError::not_found("submission", "of this receipt")
}

/// What the page of an opened submission carries, so that it stays open for a while.
pub fn key(app: &App, id: SubmissionId) -> String {
    let text = format!("{id}.{}", app.clock.now_ms() + OPEN_MS);
    format!("{text}.{}", app.links.seal("own", &text))
}

/// The submission that such a key keeps open.
///
/// # Errors
///
/// [`ApiError::NotFound`] when it is none, or too old.
pub async fn by_key(app: &App, key: &str) -> Result<Own, ApiError> {
    let (text, seal) = key.rsplit_once('.').ok_or_else(gone)?;
    let (id, until_ms) = text.split_once('.').ok_or_else(gone)?;
    let fresh = until_ms.parse::<i64>().is_ok_and(|until_ms| until_ms > app.clock.now_ms());
    if !fresh || !same(seal, &app.links.seal("own", text)) {
        return Err(gone());
    }
    let id: SubmissionId = id.parse().map_err(|_| gone())?;
    let row = store::submission::get_of_any_team(app.db.read(), id).await?.ok_or_else(gone)?;
    let live = app.form_version(row.team_id, row.form_id, row.version_number).await?;
    open(app, row, live).await
}

/// Erases what was sent, with everything that came of it, and the sender's card when nothing else is theirs.
///
/// # Errors
///
/// Those of the database.
pub async fn erase(app: &App, own: &Own) -> Result<(), ApiError> {
    let (team, id, form) = (own.row.team_id, own.row.id, own.row.form_key.clone());
    let mut ids = vec![id];
    // What it led to repeats it: a ticket holds a copy of the answers.
    let mut at = 0;
    while let Some(parent) = ids.get(at).copied() {
        let children = store::submission::children(app.db.read(), team, parent).await?;
        ids.extend(children.into_iter().map(|child| child.id));
        at += 1;
    }
    let (customer, number, now_ms) = (own.row.customer_id, own.row.number, app.clock.now_ms());
    // Nobody is named: who erases what they sent leaves nothing behind, also not here.
    let deed = Deed::new("erased", "submission", id, &format!("{form} #{number}"));
    let line = deed.after(json!({"submissions": ids.len()})).by_link(team, None, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let (ids, line) = (ids.clone(), line.clone());
            Box::pin(async move {
                erase::all(batch, team, ids).await?;
                if let Some(customer) = customer {
                    erase::customer(batch, team, customer).await?;
                }
                batch.audit(line);
                Ok(())
            })
        })
        .await
}
