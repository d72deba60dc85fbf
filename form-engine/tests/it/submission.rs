//! What people type becomes a document: form posts are read by the schema, texts trimmed, rows close ranks.

use form_engine::Form;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{form, form_of, nps};

fn posted(form: &Form, pairs: &[(&str, &str)]) -> Value {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    form.coerce(&pairs)
}

#[test]
fn a_form_post_is_read_by_the_schema() {
    let form = form(&nps()).unwrap();
    let document = posted(
        &form,
        &[
            ("/score", "3"),
            ("/reason", "  slow \r\n"),
            ("/about", "product"),
            ("/about", "price"),
            ("/contact", ""),
            ("/agree", "on"),
            ("nonce", "x"),
        ],
    );
    assert_eq!(document, json!({"score": 3, "reason": "slow", "about": ["product", "price"], "agree": true}));
    assert_eq!(
        posted(&form, &[("/about", "service")]),
        json!({"about": ["service"]}),
        "one tick is a list of one"
    );
    assert_eq!(posted(&form, &[]), json!({}));
}

#[test]
fn what_cannot_be_read_stays_text_for_the_verdict() {
    let form = form(&nps()).unwrap();
    assert_eq!(posted(&form, &[("/score", "three")]), json!({"score": "three"}));
    assert_eq!(posted(&form, &[("/score", " １０ ")]), json!({"score": 10}), "full-width digits are digits");
    assert_eq!(posted(&form, &[("/surprise", "x")]), json!({"surprise": "x"}));
}

#[test]
fn values_take_the_type_of_their_option() {
    let form = form_of(json!({"type": "object", "properties": {
        "level": {"enum": [1, 2.5, "3", true, null]}, "yes": {"type": "boolean"}, "free": {}, "raw": {"type": "object"}}}), json!({})).unwrap();
    assert_eq!(posted(&form, &[("/level", "1")])["level"], json!(1));
    assert_eq!(posted(&form, &[("/level", "2.5")])["level"], json!(2.5));
    assert_eq!(posted(&form, &[("/level", "3")])["level"], json!("3"));
    assert_eq!(posted(&form, &[("/level", "true")])["level"], json!(true));
    assert_eq!(posted(&form, &[("/yes", "false")])["yes"], json!(false));
    assert_eq!(posted(&form, &[("/free", "12")])["free"], json!("12"));
    assert_eq!(posted(&form, &[("/raw", "{\"a\": [1]}")])["raw"], json!({"a": [1]}));
    assert_eq!(posted(&form, &[("/raw", "not json")])["raw"], json!("not json"));
}

#[test]
fn rows_close_ranks_and_groups_stay_groups() {
    let form = form_of(json!({"type": "object", "properties": {
        "items": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "price": {"type": "number"}}}},
        "notes": {"type": "array", "items": {"type": "string"}},
        "by_year": {"type": "object", "properties": {"0": {"type": "string"}, "1": {"type": "string"}}}}}), json!({})).unwrap();
    let document = posted(
        &form,
        &[
            ("/items/10/name", "last"),
            ("/items/2/name", "first"),
            ("/items/2/price", "9.5"),
            ("/items/3/name", ""),
            ("/notes/0", "a"),
            ("/notes/5", "b"),
            ("/by_year/0", "x"),
        ],
    );
    assert_eq!(
        document,
        json!({"items": [{"name": "first", "price": 9.5}, {"name": "last"}], "notes": ["a", "b"], "by_year": {"0": "x"}})
    );
}

