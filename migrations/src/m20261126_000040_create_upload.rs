//! Files that people send with their answers. What they hold lies outside, under its hash.

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
            .table("upload")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("form_id"))
            .col(string("field"))
            .col(string("name"))
            .col(string_null("media_type"))
            .col(big_integer("size_bytes"))
            .col(string_null("content"))
            .col(uuid_null("submission_id"))
            .col(big_integer("created_at"))
            // Until then without an answer; half an answer that is kept keeps its files longer.
            .col(big_integer("keep_until"))
            .foreign_key(&mut references("upload", "team_id", "team"));
        manager.create_table(table).await?;
        // By the submission it belongs to; by age those that belong to none yet; by what it holds.
        manager.create_index(index("upload_submission", "upload", &["submission_id", "created_at"])).await?;
        manager.create_index(index("upload_form", "upload", &["form_id", "created_at"])).await?;
        manager.create_index(index("upload_content", "upload", &["content"])).await
    }
}
