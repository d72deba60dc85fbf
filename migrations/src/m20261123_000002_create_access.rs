//! Sessions of people and tokens of programs; of a secret only its hash is kept.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::{index, references, unique};

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
            .table("session")
            .col(pk_uuid("id"))
            .col(blob("token_hash"))
            .col(uuid("user_id"))
            .col(uuid("team_id"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(big_integer("expires_at"))
            .col(text_null("agent"))
            .foreign_key(&mut references("session", "user_id", "user_account"));
        manager.create_table(table).await?;
        manager.create_index(unique("session_token", "session", &["token_hash"])).await?;
        manager.create_index(index("session_user", "session", &["user_id"])).await?;
        let mut table = Table::create();
        table
            .table("api_token")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("user_id"))
            .col(text("name"))
            .col(string("prefix"))
            .col(blob("token_hash"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .col(big_integer_null("revoked_at"))
            .foreign_key(&mut references("api_token", "team_id", "team"))
            .foreign_key(&mut references("api_token", "user_id", "user_account"));
        manager.create_table(table).await?;
        manager.create_index(unique("api_token_hash", "api_token", &["token_hash"])).await?;
        manager.create_index(index("api_token_team", "api_token", &["team_id"])).await?;
        Ok(())
    }
}
