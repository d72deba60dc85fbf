//! `huiyin serve`: opens the database, listens, and works until told to stop.

use std::io::IsTerminal;

use anyhow::Context;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{self, Config, LogFormat, LogOptions};
use crate::demo;
use crate::http::{serve, tls};
use crate::ids::Ids;
use crate::router::router;
use crate::services::setup;
use crate::worker;

/// Options of `huiyin serve`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    server: config::Options,
    /// Fill an empty database with a demo team and print how to sign in
    #[arg(long)]
    demo: bool,
}

/// Serves until SIGTERM or SIGINT; then finishes what is under way.
///
/// # Errors
///
/// When the options break a rule, the address is taken, or the database cannot be opened.
pub async fn run(options: Options) -> anyhow::Result<()> {
    log(&options.server.log);
    let listener = TcpListener::bind(options.server.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.server.listen))?;
    let config = Config::check(&options.server, listener.local_addr()?)?;
    let acceptor = config.tls.as_ref().map(tls::acceptor).transpose()?;
    let trusted = config.trusted_proxies.clone();
    let url = config.base_url.to_string();
    let (clock, shift) = Clock::shifted();
    let app = App::open(config, clock.clone(), Ids::random(clock)).await?;
    let secrets = match options.demo && demo::is_wanted(&app).await? {
        true => Some(demo::make(&app, &shift).await?),
        false => None,
    };
    let stop = app.stop.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        stop.request();
    });
    let stop = app.stop.clone();
    let serving = tokio::spawn(serve::serve(listener, acceptor, router(app.clone()), trusted, async move {
        stop.requested().await
    }));
    let working = app.config.worker.then(|| tokio::spawn(worker::run(app.clone())));
    // Connections wait in the listener's queue from the start, so whoever reads this line can use it.
    println!("url: {url}");
    if let Some(setup) = setup::url(&app).await? {
        println!("setup: {setup}");
    }
    if let Some(secrets) = secrets {
        println!("sign in: {} {}", secrets.email, secrets.password);
        println!("api token: {}", secrets.token);
    }
    serving.await?;
    if let Some(working) = working {
        working.await?;
    }
    app.close().await;
    Ok(())
}

/// Log lines go to standard error; standard output is for what was asked for.
pub(super) fn log(options: &LogOptions) {
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(EnvFilter::new(&options.log));
    match options.log_format {
        LogFormat::Pretty => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}

pub(super) async fn told_to_stop() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("the signal handler can be installed");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
