//! `/api/v1/invitations` and `/api/v1/join/{token}`: how people come into a team.

pub mod create;
pub mod join;
pub mod list;
pub mod look;
pub mod renew;
pub mod revoke;
