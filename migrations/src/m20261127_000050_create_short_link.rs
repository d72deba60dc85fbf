//! Short links to forms, each for a place where it hangs; and when somebody who was invited began to answer.

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
            .table("short_link")
            // What stands after `/q/`; unique on the server.
            .col(string("code"))
            .col(uuid("team_id"))
            .col(uuid("form_id"))
            // Where it hangs, in the team's words; absent for the form's own.
            .col(string_null("label"))
            // Pointer of the question that the label answers.
            .col(string_null("field"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("code"))
            .foreign_key(&mut references("short_link", "team_id", "team"))
            .foreign_key(&mut references("short_link", "form_id", "definition"));
        manager.create_table(table).await?;
        manager.create_index(index("short_link_form", "short_link", &["form_id"])).await?;
        let mut table = Table::alter();
        table.table("recipient").add_column(big_integer_null("opened_at"));
        manager.alter_table(table).await
    }
}
