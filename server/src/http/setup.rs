//! `/api/v1/setup/{token}`: the first team of an empty database.

pub mod look;
pub mod run;
