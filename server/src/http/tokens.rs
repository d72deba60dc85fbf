//! `/api/v1/tokens`: secrets of programs.

pub mod create;
pub mod list;
pub mod revoke;
