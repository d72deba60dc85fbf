//! Use cases: one file each. A service loads, calls engines, and stores what came of it in one transaction.

pub mod apps;
pub mod act;
pub mod case;
pub mod dashboards;
pub mod definition;
pub mod department;
pub mod import_file;
pub mod install;
pub mod member;
pub mod publish;
pub mod query;
pub mod session;
pub mod submit;
pub mod token;
