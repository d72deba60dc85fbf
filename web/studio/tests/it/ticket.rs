//! What goes out with an action, where a reply goes, how events are drawn.

use api_types::{CustomerView, EventView, FieldView, IdentityView, MemberView, OptionView, Role};
use serde_json::{Value, json};
use studio::{
    i18n::Language::En,
    pages::{
        login::next_page,
        ticket::{
            mention::{asked, named, offered},
            model::{Shape, place, reply_goes, shape, typed, written},
        },
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

fn member(id: &str, name: &str, email: Option<&str>) -> MemberView {
    MemberView {
        id: id.into(),
        name: name.into(),
        email: email.map(str::to_owned),
        role: Role::Agent,
        department: None,
        head: false,
        away: false,
        login: None,
        mobile: None,
        manager: None,
        deputy: None,
        skills: Vec::new(),
        disabled: false,
        waiting: false,
        second_step: None,
    }
}

#[test]
fn an_at_sign_names_somebody_unless_it_stands_in_an_address() {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap();
    for (before, after, expected) in [
        ("请@张", "三看一下", Some((3, "张"))),
        ("🙂 @Ann B", "", Some((5, "Ann B"))),
        ("@", "", Some((0, ""))),
        ("@a @b", "", Some((3, "b"))),
        ("ann@example", ".com", None),
        ("@Ann\nnext line", "", None),
        ("nobody", " @later", None),
    ] {
        let found = asked(&format!("{before}{after}"), units(before));
        assert_eq!(found, expected.map(|(at, wanted)| (at, wanted.to_owned())), "{before}|{after}");
    }
}

#[test]
fn colleagues_are_offered_by_name_or_address_and_nobody_to_themselves() {
    let mut gone = member("5", "Anton", None);
    gone.disabled = true;
    let team = [
        member("1", "Susan Bell", None),
        member("2", "Ann Bell", None),
        member("3", "张三", Some("an.zhang@example.com")),
        member("4", "Anna Own", None),
        gone,
    ];
    let names = |wanted: &str| -> Vec<String> {
        offered(&team, wanted, Some("4")).into_iter().map(|one| one.name).collect()
    };
    assert_eq!(names("AN"), ["Ann Bell", "Susan Bell", "张三"]);
    assert_eq!(names("bell"), ["Susan Bell", "Ann Bell"]);
    assert_eq!(names("张"), ["张三"]);
    // Written out, nothing is left to offer.
    assert_eq!(names("张三"), [""; 0]);
    assert_eq!(names("Ann Bell "), [""; 0]);
}

#[test]
fn a_name_takes_the_place_of_what_was_typed() {
    assert_eq!(named("请@张", &(3, "张".into()), "张三"), ("请@张三 ".into(), 5));
    assert_eq!(named("@an, please", &(0, "an".into()), "Ann Bell"), ("@Ann Bell , please".into(), 10));
    assert_eq!(named("🙂@an please", &(4, "an".into()), "Ann"), ("🙂@Ann please".into(), 7));
}
