//! The shapes on the wire, shared by the server and the studio.
//!
//! One file per area of the API. Nothing here knows a database or a browser.
//! Instants are RFC 3339 strings in UTC; ids are opaque strings; documents are
//! kept as [`serde_json::Value`] with their keys in the author's order.

mod app;
mod customer;
mod definition;
mod error;
mod import;
mod live;
mod outbox;
mod people;
mod query;
mod session;
mod submission;
mod ticket;
mod token;

pub use app::*;
pub use customer::*;
pub use definition::*;
pub use error::*;
pub use import::*;
pub use live::*;
pub use outbox::*;
pub use people::*;
pub use query::*;
pub use session::*;
pub use submission::*;
pub use ticket::*;
pub use token::*;
