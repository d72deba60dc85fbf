//! `/api/v1/account`: the caller's own sign-ins and password.

pub mod end;
pub mod password;
pub mod second_step;
pub mod sessions;
