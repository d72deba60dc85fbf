//! `/api/v1/session`: signing in and out.

pub mod change;
pub mod create;
pub mod delete;
pub mod get;
