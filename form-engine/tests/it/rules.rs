//! Show, hide, require, set: settled in the order of what they read, row by row.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{codes, form, form_of, nps};

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

fn open(names: &[&str]) -> Value {
    let properties: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    json!({"type": "object", "properties": properties})
}

fn when(field: &str) -> Value {
    json!({"field": field, "op": "eq", "value": 1})
}

#[test]
fn what_shows_depends_on_the_answers() {
    let form = form(&nps()).unwrap();
    let low = form.visible(&json!({"score": 3}));
    assert!(low.contains("/about") && low.contains("/contact"));
    let high = form.visible(&json!({"score": 9}));
    assert_eq!(high, set(&["/score", "/reason", "/visited", "/source", "/agree"]));
    assert!(!form.visible(&json!({})).contains("/about"), "no answer is no low answer");
    assert_eq!(form.required(&json!({"score": 9})), set(&["/score", "/agree"]));
    assert_eq!(form.required(&json!({"score": 1})), set(&["/score", "/agree", "/about", "/reason"]));
}

#[test]
fn hidden_values_are_gone() {
    let form = form(&nps()).unwrap();
    let outcome = form
        .apply_rules(json!({"score": 9, "about": ["price"], "contact": "a@example.com", "reason": "fine"}));
    assert_eq!(outcome.data, json!({"score": 9, "reason": "fine"}));
    assert!(!outcome.shows("/about") && !outcome.shows("/about/0") && outcome.shows("/reason"));
}

#[test]
fn any_show_suffices_and_hide_wins() {
    let rules = json!({"rules": [
        {"when": when("/a"), "show": ["/x"]}, {"when": when("/b"), "show": ["/x"]}, {"when": when("/c"), "hide": ["/x"]}]});
    let form = form_of(open(&["a", "b", "c", "x"]), rules).unwrap();
    let shows = |data: Value| form.visible(&data).contains("/x");
    assert!(!shows(json!({})));
    assert!(shows(json!({"b": 1})));
    assert!(!shows(json!({"a": 1, "b": 1, "c": 1})));
}

/// A rule looks at what is left of a field that is itself hidden: nothing.
#[test]
fn hiding_spreads_whatever_the_order_written() {
    let rules = json!({"rules": [
        {"when": when("/b"), "show": ["/c"]}, {"when": when("/a"), "show": ["/b"]}]});
    let form = form_of(open(&["a", "b", "c"]), rules).unwrap();
    assert_eq!(form.apply_rules(json!({"a": 2, "b": 1, "c": 5})).data, json!({"a": 2}));
    assert_eq!(form.apply_rules(json!({"a": 1, "b": 1, "c": 5})).data, json!({"a": 1, "b": 1, "c": 5}));
}

#[test]
fn rules_on_rows_hold_row_by_row() {
    let schema = json!({"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object",
        "properties": {"kind": {}, "size": {}, "note": {}}}}}});
    let rules = json!({"rules": [
        {"when": when("/items/*/kind"), "show": ["/items/*/size"], "require": ["/items/*/note"]}]});
    let form = form_of(schema, rules).unwrap();
    let data = json!({"items": [{"kind": 1, "size": 5}, {"kind": 2, "size": 6, "note": "x"}]});
    let outcome = form.apply_rules(data);
    assert_eq!(outcome.data, json!({"items": [{"kind": 1, "size": 5}, {"kind": 2, "note": "x"}]}));
    assert_eq!(outcome.required, set(&["/items/0/note"]));
}

#[test]
fn whole_groups_hide() {
    let schema = json!({"type": "object", "properties": {"a": {}, "address": {"type": "object", "properties": {"street": {}, "city": {}}}}});
    let form = form_of(schema, json!({"rules": [{"when": when("/a"), "hide": ["/address"]}]})).unwrap();
    assert_eq!(form.apply_rules(json!({"a": 1, "address": {"street": "x"}})).data, json!({"a": 1}));
    assert_eq!(form.visible(&json!({"a": 1})), set(&["/a"]));
}

