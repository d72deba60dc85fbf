//! `/api/v1/forms`: published forms and what comes in through them.

pub mod export;
pub mod get;
pub mod invitations;
pub mod links;
pub mod list;
pub mod password;
pub mod qr;
pub mod share;
pub mod submissions;
pub mod submit;
