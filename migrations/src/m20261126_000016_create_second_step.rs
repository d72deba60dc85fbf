//! The second step of signing in: a secret shared with an authenticator (RFC 6238), and codes for when it is lost.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::references;

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
            .table("second_step")
            .col(uuid("user_id"))
            .col(blob("secret"))
            .col(big_integer_null("confirmed_at"))
            // The last time step a code was taken of: no code is taken twice (RFC 6238, section 5.2).
            .col(big_integer("last_step"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("user_id"))
            .foreign_key(&mut references("second_step", "user_id", "user_account"));
        manager.create_table(table).await?;
        let mut table = Table::create();
        table
            .table("recovery_code")
            .col(uuid("user_id"))
            .col(blob("code_hash"))
            .col(big_integer_null("used_at"))
            .primary_key(Index::create().col("user_id").col("code_hash"))
            .foreign_key(&mut references("recovery_code", "user_id", "user_account"));
        manager.create_table(table).await
    }
}
