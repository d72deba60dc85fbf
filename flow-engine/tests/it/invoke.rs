//! Flows that invoke flows: what is asked for, what is waited for, what is stopped (SCXML §6.4).

use std::collections::{BTreeMap, BTreeSet};

use flow_engine::{
    Addressee, Beginning, Calendars, Child, Effect, Event, Inputs, Key, Machine, Parent, Peer, Snapshot,
    Step, StepError, Surroundings, begin, compile, compile_within, start, transition,
};
use serde_json::{Value, json};

fn with<T>(use_inputs: impl FnOnce(&Inputs<'_>) -> T) -> T {
    let calendars = Calendars::new();
    use_inputs(&Inputs {
        data: &Value::Null,
        customer: &Value::Null,
        calendars: &calendars,
        facts: &Value::Null,
    })
}

/// A state that invokes, with ends for whatever may come of it.
fn parent(invoke: Value) -> Machine {
    compile(&json!({"kind": "flow", "key": "parent", "context": {"lines": [1, 2, 3], "got": null}, "initial": "work", "states": {
        "work": {"invoke": invoke, "on": {
            "done.invoke.work": {"target": "done", "actions": [{"assign": {"got": "_event.data"}}]},
            "error.invoke.work": {"target": "failed", "actions": [{"assign": {"got": "_event.data"}}]},
            "error.execution": {"target": "broken"},
            "leave": {"target": "left"}, "again": {"target": "work"}}},
        "done": {"on": {"again": "work"}}, "failed": {"on": {"again": "work"}}, "broken": {"on": {"again": "work"}}, "left": {"on": {"again": "work"}}}}))
    .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn begun(machine: &Machine) -> Step {
    with(|inputs| start(machine, inputs, 0)).expect("it rests")
}

fn hear(machine: &Machine, snapshot: &Snapshot, event: &Event) -> Step {
    with(|inputs| transition(machine, snapshot, event, inputs, 1)).expect("it rests")
}

fn children(step: &Step) -> Vec<(Child, Value)> {
    let asked = |effect: &Effect| match effect {
        Effect::Invoke { child, flow, data } => {
            assert_eq!(flow, "part");
            Some((child.clone(), data.clone()))
        }
        _ => None,
    };
    step.effects.iter().filter_map(asked).collect()
}

fn stops(step: &Step) -> usize {
    step.effects.iter().filter(|effect| matches!(effect, Effect::StopInvoke { .. })).count()
}

fn stands(snapshot: &Snapshot) -> (&str, Value) {
    (snapshot.active()[0].as_str(), snapshot.context()["got"].clone())
}

#[test]
fn a_child_gets_data_and_hands_data_back() {
    let machine =
        parent(json!({"flow": "part", "data": {"size": {"script": "lines[0] + 1"}, "kind": "small"}}));
    let first = begun(&machine);
    let asked = children(&first);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].1, json!({"size": 2, "kind": "small"}));

    let part = compile(&json!({"context": {"size": "0", "kind": "\"none\"", "own": "size * 10"}, "states": {
        "a": {"on": {"go": "z"}}, "z": {"type": "final", "output": {"params": [["total", "own + size"], ["kind", "kind"]]}}}}))
    .expect("it compiles");
    let beginning = Beginning {
        given: asked[0].1.as_object().cloned().expect("values by name"),
        parent: Some(Parent { instance: "p1".to_owned(), child: asked[0].0.clone() }),
        cause: first.cause.clone(),
        ..Beginning::default()
    };
    let child = with(|inputs| begin(&part, beginning, inputs, 0)).expect("it rests");
    let child = hear(&part, &child.snapshot, &Event::new("go", Value::Null));
    assert_eq!(child.snapshot.done(), Some("z"));
    assert_eq!(*child.snapshot.output(), json!({"total": 22, "kind": "small"}));
    let text = serde_json::to_string(&child.snapshot).expect("plain data");
    let restored: Snapshot = serde_json::from_str(&text).expect("what was written");
    let parent = restored.parent().expect("it is a child").clone();
    assert_eq!(parent.instance, "p1");

    let after = hear(&machine, &first.snapshot, &Event::child_done(parent.child, restored.output().clone()));
    assert_eq!(stands(&after.snapshot), ("done", json!({"total": 22, "kind": "small"})));
    assert_eq!(stops(&after), 0, "nothing runs any more");
}

#[test]
fn a_child_that_fails_says_why() {
    let machine = parent(json!({"flow": "part"}));
    let first = begun(&machine);
    let child = children(&first)[0].0.clone();
    let after = hear(&machine, &first.snapshot, &Event::child_failed(child, "there is no flow `part`"));
    assert_eq!(stands(&after.snapshot), ("failed", json!("there is no flow `part`")));
}

