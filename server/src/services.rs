//! Use cases: one file each. A service loads, calls engines, and stores what came of it in one transaction.

pub mod account;
pub mod act;
pub mod apps;
pub mod case;
pub mod customers;
pub mod dashboards;
pub mod definition;
pub mod department;
pub mod forms;
pub mod import_file;
pub mod inbox;
pub mod install;
pub mod member;
pub mod outbox;
pub mod progress;
pub mod public_form;
pub mod publish;
pub mod query;
pub mod reference;
pub mod session;
pub mod submissions;
pub mod submit;
pub mod tasks;
pub mod team;
pub mod timeline;
pub mod token;
