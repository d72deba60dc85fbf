//! The SCION conformance suite: every statechart must reach the configurations it says.

use flow_engine::{Happening, Scenario, simulate};
use serde_json::{Value, json};

#[test]
fn all_108_statecharts_of_the_suite_reach_their_configurations() {
    let suite: Value =
        serde_json::from_str(include_str!("../data/scion-statecharts.json")).expect("a JSON file");
    let cases = suite["cases"].as_array().expect("a list of cases");
    assert_eq!(cases.len(), 108);
    let failures: Vec<String> = cases.iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn failure(case: &Value) -> Option<String> {
    let script = &case["script"];
    let steps = script["events"].as_array().expect("events");
    let events: Vec<Happening> = steps
        .iter()
        .map(|step| {
            let after = step.get("after").cloned().unwrap_or(json!(0));
            serde_json::from_value(json!({"event": step["event"], "after": after})).expect("an event")
        })
        .collect();
    let expected: Vec<Value> = [&script["initialConfiguration"]]
        .into_iter()
        .chain(steps.iter().map(|step| &step["nextConfiguration"]))
        .map(sorted)
        .collect();
    let scenario = Scenario { machine: case["machine"].clone(), events, ..Scenario::default() };
    match simulate(&scenario) {
        Err(problems) => Some(format!("{}: {problems:?}", case["test"])),
        Ok(outcome) => {
            let mut reached = serde_json::to_value(&outcome.configurations).expect("plain data");
            // Timers that are left run out after the last event and may close the list.
            reached.as_array_mut().expect("a list").truncate(expected.len());
            (reached != Value::from(expected.clone()))
                .then(|| format!("{}: {reached} for {expected:?}", case["test"]))
        }
    }
}

fn sorted(configuration: &Value) -> Value {
    let mut keys: Vec<&str> =
        configuration.as_array().expect("keys").iter().filter_map(Value::as_str).collect();
    keys.sort_unstable();
    json!(keys)
}
