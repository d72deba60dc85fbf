//! The timeline of submissions and customers; also the audit log, so nothing here is ever changed.

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
            .table("event")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid_null("submission_id"))
            .col(uuid_null("customer_id"))
            .col(string("kind"))
            .col(uuid_null("actor_id"))
            .col(boolean("is_public"))
            .col(text("data"))
            .col(big_integer("created_at"));
        manager.create_table(table).await?;
        manager.create_index(index("event_submission", "event", &["submission_id", "created_at"])).await?;
        manager.create_index(index("event_customer", "event", &["customer_id", "created_at"])).await?;
        manager.create_index(index("event_team", "event", &["team_id", "created_at"])).await?;
        Ok(())
    }
}
