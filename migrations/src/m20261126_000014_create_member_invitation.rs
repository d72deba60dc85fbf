//! One-use links by which people join a team; of a link only its hash is kept.

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
            .table("member_invitation")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(blob("token_hash"))
            .col(string("role"))
            .col(string_null("department_key"))
            // The account that waits for its person, where one was made for them.
            .col(uuid_null("user_id"))
            .col(text_null("name"))
            .col(string_null("email"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("revoked_at"))
            .col(big_integer_null("used_at"))
            .col(uuid_null("used_by"))
            .foreign_key(&mut references("member_invitation", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(unique("member_invitation_token", "member_invitation", &["token_hash"])).await?;
        manager.create_index(index("member_invitation_team", "member_invitation", &["team_id"])).await
    }
}
