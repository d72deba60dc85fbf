//! The `huiyin` binary: reads the command line and runs one subcommand.

use clap::{Parser, Subcommand};
use huiyin::cli;
use huiyin::clock::Clock;

/// Huiyin: every voice gets a reply.
#[derive(Debug, Parser)]
#[command(name = "huiyin", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server: pages, API, studio and worker
    Serve(cli::serve::Options),
    /// Judge documents by JSON Schemas or form definitions, one per line
    Validate(cli::validate::Options),
    /// Play events into flows under a virtual clock, one case per line
    Simulate(cli::simulate::Options),
    /// Ask tables in files, one query per line
    Query(cli::query::Options),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Serve(options) => block_on(cli::serve::run(options)),
        Command::Validate(options) => {
            let language = cli::validate::language(&options);
            Ok(cli::validate::run(std::io::stdin().lock(), std::io::stdout().lock(), language)?)
        }
        Command::Simulate(_) => Ok(cli::simulate::run(std::io::stdin().lock(), std::io::stdout().lock())?),
        Command::Query(options) => {
            let clock = Clock::system();
            block_on(cli::query::run(&options, &clock, std::io::stdin().lock(), std::io::stdout().lock()))
        }
    }
}

fn block_on(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
