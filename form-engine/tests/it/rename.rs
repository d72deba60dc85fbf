//! A field under another key: scripts, texts, pointers, rows, answers.

use form_engine::{Renaming, is_field_key, renamings};
use serde_json::json;

fn at(from: &str, key: &str) -> Renaming {
    Renaming::new(from, key).unwrap()
}

#[test]
fn scripts_read_the_new_name_wherever_they_read_the_old() {
    for (from, key, script, renamed) in [
        ("/score", "rating", "score <= 6 && data.score > 0", "rating <= 6 && data.rating > 0"),
        ("/score", "rating", "data[\"score\"] + data['score']", "data[\"rating\"] + data['rating']"),
        ("/score", "rating", "customer.score + context.score", "customer.score + context.score"),
        ("/score", "rating", "\"score\" + score", "\"score\" + rating"),
        ("/score", "rating", "#{score: score}", "#{score: rating}"),
        ("/score", "rating", "_event.data.score <= 2", "_event.data.score <= 2"),
        ("/score", "how-likely", "score + data.score", "data[\"how-likely\"] + data[\"how-likely\"]"),
        ("/score", "case", "score", "data[\"case\"]"),
        ("/max", "most", "max(max, 3)", "max(most, 3)"),
        (
            "/address/city",
            "town",
            "address.city + data.address.city + city",
            "address.town + data.address.town + city",
        ),
        (
            "/items/*/price",
            "cost",
            "sum(items, \"price\") + items[0].price",
            "sum(items, \"cost\") + items[0].cost",
        ),
        (
            "/items",
            "lines",
            "sum(items, \"price\") + count(items, 'price')",
            "sum(lines, \"price\") + count(lines, 'price')",
        ),
        ("/评分", "打分", "评分 > 3", "打分 > 3"),
    ] {
        assert_eq!(at(from, key).script(script, false), renamed, "{from} -> {key}");
    }
    assert_eq!(at("/items/*/price", "cost").script("price * quantity", true), "cost * quantity");
    assert_eq!(
        at("/score", "rating").script_of("_event.data.score + score", &["_event", "data"]),
        "_event.data.rating + score"
    );
}

#[test]
fn holes_and_pointers_follow_and_what_only_looks_alike_stays() {
    let score = at("/score", "rating");
    assert_eq!(
        score.text("{{score}} {{ score }} {{score|none}} {{/score}} {{scores}} score {{quiz.total}} {{"),
        "{{rating}} {{ rating }} {{rating|none}} {{/rating}} {{scores}} score {{quiz.total}} {{"
    );
    assert_eq!(score.path("/score"), Some("/rating".to_owned()));
    assert_eq!(score.path("/score/a"), Some("/rating/a".to_owned()));
    assert_eq!(score.path("/scores"), None);
    assert_eq!(at("/items/*/price", "cost").path("/items/2/price"), Some("/items/2/cost".to_owned()));
    assert_eq!(at("/items/*/price", "cost").path("/items"), None);
    assert_eq!(score.turned().turned(), score);
}

#[test]
fn answers_keep_their_order_and_what_stands_there_already() {
    let mut rows = json!({"items": [{"price": 1, "n": 2}, {"n": 3}, {"price": 4}]});
    assert!(at("/items/*/price", "cost").answers(&mut rows));
    assert_eq!(rows.to_string(), r#"{"items":[{"cost":1,"n":2},{"n":3},{"cost":4}]}"#);
    let mut both = json!({"score": 1, "rating": 2});
    assert!(!at("/score", "rating").answers(&mut both));
    assert_eq!(both, json!({"score": 1, "rating": 2}));
}

#[test]
fn keys_are_what_people_can_write_and_a_document_says_what_its_fields_were_called() {
    assert!(is_field_key("满意度") && is_field_key("a-1") && !is_field_key("a b") && !is_field_key(""));
    assert_eq!(Renaming::new("/a", "a"), None);
    assert_eq!(Renaming::between("/a/b", "/c"), None);
    let told = renamings(&json!({"renamed": [{"from": "/a", "to": "/b"}, {"from": "/x/y", "to": "/z"}, 3]}));
    assert_eq!(told, [at("/a", "b")]);
}
