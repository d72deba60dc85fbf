//! `/api/v1/departments`: where tickets of one kind go.

pub mod change;
pub mod create;
pub mod delete;
pub mod list;
