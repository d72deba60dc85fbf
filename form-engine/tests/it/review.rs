//! What is suspicious about a form that compiles.

use form_engine::{Finding, Weight, review};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::form_of;

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "one": {"enum": ["a", "b"]}, "many": {"type": "array", "items": {"enum": ["x", "y", "z"]}, "maxItems": 2},
        "score": {"type": "integer", "minimum": 0, "maximum": 10}, "flag": {"type": "boolean"}, "text": {"type": "string"},
        "end": {"type": "string"}}, "required": ["end"]})
}

fn found(more: Value) -> Vec<String> {
    let form = form_of(schema(), more).unwrap();
    let told =
        |finding: Finding| format!("{:?} {} {}", finding.weight, finding.problem.code, finding.problem.path);
    review(&form).into_iter().map(told).collect()
}

fn is(field: &str, op: &str, value: Value) -> Value {
    json!({"field": field, "op": op, "value": value})
}

/// A rule shows `/end` when all of these hold.
#[track_caller]
fn never(parts: Value) {
    let rules = json!([{"when": {"all": parts}, "show": ["/end"]}]);
    assert_eq!(found(json!({"rules": rules})), ["Stops form.never_shows /rules/0/show/0"], "{parts}");
}

#[track_caller]
fn possible(parts: Value) {
    let rules = json!([{"when": {"all": parts}, "show": ["/end"]}]);
    assert_eq!(found(json!({"rules": rules})), Vec::<String>::new(), "{parts}");
}

#[test]
fn contradictions_are_found_over_every_kind_of_field() {
    never(json!([is("/one", "eq", json!("a")), is("/one", "eq", json!("b"))]));
    never(json!([is("/one", "eq", json!("c"))]));
    never(json!([is("/one", "not_in", json!(["a", "b"])), {"not": {"field": "/one", "op": "empty"}}]));
    never(json!([is("/score", "gt", json!(10))]));
    never(json!([is("/score", "gt", json!(3)), is("/score", "lt", json!(4))]));
    never(json!([
        is("/score", "between", json!([2, 3])),
        is("/score", "ne", json!(2)),
        is("/score", "ne", json!(3))
    ]));
    never(json!([is("/flag", "eq", json!(true)), is("/flag", "eq", json!(false))]));
    never(json!([is("/many", "all_of", json!(["x", "y", "z"]))]));
    never(json!([is("/many", "any_of", json!(["x"])), is("/many", "none_of", json!(["x"]))]));
    never(json!([is("/many", "contains", json!("q"))]));
    never(json!([is("/text", "eq", json!("p")), is("/text", "starts_with", json!("q"))]));
    never(json!([is("/text", "eq", json!("p")), {"field": "/text", "op": "empty"}]));
    never(json!([{"any": []}]));

    possible(json!([is("/one", "eq", json!("a"))]));
    possible(json!([is("/one", "ne", json!("a")), is("/one", "ne", json!("b"))]));
    possible(json!([is("/score", "gt", json!(3)), is("/score", "lt", json!(5))]));
    possible(json!([is("/many", "all_of", json!(["x", "y"])), is("/many", "none_of", json!(["z"]))]));
    possible(json!([is("/text", "starts_with", json!("p")), is("/text", "contains", json!("q"))]));
    possible(json!([{"any": [is("/one", "eq", json!("c")), is("/flag", "eq", json!(true))]}]));
}

#[test]
fn rules_are_followed_through_each_other() {
    let rules = json!([
        {"when": is("/one", "eq", json!("a")), "show": ["/score"]},
        {"when": {"all": [is("/score", "gt", json!(5)), is("/one", "eq", json!("b"))]}, "show": ["/end"]}]);
    assert_eq!(
        found(json!({"rules": rules})),
        ["Stops form.never_shows /rules/1/show/0"],
        "what does not show has no score"
    );
    let rules = json!([
        {"when": is("/one", "eq", json!("a")), "show": ["/end"]},
        {"when": is("/one", "ne", json!("b")), "hide": ["/end"]}]);
    assert_eq!(found(json!({"rules": rules})), ["Stops form.never_shows /rules/0/show/0"]);
    assert_eq!(found(json!({"rules": [{"hide": ["/end"]}]})), ["Stops form.never_shows /rules/0/hide/0"]);
}

