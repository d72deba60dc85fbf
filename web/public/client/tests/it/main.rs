//! The module's functions, called as the page's script calls them.
#![expect(clippy::unwrap_used, reason = "in tests a failure is a finding")]

use form_engine::{FormDefinition, Language, compile};
use public_client::Session;
use serde_json::{Value, json};

fn open() -> Session {
    let app: Value =
        serde_json::from_str(include_str!("../../../../../server/src/starter/care.json")).unwrap();
    let form = app["forms"].as_array().unwrap().iter().find(|form| form["key"] == "nps").unwrap();
    let form = compile(&FormDefinition::parse(form).unwrap()).unwrap();
    let data = json!({
        "language": "en",
        "sheet": form.to_value(Language::En),
        "thanks": [{"field": "/score", "op": "gte", "value": 9}, {"field": "/score", "op": "lte", "value": 6}, null],
    });
    Session::open(&data.to_string()).unwrap()
}

fn look(session: &mut Session, pairs: Value) -> Value {
    serde_json::from_str(&session.look(&pairs.to_string())).unwrap()
}

#[test]
fn a_low_score_shows_what_was_hidden() {
    let mut session = open();
    let nothing = look(&mut session, json!([]));
    assert_eq!(nothing["hidden"], json!(["/about", "/contact"]));
    assert_eq!(nothing["required"], json!(["/score"]));
    let low = look(&mut session, json!([["/score", "3"]]));
    assert_eq!(low["hidden"], json!([]));
}

#[test]
fn problems_come_in_words_and_go_when_mended() {
    let mut session = open();
    look(&mut session, json!([]));
    assert!(session.problem("/score").is_some());
    look(&mut session, json!([["/score", "4"], ["/contact", "nobody"]]));
    assert_eq!(session.problem("/score"), None);
    assert!(session.problem("/contact").is_some());
    look(&mut session, json!([["/score", "4"], ["/contact", "li@example.com"]]));
    assert_eq!(session.problem("/contact"), None);
}

#[test]
fn what_does_not_show_is_not_sent() {
    let mut session = open();
    look(&mut session, json!([["/score", "10"], ["/about", "price"], ["/reason", "  fine  "]]));
    let body: Value = serde_json::from_str(&session.body()).unwrap();
    assert_eq!(body, json!({"score": 10, "reason": "fine"}));
}

#[test]
fn the_thank_you_goes_by_the_score() {
    let mut session = open();
    for (score, index) in [("10", 0), ("3", 1), ("8", 2)] {
        look(&mut session, json!([["/score", score]]));
        assert_eq!(session.thanks(0), index, "{score}");
    }
}

#[test]
fn another_page_is_refused() {
    for data in ["", "{}", "[]", r#"{"language": "en", "sheet": {}}"#] {
        assert!(Session::open(data).is_none(), "{data}");
    }
}

#[test]
fn answers_options_and_results_follow_what_is_typed() {
    let definition = json!({"format": 1, "kind": "form", "key": "k", "title": "K",
        "schema": {"type": "object", "properties": {
            "name": {"type": "string"}, "used": {"type": "array", "items": {"enum": ["a", "b"]}}, "best": {"enum": ["a", "b"], "title": "Best, {{name|you}}"}}},
        "rules": [{"offer": ["/best"], "chosen": "/used"}],
        "quiz": {"points": {"/best": {"a": 1, "b": 2}}, "results": [{"to": 1, "title": "one"}, {"title": "two"}]}});
    let form = compile(&FormDefinition::parse(&definition).unwrap()).unwrap();
    let data = json!({"language": "en", "sheet": form.to_value(Language::En), "thanks": [null]});
    let mut session = Session::open(&data.to_string()).unwrap();
    assert_eq!(look(&mut session, json!([]))["hidden"], json!(["/best"]));
    assert_eq!(session.result(), None);
    let seen = look(&mut session, json!([["/name", "Li"], ["/used", "b"], ["/best", "b"]]));
    assert_eq!(seen["offered"], json!([["/best", [1]]]));
    assert_eq!(session.pipe("{{name}} likes {{best}}", ""), "Li likes b");
    assert_eq!(session.result(), Some(1));
    look(&mut session, json!([["/name", "Li"], ["/used", "b"], ["/best", "a"]]));
    assert_eq!(session.problem("/best").as_deref(), Some("“Best, Li” must be one of: b"));
}
