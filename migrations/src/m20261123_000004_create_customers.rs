//! Customers and the addresses they are recognised by.

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
            .table("customer")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(text("name"))
            .col(string_null("tier"))
            .col(text("attributes"))
            .col(text("tags"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut references("customer", "team_id", "team"));
        manager.create_table(table).await?;
        manager.create_index(index("customer_team", "customer", &["team_id", "created_at"])).await?;
        let mut table = Table::create();
        table
            .table("customer_identity")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("customer_id"))
            .col(string("kind"))
            .col(string("value"))
            .col(big_integer("created_at"))
            .foreign_key(&mut references("customer_identity", "customer_id", "customer"));
        manager.create_table(table).await?;
        manager
            .create_index(unique(
                "customer_identity_value",
                "customer_identity",
                &["team_id", "kind", "value"],
            ))
            .await?;
        manager
            .create_index(index("customer_identity_customer", "customer_identity", &["customer_id"]))
            .await?;
        Ok(())
    }
}
