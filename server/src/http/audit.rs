//! `/api/v1/audit`: who did what.

pub mod check;
pub mod list;
