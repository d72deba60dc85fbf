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

static CORPUS: std::sync::LazyLock<Vec<Value>> = std::sync::LazyLock::new(corpus);

/// Every machine of the suites.
fn corpus() -> Vec<Value> {
    let suites = [include_str!("../data/scion-statecharts.json"), include_str!("../data/scxml-rules.json")];
    let cases =
        suites.map(|suite| serde_json::from_str::<Value>(suite).expect("a JSON file")["cases"].take());
    let cases = cases.into_iter().flat_map(|cases| cases.as_array().cloned().unwrap_or_default());
    let app: Value =
        serde_json::from_str(include_str!("../../../server/src/starter/care.json")).expect("a JSON file");
    cases
        .map(|mut case| case["machine"].take())
        .chain(app["flows"].as_array().cloned().unwrap_or_default())
        .collect()
}

/// Changes one place of a document: the `at`-th value, counted in document order.
fn mutate(document: &mut Value, at: usize, how: u8, other: &Value) {
    let mut paths = Vec::new();
    walk(document, String::new(), &mut paths);
    let path = paths[at % paths.len()].clone();
    let parent = path.rfind('/').map(|cut| &path[..cut]);
    let name = path.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    match (how % 4, parent.and_then(|parent| document.pointer_mut(parent))) {
        (0, Some(Value::Object(members))) => drop(members.shift_remove(&name)),
        (0, Some(Value::Array(items))) => drop(items.remove(name.parse::<usize>().expect("an index"))),
        (1, Some(Value::Object(members))) => {
            let copy = members[&name].clone();
            members.insert(format!("{name}2"), copy);
        }
        (1, Some(Value::Array(items))) => {
            let copy = items[name.parse::<usize>().expect("an index")].clone();
            items.push(copy);
        }
        (2, _) => {
            if let Some(place) = document.pointer_mut(&path) {
                *place = json!([place.take()]);
            }
        }
        _ => {
            if let Some(place) = document.pointer_mut(&path) {
                *place = other.clone();
            }
        }
    }
}

fn walk(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{path}/{index}"), paths);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, form_engine::pointer::join(&path, name), paths);
            }
        }
        _ => {}
    }
    paths.push(path);
}

/// Longest any one run may take, on a busy machine and without optimisation.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

proptest! {
    /// `PROPTEST_CASES=100000 cargo test -p flow-engine --test it properties` goes on for longer.
    #[test]
    fn a_machine_of_the_suites_with_random_changes_is_refused_or_runs_and_never_for_long(
        which in any::<prop::sample::Index>(), changes in prop::collection::vec((any::<usize>(), any::<u8>(), document()), 1..4),
        events in prop::collection::vec(prop::sample::select(vec!["t", "e", "go", "t1", "t2", "solve", "reply", "", "*"]), 0..6),
    ) {
        let mut machine = which.get(&CORPUS).clone();
        for (at, how, other) in changes {
            mutate(&mut machine, at, how, &other);
        }
        let began = std::time::Instant::now();
        let scenario = json!({"machine": machine, "events": events, "data": {"score": 3}});
        let scenario: flow_engine::Scenario = serde_json::from_value(scenario).expect("a scenario");
        if let Err(problems) = flow_engine::simulate(&scenario) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.path.starts_with("/machine")), "{:?}", problems);
        }
        prop_assert!(began.elapsed() < PATIENCE, "{:?} for {}", began.elapsed(), machine);
    }

    #[test]
    fn no_line_given_to_simulate_makes_it_panic(line in document(), machine in document(), events in document()) {
        for scenario in [line, json!({"machine": machine, "events": [events.clone()], "calendars": events, "start": "x"})] {
            if let Ok(scenario) = serde_json::from_value::<flow_engine::Scenario>(scenario)
                && let Err(problems) = flow_engine::simulate(&scenario)
            {
                prop_assert!(!problems.is_empty());
            }
        }
    }

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
