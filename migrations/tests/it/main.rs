//! The schema from outside: empty database, rows before and after, refusals.

mod up;
