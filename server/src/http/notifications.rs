//! `/api/v1/notifications`: what concerns the caller.

pub mod choices;
pub mod list;
pub mod read;
