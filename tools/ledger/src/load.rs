//! How fast: customers answer with low scores on several connections at once, and a colleague asks the board.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{Seen, send};
use crate::http::Connection;

/// How long each number of connections is kept up.
const SPELL: Duration = Duration::from_secs(6);
/// How often the board is asked.
const ASKED: u32 = 100;

/// Answers on `connections` at once; prints how long an answer took until it and its ticket were committed.
pub fn run(host: &str, token: &str, connections: u64) -> anyhow::Result<()> {
    let stop = AtomicBool::new(false);
    let began = Instant::now();
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let clients: Vec<_> = (0..connections)
            .map(|client| {
                let stop = &stop;
                scope.spawn(move || answer(host, &format!("load-{connections}-{client}"), stop))
            })
            .collect();
        thread::sleep(SPELL);
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap_or_default()).collect()
    });
    let seconds = began.elapsed().as_secs_f64();
    times.sort();
    let rate = times.len() as f64 / seconds;
    println!(
        "{:<58} p50 {:.1} ms, p99 {:.1} ms, {rate:.0} a second",
        format!("submit to ticket committed, {connections} connections"),
        percentile(&times, 0.5),
        percentile(&times, 0.99),
    );
    if connections == 1 {
        board(host, token)?;
    }
    Ok(())
}

fn answer(host: &str, name: &str, stop: &AtomicBool) -> Vec<Duration> {
    let mut times = Vec::new();
    let Ok(mut connection) = Connection::open(host) else { return times };
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let began = Instant::now();
        if send(&mut connection, &format!("{name}-{number}")) != Seen::Ok {
            break;
        }
        times.push(began.elapsed());
    }
    times
}

/// From an acknowledged answer to the board's number that holds it: a query sees every commit, so this is one query.
fn board(host: &str, token: &str) -> anyhow::Result<()> {
    let mut connection = Connection::open(host)?;
    let bearer = format!("Bearer {token}");
    let query = json!({"dataset": "nps", "measures": [{"nps": "/score"}, {"count": "*", "as": "answers"}]});
    let mut times = Vec::new();
    for number in 0..ASKED {
        send(&mut connection, &format!("board-{number}"));
        let began = Instant::now();
        connection.send("POST", "/api/v1/query", &[("authorization", &bearer)], Some(&query))?;
        times.push(began.elapsed());
    }
    times.sort();
    println!(
        "{:<58} p50 {:.1} ms, p99 {:.1} ms",
        "commit to the board's number",
        percentile(&times, 0.5),
        percentile(&times, 0.99),
    );
    Ok(())
}

fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    sorted[(last as f64 * share).round() as usize].as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times: Vec<Duration> = (1..=101).map(Duration::from_millis).collect();
        assert_eq!(
            (percentile(&times, 0.5), percentile(&times, 0.99), percentile(&[], 0.5)),
            (51.0, 100.0, 0.0)
        );
    }
}
