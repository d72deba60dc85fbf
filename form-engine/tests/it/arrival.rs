//! What a form holds when somebody opens it.

use form_engine::Arrival;
use serde_json::{Value, json};

use crate::{codes, form_of};

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "source": {"type": "string"}, "name": {"type": "string", "maxLength": 5}, "tier": {"enum": ["vip", "plain"]},
        "age": {"type": "integer"}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}}, "greeting": {"type": "string"},
        "rows": {"type": "array", "items": {"type": "object", "properties": {"x": {}}}}}})
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_link_the_customer_and_the_author_in_that_order() {
    let defaults = json!({
        "/source": {"parameter": "utm_source"},
        "/name": {"first": [{"parameter": "n"}, {"customer": "profile.name"}, "you"]},
        "/tier": {"first": [{"customer": "tier"}, {"value": "plain"}]},
        "/age": {"customer": "age"},
        "/tags": ["a"]});
    let form = form_of(schema(), json!({"defaults": defaults})).unwrap();
    let open = |given: &[(&str, &str)], customer: Option<&Value>| {
        form.arrive(&Arrival { parameters: &pairs(given), customer })
    };
    assert_eq!(open(&[], None), json!({"name": "you", "tier": "plain", "tags": ["a"]}));
    let customer = json!({"profile": {"name": "Li"}, "tier": "vip", "age": "41"});
    assert_eq!(
        open(&[("utm_source", "mail"), ("age", "30")], Some(&customer)),
        json!({"age": 30, "source": "mail", "name": "Li", "tier": "vip", "tags": ["a"]}),
        "what the link answers itself comes first"
    );
    assert_eq!(open(&[("n", "Wang"), ("/tags", "b")], Some(&customer))["name"], json!("Wang"));
}

/// Nobody has to repair what they did not type.
#[test]
fn a_value_the_field_would_refuse_is_not_taken() {
    let defaults =
        json!({"/name": {"first": [{"parameter": "n"}, "ok"]}, "/tier": {"customer": "tier"}, "/age": "old"});
    let form = form_of(schema(), json!({"defaults": defaults})).unwrap();
    let customer = json!({"tier": "unknown"});
    let arrival = Arrival { parameters: &pairs(&[("n", "far too long")]), customer: Some(&customer) };
    assert_eq!(form.arrive(&arrival), json!({"name": "ok"}));
}

#[test]
fn formulas_see_the_customer_and_what_came_before() {
    let defaults = json!({"/name": "Li", "/greeting": {"script": "if customer.tier == 'vip' { 'Welcome back, ' + name } else { 'Hello' }"}});
    let form = form_of(schema(), json!({"defaults": defaults})).unwrap();
    let vip = json!({"tier": "vip"});
    let open = |customer| form.arrive(&Arrival { parameters: &[], customer })["greeting"].clone();
    assert_eq!(open(Some(&vip)), json!("Welcome back, Li"));
    assert_eq!(open(Some(&json!({}))), json!("Hello"));
    let wrong = json!({"/age": {"first": [1, {"script": "nope + 1"}]}});
    let problems = form_of(schema(), json!({"defaults": wrong})).unwrap_err();
    assert_eq!(codes(&problems), ["form.script /defaults/~1age/first/1/script"]);
}

#[test]
fn what_names_nothing_is_refused() {
    let defaults = json!({"/nope": 1, "/rows/*/x": 1});
    assert_eq!(
        codes(&form_of(schema(), json!({"defaults": defaults})).unwrap_err()),
        ["form.field_missing /defaults/~1nope", "form.field_missing /defaults/~1rows~1*~1x"]
    );
    let defaults = json!({"age": 1, "/age": {"colour": "x"}, "/name": {"parameter": 7}});
    assert_eq!(
        codes(&form_of(schema(), json!({"defaults": defaults})).unwrap_err()),
        [
            "form.pointer /defaults/age",
            "form.default /defaults/~1age",
            "form.shape /defaults/~1name/parameter"
        ]
    );
}
