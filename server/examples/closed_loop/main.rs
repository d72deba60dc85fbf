//! The figures of the closed loop without HTTP: `cargo run --release -p huiyin --example closed_loop [postgres://…]`.
//!
//! Every answer is a low score with a contact nobody has seen before, so each one makes everything there is to make:
//! customer, submission, flows, ticket, assignment, task, clocks, timers, timeline and mail. What the disk can do is
//! printed beside it. `tools/ledger --load` measures the same from outside.
//!
//! Prints, asserts nothing.

mod board;
mod disk;
mod load;

use anyhow::{Context, Result};
use form_engine::Language;
use huiyin::app::App;
use huiyin::auth::{Caller, Via};
use huiyin::clock::Clock;
use huiyin::config::{Config, Database};
use huiyin::ids::Ids;
use huiyin::{demo, store};

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(figures())
}

async fn figures() -> Result<()> {
    let folder = tempfile::tempdir()?;
    disk::print(folder.path())?;
    let database = match std::env::args().nth(1) {
        Some(url) => Database::Postgres(url),
        None => Database::Sqlite(folder.path().join("huiyin.db")),
    };
    on(Config::local(folder.path().to_path_buf(), database)).await
}

async fn on(config: Config) -> Result<()> {
    let (clock, shift) = Clock::shifted();
    let app = App::open(config, clock.clone(), Ids::random(clock)).await?;
    demo::make(&app, &shift).await?;
    let caller = owner(&app).await?;
    // Nothing is measured before every cache is warm.
    load::run(&app, caller.team, 32, load::SHORT).await?;
    for clients in [1, 8, 32, 256] {
        let measured = load::run(&app, caller.team, clients, load::LONG).await?;
        measured.print(clients);
    }
    board::print(&app, &caller).await?;
    app.close().await;
    Ok(())
}

/// Whoever founded the demo team, as the one who looks at its board.
async fn owner(app: &App) -> Result<Caller> {
    let teams = store::team::all(app.db.read()).await?;
    let team = teams.first().context("the demo made a team")?.id;
    let members = store::membership::with_users(app.db.read(), team).await?;
    let owner = members.into_iter().find(|(member, _)| member.role == "owner");
    let (member, user) = owner.context("a team has an owner")?;
    Ok(Caller {
        user: user.id,
        team,
        role: api_types::Role::Owner,
        department: member.department_key,
        name: user.name,
        language: Language::Zh,
        via: Via::Console,
    })
}

/// One line, as `make bench` aligns them.
fn row(what: &str, value: &str) {
    println!("{what:<58} {value}");
}