#[test]
fn questions_no_way_leads_to_are_found() {
    let layout = json!({"pages": [{"items": [{"field": "/one"}, {"field": "/score"}]}, {"key": "b", "items": [{"field": "/flag"}]}, {"key": "c", "items": [{"field": "/end"}]}]});
    let rules = json!([
        {"when": is("/one", "eq", json!("a")), "after": "/one", "jump": "b"},
        {"when": is("/one", "ne", json!("a")), "after": "/one", "jump": "c"}]);
    assert_eq!(
        found(json!({"layout": layout, "rules": rules})),
        ["Stops form.unreachable /rules/0/jump"],
        "whatever is answered, /score is passed over"
    );
    let rules = json!([{"when": is("/one", "eq", json!("a")), "after": "/one", "jump": "b"}, {"after": "/flag", "jump": "end"}]);
    let all = found(json!({"layout": layout, "rules": rules}));
    assert_eq!(
        all, ["Stops form.unreachable /rules/1/jump"; 3],
        "/end, and what no page names, which follows it"
    );
}

#[test]
fn rules_that_never_apply_are_told() {
    let rules = json!([
        {"when": is("/score", "gt", json!(10)), "hide": ["/text"]},
        {"when": is("/one", "eq", json!("z")), "require": ["/text"]}]);
    assert_eq!(
        found(json!({"rules": rules})),
        ["Warns form.rule_never /rules/0/when", "Warns form.rule_never /rules/1/when"]
    );
    let thanks = json!([{"when": is("/score", "gt", json!(10)), "text": "a"}, {"text": "b"}, {"when": is("/flag", "eq", json!(true)), "text": "c"}]);
    assert_eq!(
        found(json!({"publish": {"thanks": thanks}})),
        ["Warns form.thanks_never /publish/thanks/0", "Warns form.thanks_never /publish/thanks/2"]
    );
}

#[test]
fn results_are_compared_with_the_points_there_can_be() {
    let quiz = json!({"points": {"/one": {"a": 2}}, "results": [{"from": 5, "title": "never"}, {"from": 1, "to": 2, "title": "some"}, {"from": 2, "to": 2, "title": "covered"}]});
    assert_eq!(
        found(json!({"quiz": quiz})),
        [
            "Warns form.result_never /quiz/results/0",
            "Warns form.result_never /quiz/results/2",
            "Warns form.result_missing /quiz/results"
        ]
    );
}

#[test]
fn holes_that_nothing_fills_are_told() {
    let layout = json!({"pages": [{"items": [{"field": "/one", "title": {"en": "{{nobody|x}} {{text}} {{quiz.total}}"}}]}]});
    assert_eq!(
        found(json!({"layout": layout})),
        ["Warns form.hole_unknown /layout/pages/0/items/0/title"; 2]
    );
}

#[test]
fn texts_are_looked_for_in_every_language_of_the_form() {
    let schema = json!({"type": "object", "properties": {"a": {"enum": ["p", "7"], "title": "评分", "description": "7+"}, "b": {"type": "string"}}});
    let layout = json!({"pages": [{"title": {"zh": "一"}, "items": [
        {"field": "/a", "options": {"p": {"zh": "甲", "en": "A"}}},
        {"field": "/b", "title": {"zh": "乙", "en": "B"}, "help": "{{a}} …", "placeholder": {"zh-CN": "丙", "en": ""}}]}]});
    let languages = |require: Value| {
        let publish = json!({"languages": ["zh", "en"], "require_languages": require, "thanks": {"zh": "谢谢", "en": "Thanks"}});
        let form = form_of(
            schema.clone(),
            json!({"title": {"zh": "表", "en": "Form"}, "layout": layout, "publish": publish}),
        )
        .unwrap();
        let told = |finding: Finding| (finding.weight, finding.problem.path, finding.problem.message);
        review(&form).into_iter().map(told).collect::<Vec<_>>()
    };
    let warned = languages(json!([]));
    let paths: Vec<&str> = warned.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/layout/pages/0/title",
            "/layout/pages/0/items/1/placeholder",
            "/layout/pages/0/items/1/placeholder",
            "/schema/properties/a/title"
        ]
    );
    assert!(warned.iter().all(|(weight, _, _)| *weight == Weight::Warns));
    assert_eq!(warned[3].2, "the title of `/a` is not written in `en`");
    let stopped = languages(json!(["en"]));
    assert_eq!(stopped.iter().filter(|(weight, _, _)| *weight == Weight::Stops).count(), 3);
    assert_eq!(
        crate::codes(
            &form_of(schema.clone(), json!({"publish": {"languages": ["zh"], "require_languages": ["en"]}}))
                .unwrap_err()
        ),
        ["form.language_unknown /publish/require_languages/0"]
    );
}

