//! Which of a team's drawn roles a member holds.

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
            .table("member_role")
            .col(uuid("team_id"))
            .col(uuid("user_id"))
            .col(string("role_key"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("team_id").col("user_id").col("role_key"))
            .foreign_key(&mut references("member_role", "team_id", "team"))
            .foreign_key(&mut references("member_role", "user_id", "user_account"));
        manager.create_table(table).await?;
        Ok(())
    }
}
