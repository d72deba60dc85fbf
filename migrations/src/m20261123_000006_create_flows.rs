//! Running flows and what they keep open: state visits, tasks, timers and clocks.

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
            .table("instance")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid_null("submission_id"))
            .col(uuid("flow_id"))
            .col(string("flow_key"))
            .col(integer("version_number"))
            .col(text("snapshot"))
            .col(string("state"))
            .col(boolean("is_done"))
            .col(big_integer("step"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"));
        manager.create_table(table).await?;
        manager.create_index(index("instance_submission", "instance", &["submission_id"])).await?;
        let mut table = Table::create();
        table
            .table("visit")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("instance_id"))
            .col(uuid_null("submission_id"))
            .col(string("flow_key"))
            .col(string_null("form_key"))
            .col(string("state"))
            .col(big_integer("entered_at"))
            .col(big_integer_null("left_at"))
            .foreign_key(&mut references("visit", "instance_id", "instance"));
        manager.create_table(table).await?;
        manager.create_index(index("visit_instance", "visit", &["instance_id"])).await?;
        manager.create_index(index("visit_team", "visit", &["team_id", "entered_at"])).await?;
        let mut table = Table::create();
        table
            .table("task")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("instance_id"))
            .col(uuid_null("submission_id"))
            .col(string_null("form_key"))
            .col(string("state"))
            .col(text("title"))
            .col(text("events"))
            .col(uuid_null("assignee_id"))
            .col(string_null("department_key"))
            .col(string("status"))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .col(uuid_null("finished_by"))
            .foreign_key(&mut references("task", "instance_id", "instance"));
        manager.create_table(table).await?;
        manager.create_index(index("task_instance", "task", &["instance_id"])).await?;
        manager.create_index(index("task_submission", "task", &["submission_id"])).await?;
        manager.create_index(index("task_assignee", "task", &["team_id", "assignee_id", "status"])).await?;
        let mut table = Table::create();
        table
            .table("timer")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("instance_id"))
            .col(text("send_id"))
            .col(text("event"))
            .col(big_integer("due_at"))
            .col(big_integer("lease_until"))
            .col(uuid_null("lease_token"))
            .foreign_key(&mut references("timer", "instance_id", "instance"));
        manager.create_table(table).await?;
        manager.create_index(index("timer_send", "timer", &["instance_id", "send_id"])).await?;
        manager.create_index(index("timer_due", "timer", &["due_at"])).await?;
        let mut table = Table::create();
        table
            .table("clock")
            .col(pk_uuid("id"))
            .col(uuid("team_id"))
            .col(uuid("instance_id"))
            .col(uuid_null("submission_id"))
            .col(string_null("form_key"))
            .col(string("name"))
            .col(text("title"))
            .col(string("state"))
            .col(big_integer("started_at"))
            .col(big_integer_null("due_at"))
            .col(big_integer_null("warn_at"))
            .col(big_integer_null("stopped_at"))
            .col(boolean("warned"))
            .col(boolean("breached"))
            .foreign_key(&mut references("clock", "instance_id", "instance"));
        manager.create_table(table).await?;
        manager.create_index(unique("clock_name", "clock", &["instance_id", "name"])).await?;
        manager.create_index(index("clock_submission", "clock", &["submission_id"])).await?;
        manager.create_index(index("clock_team", "clock", &["team_id", "started_at"])).await?;
        Ok(())
    }
}
