//! The server through its router, on a real database in a folder of its own.

mod boards;
mod closed_loop;
mod imports;
#[path = "../../../report-engine/tests/it/postgres.rs"]
mod postgres;
mod support;
