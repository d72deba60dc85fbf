//! `huiyin worker`, `migrate`, `openapi`: small subcommands for operators.

use std::net::SocketAddr;

use super::{local, say, serve};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{self, Config, StorageOptions};
use crate::ids::Ids;
use crate::{router, worker};

/// Options of `huiyin worker`: those of the server whose work it does.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct WorkerOptions {
    #[command(flatten)]
    server: config::Options,
}

/// Options of `huiyin migrate`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct MigrateOptions {
    #[command(flatten)]
    storage: StorageOptions,
}

/// Sends mails and fires timers beside servers started with `--no-worker`, until told to stop.
///
/// # Errors
///
/// When the options break a rule or the database cannot be opened.
pub async fn work(options: WorkerOptions) -> anyhow::Result<()> {
    serve::log(&options.server.log);
    let listen: SocketAddr = options.server.listen;
    let config = Config::check(&options.server, listen)?;
    let clock = Clock::system();
    let app = App::open(config, clock.clone(), Ids::random(clock)).await?;
    let stop = app.stop.clone();
    tokio::spawn(async move {
        serve::told_to_stop().await;
        stop.request();
    });
    worker::run(app.clone()).await;
    app.close().await;
    Ok(())
}

/// Brings the schema up to date and ends.
///
/// # Errors
///
/// When the database cannot be opened.
pub async fn migrate(options: MigrateOptions) -> anyhow::Result<()> {
    local(&options.storage).await?.close().await;
    Ok(())
}

/// Prints the description of every route.
pub fn openapi() {
    say(router::openapi_json());
}