#[test]
fn times_without_an_offset_take_the_pages() {
    let form = form_of(
        json!({"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}),
        json!({}),
    )
    .unwrap();
    assert_eq!(
        posted(&form, &[("/at", "2026-03-01T08:00"), ("_offset", "+08:00")]),
        json!({"at": "2026-03-01T08:00:00+08:00"})
    );
    assert_eq!(posted(&form, &[("/at", "2026-03-01T08:00")]), json!({"at": "2026-03-01T08:00:00Z"}));
    assert_eq!(
        posted(&form, &[("/at", "2026-03-01T08:00:00Z"), ("_offset", "nonsense")]),
        json!({"at": "2026-03-01T08:00:00Z"})
    );
    assert_eq!(posted(&form, &[("/at", "soon")]), json!({"at": "soon"}));
}

#[test]
fn a_root_value_is_posted_under_the_empty_name() {
    let form = form_of(json!({"type": "integer"}), json!({})).unwrap();
    assert_eq!(posted(&form, &[("", "42")]), json!(42));
}

#[test]
fn hostile_names_do_no_harm() {
    let form = form(&nps()).unwrap();
    let deep = "/a".repeat(5_000);
    assert_eq!(posted(&form, &[(&deep, "x")]), json!({}));
    assert_eq!(posted(&form, &[("/score/0/1", "x"), ("/score", "4")]), json!({"score": {"0": {"1": "x"}}}));
    let many: Vec<(String, String)> = (0..20_000).map(|at| (format!("/x{at}"), "1".to_owned())).collect();
    assert_eq!(form.coerce(&many).as_object().unwrap().len(), 5_000);
}

#[test]
fn normalising_trims_empties_and_hides() {
    let form = form(&nps()).unwrap();
    let typed = json!({"score": 9, "reason": "  good ", "about": ["price"], "visited": "", "source": null});
    assert_eq!(form.normalise(typed), json!({"score": 9, "reason": "good"}));
    assert_eq!(
        form.normalise(json!({"score": 3, "about": ["", " price "]})),
        json!({"score": 3, "about": ["price"]})
    );
    assert_eq!(form.normalise(json!({})), json!({}));
}

#[test]
fn null_stays_where_the_schema_takes_it() {
    let form = form_of(
        json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {"type": "string"}}}),
        json!({}),
    )
    .unwrap();
    assert_eq!(form.normalise(json!({"a": null, "b": null})), json!({"a": null}));
}

fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..14).prop_map(Value::from),
        "[ a-c\u{0}雷]{0,6}".prop_map(Value::from),
        Just(json!("price")),
    ];
    let value = scalar.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-c]{1,2}", inner), 0..4)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    });
    let key = prop::sample::select(vec![
        "score", "reason", "about", "contact", "visited", "source", "agree", "other",
    ]);
    prop::collection::vec((key, value), 0..8).prop_map(|members| {
        members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>()
    })
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(data in document()) {
        let form = form(&nps()).unwrap();
        let once = form.normalise(data);
        prop_assert_eq!(form.normalise(once.clone()), once);
    }

    #[test]
    fn settling_rules_twice_changes_nothing(data in document()) {
        let form = form(&nps()).unwrap();
        let once = form.apply_rules(data);
        let twice = form.apply_rules(once.data.clone());
        prop_assert_eq!(&twice.data, &once.data);
        prop_assert_eq!(&twice.required, &once.required);
    }

    #[test]
    fn posting_a_document_gives_it_back(score in 0_i64..=10, reason in "[a-z]{1,9}", agree in any::<bool>()) {
        let form = form(&nps()).unwrap();
        let mut pairs = vec![("/score".to_owned(), score.to_string()), ("/reason".to_owned(), reason.clone())];
        let mut expected = json!({"score": score, "reason": reason});
        if agree {
            pairs.push(("/agree".to_owned(), "on".to_owned()));
            expected["agree"] = json!(true);
        }
        prop_assert_eq!(form.coerce(&pairs), expected);
    }
}

/// A form without a question is sent as it is asked: with no answer.
#[test]
fn a_post_without_an_answer_is_an_empty_object_where_the_form_is_one() {
    let form =
        form_of(json!({"type": "object", "additionalProperties": {"type": "boolean"}}), json!({})).unwrap();
    assert_eq!(posted(&form, &[]), json!({}));
    assert_eq!(form.normalise(json!({})), json!({}));
    assert_eq!(form.normalise(json!({"a": null})), json!({}));
}
