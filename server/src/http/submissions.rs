//! `/api/v1/submissions/{id}`: one submission, and what people do with it.

pub mod assignee;
pub mod calls;
pub mod comments;
pub mod events;
pub mod get;
pub mod replies;
