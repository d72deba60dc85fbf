//! The server through its router, on a real database in a folder of its own.

mod boards;
mod imports;
mod support;
