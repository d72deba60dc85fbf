#![doc = include_str!("../README.md")]

mod check;
mod client;
mod dice;
mod http;
mod load;
mod server;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use client::{Ledger, Seen};
use dice::Dice;
use http::Connection;
use server::Launcher;

/// The longest and shortest life of a server, in milliseconds after it is ready.
const LIFE_MS: (u64, u64) = (50, 2_000);

/// What the command line asks for.
struct Plan {
    binary: PathBuf,
    kills: u64,
    clients: u64,
    seed: u64,
    /// Measure with so many connections, one number after the other, instead of killing.
    load: Vec<u64>,
    /// `postgres://…`, for measuring there.
    database: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let plan = Plan::parse(std::env::args().skip(1))?;
    if !plan.load.is_empty() {
        return measure(&plan);
    }
    println!("ledger: {} kills, {} clients, seed {}", plan.kills, plan.clients, plan.seed);
    let launcher = launcher(&plan)?;
    let (ledger, token, slowest_ms) = run(&plan, &launcher)?;

    let mut last = launcher.start()?;
    let faults = check::compare(&launcher.host(), &token, &ledger)?;
    last.kill()?;
    launcher.verify()?;

    let count = |wanted: fn(&Seen) -> bool| ledger.values().filter(|seen| wanted(seen)).count();
    println!(
        "ledger: {} acknowledged, {} unknown, {} refused; slowest start {slowest_ms} ms",
        count(|seen| *seen == Seen::Ok),
        count(|seen| *seen == Seen::Unknown),
        count(|seen| matches!(seen, Seen::Refused(_))),
    );
    if count(|seen| *seen == Seen::Ok) == 0 {
        bail!("nothing was acknowledged, so nothing was tested");
    }
    if !faults.is_empty() {
        bail!(
            "{} answers are not as promised (data in {}):\n{}",
            faults.len(),
            launcher.folder.display(),
            faults.join("\n")
        );
    }
    println!("ledger: every acknowledged answer is there once, with one ticket");
    server::remove_folder(&launcher.folder)
}

fn launcher(plan: &Plan) -> anyhow::Result<Launcher> {
    Ok(Launcher {
        binary: plan.binary.clone(),
        folder: server::new_folder(plan.seed)?,
        port: server::free_port()?,
        database: plan.database.clone(),
    })
}

fn measure(plan: &Plan) -> anyhow::Result<()> {
    let launcher = launcher(plan)?;
    let mut server = launcher.start()?;
    let token = server.token.take().context("expected `api token:` at the first start")?;
    for connections in &plan.load {
        load::run(&launcher.host(), &token, *connections)?;
    }
    server.kill()?;
    server::remove_folder(&launcher.folder)
}

/// All rounds: start, answer, kill. Returns the ledger, the API token and the slowest start.
fn run(plan: &Plan, launcher: &Launcher) -> anyhow::Result<(Ledger, String, u128)> {
    let mut dice = Dice::new(plan.seed);
    let mut ledger = Ledger::new();
    let mut token = None;
    let mut slowest_ms = 0;
    for round in 0..plan.kills {
        let mut server = launcher.start()?;
        token = token.or(server.token.take());
        if round > 0 {
            // The first start also makes the demo team.
            slowest_ms = slowest_ms.max(server.ready_ms);
        }
        send_again(launcher, &mut ledger)?;
        let life = Duration::from_millis(dice.between(LIFE_MS.0, LIFE_MS.1));
        ledger.extend(live(plan, launcher, round, life, || server.kill())?);
    }
    Ok((ledger, token.context("expected `api token:` at the first start")?, slowest_ms))
}

/// Clients answer until the server is killed under them.
fn live(
    plan: &Plan,
    launcher: &Launcher,
    round: u64,
    life: Duration,
    kill: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<Ledger> {
    let host = launcher.host();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..plan.clients)
            .map(|client| {
                let name = format!("k{}-{round}-{client}", plan.seed);
                let (host, stop) = (&host, &stop);
                scope.spawn(move || client::answer_until_killed(host, &name, stop))
            })
            .collect();
        thread::sleep(life);
        kill()?;
        stop.store(true, Ordering::Relaxed);
        let mut seen = Ledger::new();
        for client in clients {
            seen.extend(client.join().map_err(|_| anyhow::anyhow!("a client panicked"))?);
        }
        Ok(seen)
    })
}

/// Every second answer nobody knows about is sent again under its key, as a browser does when it is back online.
fn send_again(launcher: &Launcher, ledger: &mut Ledger) -> anyhow::Result<()> {
    let mut connection = Connection::open(&launcher.host())?;
    let unknown: Vec<String> = ledger
        .iter()
        .filter(|(_, seen)| **seen == Seen::Unknown)
        .map(|(key, _)| key.clone())
        .step_by(2)
        .collect();
    for key in unknown {
        let seen = client::send(&mut connection, &key);
        ledger.insert(key, seen);
    }
    Ok(())
}

impl Plan {
    fn parse(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut plan = Plan {
            binary: PathBuf::from("target/release/huiyin"),
            kills: 20,
            clients: 8,
            seed: Dice::random_seed(),
            load: Vec::new(),
            database: None,
        };
        while let Some(option) = arguments.next() {
            let value = arguments.next().with_context(|| format!("expected a value after `{option}`"))?;
            match option.as_str() {
                "--binary" => plan.binary = value.into(),
                "--kills" => plan.kills = value.parse()?,
                "--clients" => plan.clients = value.parse()?,
                "--seed" => plan.seed = value.parse()?,
                "--load" => plan.load = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
                "--database" => plan.database = Some(value),
                _ => bail!("expected an option that README.md names, found `{option}`"),
            }
        }
        Ok(plan)
    }
}
