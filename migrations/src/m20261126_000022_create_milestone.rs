//! What a team has done for the first time, where no other row tells.

use sea_orm_migration::{prelude::*, schema::*};

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
            .table("milestone")
            .col(uuid("team_id"))
            .col(string("name"))
            .col(big_integer("reached_at"))
            .primary_key(Index::create().col("team_id").col("name"));
        manager.create_table(table).await
    }
}
