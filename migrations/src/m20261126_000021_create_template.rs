//! Apps that teams saved as templates, for every team of the server.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::unique;

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
            .table("template")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(string("key"))
            .col(text("document"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"));
        manager.create_table(table).await?;
        manager.create_index(unique("template_key", "template", &["key"])).await
    }
}
