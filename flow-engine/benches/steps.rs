//! Figures of the flow engine: guard evaluations, steps and compiling. `cargo bench -p flow-engine`
//!
//! The first two have a rival in `tools/rivals/measure.mjs`: XState v5 takes the same machine (`a` and `b`, each leading
//! to the other on `go`) through the same events, one after the other, each step from the snapshot the one before it
//! left, counted per CPU second of one thread. Pure: XState's `transition(machine, snapshot, event)` against ours.
//! Stored: each step reads its snapshot from JSON text and writes the next one as such; XState with its actor, which is
//! as fast there as `resolveState` and `transition`. Ours also says which states were left and entered and what the
//! step was caused by, which XState does not.

use std::hint::black_box;
use std::time::{Duration, Instant};

use flow_engine::{Calendars, Event, Inputs, Machine, Snapshot, compile, start, transition};
use serde_json::{Value, json};

/// As in the server's binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each figure is measured.
const MEASURED: Duration = Duration::from_millis(700);

fn main() {
    let data = json!({"amount": 1200, "about": "product", "text": "broken", "region": "east"});
    let customer = json!({"tier": "vip"});
    let calendars = Calendars::new();
    let inputs = Inputs { data: &data, customer: &customer, calendars: &calendars, facts: &Value::Null };

    let plain = machine(json!({"states": {"a": {"on": {"go": "b"}}, "b": {"on": {"go": "a"}}}}));
    report("statechart steps, pure", steps(&plain, &inputs));
    report("statechart steps, snapshot stored and restored", stored_steps(&plain, &inputs));

    let script = guards("amount > 1000 && about == \"product\" && customer.tier == \"gold\"");
    report("three-term script guards, 100 a step", steps(&script, &inputs) * 100.0);
    report("steps with one three-term script guard", steps(&script_once(), &inputs));
    let condition = guards_of(&json!({"all": [
        {"field": "/amount", "op": "gt", "value": 1000}, {"field": "/about", "op": "eq", "value": "product"},
        {"field": "customer.tier", "op": "eq", "value": "gold"}]}));
    report("three-term condition guards, 100 a step", steps(&condition, &inputs) * 100.0);

    let app: Value =
        serde_json::from_str(include_str!("../../server/src/starter/care.json")).expect("a JSON file");
    let care = machine(app["flows"][1].clone());
    report(
        "starts of the starter app's ticket flow",
        rate(|| start(&care, &inputs, 0).expect("it rests").effects.len()),
    );
    report("compilations of it", rate(|| compile(&app["flows"][1]).expect("it compiles").states().count()));
}

fn machine(document: Value) -> Machine {
    compile(&document).expect("the document compiles")
}

/// A hundred guards that do not hold, then a transition back.
fn guards(guard: &str) -> Machine {
    guards_of(&Value::from(guard))
}

fn guards_of(guard: &Value) -> Machine {
    let mut transitions = vec![json!({"event": "go", "guard": guard, "target": "never"}); 100];
    transitions.push(json!({"event": "go", "target": "a"}));
    machine(json!({"kind": "flow", "key": "k", "states": {
        "a": {"transitions": transitions}, "never": {"type": "final"}}}))
}

fn script_once() -> Machine {
    machine(json!({"kind": "flow", "key": "k", "states": {"a": {"transitions": [
        {"event": "go", "guard": "amount > 1000 && about == \"product\" && customer.tier == \"vip\"", "target": "a"},
        {"event": "stop", "target": "end"}]}, "end": {"type": "final"}}}))
}

fn steps(machine: &Machine, inputs: &Inputs<'_>) -> f64 {
    let event = Event::new("go", Value::Null);
    let mut snapshot = start(machine, inputs, 0).expect("it rests").snapshot;
    rate(|| {
        let step = transition(machine, &snapshot, &event, inputs, 1).expect("it rests");
        snapshot = step.snapshot;
        step.taken
    })
}

fn stored_steps(machine: &Machine, inputs: &Inputs<'_>) -> f64 {
    let event = Event::new("go", Value::Null);
    let mut stored =
        serde_json::to_string(&start(machine, inputs, 0).expect("it rests").snapshot).expect("plain data");
    rate(|| {
        let snapshot: Snapshot = serde_json::from_str(&stored).expect("what was written");
        let step = transition(machine, &snapshot, &event, inputs, 1).expect("it rests");
        stored = serde_json::to_string(&step.snapshot).expect("plain data");
        step.taken
    })
}

/// How often a processor second `work` can be done.
fn rate<T>(mut work: impl FnMut() -> T) -> f64 {
    let (started, cpu) = (Instant::now(), cpu_seconds());
    let mut count = 0_u32;
    while started.elapsed() < MEASURED {
        for _ in 0..64 {
            black_box(work());
        }
        count += 64;
    }
    let spent = cpu_seconds().zip(cpu).map(|(after, before)| after - before);
    f64::from(count) / spent.unwrap_or_else(|| started.elapsed().as_secs_f64())
}

/// Seconds this thread has had a processor, where the system tells: a busy machine must not change the figures.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn report(what: &str, per_second: f64) {
    println!("{what:50} {per_second:>14.0} /s {:>10.2} µs", 1e6 / per_second);
}
