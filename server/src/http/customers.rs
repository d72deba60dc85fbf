//! `/api/v1/customers`: who they are and what they said.

pub mod get;
pub mod list;