#[test]
fn one_child_per_item_all_any_or_a_share_of_them() {
    let invoke = |wait: Value| json!({"flow": "part", "wait": wait, "data": {"line": {"script": "line"}, "at": {"script": "at"}}, "foreach": {"array": "lines", "item": "line", "index": "at"}});
    // Which children succeed (+) or fail (-), in order of their ends; where the parent then stands; how often it stopped some.
    for (wait, ends, expected, stopped) in [
        (json!("all"), "0+ 2+ 1+", "done", 0),
        (json!("all"), "0+ 2-", "failed", 1),
        (json!("any"), "1+", "done", 1),
        (json!("any"), "1- 0- 2+", "done", 0),
        (json!("any"), "1- 0- 2-", "failed", 0),
        (json!({"share": 0.6}), "0+ 1+", "done", 1),
        (json!({"share": 0.6}), "0+ 1-", "work", 0),
        (json!({"share": 0.6}), "0- 1-", "failed", 1),
    ] {
        let machine = parent(invoke(wait.clone()));
        let mut at = begun(&machine);
        let asked = children(&at);
        assert_eq!(asked[2].1, json!({"line": 3, "at": 2}));
        let mut stops_seen = 0;
        for end in ends.split(' ') {
            let (position, outcome) = end.split_at(1);
            let child = asked[position.parse::<usize>().expect("a position")].0.clone();
            let event = if outcome == "+" {
                Event::child_done(child, json!(position))
            } else {
                Event::child_failed(child, "no")
            };
            at = hear(&machine, &at.snapshot, &event);
            stops_seen += stops(&at);
        }
        assert_eq!((stands(&at.snapshot).0, stops_seen), (expected, stopped), "{wait} {ends}");
    }
}

#[test]
fn what_is_handed_back_says_how_each_child_ended() {
    let machine = parent(
        json!({"flow": "part", "wait": {"share": 0.3}, "foreach": {"array": "lines", "item": "line"}}),
    );
    let first = begun(&machine);
    let asked = children(&first);
    let failed = hear(&machine, &first.snapshot, &Event::child_failed(asked[1].0.clone(), "no"));
    assert!(!failed.taken);
    let done = hear(&machine, &failed.snapshot, &Event::child_done(asked[0].0.clone(), json!(7)));
    let expected =
        json!([{"status": "done", "data": 7}, {"status": "failed", "reason": "no"}, {"status": "stopped"}]);
    assert_eq!(stands(&done.snapshot), ("done", expected));
}

#[test]
fn an_empty_list_is_done_at_once_and_too_long_a_one_fails() {
    let of = |array: Value, most: u32| json!({"flow": "part", "foreach": {"array": array, "item": "line", "most": most}});
    assert_eq!(stands(&begun(&parent(of(json!([]), 5))).snapshot), ("done", json!([])));
    let many: Vec<u32> = (0..6).collect();
    let machine = parent(of(json!(many), 5));
    let step = begun(&machine);
    assert_eq!(stands(&step.snapshot), ("failed", json!("expected at most 5 items, found 6")));
    assert!(children(&step).is_empty());
    assert_eq!(stands(&begun(&parent(of(json!(7), 5))).snapshot).0, "broken");
}

#[test]
fn leaving_the_state_stops_its_children_and_their_late_ends_are_not_heard() {
    let machine = parent(json!({"flow": "part"}));
    let first = begun(&machine);
    let child = children(&first)[0].0.clone();
    let left = hear(&machine, &first.snapshot, &Event::new("leave", Value::Null));
    assert_eq!(stops(&left), 1);
    let late = hear(&machine, &left.snapshot, &Event::child_done(child.clone(), json!(1)));
    assert!(!late.taken);
    assert_eq!(late.snapshot, left.snapshot);
    // Entering the state again is another invocation: the first one's child is not mistaken for the second's.
    let again = hear(&machine, &left.snapshot, &Event::new("again", Value::Null));
    let second = children(&again)[0].0.clone();
    assert_ne!(second, child);
    let late = hear(&machine, &again.snapshot, &Event::child_done(child, json!(1)));
    assert_eq!(stands(&late.snapshot).0, "work");
    let done = hear(&machine, &late.snapshot, &Event::child_done(second, json!(2)));
    assert_eq!(stands(&done.snapshot), ("done", json!(2)));
}

