//! Reading a form definition: every fault at once, at its place.

use form_engine::{FormDefinition, OnePer, Opening, Record};
use serde_json::{Value, json};

use crate::{codes, form_of, nps};

#[test]
fn the_sample_is_read_whole() {
    let definition = FormDefinition::parse(&nps()).unwrap();
    assert_eq!(definition.key, "nps");
    assert_eq!(definition.title.get("en-GB"), "Would you recommend us?");
    assert_eq!(definition.record, Record::Submission);
    assert_eq!(definition.rules.len(), 2);
    let publish = &definition.publish;
    assert_eq!(
        (publish.slug.as_deref(), publish.quota, publish.one_per),
        (Some("nps"), Some(1000), OnePer::Customer)
    );
    let at = |text: &str| publish.at(form_engine::moment::parse(text).unwrap());
    assert_eq!(at("2025-12-31T15:59:59Z"), Opening::Early);
    assert_eq!(at("2025-12-31T16:00:00Z"), Opening::Open);
    assert_eq!(at("2026-12-31"), Opening::Closed);
}

#[test]
fn every_fault_is_told_at_its_place() {
    let faulty = json!({
        "format": 2, "kind": "flow", "key": "no key", "record": "row", "title": {"zh": 1}, "surprise": true, "x-own": 1,
        "schema": 7,
        "layout": {"mode": "random", "pages": [{"items": [{"control": "nps"}, {"field": "score", "control": "stars"}, {"field": "/a", "help": []}]}]},
        "rules": [{"when": {"field": "/a", "op": "is", "value": 1}, "show": "/a"}, {"set": "/a"}, {"when": {"all": []}}, 3],
        "publish": {"slug": "No Slug", "opens": "soon", "quota": 0, "one_per": "cat", "password": "secret", "languages": "zh"}
    });
    let problems = FormDefinition::parse(&faulty).unwrap_err();
    let told: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {}: {}", problem.path, problem.code, problem.message))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_is_no_object_or_holds_nul_is_refused() {
    assert_eq!(codes(&FormDefinition::parse(&json!([])).unwrap_err()), ["form.shape "]);
    let mut document = nps();
    document["title"] = json!({"zh": "a\u{0}b"});
    assert_eq!(codes(&FormDefinition::parse(&document).unwrap_err()), ["form.nul /title/zh"]);
    assert_eq!(
        codes(&FormDefinition::parse(&json!({"format": 1, "kind": "form"})).unwrap_err()),
        ["form.member_missing /key", "form.member_missing /schema"]
    );
}

#[test]
fn a_window_that_never_opens_is_refused() {
    let problems =
        form_of(json!({}), json!({"publish": {"opens": "2026-02-01", "closes": "2026-01-01"}})).unwrap_err();
    assert_eq!(codes(&problems), ["form.never_open /publish/closes"]);
}

#[test]
fn titles_fall_back_to_the_schema_and_the_key() {
    let title = |schema: Value| form_of(schema, json!({})).unwrap().title().get("zh").to_owned();
    assert_eq!(title(json!({"title": "Visitors"})), "Visitors");
    assert_eq!(title(json!({})), "test");
}

#[test]
fn a_bare_schema_is_told_from_a_definition() {
    assert!(FormDefinition::is_definition(&nps()));
    assert!(FormDefinition::is_definition(&json!({"format": 1, "kind": "form"})));
    assert!(!FormDefinition::is_definition(&json!({"type": "object", "properties": {"kind": {}}})));
}

#[test]
fn what_a_page_promises_is_read_and_an_origin_is_nothing_else() {
    let definition = |publish: Value| {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let document = json!({"format": 1, "kind": "form", "key": "f", "record": "submission", "title": "F", "schema": schema, "publish": publish});
        FormDefinition::parse(&document)
    };
    let share = json!({"title": {"zh": "报名", "en": "Sign up"}, "picture": "/assets/card.png"});
    let embed = json!(["https://shop.example", "https://*.shop.example:8443", "http://localhost:3000"]);
    let read =
        definition(json!({"save": true, "edit": true, "captcha": true, "embed": embed, "share": share}));
    let publish = read.expect("fine").publish;
    assert!(publish.save && publish.edit && publish.captcha);
    assert_eq!(publish.embed.len(), 3);
    assert_eq!(publish.share.title.map(|title| title.get("en").to_owned()).as_deref(), Some("Sign up"));
    for wrong in [
        "shop.example",
        "https://",
        "https://a b",
        "https://a;script-src *",
        "https://a/path",
        "https://*",
        "*",
        "https://a..b",
        "https://a:99999",
        "javascript:alert(1)",
        "https://-a",
        "https://a\n",
    ] {
        let problems = definition(json!({"embed": [wrong]})).expect_err(wrong);
        assert_eq!(codes(&problems), ["form.origin /publish/embed/0"], "{wrong:?}");
    }
    let problems =
        definition(json!({"save": "yes", "share": {"picture": "//evil.example/a"}})).expect_err("wrong");
    assert_eq!(codes(&problems), ["form.shape /publish/save", "form.shape /publish/share/picture"]);
}
