//! Teams, the people who work in them, and their departments.

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
            .table("team")
            .col(pk_uuid("id"))
            .col(text("name"))
            .col(string("language"))
            .col(big_integer("definitions_rev"))
            .col(big_integer("created_at"));
        manager.create_table(table).await?;
        let mut table = Table::create();
        table
            .table("user_account")
            .col(pk_uuid("id"))
            .col(text("name"))
            .col(string("login"))
            .col(string_null("email"))
            .col(text("password_hash"))
            .col(string("language"))
            .col(big_integer_null("disabled_at"))
            .col(big_integer("created_at"));
        manager.create_table(table).await?;
        manager.create_index(unique("user_account_login", "user_account", &["login"])).await?;
        let mut table = Table::create();
        table
            .table("department")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(string("key"))
            .col(text("title"))
            .col(uuid_null("head_id"))
            .col(big_integer("created_at"))
            .foreign_key(&mut references("department", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(unique("department_key", "department", &["team_id", "key"])).await?;
        let mut table = Table::create();
        table
            .table("membership")
            .col(uuid("team_id"))
            .col(uuid("user_id"))
            .col(string("role"))
            .col(string_null("department_key"))
            .col(boolean("away"))
            .col(big_integer("open_tickets"))
            .col(big_integer("last_assigned_at"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("team_id").col("user_id"))
            .foreign_key(&mut references("membership", "team_id", "team"))
            .foreign_key(&mut references("membership", "user_id", "user_account"));
        manager.create_table(table).await?;
        manager.create_index(index("membership_user", "membership", &["user_id"])).await?;
        Ok(())
    }
}
