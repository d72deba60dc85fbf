//! The engine through its public API.

mod care;
mod conformance;
