//! The only callers of the engine's API in most tests: an API change edits these few functions.

use flow_engine::{Outcome, Scenario, simulate};
use form_engine::Problem;
use serde_json::{Value, json};

/// Plays a scenario that must compile.
#[track_caller]
pub fn play(scenario: Value) -> Outcome {
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    simulate(&scenario).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Plays `machine` with events named in `events` and expects these configurations.
#[track_caller]
pub fn reaches(machine: Value, events: &[&str], expected: Value) {
    let events: Vec<Value> = events.iter().map(|name| json!({"event": {"name": name}})).collect();
    let outcome = play(json!({"machine": machine, "events": events}));
    assert_eq!(json!(outcome.configurations), expected);
}

/// Expects `machine`, started and left alone, to end in the final state `pass`, as the W3C's own tests do.
#[track_caller]
pub fn passes(machine: Value) {
    let outcome = play(json!({ "machine": machine }));
    assert_eq!(
        outcome.ended_in.as_deref(),
        Some("pass"),
        "{:?} {:?}",
        outcome.configurations,
        outcome.effects
    );
}

/// The problems a scenario's machine is refused with, as code and path.
#[track_caller]
pub fn refused(machine: Value) -> Vec<(String, String)> {
    let scenario = Scenario { machine, ..Scenario::default() };
    let problems: Vec<Problem> = simulate(&scenario).expect_err("it should be refused");
    problems
        .into_iter()
        .map(|problem| {
            (
                problem.code.to_string(),
                problem.path.strip_prefix("/machine").unwrap_or(&problem.path).to_owned(),
            )
        })
        .collect()
}
