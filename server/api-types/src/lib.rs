#![doc = include_str!("../README.md")]

mod app;
mod customer;
mod definition;
mod error;
mod import;
mod invitation;
mod live;
mod outbox;
mod people;
mod program;
mod query;
mod role;
mod session;
mod site;
mod submission;
mod ticket;
mod token;

pub use app::*;
pub use customer::*;
pub use definition::*;
pub use error::*;
pub use import::*;
pub use invitation::*;
pub use live::*;
pub use outbox::*;
pub use people::*;
pub use program::*;
pub use query::*;
pub use role::*;
pub use session::*;
pub use site::*;
pub use submission::*;
pub use ticket::*;
pub use token::*;
