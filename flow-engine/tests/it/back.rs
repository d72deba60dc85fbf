//! Returning work to an earlier state, and what happens then.

use flow_engine::task::Then;
use flow_engine::{
    Calendars, Event, Inputs, Machine, Snapshot, Step, StepError, compile, go_back, start, transition,
};
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

fn machine() -> Machine {
    let task = |first: &str| json!({"assignee": "starter", "events": [{"event": first}, {"event": "cancel"}], "allow": ["return"]});
    let flow = json!({
        "format": 1, "kind": "flow", "key": "leave", "start": {"form": "leave"},
        "clocks": [{"name": "total", "within": "100h"}],
        "on": {"cancel": "cancelled"},
        "states": {
            "draft": {"task": task("submit"), "on": {"submit": "manager"}},
            "manager": {"task": task("approve"), "after": [{"delay": "24h", "actions": [{"log": "reminder"}]}], "on": {"approve": "director"}},
            "director": {"task": task("approve"), "on": {"approve": "done"}},
            "done": {"type": "final"}, "cancelled": {"type": "final"}
        }
    });
    compile(&flow).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn with<T>(use_inputs: impl FnOnce(&Inputs<'_>) -> T) -> T {
    use_inputs(&Inputs {
        data: &Value::Null,
        customer: &Value::Null,
        calendars: &Calendars::new(),
        facts: &Value::Null,
    })
}

/// At the director, after draft and manager.
fn at_the_director(machine: &Machine) -> Snapshot {
    let started = with(|inputs| start(machine, inputs, 0)).expect("it rests");
    let submitted = hear(machine, &started.snapshot, "submit");
    hear(machine, &submitted.snapshot, "approve").snapshot
}

fn hear(machine: &Machine, snapshot: &Snapshot, event: &str) -> Step {
    with(|inputs| transition(machine, snapshot, &Event::new(event, Value::Null), inputs, HOUR_MS))
        .expect("it rests")
}

fn back(machine: &Machine, snapshot: &Snapshot, from: &str, to: &str, then: Then) -> Result<Step, StepError> {
    with(|inputs| go_back(machine, snapshot, from, to, then, inputs, HOUR_MS))
}

fn active(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.active().iter().map(|key| key.as_str()).collect()
}

#[test]
fn after_a_rerun_everything_between_is_done_again() {
    let machine = machine();
    let step =
        back(&machine, &at_the_director(&machine), "director", "draft", Then::Rerun).expect("it goes back");
    assert_eq!(active(&step.snapshot), ["draft"]);
    assert_eq!(active(&hear(&machine, &step.snapshot, "submit").snapshot), ["manager"]);
}

#[test]
fn straight_back_leads_to_where_it_came_from_once() {
    let machine = machine();
    let step = back(&machine, &at_the_director(&machine), "director", "draft", Then::StraightBack)
        .expect("it goes back");
    let stored: Snapshot = serde_json::from_str(&serde_json::to_string(&step.snapshot).expect("plain data"))
        .expect("what was written");
    let again = hear(&machine, &stored, "submit").snapshot;
    assert_eq!(active(&again), ["director"]);
    let rerun = back(&machine, &again, "director", "draft", Then::Rerun).expect("it goes back").snapshot;
    assert_eq!(
        active(&hear(&machine, &rerun, "submit").snapshot),
        ["manager"],
        "nothing of the earlier return is left"
    );
}

#[test]
fn only_consent_leads_straight_back() {
    let machine = machine();
    let step = back(&machine, &at_the_director(&machine), "director", "draft", Then::StraightBack)
        .expect("it goes back");
    assert_eq!(hear(&machine, &step.snapshot, "cancel").snapshot.done(), Some("cancelled"));
}

#[test]
fn timers_of_the_state_start_anew_and_clocks_of_the_flow_go_on() {
    let machine = machine();
    let before = at_the_director(&machine);
    let clocks = machine.readings(&before);
    let step = back(&machine, &before, "director", "manager", Then::Rerun).expect("it goes back");
    assert_eq!(machine.readings(&step.snapshot), clocks);
    let scheduled: Vec<i64> = step
        .effects
        .iter()
        .filter_map(|effect| match effect {
            flow_engine::Effect::Schedule { due_ms, .. } => Some(*due_ms),
            _ => None,
        })
        .collect();
    assert_eq!(scheduled, [25 * HOUR_MS]);
}

#[test]
fn work_goes_back_only_from_where_it_is_to_what_there_is() {
    let machine = machine();
    let snapshot = at_the_director(&machine);
    assert_eq!(
        back(&machine, &snapshot, "manager", "draft", Then::Rerun),
        Err(StepError::NotActive { state: "manager".to_owned() })
    );
    let unknown = StepError::StateUnknown { flow: "leave".to_owned(), state: "moon".to_owned() };
    assert_eq!(back(&machine, &snapshot, "director", "moon", Then::Rerun), Err(unknown));
    let done = hear(&machine, &snapshot, "approve").snapshot;
    assert_eq!(
        back(&machine, &done, "done", "draft", Then::Rerun),
        Err(StepError::NotActive { state: "done".to_owned() })
    );
}

#[test]
fn a_return_out_of_parallel_branches_ends_the_work_of_all_of_them() {
    let machine = compile(&json!({"kind": "flow", "key": "p", "states": {
        "draft": {"task": {"assignee": "starter", "events": [{"event": "submit"}]}, "on": {"submit": "both"}},
        "both": {"type": "parallel", "on": {"done.state.both": "done"}, "states": {
            "law": {"states": {"law_checks": {"task": {"assignee": {"role": "law"}, "events": [{"event": "law_ok"}]}, "on": {"law_ok": "law_done"}}, "law_done": {"type": "final"}}},
            "money": {"states": {"money_checks": {"task": {"assignee": {"role": "money"}, "events": [{"event": "money_ok"}]}, "on": {"money_ok": "money_done"}}, "money_done": {"type": "final"}}}}},
        "done": {"type": "final"}}}))
    .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let first = with(|inputs| start(&machine, inputs, 0)).expect("it rests").snapshot;
    let both = hear(&machine, &first, "submit").snapshot;
    let half = hear(&machine, &both, "law_ok").snapshot;
    assert_eq!(active(&half), ["law_done", "money_checks"]);
    let step = back(&machine, &half, "money_checks", "draft", Then::StraightBack).expect("it goes back");
    assert_eq!(active(&step.snapshot), ["draft"]);
    let closed =
        step.effects.iter().filter(|effect| matches!(effect, flow_engine::Effect::CloseTasks { .. }));
    assert_eq!(closed.count(), 1, "only one branch still had work");
    let again = hear(&machine, &step.snapshot, "submit").snapshot;
    assert_eq!(active(&again), ["law_checks", "money_checks"], "the other branch begins anew");
    assert_eq!(
        hear(&machine, &hear(&machine, &again, "law_ok").snapshot, "money_ok").snapshot.done(),
        Some("done")
    );
}
