//! `/api/v1/members`: who belongs to the team.

pub mod add;
pub mod change;
pub mod change_role;
pub mod file;
pub mod hand_over;
pub mod list;
pub mod reset;
pub mod roles;
