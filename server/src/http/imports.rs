//! `/api/v1/imports`: files of answers.

pub mod cancel;
pub mod create;
pub mod get;
pub mod run;
