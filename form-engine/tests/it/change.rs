//! What a new version does to the answers already there.

use form_engine::{Changes, Form, GoesOn, Language, Severity, change};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::form_of;

fn made(properties: Value, more: Value) -> Form {
    let required = more.get("required").cloned().unwrap_or(json!([]));
    let schema = json!({"type": "object", "properties": properties, "required": required});
    let mut more = more;
    more.as_object_mut().unwrap().shift_remove("required");
    form_of(schema, more).unwrap()
}

/// `severity what path`, in order.
fn told(changes: &Changes) -> Vec<String> {
    let word = |value: Value| value.as_str().unwrap().to_owned();
    let line = |change: &form_engine::Change| {
        let json = serde_json::to_value(change).unwrap();
        format!("{} {} {}", word(json["severity"].clone()), word(json["what"].clone()), change.path)
    };
    changes.changes.iter().map(line).collect()
}

#[track_caller]
fn check(old: (Value, Value), new: (Value, Value), expected: &[&str]) -> Changes {
    let (old, new) = (made(old.0, old.1), made(new.0, new.1));
    let changes = change(&old, &new, &[]);
    assert_eq!(told(&changes), expected);
    assert_eq!(change(&new, &new, &[]).changes, []);
    for change in &changes.changes {
        for language in ["zh", "en"] {
            assert!(!change.words.get(language).is_empty(), "{change:?}");
        }
    }
    changes
}

fn none() -> Value {
    json!({})
}

#[test]
fn questions_come_go_and_become_required() {
    let changes = check(
        (json!({"a": {"type": "string"}, "b": {"type": "string"}}), none()),
        (json!({"b": {"type": "string"}, "c": {}, "d": {}}), json!({"required": ["b", "d"]})),
        &["readable removed /a", "refuses required_now /b", "safe added /c", "refuses added /d"],
    );
    let columns: Vec<(&str, GoesOn)> =
        changes.columns.iter().map(|column| (column.path.as_str(), column.goes_on)).collect();
    assert_eq!(
        columns,
        [("/a", GoesOn::Ended), ("/b", GoesOn::Comparable), ("/c", GoesOn::Began), ("/d", GoesOn::Began)]
    );
    assert_eq!(changes.severity(), Severity::Refuses);
    assert_eq!(changes.changes[1].words.get("zh"), "“B”改为必填；部分已有的答案按新版本无法再提交");
    assert_eq!(
        changes.changes[0].words.get("en"),
        "“A” is not asked any more; earlier answers stay readable"
    );
}

#[test]
fn a_score_on_another_scale_is_another_figure() {
    let layout =
        |control: &str| json!({"layout": {"pages": [{"items": [{"field": "/s", "control": control}]}]}});
    let changes = check(
        (json!({"s": {"type": "integer", "minimum": 0, "maximum": 10}}), layout("nps")),
        (json!({"s": {"type": "integer", "minimum": 1, "maximum": 5}}), layout("csat")),
        &[
            "not_comparable kind /s",
            "not_comparable scale /s",
            "refuses limit /s",
            "refuses limit /s",
            "refuses limit /s",
            "refuses limit /s",
        ],
    );
    assert_eq!(changes.columns[0].goes_on, GoesOn::NotComparable);
    assert_eq!(
        changes.changes[1].words.get("en"),
        "the scale of “S” was 0–10 and is 1–5: figures before and after cannot be compared"
    );
}

#[test]
fn types_limits_and_options_widen_or_narrow() {
    check(
        (
            json!({"n": {"type": "integer"}, "t": {"type": "string"}, "o": {"enum": ["a", "b"]}, "l": {"type": "string", "maxLength": 9}}),
            none(),
        ),
        (
            json!({"n": {"type": "number"}, "t": {"type": "integer"}, "o": {"enum": ["b", "c"]}, "l": {"type": "string", "maxLength": 12}}),
            none(),
        ),
        &[
            "safe types /n",
            "safe control /t",
            "refuses types /t",
            "refuses option_removed /o",
            "safe option_added /o",
            "safe limit /l",
        ],
    );
    let changes = check(
        (json!({"o": {"oneOf": [{"const": 1, "title": "One"}]}, "p": {"type": "string"}}), none()),
        (
            json!({"o": {"oneOf": [{"const": 1, "title": "First"}]}, "p": {"type": "string", "pattern": "^a", "title": "Pea"}}),
            none(),
        ),
        &["readable option_renamed /o", "readable title /p", "refuses limit /p"],
    );
    assert_eq!(changes.columns[0].goes_on, GoesOn::Comparable);
}

