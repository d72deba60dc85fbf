//! Half an answer, kept to go on with on another device; and receipts that are looked up by those who hold them.

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
            .table("saved_answer")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("form_id"))
            .col(blob("token_hash"))
            .col(string("code"))
            .col(uuid_null("invitation_id"))
            .col(text("data"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut references("saved_answer", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(unique("saved_answer_token", "saved_answer", &["token_hash"])).await?;
        manager.create_index(index("saved_answer_code", "saved_answer", &["code"])).await?;
        manager.create_index(index("saved_answer_age", "saved_answer", &["expires_at"])).await?;
        manager.create_index(index("submission_receipt", "submission", &["receipt"])).await
    }
}
