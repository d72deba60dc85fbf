//! What a form's page asks before it shows anything; and the files with which a team proves that an address is its own.

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
            .table("form_password")
            .col(uuid("form_id"))
            .col(uuid("team_id"))
            .col(string("hash"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("form_id"))
            .foreign_key(&mut references("form_password", "team_id", "team"));
        manager.create_table(table).await?;
        let mut table = Table::create();
        table
            .table("site_file")
            .col(string("name"))
            .col(uuid("team_id"))
            .col(text("content"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("name"))
            .foreign_key(&mut references("site_file", "team_id", "team"));
        manager.create_table(table).await
    }
}
