//! `/api/v1/definitions`: drafts, versions, publishing.

pub mod check;
pub mod create;
pub mod get;
pub mod hold;
pub mod list;
pub mod publish;
pub mod save;
pub mod trace;
pub mod uses;
pub mod version;
pub mod versions;
