//! Who a submission says it is from.

use form_engine::{Identity, IdentityKind};
use serde_json::json;

use crate::{form, form_of, nps};

fn read(text: &str) -> Option<(IdentityKind, String)> {
    Identity::of_contact(text).map(|identity| (identity.kind, identity.value))
}

#[test]
fn one_person_is_written_one_way() {
    let mobile = Some((IdentityKind::Phone, "13800138000".to_owned()));
    for text in [
        "13800138000",
        " 138 0013 8000 ",
        "+86 138-0013-8000",
        "0086 13800138000",
        "＋86 １３８００１３８０００",
        "(138) 0013.8000",
    ] {
        assert_eq!(read(text), mobile, "{text}");
    }
    assert_eq!(read("+44 20 7946 0958"), Some((IdentityKind::Phone, "+442079460958".into())));
    assert_eq!(read("010-62345678"), Some((IdentityKind::Phone, "01062345678".into())));
    assert_eq!(read(" Li.Lei@Example.COM "), Some((IdentityKind::Mail, "li.lei@example.com".into())));
    assert_eq!(
        read("o'brien+tag@mail.example.co.uk"),
        Some((IdentityKind::Mail, "o'brien+tag@mail.example.co.uk".into()))
    );
}

#[test]
fn what_is_neither_is_refused() {
    let wrong = [
        "",
        "li",
        "li@",
        "@example.com",
        "li@example",
        "li lei@example.com",
        "li@-x.com",
        "a..b@example.com",
        "1234",
        "1380013800012345678",
        "138x0013800",
        "138+0013800",
    ];
    for text in wrong {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn contacts_come_from_the_fields_that_hold_them() {
    let form = form(&nps()).unwrap();
    let found = form.contacts(&json!({"score": 3, "contact": "+86 13800138000", "reason": "a@example.com"}));
    assert_eq!(found, [Identity { kind: IdentityKind::Phone, value: "13800138000".into() }]);
}

#[test]
fn kinds_and_identities_name_customers_each_once() {
    let schema = json!({"type": "object", "properties": {
        "mail": {"type": "string", "format": "email"}, "again": {"type": "string", "format": "email"},
        "member": {"type": "integer"}, "people": {"type": "array", "items": {"type": "object", "properties": {"tel": {"type": "string"}}}}}});
    let layout = json!({"layout": {"pages": [{"items": [
        {"field": "/member", "identity": "external"}, {"field": "/people/*/tel", "control": "phone"}]}]}});
    let form = form_of(schema, layout).unwrap();
    let data = json!({"mail": "A@example.com", "again": "a@example.com", "member": 77, "people": [{"tel": "13900139000"}, {"tel": "x"}]});
    let found: Vec<String> = form
        .contacts(&data)
        .into_iter()
        .map(|identity| format!("{}:{}", identity.kind.as_str(), identity.value))
        .collect();
    assert_eq!(found, ["mail:a@example.com", "external:77", "phone:13900139000"]);
}
