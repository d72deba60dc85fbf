//! The command line: one file per subcommand, or per family of small ones.

pub mod backup;
mod bounded;
pub mod check;
pub mod operate;
pub mod query;
pub mod serve;
pub mod simulate;
pub mod transfer;
pub mod user;
pub mod validate;

use std::fmt::Display;
use std::io::Write;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, StorageOptions};
use crate::ids::Ids;

/// Opens the database for a subcommand. The embedded one is refused while a server runs on it.
async fn local(storage: &StorageOptions) -> anyhow::Result<App> {
    let config = Config::local(storage.data_dir.clone(), storage.database()?);
    let clock = Clock::system();
    Ok(App::open(config, clock.clone(), Ids::random(clock)).await?)
}

/// Writes a line to standard output. Whoever reads may have seen enough: a closed pipe is no fault.
fn say(line: impl Display) {
    writeln!(std::io::stdout(), "{line}").ok();
}
