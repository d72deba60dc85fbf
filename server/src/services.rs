//! Use cases: one file each. A service loads, calls engines, and stores what came of it in one transaction.

pub mod dashboards;
pub mod department;
pub mod member;
pub mod query;
pub mod session;
pub mod token;
