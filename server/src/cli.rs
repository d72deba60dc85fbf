//! The command line: one file per subcommand.

pub mod query;
pub mod serve;
pub mod simulate;
pub mod validate;
