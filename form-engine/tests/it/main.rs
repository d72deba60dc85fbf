//! Tests of the form engine, through its public API.

#[cfg(feature = "schema")]
mod corpus;
#[cfg(feature = "schema")]
mod hostile;
#[cfg(feature = "script")]
mod script;
mod sheet;