#[test]
fn a_state_entered_and_left_within_one_step_invokes_nothing() {
    let machine = compile(&json!({"states": {
        "a": {"on": {"go": "b"}}, "b": {"invoke": {"flow": "part"}, "always": "c"}, "c": {}}}))
    .expect("it compiles");
    let step = hear(&machine, &begun(&machine).snapshot, &Event::new("go", Value::Null));
    assert!(children(&step).is_empty());
    assert_eq!(stops(&step), 0);
}

#[test]
fn data_that_fails_is_an_error_and_nothing_is_invoked() {
    let step = begun(&parent(json!({"flow": "part", "data": {"a": {"script": "got + 1"}}})));
    assert_eq!(stands(&step.snapshot).0, "broken");
    assert!(children(&step).is_empty());
}

#[test]
fn the_event_names_its_invocation() {
    let machine = compile(&json!({"states": {
        "a": {"invoke": {"flow": "part", "id": "check"}, "on": {"done.invoke.check": [{"guard": "_event.invokeid == \"check\"", "target": "b"}]}}, "b": {}}}))
    .expect("it compiles");
    let first = begun(&machine);
    let step =
        hear(&machine, &first.snapshot, &Event::child_done(children(&first)[0].0.clone(), Value::Null));
    assert_eq!(step.snapshot.active()[0].as_str(), "b");
}

#[test]
fn flows_that_invoke_each_other_without_end_are_refused() {
    let flow = json!({"kind": "flow", "key": "a", "states": {"s": {"invoke": {"flow": "b"}, "on": {"done.invoke.s": "z"}}, "z": {"type": "final"}}});
    let edge = |from: &str, to: &str| (from.to_owned(), BTreeSet::from([to.to_owned()]));
    let within = |edges: Vec<(String, BTreeSet<String>)>| {
        let surroundings =
            Surroundings { invokes: Some(BTreeMap::from_iter(edges)), ..Surroundings::default() };
        compile_within(&flow, &surroundings)
    };
    assert!(within(vec![edge("b", "c"), edge("c", "b")]).is_ok(), "not through this flow");
    let problems = within(vec![edge("b", "c"), edge("c", "a")]).expect_err("a circle");
    assert_eq!(
        (problems[0].code.as_ref(), problems[0].path.as_str()),
        ("flow.invoke_cycle", "/states/s/invoke/flow")
    );
    assert_eq!(problems[0].message, "flows would invoke each other without end: `a` → `b` → `c` → `a`");
    let own = json!({"kind": "flow", "key": "a", "states": {"s": {"invoke": {"flow": "a"}, "on": {"done.invoke.s": "z"}}, "z": {"type": "final"}}});
    assert_eq!(compile(&own).expect_err("itself")[0].code, "flow.invoke_cycle");
    assert_eq!(compile(&flow).expect("it compiles").invokes(), BTreeSet::from(["b"]));
}

#[test]
fn faults_of_an_invocation_are_addressed() {
    let codes = |invoke: Value| -> Vec<(String, String)> {
        let flow = json!({"kind": "flow", "key": "k", "states": {"s": {"invoke": invoke, "on": {"done.invoke.s": "z"}}, "z": {"type": "final"}}});
        let problems = compile(&flow).expect_err("it is wrong");
        problems.iter().map(|problem| (problem.code.to_string(), problem.path.clone())).collect()
    };
    let one = |code: &str, path: &str| vec![(code.to_owned(), format!("/states/s/invoke{path}"))];
    assert_eq!(codes(json!({})), one("flow.member_missing", "/flow"));
    assert_eq!(codes(json!({"flow": "b", "wait": "some"})), one("flow.value_invalid", "/wait"));
    assert_eq!(codes(json!({"flow": "b", "wait": {"share": 2}})), one("flow.value_invalid", "/wait"));
    assert_eq!(
        codes(json!({"flow": "b", "foreach": {"item": "x"}})),
        one("flow.member_missing", "/foreach/array")
    );
    assert_eq!(
        codes(json!({"flow": "b", "foreach": {"array": [1], "item": "x", "most": 201}})),
        one("flow.value_invalid", "/foreach/most")
    );
    assert_eq!(codes(json!([{"flow": "b"}, {"flow": "b", "id": "s"}])), one("flow.key_duplicate", "/1/id"));
    assert_eq!(codes(json!({"flow": "b", "id": "other"})), one("flow.event_unheard", ""));
}

