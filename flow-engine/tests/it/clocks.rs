//! Clocks: starting, stopping, pausing, warning, breaking; in elapsed and in working time.

use flow_engine::Effect;
use serde_json::{Value, json};

use crate::support::play;

const HOUR: f64 = 3_600_000.0;

/// Nine to five, Monday to Friday, in Shanghai.
fn office() -> Value {
    let day = json!([["09:00", "17:00"]]);
    json!({"format": 1, "kind": "calendar", "key": "office", "time_zone": "Asia/Shanghai",
        "week": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}})
}

fn flow(clock: Value) -> Value {
    json!({
        "format": 1, "kind": "flow", "key": "f", "clocks": [clock],
        "states": {
            "working": {"on": {"wait": "waiting", "solve": "done", "restart": {"actions": [{"log": "again"}]}}},
            "waiting": {"on": {"resume": "working"}},
            "done": {"on": {"reopen": "working", "end": "over"}},
            "over": {"type": "final"}
        }
    })
}

/// The changes of the clock as `[hours of breach due from the start, state, breached]`.
#[track_caller]
fn changes(clock: Value, events: &[(f64, &str)], start: &str) -> Vec<Value> {
    let events: Vec<Value> =
        events.iter().map(|(hours, name)| json!({"event": {"name": name}, "after": hours * HOUR})).collect();
    let start_ms = form_engine::moment::parse(start).expect("an instant");
    let scenario = json!({"machine": flow(clock), "events": events, "calendars": [office()], "start": start});
    let readings = play(scenario).effects.into_iter().filter_map(|effect| match effect {
        Effect::Clock(reading) => Some(reading),
        _ => None,
    });
    readings
        .map(|reading| {
            let due = reading.due_ms.map(|due| (due - start_ms) as f64 / HOUR);
            json!([due, reading.status, reading.breached])
        })
        .collect()
}

const MONDAY_NINE: &str = "2026-03-02T09:00:00+08:00";

#[test]
fn elapsed_time_counts_nights_and_weekends() {
    let clock = json!({"name": "c", "within": "24h", "stops": ["solve"]});
    let expected = json!([[24.0, "running", false], [24.0, "stopped", false]]);
    assert_eq!(json!(changes(clock, &[(23.0, "solve")], "2026-03-06T16:00:00+08:00")), expected);
}

#[test]
fn a_promise_that_runs_out_is_broken_and_stays_broken_when_it_is_kept_late() {
    let clock = json!({"name": "c", "within": "24h", "stops": ["solve"]});
    let expected = json!([[24.0, "running", false], [24.0, "running", true], [24.0, "stopped", true]]);
    assert_eq!(json!(changes(clock, &[(30.0, "solve")], MONDAY_NINE)), expected);
}

#[test]
fn working_time_leaves_out_nights_and_weekends() {
    // Friday four o'clock plus two working hours is Monday ten o'clock: 66 hours later.
    let clock = json!({"name": "c", "within": "2wh", "calendar": "office", "stops": ["solve"]});
    let first = changes(clock, &[(1.0, "solve")], "2026-03-06T16:00:00+08:00").remove(0);
    assert_eq!(first, json!([66.0, "running", false]));
}

#[test]
fn a_working_day_is_as_long_as_the_calendars_usual_day() {
    let clock = json!({"name": "c", "within": "3wd", "calendar": "office", "stops": ["solve"]});
    let first = changes(clock, &[(1.0, "solve")], MONDAY_NINE).remove(0);
    assert_eq!(first, json!([56.0, "running", false]), "Wednesday at the end of the day");
}

#[test]
fn a_pause_keeps_what_was_used_and_has_no_due_time() {
    let clock = json!({"name": "c", "within": "10h", "stops": ["solve"], "pauses_in": ["waiting"]});
    let events = [(4.0, "wait"), (100.0, "resume"), (1.0, "solve")];
    let expected = json!([
        [10.0, "running", false],
        [null, "paused", false],
        [110.0, "running", false],
        [110.0, "stopped", false]
    ]);
    assert_eq!(json!(changes(clock, &events, MONDAY_NINE)), expected);
}

#[test]
fn a_pause_across_a_weekend_costs_only_working_time() {
    let clock = json!({"name": "c", "within": "1wd", "calendar": "office", "stops": ["solve"], "pauses_in": ["waiting"]});
    // Friday 13:00, four of eight hours used at 17:00; paused from Saturday noon to Tuesday 09:00.
    let events = [(23.0, "wait"), (69.0, "resume"), (1.0, "solve")];
    let changes = changes(clock, &events, "2026-03-06T13:00:00+08:00");
    assert_eq!(changes[2], json!([96.0, "running", false]), "four hours into Tuesday");
}

