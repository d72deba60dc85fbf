//! Fields that were called differently: published versions from before are read in today's names.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::{index, references};

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
            .table("field_rename")
            // The form itself, or a flow that reads its submissions.
            .col(uuid("definition_id"))
            // The order in which they happened, per definition.
            .col(integer("position"))
            .col(uuid("team_id"))
            // Versions with a smaller number say the old name.
            .col(integer("below"))
            .col(string("form_key"))
            .col(string("from_path"))
            .col(string("to_path"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("definition_id").col("position"))
            .foreign_key(&mut references("field_rename", "definition_id", "definition"));
        manager.create_table(table).await?;
        manager.create_index(index("field_rename_team", "field_rename", &["team_id"])).await
    }
}
