//! What leaves the building, stored with the change that caused it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::index;

/// See the file's head.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("outbox")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid_null("submission_id"))
            .col(string("kind"))
            .col(text("recipient"))
            .col(text("subject"))
            .col(text("text"))
            .col(string("status"))
            .col(integer("attempts"))
            .col(text_null("error"))
            .col(text("message_id"))
            .col(big_integer("due_at"))
            .col(big_integer("lease_until"))
            .col(uuid_null("lease_token"))
            .col(big_integer("created_at"))
            .col(big_integer_null("sent_at"));
        manager.create_table(table).await?;
        manager.create_index(index("outbox_due", "outbox", &["status", "due_at"])).await?;
        manager.create_index(index("outbox_team", "outbox", &["team_id", "created_at"])).await?;
        manager.create_index(index("outbox_submission", "outbox", &["submission_id"])).await?;
        Ok(())
    }
}
