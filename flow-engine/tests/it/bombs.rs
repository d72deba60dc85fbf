//! Flows made to do harm. Shared by the tests, which see that each is refused or stopped, and by the benchmark, which
//! says how long that takes.

use serde_json::{Value, json};

/// `{name: value, …}` with `count` members.
fn many(count: usize, prefix: &str, value: &Value) -> Value {
    (0..count).map(|n| (format!("{prefix}{n}"), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

/// `levels` of one thing inside another.
fn deep(levels: usize, inner: Value, around: impl Fn(usize, Value) -> Value) -> Value {
    (0..levels).fold(inner, |value, level| around(level, value))
}

/// Documents that are far too large, each by its own way of being so.
pub fn too_large() -> Vec<(&'static str, Value)> {
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

/// Flows of legal size that would do too much, given a document with a long `list`.
pub fn too_busy() -> Vec<(&'static str, Value)> {
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
        (
            "sums of a long list in every guard",
            json!({"context": {"list": (0..9_000).collect::<Vec<u32>>()}, "states": {"s": {"entry": [{"raise": "e"}], "transitions":
            (0..60).map(|_| json!({"event": "e", "guard": format!("{}0 < 0", "sum(list)+".repeat(90))})).chain([json!({"event": "e", "actions": [{"raise": "e"}]})]).collect::<Vec<_>>()}}}),
        ),
        (
            "long texts that are searched",
            json!({"context": {"text": format!("\"{}\"", "a".repeat(4_000)), "n": 0}, "states": {"s": {"entry": [
            {"assign": {"text": "text + text + text + text + text + text + text + text + text + text + text + text"}},
            each(json!([{"assign": {"n": format!("if {} {{ 1 }} else {{ 2 }}", vec!["contains(text, \"aaaaaaaaaaaaaab\")"; 60].join(" || "))}}]))]}}}),
        ),
        (
            "conditions over a long list",
            json!({"states": {"s": {"entry": [{"raise": "e"}], "transitions":
            (0..250).map(|n| json!({"event": "e", "guard": {"any": vec![json!({"field": "/list/*", "op": "gt", "value": 100_000 + n}); 20]}})).chain([json!({"event": "e", "actions": [{"raise": "e"}]})]).collect::<Vec<_>>()}}}),
        ),
    ]
}

/// Scenarios in which each step is small, and there is no end of them.
pub fn too_long() -> Vec<(&'static str, Value)> {
    let large = json!({"list": vec!["0123456789012345678901234567890123456789"; 9_000], "n": 0});
    let events = vec![json!({"event": "e"}); 9_000];
    vec![
        (
            "timers without end",
            json!({"machine": {"states": {"s": {"after": [{"delay": 1, "target": "s"}]}}}}),
        ),
        (
            "timers without end beside much that is remembered",
            json!({"machine": {"context": large, "states": {"s": {"after": [{"delay": 1, "target": "s", "actions": [{"assign": {"n": "n + 1"}}]}]}}}}),
        ),
        (
            "many events that each do much",
            json!({"machine": {"context": {"n": 0}, "states": {"s": {"on": {"e": {"actions": vec![json!({"assign": {"n": "n + 1"}}); 1_000]}}}}}, "events": events}),
        ),
        (
            "many events, and many regions that hear them",
            json!({"machine": {"initial": "p", "states": {"p": {"type": "parallel", "states": many(1_500, "r", &json!({"on": {"e": {}}}))}}}, "events": events}),
        ),
        (
            "a thousand timers that wait, and timers without end",
            json!({"machine": {"states": {"s": {
                "entry": (0..990).map(|_| json!({"send": {"event": "late", "delay": "9d"}})).collect::<Vec<_>>(), "initial": "t",
                "states": {"t": {"after": [{"delay": 1, "target": "t"}]}}}}}}),
        ),
        (
            "logs without end",
            json!({"machine": {"context": large, "states": {"s": {"after": [{"delay": 1, "target": "s", "actions": [{"log": {"script": "list"}}]}]}}}}),
        ),
    ]
}

/// Flows as large as is allowed, each by its own way of being so.
pub fn allowed() -> Vec<(&'static str, Value)> {
    let transition = |n: usize| json!({"event": format!("e{n}"), "target": "s"});
    let guarded =
        |n: usize| json!({"event": format!("e{n}"), "guard": format!("a + {n} > 5"), "target": "s"});
    let list = |item: &dyn Fn(usize) -> Value, count: usize| (0..count).map(item).collect::<Vec<_>>();
    let chain = |n: usize| (format!("s{n}"), json!({"on": {"next": format!("s{}", (n + 1) % 1_999)}}));
    let regions = many(1_990, "r", &json!({"on": {"e": {}}}));
    vec![
        ("2,000 states", json!({"states": many(1_999, "s", &json!({}))})),
        (
            "2,000 states in a circle",
            json!({"states": (0..1_999).map(chain).collect::<serde_json::Map<_, _>>()}),
        ),
        ("2,000 regions", json!({"initial": "p", "states": {"p": {"type": "parallel", "states": regions}}})),
        ("5,000 transitions", json!({"states": {"s": {"transitions": list(&transition, 5_000)}}})),
        (
            "2,000 guards",
            json!({"context": {"a": "1"}, "states": {"s": {"transitions": list(&guarded, 1_999)}}}),
        ),
        ("1,000 variables", json!({"context": many(990, "v", &json!("1 + 1")), "states": {"s": {}}})),
        ("50,000 values", json!({"tables": {"t": many(49_000, "", &json!(0))}, "states": {"s": {}}})),
        (
            "50,000 values in a list",
            json!({"states": {"s": {"entry": [{"raise": {"event": "e", "data": vec![json!([]); 49_000]}}]}}}),
        ),
        ("half a megabyte of text", json!({"states": {"s": {"title": "x".repeat(500_000)}}})),
    ]
}
