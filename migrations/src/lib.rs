#![doc = include_str!("../README.md")]

mod index;
mod m20261123_000001_create_people;
mod m20261123_000002_create_access;
mod m20261123_000003_create_definitions;
mod m20261123_000004_create_customers;
mod m20261123_000005_create_submissions;
mod m20261123_000006_create_flows;
mod m20261123_000007_create_event;
mod m20261123_000008_create_outbox;
mod m20261123_000009_create_change;
mod m20261123_000010_create_import_job;
mod m20261123_000011_create_secret;
mod m20261126_000012_add_department_parent;
mod m20261126_000013_add_colleagues;
mod m20261126_000014_create_member_invitation;
mod m20261126_000015_create_password_reset;
mod m20261126_000016_create_second_step;
mod m20261126_000017_add_team_second_step;
mod m20261126_000020_add_installed;
mod m20261126_000021_create_template;
mod m20261126_000022_create_milestone;
mod m20261126_000030_create_member_role;
mod m20261126_000031_create_audit;
mod m20261126_000040_create_upload;
mod m20261126_000041_create_saved_answer;
mod m20261126_000042_create_form_password;
mod m20261126_000043_create_recipient;
mod m20261127_000050_create_short_link;
mod m20261127_000060_create_notification;
mod m20261127_000070_create_field_rename;
mod m20261127_000071_add_draft_author;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Every change, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_people::Migration),
            Box::new(m20261123_000002_create_access::Migration),
            Box::new(m20261123_000003_create_definitions::Migration),
            Box::new(m20261123_000004_create_customers::Migration),
            Box::new(m20261123_000005_create_submissions::Migration),
            Box::new(m20261123_000006_create_flows::Migration),
            Box::new(m20261123_000007_create_event::Migration),
            Box::new(m20261123_000008_create_outbox::Migration),
            Box::new(m20261123_000009_create_change::Migration),
            Box::new(m20261123_000010_create_import_job::Migration),
            Box::new(m20261123_000011_create_secret::Migration),
            Box::new(m20261126_000012_add_department_parent::Migration),
            Box::new(m20261126_000013_add_colleagues::Migration),
            Box::new(m20261126_000014_create_member_invitation::Migration),
            Box::new(m20261126_000015_create_password_reset::Migration),
            Box::new(m20261126_000016_create_second_step::Migration),
            Box::new(m20261126_000017_add_team_second_step::Migration),
            Box::new(m20261126_000020_add_installed::Migration),
            Box::new(m20261126_000021_create_template::Migration),
            Box::new(m20261126_000022_create_milestone::Migration),
            Box::new(m20261126_000030_create_member_role::Migration),
            Box::new(m20261126_000031_create_audit::Migration),
            Box::new(m20261126_000040_create_upload::Migration),
            Box::new(m20261126_000041_create_saved_answer::Migration),
            Box::new(m20261126_000042_create_form_password::Migration),
            Box::new(m20261126_000043_create_recipient::Migration),
            Box::new(m20261127_000050_create_short_link::Migration),
            Box::new(m20261127_000060_create_notification::Migration),
            Box::new(m20261127_000070_create_field_rename::Migration),
            Box::new(m20261127_000071_add_draft_author::Migration),
        ]
    }
}
