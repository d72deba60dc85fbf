//! Hostile flows are refused, or end, in bounded time.

use std::time::{Duration, Instant};

use flow_engine::{Calendars, Event, Inputs, StepError, compile, explain, start, transition};
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

/// `{name: value, …}` with `count` members.
fn many(count: usize, prefix: &str, value: &Value) -> Value {
    (0..count).map(|n| (format!("{prefix}{n}"), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

/// `levels` of one thing inside another.
fn deep(levels: usize, inner: Value, around: impl Fn(usize, Value) -> Value) -> Value {
    (0..levels).fold(inner, |value, level| around(level, value))
}

/// Documents that are far too large, each by its own way of being so.
fn too_large() -> Vec<(&'static str, Value)> {
    let words = "s ".repeat(1_000_000);
    vec![
        ("a million states", json!({"states": many(1_000_000, "s", &json!({}))})),
        ("a million listed states", json!({"states": vec![json!({"id": "s"}); 1_000_000]})),
        (
            "states too deep",
            json!({"states": deep(59, json!({"z": {}}), |level, states| json!({format!("s{level}"): {"states": states}}))}),
        ),
        (
            "lists too deep",
            json!({"states": {"s": {"entry": deep(200, json!([]), |_, list| json!([list]))}}}),
        ),
        (
            "conditions too deep",
            json!({"states": {"s": {"entry": deep(90, json!([]), |_, then| json!([{"if": [{"then": then}]}]))}}}),
        ),
        ("a million unknown members", json!({"states": {"s": many(400_000, "x", &Value::Null)}})),
        (
            "30,000 transitions",
            json!({"states": {"s": {"transitions": (0..30_000).map(|n| json!({"event": format!("e{n}"), "target": "s"})).collect::<Vec<_>>()}}}),
        ),
        (
            "8,000 scripts",
            json!({"kind": "flow", "key": "k", "states": {"s": {"entry": (0..8_000).map(|n| json!({"log": {"script": format!("field{n}")}})).collect::<Vec<_>>()}}}),
        ),
        (
            "100,000 targets",
            json!({"states": {"s": {"transitions": [{"event": "e", "target": vec!["s"; 100_000]}]}}}),
        ),
        (
            "a million targets in one text",
            json!({"states": {"s": {"transitions": [{"event": "e", "target": words}]}}}),
        ),
        (
            "a million events in one text",
            json!({"states": {"s": {"transitions": [{"event": words, "target": "s"}]}}}),
        ),
        (
            "a million names in one text",
            json!({"context": {"s": 1}, "states": {"s": {"entry": [{"send": {"event": "e", "namelist": words}}]}}}),
        ),
        ("5,000 variables", json!({"context": many(5_000, "v", &json!("1")), "states": {"s": {}}})),
        (
            "a script of a megabyte",
            json!({"states": {"s": {"entry": [{"log": {"script": "1+".repeat(500_000)}}]}}}),
        ),
        (
            "a script too deep",
            json!({"states": {"s": {"entry": [{"log": {"script": format!("{}1{}", "(".repeat(2_000), ")".repeat(2_000))}}]}}}),
        ),
        ("text of ten megabytes", json!({"states": {"s": {"title": "x".repeat(10_000_000)}}})),
    ]
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

/// Flows of legal size that would do too much.
fn too_busy() -> Vec<(&'static str, Value)> {
    let list: Vec<u32> = (0..2_000).collect();
    let each = |body: Value| json!({"foreach": {"array": list, "item": "a", "do": body}});
    let ping = json!({"on": {"e": {"actions": [{"raise": "e"}]}}});
    let long = format!("{}{}x", "x + ".repeat(40), " ".repeat(3_000));
    vec![
        (
            "loops inside loops",
            json!({"context": {"n": "0"}, "states": {"s": {"entry": [each(json!([each(json!([{"assign": {"n": "n + 1"}}])).clone()]))]}}}),
        ),
        (
            "long scripts in a loop",
            json!({"context": {"x": "0"}, "states": {"s": {"entry": [each(json!([{"assign": {"x": long}}]))]}}}),
        ),
        (
            "many regions that never rest",
            json!({"initial": "p", "states": {"p": {"type": "parallel", "states": many(1_500, "r", &ping), "entry": [{"raise": "e"}]}}}),
        ),
        (
            "guards that are tried without end",
            json!({"states": {"s": {"entry": [{"raise": "e"}], "transitions":
            (0..2_000).map(|_| json!({"event": "e", "guard": "false"})).chain([json!({"event": "e", "actions": [{"raise": "e"}]})]).collect::<Vec<_>>()}}}),
        ),
        (
            "events with much data",
            json!({"context": {"big": "[]"}, "states": {"s": {"entry": [
            each(json!([{"assign": {"big": "if len(big) < 9000 { big + [\"0123456789012345678901234567890123456789\"] } else { big }"}}, {"raise": {"event": "e", "data": {"script": "big"}}}]))]}}}),
        ),
    ]
}

#[test]
fn what_does_too_much_is_stopped_with_a_reason() {
    for (what, flow) in too_busy() {
        let machine = compile(&flow).unwrap_or_else(|problems| panic!("{what}: {problems:#?}"));
        let began = Instant::now();
        let step = with(&Value::Null, |inputs| start(&machine, inputs, 0));
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
