//! One file per page; its parts in a folder of the same name. The tree is the URL tree.

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
pub mod settings;
pub mod submission;
pub mod submissions;
pub mod ticket;
