//! `/api/v1/form-starters`: forms to begin with.

pub mod convert;
pub mod list;
