//! `/api/v1/apps`: what a team builds, exports and installs.

pub mod export;
pub mod import;
pub mod list;
pub mod samples;
pub mod template;
