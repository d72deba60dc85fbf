//! `/api/v1/outbox`: what left the building, or would have.

pub mod get;
pub mod list;