#[test]
fn circles_are_refused() {
    let rules = json!({"rules": [{"when": when("/b"), "show": ["/a"]}, {"when": when("/c"), "hide": ["/b"]}, {"when": when("/a"), "show": ["/c"]}]});
    let problems = form_of(open(&["a", "b", "c"]), rules).unwrap_err();
    assert_eq!(codes(&problems), ["form.rule_cycle /rules"]);
    assert!(problems[0].message.contains("`/a` → `/b` → `/c`"), "{}", problems[0].message);
    let own = json!({"rules": [{"when": when("/a"), "show": ["/a"]}]});
    assert_eq!(codes(&form_of(open(&["a"]), own).unwrap_err()), ["form.rule_cycle /rules"]);
}

#[test]
fn rules_that_cannot_work_are_refused() {
    let rules = json!({"rules": [
        {"when": when("/nope"), "show": ["/a"]},
        {"when": {"field": "state", "op": "eq", "value": "x"}, "show": ["/b"]},
        {"when": {"field": "/a", "op": "gt", "value": {"now": "0d"}}, "hide": ["/b"]},
        {"show": ["/nope", ""]}]});
    let problems = form_of(
        json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}),
        rules,
    )
    .unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            "form.field_missing /rules/0/when",
            "form.rule_column /rules/1/when",
            "form.rule_outside /rules/2/when",
            "form.field_missing /rules/3/show/0",
            "form.rule_field /rules/3/show/1"
        ]
    );
}

#[test]
fn a_literal_is_set_without_scripts() {
    let rules = json!({"rules": [{"when": when("/a"), "set": "/b", "to": "yes"}]});
    let form = form_of(open(&["a", "b"]), rules).unwrap();
    assert_eq!(form.apply_rules(json!({"a": 1})).data, json!({"a": 1, "b": "yes"}));
    assert_eq!(form.apply_rules(json!({"a": 2, "b": "kept"})).data, json!({"a": 2, "b": "kept"}));
}

#[cfg(feature = "script")]
mod computed {
    use super::*;

    fn order() -> Value {
        json!({"type": "object", "properties": {
            "discount": {"type": "number"}, "total": {"type": "number"}, "net": {"type": "number"},
            "items": {"type": "array", "items": {"type": "object", "properties": {
                "price": {"type": "number"}, "quantity": {"type": "integer"}, "amount": {"type": "number"}}}}}})
    }

    fn script(source: &str) -> Value {
        json!({"script": source})
    }

    #[test]
    fn formulas_run_in_the_order_of_what_they_read() {
        let rules = json!({"rules": [
            {"set": "/net", "to": script("total - (discount ?? 0)")},
            {"set": "/total", "to": script("sum(items, 'amount')")},
            {"set": "/items/*/amount", "to": script("price * quantity")}]});
        let form = form_of(order(), rules).unwrap();
        let data = json!({"discount": 5, "items": [{"price": 10, "quantity": 2}, {"price": 0.5, "quantity": 3}], "net": 999});
        assert_eq!(
            form.apply_rules(data).data,
            json!({"discount": 5, "net": 16.5, "total": 21.5,
            "items": [{"price": 10, "quantity": 2, "amount": 20}, {"price": 0.5, "quantity": 3, "amount": 1.5}]})
        );
    }

    /// What a person sends for a computed field never stands.
    #[test]
    fn a_formula_that_lacks_its_inputs_has_no_value() {
        let form = form_of(order(), json!({"rules": [{"set": "/net", "to": script("total * 2")}]})).unwrap();
        assert_eq!(form.apply_rules(json!({"net": 7})).data, json!({}));
    }

    #[test]
    fn scripts_that_do_not_compile_are_refused_at_their_place() {
        let problems =
            form_of(order(), json!({"rules": [{"set": "/net", "to": script("totl * 2")}]})).unwrap_err();
        assert_eq!(codes(&problems), ["form.script /rules/0/to/script"]);
        assert_eq!(
            problems[0].message,
            "the script does not compile: unknown name `totl` (line 1, column 1)"
        );
    }

    #[test]
    fn formulas_in_a_circle_are_refused() {
        let rules = json!({"rules": [{"set": "/net", "to": script("total")}, {"set": "/total", "to": script("net + 1")}]});
        assert_eq!(codes(&form_of(order(), rules).unwrap_err()), ["form.rule_cycle /rules"]);
    }
}
