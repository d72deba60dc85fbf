//! Whom a form was sent to, each with a link of their own; and who wants no more mails.

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
            .table("recipient")
            // That of their invitation.
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(string("form_key"))
            .col(string_null("name"))
            .col(string_null("mail"))
            .col(string_null("phone"))
            .col(string_null("external"))
            .col(string_null("subject"))
            .col(text_null("text"))
            .col(big_integer_null("mailed_at"))
            .col(big_integer_null("remind_at"))
            .col(big_integer_null("reminded_at"))
            .col(big_integer("created_at"))
            .foreign_key(&mut references("recipient", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(index("recipient_form", "recipient", &["team_id", "form_key"])).await?;
        manager.create_index(index("recipient_due", "recipient", &["remind_at"])).await?;
        let mut table = Table::create();
        table
            .table("opt_out")
            .col(uuid("team_id"))
            .col(string("address"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("team_id").col("address"))
            .foreign_key(&mut references("opt_out", "team_id", "team"));
        manager.create_table(table).await
    }
}