#[test]
fn a_renamed_question_goes_on_where_the_author_says_so() {
    let (old, new) = (
        made(
            json!({"mail": {"type": "string"}, "x": {}}),
            json!({"rules": [{"when": {"field": "/mail", "op": "empty"}, "hide": ["/x"]}]}),
        ),
        made(
            json!({"email": {"type": "string"}, "x": {}}),
            json!({"rules": [{"when": {"field": "/email", "op": "empty"}, "hide": ["/x"]}]}),
        ),
    );
    let changes = change(&old, &new, &[("/mail".to_owned(), "/email".to_owned())]);
    assert_eq!(told(&changes), ["readable renamed /mail", "readable title /email"]);
    assert_eq!(
        (changes.columns[0].path.as_str(), changes.columns[0].was.as_deref()),
        ("/email", Some("/mail"))
    );
    assert_eq!(told(&change(&old, &new, &[]))[0], "readable removed /mail");
}

#[test]
fn rules_that_change_who_is_asked_are_told() {
    let rules = |score: i64| json!({"rules": [{"when": {"field": "/s", "op": "lte", "value": score}, "show": ["/a"]}, {"when": {"field": "/a", "op": "ne", "value": "x"}, "show": ["/b"]}], "required": ["b"]});
    let properties = json!({"s": {"type": "integer"}, "a": {"type": "string"}, "b": {"type": "string"}});
    check(
        (properties.clone(), rules(6)),
        (properties.clone(), rules(7)),
        &["readable shows /a", "refuses shows /b"],
    );
    check(
        (properties.clone(), none()),
        (
            properties.clone(),
            json!({"rules": [{"when": {"field": "/s", "op": "eq", "value": 1}, "require": ["/a"]}, {"set": "/b", "to": "x"}]}),
        ),
        &["refuses required_when /a", "not_comparable computed /b"],
    );
    check(
        (
            properties.clone(),
            json!({"layout": {"pages": [{"items": [{"field": "/s"}, {"field": "/a"}]}, {"key": "z", "items": [{"field": "/b"}]}]}}),
        ),
        (
            properties,
            json!({"layout": {"pages": [{"items": [{"field": "/s"}, {"field": "/a"}]}, {"key": "z", "items": [{"field": "/b"}]}]}, "rules": [{"when": {"field": "/s", "op": "eq", "value": 1}, "jump": "z"}]}),
        ),
        &["readable shows /a"],
    );
}

#[test]
fn what_the_schema_says_of_several_fields_counts_too() {
    let old = form_of(json!({"type": "object", "properties": {"a": {}, "l": {"type": "array", "maxItems": 3, "items": {"type": "object", "properties": {"x": {}}}}}}), none()).unwrap();
    let new = form_of(json!({"type": "object", "properties": {"a": {}, "l": {"type": "array", "maxItems": 2, "items": {"type": "object", "properties": {"x": {}}}}}, "dependentRequired": {"a": ["l"]}}), none()).unwrap();
    assert_eq!(told(&change(&old, &new, &[])), ["refuses limit /l", "refuses schema /dependentRequired"]);
    assert_eq!(told(&change(&new, &old, &[])), ["safe limit /l", "safe schema /dependentRequired"]);
}

