//! One machine per rule of SCXML and of the grammar, as data: `tests/data/scxml-rules.json`.
//!
//! A case says the configurations it must reach, or the final state it must end in, or the problems (code and pointer)
//! it is refused with.

use flow_engine::{Scenario, simulate};
use serde_json::{Value, json};

#[test]
fn every_rule_is_kept() {
    let suite: Value = serde_json::from_str(include_str!("../data/scxml-rules.json")).expect("a JSON file");
    let cases = suite["cases"].as_array().expect("a list of cases");
    let failures: Vec<String> = cases.iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn each_case_expects_something_and_names_its_rule_once() {
    let suite: Value = serde_json::from_str(include_str!("../data/scxml-rules.json")).expect("a JSON file");
    let mut rules = std::collections::BTreeSet::new();
    for case in suite["cases"].as_array().expect("a list of cases") {
        let expectations =
            ["final", "configurations", "refused"].iter().filter(|name| !case[**name].is_null());
        assert_eq!(expectations.count(), 1, "{case}");
        assert!(case["section"].is_string(), "{case}");
        assert!(rules.insert(case["rule"].as_str().expect("a rule")), "{case}");
    }
}

fn failure(case: &Value) -> Option<String> {
    let scenario =
        json!({"machine": case["machine"], "events": case.get("events").cloned().unwrap_or(json!([]))});
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    let got = match simulate(&scenario) {
        Ok(outcome) if case["final"].is_null() => json!({"configurations": outcome.configurations}),
        Ok(outcome) => json!({"final": outcome.ended_in}),
        Err(problems) => json!({"refused": problems.iter().map(|problem| {
            json!([problem.code, problem.path.strip_prefix("/machine").unwrap_or(&problem.path)])
        }).collect::<Vec<_>>()}),
    };
    let (name, value) = got.as_object().and_then(|got| got.iter().next()).expect("one member");
    (case[name] != *value).then(|| format!("§{} {}: {got}", case["section"], case["rule"]))
}
