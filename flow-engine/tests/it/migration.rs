//! Taking running instances over to a new version of their flow.

use flow_engine::{
    Calendars, Effect, Event, Inputs, Key, Machine, Snapshot, Step, compile, migrate, start, transition,
};
use indexmap::IndexMap;
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

fn machine(states: Value, clocks: Value, context: Value) -> Machine {
    compile(&json!({ "states": states, "clocks": clocks, "context": context }))
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn with<T>(use_inputs: impl FnOnce(&Inputs<'_>) -> T) -> T {
    use_inputs(&Inputs {
        data: &Value::Null,
        customer: &Value::Null,
        calendars: &Calendars::new(),
        facts: &Value::Null,
    })
}

fn started(machine: &Machine) -> Snapshot {
    with(|inputs| start(machine, inputs, 0)).expect("it rests").snapshot
}

fn take_over(
    from: &Machine,
    to: &Machine,
    snapshot: &Snapshot,
    mapping: &[(&str, &str)],
) -> Result<Step, Vec<(String, String)>> {
    let mapping: IndexMap<Key, Key> =
        mapping.iter().map(|(from, to)| (Key::from(*from), Key::from(*to))).collect();
    with(|inputs| migrate(from, to, snapshot, &mapping, inputs, HOUR_MS))
        .map_err(|problems| problems.into_iter().map(|problem| (problem.path, problem.message)).collect())
}

fn active(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.active().iter().map(|key| key.as_str()).collect()
}

#[test]
fn states_keep_their_keys_unless_the_mapping_says_otherwise() {
    let from = machine(json!({"a": {}, "b": {}}), json!([]), json!({}));
    let to = machine(json!({"x": {}, "a": {"on": {"go": "x"}}}), json!([]), json!({}));
    let kept = take_over(&from, &to, &started(&from), &[]).expect("it can");
    assert_eq!(active(&kept.snapshot), ["a"]);
    assert_eq!(kept.effects, []);
    let moved = take_over(&from, &to, &started(&from), &[("a", "x")]).expect("it can");
    assert_eq!(active(&moved.snapshot), ["x"]);
    assert_eq!(
        moved.effects,
        [Effect::State {
            from: [Key::from("a")].into_iter().collect(),
            to: [Key::from("x")].into_iter().collect()
        }]
    );
}

#[test]
fn what_cannot_stand_is_refused_with_the_reason() {
    let from = machine(json!({"a": {}}), json!([]), json!({}));
    let gone = machine(json!({"b": {}}), json!([]), json!({}));
    let refused = take_over(&from, &gone, &started(&from), &[]).expect_err("there is no such state");
    assert_eq!(refused, [("/a".to_owned(), "the new version has no state `a`".to_owned())]);
    let grown = machine(json!({"a": {"states": {"a1": {}, "a2": {}}}}), json!([]), json!({}));
    assert_eq!(take_over(&from, &grown, &started(&from), &[]).expect_err("which one")[0].0, "/a");
    let split =
        machine(json!({"p": {"type": "parallel", "states": {"a": {}, "b": {}}}}), json!([]), json!({}));
    let refused = take_over(&from, &split, &started(&from), &[]).expect_err("b would be empty");
    assert_eq!(refused, [("/p".to_owned(), "nothing would be active in `b`".to_owned())]);
    let both =
        machine(json!({"p": {"type": "parallel", "states": {"a": {}, "b": {}}}}), json!([]), json!({}));
    let one = machine(json!({"a": {}, "b": {}}), json!([]), json!({}));
    assert_eq!(
        take_over(&both, &one, &started(&both), &[]).expect_err("only one can be")[0].1,
        "only one state inside can be active"
    );
}

#[test]
fn variables_that_are_new_get_their_values_and_old_ones_stay() {
    let from = machine(
        json!({"a": {"entry": [{"assign": {"kept": "7"}}]}}),
        json!([]),
        json!({"kept": "1", "lost": "2"}),
    );
    let to = machine(json!({"a": {}}), json!([]), json!({"kept": "1", "fresh": "kept + 1"}));
    let step = take_over(&from, &to, &started(&from), &[]).expect("it can");
    assert_eq!(json!(step.snapshot.context()), json!({"kept": 7, "fresh": 8}));
}

#[test]
fn clocks_are_never_re_armed_and_those_that_are_gone_are_cancelled() {
    let from = machine(
        json!({"a": {}}),
        json!([{"name": "kept", "within": "10h"}, {"name": "lost", "within": "5h"}]),
        json!({}),
    );
    let to = machine(
        json!({"a": {}}),
        json!([{"name": "kept", "within": "99h"}, {"name": "fresh", "within": "1h"}]),
        json!({}),
    );
    let step = take_over(&from, &to, &started(&from), &[]).expect("it can");
    let readings = to.readings(&step.snapshot);
    assert_eq!(readings.len(), 1);
    assert_eq!(readings[0].due_ms, Some(10 * HOUR_MS));
    let effects = serde_json::to_value(&step.effects).expect("plain data");
    assert_eq!(effects[0]["state"], "cancelled");
    assert_eq!(effects[1], json!({"effect": "cancel", "send_id": "clock.breach.lost"}));
}

#[test]
fn a_states_timer_keeps_its_time_under_its_new_name() {
    let states = |name: &str| {
        let mut states = json!({ name: {"after": [{"delay": "5h", "target": "late"}]} });
        states["late"] = json!({"type": "final"});
        states
    };
    let (from, to) = (machine(states("a"), json!([]), json!({})), machine(states("z"), json!([]), json!({})));
    let step = take_over(&from, &to, &started(&from), &[("a", "z")]).expect("it can");
    let Some(Effect::Schedule { event, due_ms, .. }) = step.effects.last() else {
        panic!("{:?}", step.effects)
    };
    assert_eq!(*due_ms, 5 * HOUR_MS);
    let late = with(|inputs| transition(&to, &step.snapshot, event, inputs, *due_ms)).expect("it rests");
    assert_eq!(late.snapshot.done(), Some("late"));
    let without = machine(json!({"a": {}}), json!([]), json!({}));
    let step = take_over(&from, &without, &started(&from), &[]).expect("it can");
    assert!(matches!(step.effects.as_slice(), [Effect::Cancel { .. }]), "{:?}", step.effects);
}

#[test]
fn moving_to_the_same_version_changes_nothing() {
    let app: Value =
        serde_json::from_str(include_str!("../../../server/src/starter/care.json")).expect("a JSON file");
    let machine = compile(&app["flows"][1]).expect("it compiles");
    let snapshot = started(&machine);
    let replied =
        with(|inputs| transition(&machine, &snapshot, &Event::new("reply", Value::Null), inputs, HOUR_MS))
            .expect("it rests");
    for snapshot in [snapshot, replied.snapshot] {
        let step = take_over(&machine, &machine, &snapshot, &[]).expect("it can");
        assert_eq!((step.snapshot, step.effects), (snapshot, vec![]));
    }
}

#[test]
fn work_of_a_renamed_state_is_closed_under_the_old_key_and_opened_under_the_new() {
    let states = |key: &str| {
        let mut states = json!({ key: {"task": {"assignee": "starter", "events": [{"event": "ok"}]}, "on": {"ok": "end"}} });
        states["end"] = json!({"type": "final"});
        states
    };
    let (from, to) =
        (machine(states("check"), json!([]), json!({})), machine(states("review"), json!([]), json!({})));
    let step = take_over(&from, &to, &started(&from), &[("check", "review")]).expect("it can");
    let effects = serde_json::to_value(&step.effects).expect("plain data");
    let kinds: Vec<&str> =
        effects.as_array().expect("a list").iter().filter_map(|effect| effect["effect"].as_str()).collect();
    assert_eq!(kinds, ["state", "close_tasks", "open_task"]);
    assert_eq!((&effects[1]["state"], &effects[2]["state"]), (&json!("check"), &json!("review")));
    let same = take_over(&from, &from, &started(&from), &[]).expect("it can");
    assert_eq!(same.effects, [], "what is open stays open");
}

#[test]
fn a_timer_that_is_new_in_a_state_counts_from_the_move() {
    let from = machine(json!({"a": {}, "late": {"type": "final"}}), json!([]), json!({}));
    let to = machine(
        json!({"a": {"after": [{"delay": "5h", "target": "late"}]}, "late": {"type": "final"}}),
        json!([]),
        json!({}),
    );
    let step = take_over(&from, &to, &started(&from), &[]).expect("it can");
    let [Effect::Schedule { event, due_ms, .. }] = step.effects.as_slice() else {
        panic!("{:?}", step.effects)
    };
    let late = with(|inputs| transition(&to, &step.snapshot, event, inputs, *due_ms)).expect("it rests");
    assert_eq!(late.snapshot.done(), Some("late"));
}

#[test]
fn an_invoked_flow_goes_on_where_its_state_still_invokes_it_and_is_stopped_where_not() {
    let states = |invoke: Value| json!({"a": {"invoke": invoke, "on": {"done.invoke.i": "end"}}, "end": {"type": "final"}});
    let from = machine(states(json!({"flow": "part", "id": "i"})), json!([]), json!({}));
    let kept = machine(states(json!({"flow": "part", "id": "i", "data": {"x": 1}})), json!([]), json!({}));
    let running = started(&from);
    let step = take_over(&from, &kept, &running, &[]).expect("it can");
    assert_eq!(step.effects, []);
    assert!(step.snapshot.waits_for_children());
    let gone = machine(
        json!({"a": {"on": {"done.invoke.i": "end"}}, "end": {"type": "final"}}),
        json!([]),
        json!({}),
    );
    let step = take_over(&from, &gone, &running, &[]).expect("it can");
    assert!(matches!(step.effects.as_slice(), [Effect::StopInvoke { .. }]), "{:?}", step.effects);
    assert!(!step.snapshot.waits_for_children());
}

#[test]
fn history_and_a_way_straight_back_survive_where_their_states_do() {
    let states = |inner: &str| json!({"s": {"on": {"out": "o"}, "states": {"h": {"type": "history"}, "a": {"on": {"n": inner}}, inner: {}}}, "o": {"on": {"back": "h"}}});
    let (from, to) = (machine(states("b"), json!([]), json!({})), machine(states("c"), json!([]), json!({})));
    let hear = |machine: &Machine, snapshot: &Snapshot, event: &str| {
        with(|inputs| transition(machine, snapshot, &Event::new(event, Value::Null), inputs, 0))
            .expect("it rests")
            .snapshot
    };
    let out = hear(&from, &hear(&from, &started(&from), "n"), "out");
    let mapped = take_over(&from, &to, &out, &[("b", "c")]).expect("it can");
    assert_eq!(active(&hear(&to, &mapped.snapshot, "back")), ["c"]);
    let forgotten = take_over(&from, &to, &out, &[]).expect("it can");
    assert_eq!(active(&hear(&to, &forgotten.snapshot, "back")), ["a"], "what is gone is not remembered");
}

#[test]
fn a_snapshot_from_before_this_engine_goes_on() {
    let flow = json!({"key": "f", "context": {"n": "1", "later": "n + 1"},
        "clocks": [{"name": "c", "within": "10h", "stops": ["stop"]}],
        "states": {"a": {"after": [{"delay": "5h", "target": "b"}], "on": {"x": {"actions": [{"cancel": "mine"}]}}}, "b": {"on": {"stop": "z"}}, "z": {"type": "final"}}});
    let machine = compile(&flow).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let stored = json!({"active": ["a"], "context": {"n": 4},
        "clocks": {"c": {"state": "running", "within": "10h", "started_ms": 0, "since_ms": 0, "due_ms": 36_000_000}},
        "timers": {"after.a.0": {"due_ms": 18_000_000, "state": "a"}, "mine": {"due_ms": 20_000_000}, "clock.breach.c": {"due_ms": 36_000_000}}});
    let snapshot: Snapshot = serde_json::from_value(stored).expect("it is read");
    let hear = |snapshot: &Snapshot, event: &Event, now_ms: i64| {
        with(|inputs| transition(&machine, snapshot, event, inputs, now_ms)).expect("it rests")
    };
    let cancelled = hear(&snapshot, &Event::new("x", Value::Null), 1);
    assert_eq!(cancelled.effects, [Effect::Cancel { send_id: Key::from("mine") }]);
    let timer: Event =
        serde_json::from_value(json!({"name": "after.a.0", "send_id": "after.a.0"})).expect("it is read");
    let moved = hear(&cancelled.snapshot, &timer, 18_000_000);
    assert_eq!(active(&moved.snapshot), ["b"]);
    let done = hear(&moved.snapshot, &Event::new("stop", Value::Null), 19_000_000);
    assert_eq!((done.snapshot.done(), machine.readings(&done.snapshot)[0].used_ms), (Some("z"), 19_000_000));
}
