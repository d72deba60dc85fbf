//! The command line: one file per subcommand.

pub mod query;
pub mod simulate;
pub mod validate;
