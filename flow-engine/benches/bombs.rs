//! How long flows that were made to do harm keep the engine busy, from JSON text to the refusal, as `huiyin simulate`
//! reads a line. `cargo bench -p flow-engine --bench bombs`
//!
//! The shortest of some rounds, since a machine may be busy with other things. `reliability.md` F2 allows 50 ms; what is
//! longer than a line may be is refused by the command line before it is read.

use std::time::{Duration, Instant};

use flow_engine::{Scenario, simulate};
use serde_json::json;

#[path = "../tests/it/bombs.rs"]
mod bombs;

/// As in the server's binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;

fn main() {
    let list = || json!({"list": (0..9_000).collect::<Vec<u32>>()});
    let flows = bombs::too_large().into_iter().chain(bombs::too_busy()).chain(bombs::allowed());
    let scenarios = flows.map(|(what, flow)| (what, json!({"machine": flow, "events": [], "data": list()})));
    // `-- WORDS` measures those whose name has them.
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    let scenarios = scenarios.chain(bombs::too_long()).filter(|(what, _)| what.contains(&wanted));
    for (what, scenario) in scenarios {
        let line = scenario.to_string();
        let rounds = (0..ROUNDS).map(|_| round(&line));
        let (read, play, code) = rounds.min_by_key(|(read, play, _)| *read + *play).expect("some rounds");
        println!(
            "{what:50} {:>9} bytes {:>8.1} ms: read {:>7.1}, play {:>7.1} {code}",
            line.len(),
            ms(read + play),
            ms(read),
            ms(play)
        );
    }
}

/// How long reading took, how long the rest, and what came of it.
fn round(line: &str) -> (Duration, Duration, String) {
    let began = Instant::now();
    let scenario: Result<Scenario, _> = serde_json::from_str(line);
    let read = began.elapsed();
    let code = match &scenario {
        Err(_) => "no scenario".to_owned(),
        Ok(scenario) => match simulate(scenario) {
            Ok(_) => "plays".to_owned(),
            Err(problems) => problems.first().map_or_else(String::new, |problem| problem.code.to_string()),
        },
    };
    drop(scenario);
    (read, began.elapsed() - read, code)
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