fn property() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"type": "string"}),
        json!({"type": "string", "maxLength": 2}),
        json!({"type": "string", "minLength": 2}),
        json!({"type": "string", "pattern": "^a"}),
        json!({"type": "integer"}),
        json!({"type": "integer", "minimum": 2}),
        json!({"type": "number", "exclusiveMinimum": 2}),
        json!({"type": "number", "maximum": 2, "multipleOf": 0.5}),
        json!({"enum": ["a", "ab"]}),
        json!({"enum": ["a", 2, "c"]}),
        json!({"type": ["string", "null"]}),
        json!({"type": "array", "items": {"enum": ["a", "b"]}}),
        json!({"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1, "maxItems": 1}),
        json!({"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}}),
        json!({"type": "array", "minItems": 1, "items": {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]}}),
        json!({"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]}),
        json!({"const": true}),
        json!({}),
    ])
}

fn versions() -> impl Strategy<Value = Value> {
    let rule = (
        prop::sample::select(vec!["/a", "/b", "/c"]),
        prop::sample::select(vec!["eq", "ne", "gt", "contains"]),
        prop::sample::select(vec![json!("a"), json!(2), json!(3)]),
        prop::sample::select(vec!["show", "hide", "require"]),
        prop::sample::select(vec!["/a", "/b", "/c"]),
    )
        .prop_map(|(field, op, value, effect, target)| {
            json!({"when": {"field": field, "op": op, "value": value}, effect: [target]})
        })
        .prop_filter("an operand an operator takes", |rule| rule["when"]["op"] != "gt" || rule["when"]["value"].is_number());
    (
        prop::collection::vec(property(), 3),
        prop::sample::subsequence(vec!["a", "b", "c"], 0..3),
        prop::collection::vec(rule, 0..3),
        prop::sample::select(vec![
            none(),
            json!({"additionalProperties": false}),
            json!({"minProperties": 2}),
            json!({"not": {"required": ["a"]}}),
        ]),
        1..4_usize,
    )
        .prop_map(|(properties, required, rules, more, count)| {
            let named: serde_json::Map<String, Value> =
                ["a", "b", "c"].into_iter().map(str::to_owned).zip(properties).take(count).collect();
            let required: Vec<&str> = required.into_iter().filter(|name| named.contains_key(*name)).collect();
            let mut schema = json!({"type": "object", "properties": named, "required": required});
            schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"format": 1, "kind": "form", "key": "k", "schema": schema, "rules": rules})
        })
}

fn answers() -> impl Strategy<Value = Value> {
    let value = prop::sample::select(vec![
        json!("a"),
        json!("ab"),
        json!("abc"),
        json!("c"),
        json!(1),
        json!(2),
        json!(2.5),
        json!(3),
        json!(null),
        json!(true),
        json!(["a"]),
        json!(["a", "b"]),
        json!([]),
        json!([{"x": "y"}]),
        json!([{}]),
        json!({"x": "y"}),
        json!({}),
    ]);
    prop::collection::vec((prop::sample::select(vec!["a", "b", "c"]), value), 0..4)
        .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// If nothing is said to refuse, whatever the old version took the new one takes.
    #[test]
    fn silence_about_refusing_can_be_relied_on(old in versions(), new in versions(), documents in prop::collection::vec(answers(), 30)) {
        let (Ok(old), Ok(new)) = (crate::form(&old), crate::form(&new)) else { return Ok(()) };
        prop_assert_eq!(&change(&old, &old, &[]).changes, &[]);
        let changes = change(&old, &new, &[]);
        let gone: Vec<&str> = changes.columns.iter().filter(|column| column.goes_on == GoesOn::Ended).map(|column| column.path.as_str()).collect();
        prop_assert_eq!(changes.columns.iter().filter(|column| column.goes_on != GoesOn::Ended).count(), new.fields().len());
        if changes.severity() == Severity::Refuses {
            return Ok(());
        }
        for document in documents {
            // What nobody asked for may stand where a question came.
            let asked = |key: &String| old.fields().iter().any(|field| form_engine::pointer::is_within(&field.path, &format!("/{key}")));
            let began = document.as_object().is_some_and(|members| !members.keys().all(asked));
            if let (Ok(document), false) = (old.validate(document, Language::En), began) {
                let verdict = new.validate(document.clone(), Language::En);
                prop_assert!(verdict.is_ok(), "{document}: {verdict:?}, gone {gone:?}, told {:?}", told(&changes));
            }
        }
    }
}
