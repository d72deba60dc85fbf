//! `/api/v1/gallery`: apps that come with the server, and apps its teams share.

pub mod get;
pub mod install;
pub mod list;
