//! What goes out with an action, where a reply goes, how events are drawn.

use api_types::{CustomerView, EventView, FieldView, IdentityView, OptionView};
use serde_json::{Value, json};
use studio::{
    i18n::Language::En,
    pages::{
        login::next_page,
        ticket::model::{Shape, place, reply_goes, shape, typed, written},
    },
};

fn field(value_type: &str, options: Vec<OptionView>) -> FieldView {
    FieldView {
        path: "/x".into(),
        title: "x".into(),
        control: "text".into(),
        value_type: value_type.into(),
        options,
    }
}

#[test]
fn what_is_typed_takes_the_type_of_its_field() {
    let choices = vec![
        OptionView { value: json!(1), label: "one".into() },
        OptionView { value: json!("b"), label: "B".into() },
    ];
    for (field, text, expected) in [
        (field("text", vec![]), "  done ", Some(json!("done"))),
        (field("text", vec![]), "   ", None),
        (field("integer", vec![]), "12", Some(json!(12))),
        (field("integer", vec![]), "1.5", None),
        (field("number", vec![]), "1.5", Some(json!(1.5))),
        (field("number", vec![]), "inf", None),
        (field("boolean", vec![]), "true", Some(json!(true))),
        (field("boolean", vec![]), "yes", None),
        (field("text", choices.clone()), "1", Some(json!(1))),
        (field("list", choices.clone()), "b", Some(json!(["b"]))),
        (field("list", vec![]), "free", Some(json!(["free"]))),
    ] {
        assert_eq!(typed(&field, text), expected, "{text} as {}", field.value_type);
    }
}

#[test]
fn values_are_placed_at_their_pointers() {
    let mut document = json!({});
    place(&mut document, "/solution", json!("refund"));
    place(&mut document, "/a~1b/c~0d", json!(1));
    assert_eq!(document, json!({"solution": "refund", "a/b": {"c~d": 1}}));
}

fn customer(identities: &[(&str, &str)]) -> CustomerView {
    CustomerView {
        id: "c".into(),
        name: "Li".into(),
        identities: identities
            .iter()
            .map(|(kind, value)| IdentityView { kind: (*kind).into(), value: (*value).into() })
            .collect(),
        tags: vec![],
        tier: None,
        submissions: 1,
        open_tickets: 1,
        last_score: None,
        created_at: String::new(),
    }
}

#[test]
fn the_writer_knows_where_a_reply_goes() {
    assert!(
        reply_goes(Some(&customer(&[("phone", "+8613800000000"), ("mail", "li@example.com")])), En)
            .contains("li@example.com")
    );
    assert!(reply_goes(Some(&customer(&[("phone", "+8613800000000")])), En).contains("call +8613800000000"));
    assert!(reply_goes(None, En).contains("no contact"));
}

fn event(kind: &str, data: Value) -> EventView {
    EventView {
        id: "e".into(),
        kind: kind.into(),
        at: String::new(),
        actor: None,
        public: false,
        text: "in words".into(),
        data,
    }
}

#[test]
fn words_to_the_customer_never_look_like_words_about_them() {
    assert_eq!(shape(&event("reply", json!({}))), Shape::Reply);
    assert_eq!(shape(&event("comment", json!({}))), Shape::Note);
    assert_eq!(shape(&event("call", json!({}))), Shape::Call);
    assert_eq!(shape(&event("customer_message", json!({}))), Shape::Customer);
    assert_eq!(shape(&event("state", json!({}))), Shape::Fact);
    assert_eq!(shape(&event("something new", json!({}))), Shape::Fact);
    assert_eq!(written(&event("reply", json!({"text": "We are sorry"}))), "We are sorry");
    assert_eq!(written(&event("reply", json!({}))), "in words");
}

/// A link that leads out of the studio is no place to go after signing in.
#[test]
fn signing_in_leads_only_into_the_studio() {
    assert_eq!(next_page(Some("/s/inbox/mine/1")), "/s/inbox/mine/1");
    for hostile in ["https://evil.example", "//evil.example", "/login", "javascript:alert(1)", ""] {
        assert_eq!(next_page(Some(hostile)), "/s/home", "{hostile}");
    }
    assert_eq!(next_page(None), "/s/home");
}
