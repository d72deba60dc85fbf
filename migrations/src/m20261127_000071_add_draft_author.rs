//! Who saved a draft last, and who is at it now.

use sea_orm_migration::{prelude::*, schema::*};

/// See the file's head.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column per statement.
        let columns = [
            uuid_null("saved_by"),
            big_integer_null("saved_at"),
            uuid_null("held_by"),
            big_integer_null("held_at"),
        ];
        for column in columns {
            let mut table = Table::alter();
            table.table("definition").add_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