#[test]
fn many_rules_about_each_other_are_given_up_soon() {
    let names: Vec<String> = (0..60).map(|index| format!("f{index}")).collect();
    let properties: Value = names.iter().map(|name| (name.clone(), json!({"type": "integer"}))).collect();
    let mut rules = Vec::new();
    for (index, name) in names.iter().enumerate().skip(1) {
        for earlier in &names[index.saturating_sub(8)..index] {
            let when = json!({"any": [is(&format!("/{earlier}"), "gt", json!(index)), is(&format!("/{earlier}"), "lt", json!(-3))]});
            rules.push(json!({"when": when, "show": [format!("/{name}")]}));
        }
    }
    let form = form_of(json!({"type": "object", "properties": properties}), json!({"rules": rules})).unwrap();
    let started = std::time::Instant::now();
    assert_eq!(review(&form), []);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

fn condition() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![
            (prop::sample::select(vec!["eq", "ne"]), prop::sample::select(vec!["a", "b", "c"]))
                .prop_map(|(op, value)| is("/one", op, json!(value))),
            (prop::sample::select(vec!["lt", "lte", "gt", "gte", "eq"]), -1..12_i64)
                .prop_map(|(op, value)| is("/score", op, json!(value))),
            (
                prop::sample::select(vec!["any_of", "all_of", "none_of"]),
                prop::sample::subsequence(vec!["x", "y", "z"], 0..3)
            )
                .prop_map(|(op, value)| is("/many", op, json!(value))),
            prop::sample::select(vec!["/one", "/many", "/score", "/flag"])
                .prop_map(|field| json!({"field": field, "op": "empty"})),
            any::<bool>().prop_map(|flag| is("/flag", "eq", json!(flag))),
        ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| json!({"any": parts})),
            inner.prop_map(|part| json!({"not": part})),
        ]
    })
}

fn answers() -> impl Strategy<Value = Value> {
    let one = prop::option::of(prop::sample::select(vec!["a", "b"]));
    let many = prop::sample::subsequence(vec!["x", "y", "z"], 0..3);
    (one, many, prop::option::of(0..11_i64), prop::option::of(any::<bool>())).prop_map(
        |(one, many, score, flag)| {
            let all = [
                ("one", json!(one)),
                ("many", json!(many)),
                ("score", json!(score)),
                ("flag", json!(flag)),
                ("end", json!("x")),
            ];
            all.into_iter()
                .filter(|(_, value)| !value.is_null() && *value != json!([]))
                .map(|(key, value)| (key.to_owned(), value))
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What is said never to show does not show, whatever is answered; and silence is not for nothing.
    #[test]
    fn a_proof_is_a_proof(first in condition(), second in condition(), third in condition(), documents in prop::collection::vec(answers(), 40)) {
        let rules = json!([
            {"when": first, "show": ["/score"]}, {"when": second, "show": ["/end"]}, {"when": third, "hide": ["/end"]}]);
        let Ok(form) = form_of(schema(), json!({"rules": rules})) else { return Ok(()) };
        let findings = review(&form);
        let dead = |path: &str| findings.iter().any(|finding| finding.problem.code == "form.never_shows" && finding.problem.message.contains(path));
        for document in &documents {
            let visible = form.visible(document);
            for path in ["/end", "/score"] {
                prop_assert!(!(dead(path) && visible.contains(path)), "{path} shows with {document}: {rules}");
            }
        }
        prop_assert_eq!(review(&form), findings);
    }
}
