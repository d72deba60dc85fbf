//! Hostile flows are refused, or end, in bounded time.

use std::time::{Duration, Instant};

use flow_engine::{Calendars, Event, Inputs, StepError, compile, explain, start};
use serde_json::{Value, json};

/// Far above what any of these takes, far below what an unbounded one would.
const PATIENCE: Duration = Duration::from_secs(20);

fn with<T>(data: &Value, use_inputs: impl FnOnce(&Inputs<'_>) -> T) -> T {
    use_inputs(&Inputs { data, customer: &Value::Null, calendars: &Calendars::new(), facts: &Value::Null })
}

#[test]
fn loops_inside_loops_are_stopped() {
    let began = Instant::now();
    let list: Vec<u32> = (0..2_000).collect();
    let inner = json!({"foreach": {"array": list, "item": "b", "do": [{"assign": {"n": "n + 1"}}]}});
    let machine = json!({"context": {"n": "0"}, "states": {"s": {"entry": [{"foreach": {"array": list, "item": "a", "do": [inner]}}]}}});
    let machine = compile(&machine).expect("it compiles");
    let step = with(&Value::Null, |inputs| start(&machine, inputs, 0));
    assert_eq!(step, Err(StepError::TooMuch { flow: "flow".to_owned(), limit: 100_000 }));
    assert!(began.elapsed() < PATIENCE);
}

#[test]
fn a_flow_of_a_million_parts_is_refused_quickly() {
    let began = Instant::now();
    let transitions: Vec<Value> =
        (0..30_000).map(|n| json!({"event": format!("e{n}"), "target": "s"})).collect();
    let scripts: Vec<Value> = (0..8_000).map(|n| json!({"log": {"script": format!("field{n}")}})).collect();
    let targets: Vec<Value> = (0..100_000).map(|_| json!("s")).collect();
    for flow in [
        json!({"states": {"s": {"transitions": transitions}}}),
        json!({"kind": "flow", "key": "k", "states": {"s": {"entry": scripts}}}),
        json!({"states": {"s": {"transitions": [{"event": "e", "target": targets}]}}}),
        json!({"context": (0..5_000).map(|n| (format!("v{n}"), json!("1"))).collect::<serde_json::Map<_, _>>(), "states": {"s": {}}}),
    ] {
        let problems = compile(&flow).expect_err("it is too large");
        assert!(
            problems
                .iter()
                .any(|problem| ["flow.too_large", "flow.targets_conflict"].contains(&problem.code.as_ref())),
            "{:?}",
            problems[0]
        );
    }
    assert!(began.elapsed() < PATIENCE);
}

#[test]
fn an_explanation_says_what_each_guard_read() {
    let machine = compile(&json!({"kind": "flow", "key": "k", "context": {"limit": "100"}, "states": {"s": {"transitions": [
        {"event": "go", "guard": "amount > limit && _event.data.sure", "target": "big"},
        {"event": "go", "guard": {"all": [{"field": "/amount", "op": "gt", "value": 10}, {"field": "customer.tier", "op": "empty"}]}, "target": "small"},
        {"event": "go", "guard": "amount + missing > 1", "target": "big"}]},
        "big": {"type": "final"}, "small": {"type": "final"}}})).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let data = json!({"amount": 5});
    let started = with(&data, |inputs| start(&machine, inputs, 0)).expect("it rests");
    let event = Event::new("go", json!({"sure": true}));
    let step =
        with(&data, |inputs| explain(&machine, &started.snapshot, &event, inputs, 0)).expect("it rests");
    let trace = serde_json::to_value(&step.trace).expect("plain data");
    assert_eq!(trace[0]["path"], "/states/s/transitions/0");
    assert_eq!(trace[0]["values"], json!({"amount": 5, "limit": 100, "_event.data": {"sure": true}}));
    assert_eq!(trace[0]["held"], false);
    assert_eq!(trace[1]["values"], json!({"/amount": 5}));
    assert!(
        trace[2]["failure"].as_str().is_some_and(|failure| failure.contains("amount + missing > 1")),
        "{}",
        trace[2]
    );
}
