//! What holds of every machine and every document.

use flow_engine::{Calendars, Event, Inputs, Machine, Snapshot, Step, compile, start, transition};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, spiced with the words of the grammar so that it gets past the first check.
fn document() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "states", "a", "b", "on", "go", "always", "after", "delay", "2d", "target", "guard", "true", "x",
        "type", "parallel", "final", "history", "initial", "entry", "exit", "assign", "send", "event",
        "raise", "if", "cond", "then", "foreach", "array", "item", "do", "context", "clocks", "name",
        "within", "task", "events", "assignee", "starter", "notify", "to", "kind", "flow", "key", "script",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|members| members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<Map<_, _>>()
                .into()),
        ]
    })
}

/// A statechart of random shape over states `s0 …`, with counters, history and timers.
fn statechart() -> impl Strategy<Value = Value> {
    let shape = prop::collection::vec((0_usize..6, 0_u8..10), 3..14);
    let arrows = prop::collection::vec((0_usize..14, 0_usize..14, 0_u8..5, any::<bool>(), 0_u8..4), 2..24);
    (shape, arrows).prop_map(|(shape, arrows)| {
        let parents: Vec<Option<usize>> = shape
            .iter()
            .enumerate()
            .map(|(index, (parent, _))| {
                (index > 1 && *parent != 5).then(|| parent % index).filter(|parent| shape[*parent].1 != 9)
            })
            .collect();
        let bodies: Vec<Map<String, Value>> = (0..shape.len())
            .map(|state| body(state, &shape, &arrows, parents.contains(&Some(state))))
            .collect();
        let root: Map<String, Value> = (0..shape.len())
            .filter(|state| parents[*state].is_none())
            .map(|state| (format!("s{state}"), nest(state, &bodies, &parents)))
            .collect();
        json!({"context": {"n": "0"}, "states": root})
    })
}

fn nest(state: usize, bodies: &[Map<String, Value>], parents: &[Option<usize>]) -> Value {
    let mut body = bodies[state].clone();
    let mut children = Map::new();
    for child in (0..bodies.len()).filter(|child| parents[*child] == Some(state)) {
        children.insert(format!("s{child}"), nest(child, bodies, parents));
    }
    if !children.is_empty() {
        children.insert(
            format!("h{state}"),
            json!({"type": "history", "history": if state.is_multiple_of(2) { "deep" } else { "shallow" }}),
        );
        body.insert("states".to_owned(), children.into());
    }
    body.into()
}

fn body(
    state: usize,
    shape: &[(usize, u8)],
    arrows: &[(usize, usize, u8, bool, u8)],
    has_children: bool,
) -> Map<String, Value> {
    let mut body = Map::new();
    match shape[state].1 {
        9 if !has_children => {
            body.insert("type".to_owned(), json!("final"));
            return body;
        }
        6..=8 if has_children => {
            body.insert("type".to_owned(), json!("parallel"));
        }
        _ => {}
    }
    body.insert("entry".to_owned(), json!([{"assign": {"n": "n + 1"}}]));
    let own = arrows.iter().filter(|(from, ..)| from % shape.len() == state);
    let transitions: Vec<Value> = own
        .map(|(_, to, event, internal, kind)| {
            let target = to % shape.len();
            json!({
                "event": format!("e{event}"), "target": format!("s{target}"), "internal": internal,
                "guard": if *kind == 0 { "n % 2 == 0" } else { "true" },
                "actions": if *kind == 1 { json!([{"raise": "e0"}]) } else if *kind == 2 { json!([{"send": {"event": "e1", "delay": 5}}]) } else { json!([]) },
            })
        })
        .collect();
    body.insert("transitions".to_owned(), transitions.into());
    body
}

fn step(machine: &Machine, snapshot: Option<&Snapshot>, event: &str, now_ms: i64) -> Option<Step> {
    let calendars = Calendars::new();
    let inputs =
        Inputs { data: &Value::Null, customer: &Value::Null, calendars: &calendars, facts: &Value::Null };
    match snapshot {
        None => start(machine, &inputs, now_ms).ok(),
        Some(snapshot) => {
            transition(machine, snapshot, &Event::new(event, Value::Null), &inputs, now_ms).ok()
        }
    }
}

/// A configuration is legal when exactly one child of each compound state and every child of each
/// parallel state is active (SCXML §3.11), which a walk down the document checks.
fn is_legal(document: &Value, active: &[&str]) -> bool {
    fn active_below(state: &Value, key: &str, active: &[&str]) -> bool {
        active.contains(&key) || children(state).any(|(key, child)| active_below(child, key, active))
    }
    fn children(state: &Value) -> impl Iterator<Item = (&str, &Value)> {
        let states = state.get("states").and_then(Value::as_object).into_iter().flatten();
        states.filter(|(_, child)| child["type"] != "history").map(|(key, child)| (key.as_str(), child))
    }
    fn legal(state: &Value, active: &[&str]) -> bool {
        let count = children(state).count();
        let inside: Vec<(&str, &Value)> =
            children(state).filter(|(key, child)| active_below(child, key, active)).collect();
        let fits =
            if state["type"] == "parallel" { inside.len() == count } else { inside.len() == 1.min(count) };
        fits && inside.iter().all(|(_, child)| legal(child, active))
    }
    legal(document, active)
}

proptest! {
    #[test]
    fn compile_never_panics_and_never_refuses_without_a_reason(document in document()) {
        if let Err(problems) = compile(&document) {
            prop_assert!(!problems.is_empty());
        }
        if let Err(problems) = compile(&json!({"kind": "flow", "key": "k", "states": document})) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn every_configuration_is_legal_and_steps_survive_serde_and_repetition(
        document in statechart(), events in prop::collection::vec(0_u8..5, 0..12),
    ) {
        let machine = compile(&document).map_err(|problems| TestCaseError::fail(format!("{problems:?} {document}")))?;
        let mut at = step(&machine, None, "", 0);
        for (now_ms, event) in (0_i64..).zip(events) {
            let Some(before) = at else { break };
            let active: Vec<&str> = before.snapshot.active().iter().map(|key| key.as_str()).collect();
            prop_assert!(is_legal(&document, &active), "{:?} of {}", active, document);
            let event = format!("e{event}");
            let stored = serde_json::to_string(&before.snapshot).expect("plain data");
            let restored: Snapshot = serde_json::from_str(&stored).expect("what was written");
            prop_assert_eq!(&restored, &before.snapshot);
            let after = step(&machine, Some(&before.snapshot), &event, now_ms);
            prop_assert_eq!(&after, &step(&machine, Some(&restored), &event, now_ms));
            at = after;
        }
    }
}