/// Flow `a` answers `x` by what makes `b` hear `y`, and the other way round: what a server does with causes.
#[test]
fn automations_that_set_each_other_off_are_stopped_with_the_chain() {
    let answering = |key: &str, event: &str| {
        compile(&json!({"key": key, "states": {"s": {"on": {event: {"actions": [{"comment": "again"}]}}}}}))
            .expect("it compiles")
    };
    let (a, b) = (answering("a", "x"), answering("b", "y"));
    let (at_a, at_b) = (begun(&a).snapshot, begun(&b).snapshot);
    let mut cause = flow_engine::Cause::default();
    let mut steps = 0;
    let stopped = loop {
        let (machine, snapshot, event) = if steps % 2 == 0 { (&a, &at_a, "x") } else { (&b, &at_b, "y") };
        let event = Event::new(event, Value::Null).caused_by(cause.clone());
        match with(|inputs| transition(machine, snapshot, &event, inputs, 0)) {
            Ok(step) => cause = step.cause,
            Err(error) => break error,
        }
        steps += 1;
        assert!(steps < 50, "it is never stopped");
    };
    assert_eq!(steps, 6);
    let StepError::Loop(circle) = &stopped else { panic!("{stopped}") };
    assert_eq!(circle.chain.links().count(), 7);
    assert_eq!(
        stopped.to_string(),
        "automations set each other off without end: `a` on `x` → `b` on `y` → `a` on `x` → `b` on `y` → `a` on `x` → `b` on `y` → `a` on `x`"
    );
}

#[test]
fn flows_that_start_each_other_are_stopped_too_and_chains_end_at_people_and_time() {
    let flow = compile(&json!({"key": "a", "states": {"s": {
        "entry": [{"send": {"event": "tick", "delay": 10}}], "on": {"tick": "s", "x": {"actions": [{"log": "x"}]}}}}}))
    .expect("it compiles");
    let mut cause = flow_engine::Cause::default();
    for _ in 0..3 {
        let beginning = Beginning { cause: cause.clone(), ..Beginning::default() };
        cause = with(|inputs| begin(&flow, beginning, inputs, 0)).expect("not yet").cause;
    }
    let beginning = Beginning { cause, ..Beginning::default() };
    assert!(matches!(with(|inputs| begin(&flow, beginning, inputs, 0)), Err(StepError::Loop(_))));
    // A timer begins a chain of its own, so that what happens every day is no loop.
    let mut at = begun(&flow);
    for round in 1..20 {
        let Some(Effect::Schedule { event, due_ms, .. }) =
            at.effects.iter().find(|effect| matches!(effect, Effect::Schedule { .. }))
        else {
            panic!("{:?}", at.effects)
        };
        assert_eq!(event.cause.links().count(), 0);
        at = with(|inputs| transition(&flow, &at.snapshot, event, inputs, *due_ms)).expect("it rests");
        assert!(at.taken, "round {round}");
    }
    let key = Key::from("x");
    let long: Result<_, _> = (0..17).try_fold(flow_engine::Cause::default(), |cause, step| {
        cause.then(&Key::from(format!("f{step}")), &key)
    });
    assert!(long.is_err(), "sixteen different flows are too many too");
}

#[test]
fn a_started_flow_reads_what_started_it() {
    let flow = compile(&json!({"key": "a", "context": {"seen": "_event.data.reason"}, "states": {"s": {}}}))
        .expect("it compiles");
    let event = Event::new("flow.started", json!({"reason": "late"}));
    let beginning = Beginning { event: Some(event), ..Beginning::default() };
    let step = with(|inputs| begin(&flow, beginning, inputs, 0)).expect("it rests");
    assert_eq!(step.snapshot.context()["seen"], "late");
}

