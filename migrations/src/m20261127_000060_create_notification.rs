//! What concerns somebody: told with its cause, read or not; and which kinds they do not want to hear of.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::{index, references};

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
            .table("notification")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("user_id"))
            .col(string("kind"))
            .col(uuid_null("submission_id"))
            .col(uuid_null("actor_id"))
            .col(text("data"))
            .col(big_integer("created_at"))
            .col(big_integer_null("read_at"))
            .foreign_key(&mut references("notification", "team_id", "team"))
            .foreign_key(&mut references("notification", "user_id", "user_account"));
        manager.create_table(table).await?;
        manager
            .create_index(index("notification_own", "notification", &["team_id", "user_id", "id"]))
            .await?;
        manager.create_index(index("notification_about", "notification", &["submission_id"])).await?;
        manager.create_index(index("notification_age", "notification", &["created_at"])).await?;
        let mut table = Table::create();
        table
            .table("notification_mute")
            .col(uuid("team_id"))
            .col(uuid("user_id"))
            .col(string("kind"))
            .primary_key(Index::create().col("team_id").col("user_id").col("kind"))
            .foreign_key(&mut references("notification_mute", "team_id", "team"))
            .foreign_key(&mut references("notification_mute", "user_id", "user_account"));
        manager.create_table(table).await
    }
}
