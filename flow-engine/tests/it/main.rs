//! The engine through its public API.

mod conformance;
