//! Keys the server makes for itself on first start, shared by every node on the database.

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
            .table("secret")
            .col(string("name"))
            .col(blob("value"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("name"));
        manager.create_table(table).await?;
        Ok(())
    }
}
