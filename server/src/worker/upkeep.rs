//! What keeps the database small and safe: the daily copy, and forgetting what nobody asks for any more.

use sea_orm::DbErr;

use super::backup;
use crate::app::App;
use crate::services::uploads;
use crate::store;

const HOUR_MS: i64 = 3_600_000;
/// A retry of a submit finds its answer this long.
const KEYS_MS: i64 = 72 * HOUR_MS;
/// A live page that was away longer loads everything again.
const CHANGES_MS: i64 = 7 * 24 * HOUR_MS;
/// What concerned somebody is told this long, read or not.
const NOTIFICATIONS_MS: i64 = 90 * 24 * HOUR_MS;

/// Does what is due of it.
pub async fn keep(app: &App) {
    backup::keep(app).await;
    if let Err(error) = uploads::sweep(app).await {
        tracing::warn!(%error, "files without an answer could not be forgotten; trying again");
    }
    let now_ms = app.clock.now_ms();
    let forgotten = app
        .writer
        .run(None, move |batch| {
            Box::pin(async move {
                let forgotten: Result<(), DbErr> = async {
                    store::idempotency::forget_before(batch.write(), now_ms - KEYS_MS).await?;
                    store::saved::forget_before(batch.write(), now_ms).await?;
                    store::change::forget_before(batch.write(), now_ms - CHANGES_MS).await?;
                    store::notification::forget_before(batch.write(), now_ms - NOTIFICATIONS_MS).await?;
                    Ok(())
                }
                .await;
                Ok(forgotten?)
            })
        })
        .await;
    if let Err(error) = forgotten {
        tracing::warn!(%error, "old keys, changes and notifications could not be forgotten; trying again");
    }
}
