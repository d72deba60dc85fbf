//! One-use links by which somebody who forgot a password sets another; of a link only its hash is kept.

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
            .table("password_reset")
            .col(pk_uuid("id"))
            .col(uuid("user_id"))
            .col(blob("token_hash"))
            .col(uuid_null("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut references("password_reset", "user_id", "user_account"));
        manager.create_table(table).await?;
        manager.create_index(unique("password_reset_token", "password_reset", &["token_hash"])).await?;
        manager.create_index(index("password_reset_user", "password_reset", &["user_id"])).await
    }
}