/// Asks its parent something at once, answers what it is told, and ends on `thanks`.
fn asking() -> Machine {
    compile(&json!({"context": {"heard": "\"\""}, "states": {
        "a": {"entry": [{"send": {"event": "asks", "target": "#_parent", "params": [["q", "\"?\""]]}}],
            "on": {"answers": {"actions": [{"assign": {"heard": "_event.data + _event.origin"}}, {"send": {"event": "thanks", "targetexpr": "_event.origin"}}]},
                   "error.communication": "alone", "end": "z"}},
        "alone": {}, "z": {"type": "final"}}}))
    .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Runs `part` as its child and answers it.
fn answering() -> Machine {
    let answer = json!([{"assign": {"got": "_event.invokeid + _event.data.q"}}, {"send": {"event": "answers", "targetexpr": "_event.origin", "content": "\"yes \""}}]);
    compile(&json!({"context": {"got": "\"\""}, "states": {
        "work": {"invoke": {"flow": "part", "id": "part"}, "on": {
            "asks": {"actions": answer},
            "later": {"actions": [{"send": {"event": "answers", "target": "#_part", "delay": "1d", "id": "late"}}]},
            "never": {"actions": [{"cancel": "late"}]},
            "again": "work", "leave": "left"}},
        "left": {"on": {"call": {"actions": [{"send": {"event": "answers", "target": "#_part"}}]}, "error.communication": "lost"}},
        "lost": {}}}))
    .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn told(step: &Step) -> Vec<(Addressee, Event)> {
    let tells = |effect: &Effect| match effect {
        Effect::Tell { to, event } => Some((to.clone(), event.clone())),
        _ => None,
    };
    step.effects.iter().filter_map(tells).collect()
}

fn scheduled(step: &Step) -> Event {
    let waits = |effect: &Effect| match effect {
        Effect::Schedule { event, .. } => Some(event.clone()),
        _ => None,
    };
    step.effects.iter().find_map(waits).expect("something waits for its time")
}

#[test]
fn parent_and_child_tell_each_other_things() {
    let (above, below) = (answering(), asking());
    let first = begun(&above);
    let child = children(&first)[0].0.clone();
    let parent = Parent { instance: "p1".to_owned(), child: child.clone() };
    let beginning = Beginning { parent: Some(parent), cause: first.cause, ..Beginning::default() };
    let asked = with(|inputs| begin(&below, beginning, inputs, 0)).expect("it rests");
    let [(to, event)] = told(&asked).try_into().expect("one question");
    assert_eq!(to, Addressee::Parent { instance: "p1".to_owned() });
    assert_eq!((event.name.as_str(), &event.data), ("asks", &json!({"q": "?"})));
    assert_eq!(event.sender.as_deref(), Some(&Peer::Child(child.clone())));

    // As the server hands it on: written and read back, with what caused it.
    let event: Event = serde_json::from_value(json!(event.caused_by(asked.cause))).expect("plain data");
    let answered = hear(&above, &first.snapshot, &event);
    assert!(answered.taken);
    assert_eq!(stands(&answered.snapshot), ("work", json!("part?")));
    let [(to, event)] = told(&answered).try_into().expect("one answer");
    assert_eq!(to, Addressee::Children { invocation: Key::from("part"), visit: child.visit });
    assert_eq!(event.sender.as_deref(), Some(&Peer::Parent));

    let heard = hear(&below, &asked.snapshot, &event.caused_by(answered.cause));
    assert_eq!(heard.snapshot.context()["heard"], json!("yes #_parent"));
    let [(_, thanks)] = told(&heard).try_into().expect("thanks");
    assert_eq!(thanks.name.as_str(), "thanks");
}

#[test]
fn nothing_is_heard_of_a_child_that_is_waited_for_no_more() {
    let machine = answering();
    let first = begun(&machine);
    let child = children(&first)[0].0.clone();
    let mut asks = Event::new("asks", json!({"q": "?"}));
    asks.sender = Some(Box::new(Peer::Child(child)));
    let again = hear(&machine, &first.snapshot, &Event::new("again", Value::Null));
    let ignored = hear(&machine, &again.snapshot, &asks);
    assert!(!ignored.taken);
    assert_eq!((ignored.snapshot, ignored.effects), (again.snapshot, Vec::new()));
}

#[test]
fn who_is_not_there_cannot_be_told() {
    let alone = begun(&asking());
    assert_eq!(alone.snapshot.active(), [Key::from("alone")], "it has no parent");
    let machine = answering();
    let left = hear(&machine, &begun(&machine).snapshot, &Event::new("leave", Value::Null));
    let lost = hear(&machine, &left.snapshot, &Event::new("call", Value::Null));
    assert_eq!(stands(&lost.snapshot).0, "lost");
}

#[test]
fn what_waits_for_its_time_is_told_then_unless_it_is_cancelled_or_nobody_is_there() {
    let machine = answering();
    let first = begun(&machine);
    let later = hear(&machine, &first.snapshot, &Event::new("later", Value::Null));
    assert_eq!(told(&later), []);
    let waits: Event = serde_json::from_value(json!(scheduled(&later))).expect("plain data");
    let due = hear(&machine, &later.snapshot, &waits);
    assert!(!due.taken, "it is not for this flow");
    assert_eq!(told(&due)[0].1.name.as_str(), "answers");
    assert_eq!(told(&hear(&machine, &due.snapshot, &waits)), [], "it is told once");

    let never = hear(&machine, &later.snapshot, &Event::new("never", Value::Null));
    assert_eq!(told(&hear(&machine, &never.snapshot, &waits)), []);

    let left = hear(&machine, &later.snapshot, &Event::new("leave", Value::Null));
    let lost = hear(&machine, &left.snapshot, &waits);
    assert_eq!((told(&lost), stands(&lost.snapshot).0), (Vec::new(), "lost"));
}
