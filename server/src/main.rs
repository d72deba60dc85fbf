//! The `huiyin` binary: reads the command line and runs one subcommand.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use huiyin::cli;
use huiyin::clock::Clock;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Send mails and fire timers beside servers started with --no-worker
    Worker(cli::operate::WorkerOptions),
    /// Bring the database's schema up to date
    Migrate(cli::operate::MigrateOptions),
    /// Print the OpenAPI document
    Openapi,
    /// Make the first owner, or set a new password
    User(cli::user::Options),
    /// Check definitions and apps in files; exit code 1 if anything stands against publishing them
    Check(cli::check::Options),
    /// Install an app (.json), or import answers (.csv, .xlsx)
    Import(cli::transfer::ImportOptions),
    /// Print an app
    Export(cli::transfer::ExportOptions),
    /// Copy the database to a file, also while a server runs on it
    Backup(cli::backup::BackupOptions),
    /// Put a backup in the place of the database
    Restore(cli::backup::RestoreOptions),
    /// Check that the database, or a backup, is whole
    Verify(cli::backup::VerifyOptions),
    /// Judge documents by JSON Schemas or form definitions, one per line
    Validate(cli::validate::Options),
    /// Play events into flows under a virtual clock, one case per line
    Simulate(cli::simulate::Options),
    /// Ask tables in files, one query per line
    Query(cli::query::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("huiyin: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// False when what was asked about is not in order; whatever there is to say has been said.
fn run(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Check(options) => return cli::check::run(&options),
        Command::Import(options) => return block_on(cli::transfer::import(options)),
        Command::Serve(options) => block_on(cli::serve::run(options))?,
        Command::Worker(options) => block_on(cli::operate::work(options))?,
        Command::Migrate(options) => block_on(cli::operate::migrate(options))?,
        Command::Openapi => cli::operate::openapi(),
        Command::User(options) => block_on(cli::user::run(options))?,
        Command::Export(options) => block_on(cli::transfer::export(options))?,
        Command::Backup(options) => block_on(cli::backup::backup(options))?,
        Command::Restore(options) => block_on(cli::backup::restore(options))?,
        Command::Verify(options) => block_on(cli::backup::verify(options))?,
        Command::Validate(options) => {
            let language = cli::validate::language(&options);
            cli::validate::run(std::io::stdin().lock(), std::io::stdout().lock(), language)?;
        }
        Command::Simulate(_) => cli::simulate::run(std::io::stdin().lock(), std::io::stdout().lock())?,
        Command::Query(options) => {
            let clock = Clock::system();
            block_on(cli::query::run(&options, &clock, std::io::stdin().lock(), std::io::stdout().lock()))?;
        }
    }
    Ok(true)
}

fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
