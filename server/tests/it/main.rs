//! The server through its router, on a real database in a folder of its own.

mod account;
mod apps;
mod audit;
mod authz;
mod bad_input;
mod boards;
mod closed_loop;
mod files;
mod foreign_forms;
mod gallery;
mod hostile_apps;
mod imports;
mod invitations;
mod kinds;
mod live;
mod merge;
mod nodes;
mod notifications;
mod openapi;
mod operation;
mod own_answers;
mod people;
mod permissions;
#[path = "../../../report-engine/tests/it/postgres.rs"]
mod postgres;
mod public_pages;
mod publishing;
mod quotas;
mod renames;
mod sharing;
mod subflows;
mod support;
mod tidy;
mod versions;
