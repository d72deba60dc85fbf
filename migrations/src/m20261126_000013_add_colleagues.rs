//! What teams know of a member beyond role and department: whom they answer to, who stands in, what they can do, and
//! whether they still work here; and another way to sign in, by mobile number.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index::index;

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
            uuid_null("manager_id"),
            uuid_null("deputy_id"),
            text_null("skills"),
            big_integer_null("disabled_at"),
            big_integer_null("left_at"),
        ];
        for column in columns {
            let mut table = Table::alter();
            table.table("membership").add_column(column);
            manager.alter_table(table).await?;
        }
        let mut table = Table::alter();
        table.table("user_account").add_column(string_null("mobile"));
        manager.alter_table(table).await?;
        manager.create_index(index("user_account_email", "user_account", &["email"])).await?;
        manager.create_index(index("user_account_mobile", "user_account", &["mobile"])).await
    }
}
