//! `/api/v1/definitions`: drafts, versions, publishing.

pub mod check;
pub mod create;
pub mod get;
pub mod list;
pub mod publish;
pub mod save;
pub mod version;
pub mod versions;
