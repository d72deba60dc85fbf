//! The change feed: one row per committed change, numbered in commit order.

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
            .table("change")
            .col(big_integer("seq"))
            .col(uuid("team_id"))
            .col(string("entity"))
            .col(uuid("entity_id"))
            .col(string_null("form_key"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("seq"));
        manager.create_table(table).await?;
        manager.create_index(index("change_age", "change", &["at"])).await?;
        Ok(())
    }
}
