//! `/api/v1/reset`: for who forgot a password.

pub mod ask;
pub mod look;
pub mod set;
