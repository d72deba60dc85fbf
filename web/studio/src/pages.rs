//! One file per page; its parts in a folder of the same name. The tree is the URL tree.

pub mod apps;
pub mod board;
pub mod boards;
pub mod customer;
pub mod customers;
pub mod definition;
pub mod definitions;
pub mod door;
pub mod forms;
pub mod home;
pub mod import;
pub mod inbox;
pub mod login;
pub mod mailbox;
pub mod notifications;
pub mod settings;
pub mod share;
pub mod start;
pub mod submission;
pub mod submissions;
pub mod ticket;

use api_types::Role;

use crate::i18n::{Message, shell as words};

/// A role as read.
#[must_use]
pub const fn role_name(role: Role) -> Message {
    match role {
        Role::Owner => words::ROLE_OWNER,
        Role::Admin => words::ROLE_ADMIN,
        Role::Designer => words::ROLE_DESIGNER,
        Role::Agent => words::ROLE_AGENT,
        Role::Viewer => words::ROLE_VIEWER,
        Role::Member => words::ROLE_MEMBER,
    }
}
