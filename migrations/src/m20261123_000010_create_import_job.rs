//! Imports of files of answers, with their progress and every refused row.

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
            .table("import_job")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("created_by"))
            .col(text("file"))
            .col(string("encoding"))
            .col(string("status"))
            .col(text_null("request"))
            .col(big_integer("rows"))
            .col(big_integer("done"))
            .col(big_integer("imported"))
            .col(big_integer("refused"))
            .col(text("refusals"))
            .col(string_null("form_key"))
            .col(text_null("error"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut references("import_job", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(index("import_job_team", "import_job", &["team_id", "created_at"])).await?;
        Ok(())
    }
}