#[test]
fn a_running_clock_is_never_started_again_and_a_stopped_one_starts_anew() {
    let clock =
        json!({"name": "c", "within": "10h", "starts": ["start", "restart", "reopen"], "stops": ["solve"]});
    let events = [(2.0, "restart"), (1.0, "solve"), (5.0, "reopen"), (1.0, "solve")];
    let expected = json!([
        [10.0, "running", false],
        [10.0, "stopped", false],
        [18.0, "running", false],
        [18.0, "stopped", false]
    ]);
    assert_eq!(json!(changes(clock, &events, MONDAY_NINE)), expected);
}

#[test]
fn states_start_and_stop_clocks_too() {
    let clock = json!({"name": "c", "within": "10h", "starts_in": ["waiting"], "stops_in": ["working"]});
    let events = [(2.0, "wait"), (3.0, "resume")];
    assert_eq!(
        json!(changes(clock, &events, MONDAY_NINE)),
        json!([[12.0, "running", false], [12.0, "stopped", false]])
    );
}

#[test]
fn an_ended_flow_gives_its_promises_up() {
    let clock = json!({"name": "c", "within": "100h"});
    let events = [(1.0, "solve"), (1.0, "end")];
    assert_eq!(
        json!(changes(clock, &events, MONDAY_NINE)),
        json!([[100.0, "running", false], [100.0, "cancelled", false]])
    );
}

#[test]
fn a_policy_that_begins_to_hold_takes_over_and_keeps_what_was_used() {
    let mut machine = flow(json!({"name": "c", "within": "10h", "stops": ["solve"],
        "policies": [{"guard": "context.urgent", "within": "4h"}]}));
    machine["context"] = json!({"urgent": false});
    machine["states"]["working"]["on"]["escalate"] = json!({"actions": [{"assign": {"urgent": true}}]});
    let events = json!([{"event": {"name": "escalate"}, "after": HOUR}]);
    let outcome = play(json!({"machine": machine, "events": events}));
    let due: Vec<Option<f64>> = outcome
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Clock(reading) => Some(reading.due_ms.map(|due| due as f64 / HOUR)),
            _ => None,
        })
        .collect();
    // One of four hours is used at the switch; due at four; then broken.
    assert_eq!(due, [Some(10.0), Some(4.0), Some(4.0)]);
}

#[test]
fn policies_go_by_tier() {
    let machine = flow(json!({"name": "c", "within": "72h", "policies": [
        {"guard": "customer.tier == \"vip\"", "within": "8h"},
        {"guard": {"field": "customer.tier", "op": "eq", "value": "gold"}, "within": "24h"}]}));
    for (tier, hours) in [("vip", 8.0), ("gold", 24.0), ("plain", 72.0)] {
        let outcome = play(json!({"machine": machine, "customer": {"tier": tier}}));
        let due = outcome.effects.iter().find_map(|effect| match effect {
            Effect::Clock(reading) => reading.due_ms,
            _ => None,
        });
        assert_eq!(due.map(|due| due as f64 / HOUR), Some(hours), "{tier}");
    }
}

#[test]
fn warning_comes_before_breach_and_each_comes_once() {
    let mut machine = flow(json!({"name": "c", "within": "10h", "warn_at": 0.8, "stops": ["solve"]}));
    machine["on"] = json!({
        "clock.warn.c": {"actions": [{"log": "warn"}]}, "clock.breach.c": {"actions": [{"log": "breach"}]}});
    let outcome =
        play(json!({"machine": machine, "events": [{"event": {"name": "solve"}, "after": 20.0 * HOUR}]}));
    let logs: Vec<&str> = outcome
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Log { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(logs, ["warn", "breach"]);
}

#[test]
fn timers_of_a_state_end_with_it() {
    let machine = json!({"states": {
        "a": {"after": [{"delay": "1h", "target": "late"}], "on": {"go": "b"}},
        "b": {"on": {"back": "a"}}, "late": {"type": "final"}}});
    let event = |name: &str, hours: f64| json!({"event": {"name": name}, "after": hours * HOUR});
    let events = json!([event("go", 0.5), event("back", 10.0), event("none", 0.9)]);
    let outcome = play(json!({"machine": machine, "events": events}));
    assert_eq!(json!(outcome.configurations), json!([["a"], ["b"], ["a"], ["a"], ["late"]]));
}

#[test]
fn after_counts_working_time_with_a_calendar_and_may_be_computed() {
    let machine = json!({"calendar": "office", "context": {"wait": "\"2wh\""}, "states": {
        "a": {"after": [{"delay": {"script": "wait"}, "target": "b"}]},
        "b": {"after": [{"delay": "1wd", "target": "c"}]}, "c": {}}});
    let start = "2026-03-06T16:00:00+08:00";
    let outcome = play(json!({"machine": machine, "calendars": {"office": office()}, "start": start}));
    let start_ms = form_engine::moment::parse(start).expect("an instant");
    let due = outcome.effects.iter().filter_map(|effect| match effect {
        Effect::Schedule { due_ms, .. } => Some((due_ms - start_ms) as f64 / HOUR),
        _ => None,
    });
    assert_eq!(due.collect::<Vec<_>>(), [66.0, 90.0]);
}
