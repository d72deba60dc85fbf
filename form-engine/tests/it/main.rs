//! Tests of the form engine, through its public API.

#[cfg(feature = "script")]
mod script;
