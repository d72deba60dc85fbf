//! The audit log: what people did, in a chain that shows when a line was changed or taken out.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{prelude::*, schema::*};

use crate::index::references;

/// See the file's head.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Lines are added and never touched again, also not by a mistake of ours.
const SQLITE: [&str; 2] = [
    "create trigger audit_kept before update on audit begin select raise(abort, 'the audit log is append-only'); end",
    "create trigger audit_never_deleted before delete on audit begin select raise(abort, 'the audit log is append-only'); end",
];
const POSTGRES: [&str; 2] = [
    "create function audit_append_only() returns trigger language plpgsql as \
     $$ begin raise exception 'the audit log is append-only'; end $$",
    "create trigger audit_kept before update or delete on audit for each row execute function audit_append_only()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("audit")
            .col(uuid("team_id"))
            .col(big_integer("seq"))
            .col(big_integer("at"))
            .col(uuid_null("actor_id"))
            .col(text("actor_name"))
            .col(string("via"))
            .col(string("action"))
            .col(string("kind"))
            .col(text("subject"))
            .col(text("title"))
            .col(text_null("before"))
            .col(text_null("after"))
            .col(blob("hash"))
            .primary_key(Index::create().col("team_id").col("seq"))
            .foreign_key(&mut references("audit", "team_id", "team"));
        manager.create_table(table).await?;
        let db = manager.get_connection();
        let statements = if db.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        for statement in statements {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
