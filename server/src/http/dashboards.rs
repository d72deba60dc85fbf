//! `/api/v1/dashboards`: the team's boards.

pub mod get;
pub mod list;
