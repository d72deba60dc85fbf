//! The HTTP surface: one file per endpoint saying who may call it, in what shape, and which service answers.

pub mod request_id;
pub mod spoken;
