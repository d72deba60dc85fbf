//! Submissions, and what decides whether one is taken: serial numbers, idempotency keys, invitations.

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
            .table("submission")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("form_id"))
            .col(string("form_key"))
            .col(integer("version_number"))
            .col(boolean("is_ticket"))
            .col(big_integer("number"))
            .col(text("data"))
            .col(uuid_null("customer_id"))
            .col(uuid_null("parent_id"))
            .col(string_null("parent_link"))
            .col(string("channel"))
            .col(string_null("state"))
            .col(boolean("is_open"))
            .col(boolean("is_breached"))
            .col(uuid_null("assignee_id"))
            .col(string_null("department_key"))
            .col(text("tags"))
            .col(string("language"))
            .col(string("receipt"))
            .col(blob_null("progress_hash"))
            .col(uuid_null("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut references("submission", "form_id", "definition"));
        manager.create_table(table).await?;
        manager.create_index(unique("submission_number", "submission", &["form_id", "number"])).await?;
        manager
            .create_index(index(
                "submission_list",
                "submission",
                &["team_id", "form_key", "created_at", "id"],
            ))
            .await?;
        manager
            .create_index(index("submission_customer", "submission", &["customer_id", "created_at"]))
            .await?;
        manager.create_index(index("submission_parent", "submission", &["parent_id"])).await?;
        manager
            .create_index(index("submission_progress", "submission", &["progress_hash"]).unique().take())
            .await?;
        // The inbox: open tickets only, so that the index stays as small as the work is.
        let mut inbox = index("submission_inbox", "submission", &["team_id", "assignee_id", "created_at"]);
        inbox.and_where(Expr::col("is_ticket").eq(true)).and_where(Expr::col("is_open").eq(true));
        manager.create_index(inbox).await?;
        let mut table = Table::create();
        table
            .table("counter")
            .col(uuid("scope"))
            .col(string("name"))
            .col(big_integer("value"))
            .primary_key(Index::create().col("scope").col("name"));
        manager.create_table(table).await?;
        let mut table = Table::create();
        table
            .table("idempotency")
            .col(uuid("form_id"))
            .col(string("key"))
            .col(blob("body_hash"))
            .col(uuid("submission_id"))
            .col(integer("status"))
            .col(text("body"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("form_id").col("key"));
        manager.create_table(table).await?;
        manager.create_index(index("idempotency_age", "idempotency", &["created_at"])).await?;
        let mut table = Table::create();
        table
            .table("invitation")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(string("form_key"))
            .col(uuid_null("submission_id"))
            .col(string_null("link"))
            .col(uuid_null("customer_id"))
            .col(blob("token_hash"))
            .col(big_integer("created_at"))
            .col(big_integer_null("used_at"))
            .col(uuid_null("used_by"))
            .foreign_key(&mut references("invitation", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(unique("invitation_token", "invitation", &["token_hash"])).await?;
        manager.create_index(index("invitation_submission", "invitation", &["submission_id"])).await?;
        Ok(())
    }
}
