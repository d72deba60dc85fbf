//! `/api/v1/team`: what a team asks of its own.

pub mod second_step;
