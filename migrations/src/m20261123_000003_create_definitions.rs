//! Apps, their definitions with a draft each, and the immutable versions published from them.

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
            .table("app")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(string("key"))
            .col(text("document"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut references("app", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(unique("app_key", "app", &["team_id", "key"])).await?;
        let mut table = Table::create();
        table
            .table("definition")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("app_id"))
            .col(string("kind"))
            .col(string("key"))
            .col(text("draft"))
            .col(integer("rev"))
            .col(integer_null("live_version"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut references("definition", "team_id", "team"))
            .foreign_key(&mut references("definition", "app_id", "app"));
        manager.create_table(table).await?;
        manager.create_index(unique("definition_key", "definition", &["team_id", "kind", "key"])).await?;
        let mut table = Table::create();
        table
            .table("version")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("definition_id"))
            .col(integer("number"))
            .col(text("document"))
            .col(uuid_null("created_by"))
            .col(big_integer("created_at"))
            .foreign_key(&mut references("version", "definition_id", "definition"));
        manager.create_table(table).await?;
        manager.create_index(unique("version_number", "version", &["definition_id", "number"])).await?;
        let mut table = Table::create();
        table
            .table("slug")
            .col(string("slug"))
            .col(uuid("team_id"))
            .col(uuid("definition_id"))
            .primary_key(Index::create().col("slug"))
            .foreign_key(&mut references("slug", "definition_id", "definition"));
        manager.create_table(table).await?;
        manager.create_index(index("slug_definition", "slug", &["definition_id"])).await?;
        Ok(())
    }
}
