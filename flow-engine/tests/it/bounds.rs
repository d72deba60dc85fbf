//! Hostile flows are refused, or end, in bounded time.

use std::time::{Duration, Instant};

use flow_engine::{Calendars, Event, Inputs, StepError, compile, explain, start, transition};
use serde_json::{Value, json};

use crate::bombs::{allowed, too_busy, too_large, too_long};

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
    assert_eq!(step, Err(StepError::TooMuch { flow: "flow".to_owned(), limit: 40_000 }));
    assert!(began.elapsed() < PATIENCE);
}

#[test]
fn what_is_far_too_large_is_refused_quickly_and_with_few_problems() {
    for (what, flow) in too_large() {
        let began = Instant::now();
        let problems = compile(&flow).err().unwrap_or_else(|| panic!("{what} compiles"));
        assert!(problems.len() <= 1_000, "{what}: {} problems", problems.len());
        let codes = ["flow.too_large", "flow.script_invalid"];
        assert!(
            problems.iter().any(|problem| codes.contains(&problem.code.as_ref())),
            "{what}: {:?}",
            problems[0]
        );
        assert!(began.elapsed() < PATIENCE, "{what}: {:?}", began.elapsed());
    }
}

#[test]
fn what_is_as_large_as_allowed_compiles_and_starts() {
    for (what, flow) in allowed() {
        let machine = compile(&flow).unwrap_or_else(|problems| panic!("{what}: {problems:#?}"));
        let started = with(&Value::Null, |inputs| start(&machine, inputs, 0));
        assert!(started.is_ok(), "{what}: {:?}", started.err());
    }
}

#[test]
fn a_simulation_has_a_size_as_a_whole() {
    for (what, scenario) in too_long() {
        let began = Instant::now();
        let scenario = serde_json::from_value(scenario).expect("a scenario");
        let outcome = flow_engine::simulate(&scenario);
        let is_cheap = what == "timers without end";
        let code = outcome.as_ref().err().map(|problems| problems[0].code.as_ref());
        assert_eq!(code, (!is_cheap).then_some("flow.diverged"), "{what}");
        assert!(began.elapsed() < PATIENCE, "{what}: {:?}", began.elapsed());
    }
}

#[test]
fn what_does_too_much_is_stopped_with_a_reason() {
    let data = json!({"list": (0..9_000).collect::<Vec<u32>>()});
    for (what, flow) in too_busy() {
        let machine = compile(&flow).unwrap_or_else(|problems| panic!("{what}: {problems:#?}"));
        let began = Instant::now();
        let step = with(&data, |inputs| start(&machine, inputs, 0));
        assert!(
            matches!(step, Err(StepError::TooMuch { .. } | StepError::Diverged { .. })),
            "{what}: {:?}",
            step.map(|step| step.snapshot)
        );
        assert!(began.elapsed() < PATIENCE, "{what}: {:?}", began.elapsed());
    }
}

#[test]
fn variables_and_timers_of_an_instance_have_a_size() {
    let grows = json!({"context": {"list": "[]", "text": "\"0123456789\"", "failed": "0"}, "states": {"s": {
        "on": {"grow": {"actions": [{"assign": {"text": "if len(text) < 60000 { text + text } else { text }"}}, {"assign": {"list": "list + [text]"}}]},
               "wait": {"actions": [{"send": {"event": "late", "delay": "1d"}}]},
               "error.execution": {"actions": [{"assign": {"failed": "failed + 1"}}]}}}}});
    let machine = compile(&grows).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut snapshot = with(&Value::Null, |inputs| start(&machine, inputs, 0)).expect("it rests").snapshot;
    for (event, times) in [("wait", 1_050), ("grow", 150)] {
        for _ in 0..times {
            let event = Event::new(event, Value::Null);
            snapshot = with(&Value::Null, |inputs| transition(&machine, &snapshot, &event, inputs, 0))
                .expect("it rests")
                .snapshot;
        }
    }
    let stored = serde_json::to_string(&snapshot).expect("plain data");
    assert!(stored.len() < 5 << 20, "{} bytes", stored.len());
    assert!(
        snapshot.context()["failed"].as_f64().is_some_and(|failed| failed > 100.0),
        "{}",
        snapshot.context()["failed"]
    );
}

#[test]
fn a_simulation_of_endless_timers_ends() {
    let machine = json!({"states": {"s": {"after": [{"delay": 1, "target": "s"}], "on": {"e": "s"}}}});
    let events: Vec<Value> = (0..50).map(|_| json!({"event": "e", "after": "1d"})).collect();
    let scenario = serde_json::from_value(json!({"machine": machine, "events": events})).expect("a scenario");
    let outcome = flow_engine::simulate(&scenario).expect("it plays");
    assert_eq!(outcome.configurations.len(), 51);
    assert!(outcome.effects.len() < 200_000);
}

#[test]
fn an_explanation_covers_branches_policies_and_what_is_active() {
    let machine = compile(&json!({"context": {"n": "1"}, "clocks": [{"name": "c", "within": "1h", "policies": [{"guard": "n > 5", "within": "2h"}]}],
        "states": {"s": {"on": {"go": [{"guard": "In(\"s\") && n == 1", "target": "t"}]}}, "t": {"entry": [{"if": [{"cond": "n == 2", "then": []}]}]}}}))
    .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let beginning = flow_engine::Beginning { explains: true, ..flow_engine::Beginning::default() };
    let first =
        with(&Value::Null, |inputs| flow_engine::begin(&machine, beginning, inputs, 0)).expect("it rests");
    assert_eq!((first.trace[0].path.as_str(), first.trace[0].held), ("/clocks/0/policies/0/guard", false));
    let event = Event::new("go", Value::Null);
    let step =
        with(&Value::Null, |inputs| explain(&machine, &first.snapshot, &event, inputs, 0)).expect("it rests");
    let trace = serde_json::to_value(&step.trace).expect("plain data");
    assert_eq!(trace[0]["values"], json!({"n": 1, "In": ["s"]}));
    assert_eq!(
        (&trace[1]["path"], &trace[1]["held"]),
        (&json!("/states/t/entry/0/if/0/cond"), &json!(false))
    );
    let plain = with(&Value::Null, |inputs| transition(&machine, &first.snapshot, &event, inputs, 0))
        .expect("it rests");
    assert_eq!((plain.snapshot, plain.effects), (step.snapshot, step.effects), "everything else is the same");
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
