//! Half an answer is kept for a month, under a link and a short code, to go on with on another device.

use form_engine::pointer;
use serde_json::Value;

use crate::app::App;
use crate::error::ApiError;
use crate::ids::link::{self, Purpose};
use crate::ids::{SavedId, UploadId};
use crate::services::public_form::Published;
use crate::services::uploads;
use crate::store;
use crate::store::saved::Saved;

/// How long it is kept.
pub const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// What its owner is told.
pub struct Kept {
    /// Address that opens the form with everything typed.
    pub url: String,
    /// To be typed at `/r`.
    pub code: String,
    /// Until then.
    pub until_ms: i64,
}

/// Keeps what was typed so far. Who went on with a kept answer keeps it under the same link again.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a form that keeps none.
pub async fn keep(app: &App, slug: &str, published: &Published, data: &Value) -> Result<Kept, ApiError> {
    let live = &published.live;
    if !live.form.publish().save {
        return Err(ApiError::not_found("form", slug));
    }
    let now_ms = app.clock.now_ms();
    let id: SavedId = published.saved.as_ref().map_or_else(|| app.ids.next(), |saved| saved.id);
    let row = Saved {
        id,
        team_id: live.team,
        form_id: live.definition,
        token_hash: link::hash(&app.links.token(Purpose::Saved, id)),
        code: app.links.receipt(id),
        invitation_id: published.invitation.as_ref().map(|invitation| invitation.id),
        data: data.to_string(),
        created_at: now_ms,
        expires_at: now_ms + KEPT_MS,
    };
    let files = files_of(published, data);
    let kept = Kept {
        url: app.config.base_url.join(&address(app, slug, &row)),
        code: row.code.clone(),
        until_ms: row.expires_at,
    };
    app.writer
        .run(Some(live.team), move |batch| {
            let (row, files) = (row.clone(), files.clone());
            Box::pin(async move {
                let until_ms = row.expires_at;
                store::saved::put(batch.write(), row).await?;
                if !files.is_empty() {
                    store::upload::keep(batch.write(), files, until_ms).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(kept)
}

fn files_of(published: &Published, data: &Value) -> Vec<UploadId> {
    let fields = published.live.form.fields().iter().filter(|field| uploads::is_file(field));
    let values = fields.flat_map(|field| pointer::resolve(data, &field.path));
    values.flat_map(|(_, value)| uploads::ids_in(value)).collect()
}

/// Where a kept answer goes on.
fn address(app: &App, slug: &str, saved: &Saved) -> String {
    let token = app.links.token(Purpose::Saved, saved.id);
    let invited = saved.invitation_id.map(|id| format!("&i={}", app.links.token(Purpose::Invitation, id)));
    format!("/f/{slug}?s={token}{}", invited.unwrap_or_default())
}

/// The address that a typed code stands for, if it names an answer that is kept.
///
/// # Errors
///
/// When the database does not answer.
pub async fn by_code(app: &App, code: &str) -> Result<Option<String>, ApiError> {
    let db = app.db.read();
    let found = store::saved::by_code_of_any_team(db, code).await?;
    let Some(saved) = found.filter(|saved| saved.expires_at > app.clock.now_ms()) else { return Ok(None) };
    let definition = store::definition::get(db, saved.team_id, saved.form_id).await?;
    let Some(number) = definition.and_then(|definition| definition.live_version) else { return Ok(None) };
    let live = app.form_version(saved.team_id, saved.form_id, number).await?;
    Ok(live.form.publish().slug.as_ref().map(|slug| address(app, slug, &saved)))
}

/// It was sent off: nothing of it is kept any longer. One that stays behind is forgotten after a month.
pub async fn forget(app: &App, saved: &Saved) {
    let (team, id) = (saved.team_id, saved.id);
    let gone = app
        .writer
        .run(Some(team), move |batch| {
            Box::pin(async move { Ok(store::saved::delete(batch.write(), id).await?) })
        })
        .await;
    if let Err(error) = gone {
        tracing::warn!(%error, "a kept answer was sent off and is still kept");
    }
}
