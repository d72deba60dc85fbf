//! Pointers (RFC 6901), instants (RFC 3339), numbers, and texts with holes.

use std::cmp::Ordering;

use form_engine::{Language, NpsGroup, Text, fill, holes, is_favourable, moment, number, pointer};
use proptest::prelude::*;
use serde_json::{Value, json};

/// RFC 6901 §5.
#[test]
fn the_pointers_of_the_standard() {
    let document = json!({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8});
    assert_eq!(pointer::get(&document, ""), Some(&document));
    for (at, expected) in [
        ("/foo", json!(["bar", "baz"])),
        ("/foo/0", json!("bar")),
        ("/", json!(0)),
        ("/a~1b", json!(1)),
        ("/c%d", json!(2)),
        ("/e^f", json!(3)),
        ("/g|h", json!(4)),
        ("/i\\j", json!(5)),
        ("/k\"l", json!(6)),
        ("/ ", json!(7)),
        ("/m~0n", json!(8)),
    ] {
        assert_eq!(pointer::get(&document, at), Some(&expected), "{at}");
    }
    for at in ["foo", "/foo/2", "/foo/01", "/foo/-", "/foo/bar", "/nope", "/a~1b/x"] {
        assert_eq!(pointer::get(&document, at), None, "{at}");
    }
}

#[test]
fn setting_makes_the_way() {
    let mut document = json!({"kept": 1});
    assert!(pointer::set(&mut document, "/items/0/price", json!(5)));
    assert!(pointer::set(&mut document, "/items/-/price", json!(6)));
    assert!(pointer::set(&mut document, "/address/street", json!("x")));
    assert_eq!(
        document,
        json!({"kept": 1, "items": [{"price": 5}, {"price": 6}], "address": {"street": "x"}})
    );
    assert!(!pointer::set(&mut document, "/items/9/price", json!(1)), "no gaps");
    assert!(!pointer::set(&mut document, "/kept/below", json!(1)), "a scalar holds nothing");
    assert!(!pointer::set(&mut document, "no pointer", json!(1)));
    assert_eq!(pointer::remove(&mut document, "/items/0"), Some(json!({"price": 5})));
    assert_eq!(pointer::remove(&mut document, "/nope/x"), None);
    assert_eq!(document["items"], json!([{"price": 6}]));
}

#[test]
fn removing_keeps_the_order() {
    let mut document: Value = serde_json::from_str(r#"{"c": 1, "a": 2, "b": 3, "d": 4}"#).unwrap();
    pointer::remove(&mut document, "/a");
    assert_eq!(document.to_string(), r#"{"c":1,"b":3,"d":4}"#);
}

#[test]
fn patterns() {
    let document = json!({"items": [{"p": 1, "q": [1, 2]}, {"q": [3]}], "*": {"x": 1}});
    let found = |pattern: &str| {
        pointer::resolve(&document, pattern).into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(found("/items/*/p"), ["/items/0/p"]);
    assert_eq!(found("/items/*/q/*"), ["/items/0/q/0", "/items/0/q/1", "/items/1/q/0"]);
    assert_eq!(found("/*/x"), ["/*/x"], "on an object a star is a key");
    assert_eq!(pointer::expand(&document, "/items/*/p"), ["/items/0/p", "/items/1/p"]);
    assert_eq!(pointer::expand(&document, "/none/*/p"), Vec::<String>::new());
    assert!(pointer::matches("/items/*/p", "/items/10/p"));
    assert!(!pointer::matches("/items/*/p", "/items/x/p"));
    assert!(!pointer::matches("/items/*", "/items/1/p"));
    assert_eq!(pointer::beside("/items/*/total", "/items/3/price"), "/items/3/total");
    assert_eq!(pointer::beside("/other/*/total", "/items/3/price"), "/other/*/total");
    assert!(
        pointer::is_within("/a/b", "/a") && !pointer::is_within("/ab", "/a") && pointer::is_within("/a", "")
    );
}

#[test]
fn instants() {
    let at = |text: &str| moment::parse(text);
    assert_eq!(at("1970-01-01"), Some(0));
    assert_eq!(at("2026-03-01T08:00:00+08:00"), at("2026-03-01"));
    assert_eq!(at("2026-03-01t00:00:00.125z"), at("2026-03-01").map(|ms| ms + 125));
    assert_eq!(at("2024-02-29T23:59:60Z"), at("2024-03-01"));
    assert_eq!(at("1969-12-31T23:59:59.999Z"), Some(-1));
    for wrong in [
        "",
        "2026-02-29",
        "2026-13-01",
        "2026-3-1",
        "2026-03-01T25:00:00Z",
        "2026-03-01T08:00:00+8",
        "yesterday",
        "２０２６-03-01",
        "2026-03-01T08:00:00.Z",
    ] {
        assert_eq!(at(wrong), None, "{wrong}");
    }
    assert_eq!(moment::format(1_772_323_200_125), "2026-03-01T00:00:00.125Z");
}

#[test]
fn numbers_compare_exactly() {
    let number = |text: &str| text.parse::<serde_json::Number>().unwrap();
    let order = |a: &str, b: &str| number::compare(&number(a), &number(b)).unwrap();
    assert_eq!(order("9007199254740993", "9007199254740992.0"), Ordering::Greater);
    assert_eq!(order("18446744073709551615", "18446744073709551616.0"), Ordering::Less);
    assert_eq!(order("-5", "-5.5"), Ordering::Greater);
    assert_eq!(order("1e3", "1000"), Ordering::Equal);
    assert_eq!(order("-1e300", "-9223372036854775808"), Ordering::Less);
    assert!(number::same(&json!([1, {"a": 2.0}]), &json!([1.0, {"a": 2}])));
    assert!(!number::same(&json!([1]), &json!([1, 2])));
    assert_eq!(number::from_f64(3.0).unwrap().to_string(), "3");
    assert_eq!(number::from_f64(f64::NAN), None);
}

#[test]
fn holes_are_filled_once_and_by_words_only() {
    let values = |name: &str| match name {
        "name" => Some("{{secret}}".to_owned()),
        "/items/0/x" => Some("7".to_owned()),
        _ => None,
    };
    assert_eq!(fill("Dear {{ name }}, {{/items/0/x}}{{nothing}}!", &values), "Dear {{secret}}, 7!");
    assert_eq!(fill("open {{name", &values), "open {{name");
    assert_eq!(holes("{{ a }} and {{b}} and {{c"), ["a", "b"]);
}

#[test]
fn texts_and_languages_fall_back() {
    let text: Text = serde_json::from_value(json!({"zh": "评分", "en-GB": "Score"})).unwrap();
    assert_eq!((text.get("zh-CN"), text.get("en-GB"), text.get("fr")), ("评分", "Score", "评分"));
    assert_eq!(Text::from("x").get("any"), "x");
    assert_eq!(Language::parse("zh-Hans-CN"), Some(Language::Zh));
    assert_eq!(Language::parse("fr"), None);
}

#[test]
fn scores_have_groups() {
    let groups: Vec<_> = [0, 6, 7, 8, 9, 10, 11].into_iter().map(NpsGroup::of).collect();
    use NpsGroup::{Detractor, Passive, Promoter};
    assert_eq!(
        groups,
        [
            Some(Detractor),
            Some(Detractor),
            Some(Passive),
            Some(Passive),
            Some(Promoter),
            Some(Promoter),
            None
        ]
    );
    let good = |kind, point| is_favourable(kind, point);
    assert_eq!(good(form_engine::FieldKind::Csat, 4), Some(true));
    assert_eq!(good(form_engine::FieldKind::Csat, 6), None);
    assert_eq!(good(form_engine::FieldKind::Ces, 4), Some(false));
    assert_eq!(good(form_engine::FieldKind::Text, 4), None);
}

proptest! {
    #[test]
    fn instants_survive_being_written(ms in -62_135_596_800_000_i64..253_402_300_799_999) {
        prop_assert_eq!(moment::parse(&moment::format(ms)), Some(ms));
    }

    #[test]
    fn days_are_counted_without_gaps(day in -700_000_i64..2_900_000) {
        let (year, month, of_month) = moment::civil(day);
        prop_assert_eq!(moment::day_number(year, month, of_month), day);
        prop_assert!((1..=moment::days_in_month(year, month)).contains(&of_month));
    }

    #[test]
    fn tokens_survive_escaping(name in "[a-z~/*0-9]{0,8}") {
        let mut document = json!({});
        let at = pointer::join("", &name);
        prop_assert!(pointer::set(&mut document, &at, json!(1)));
        prop_assert_eq!(pointer::get(&document, &at), Some(&json!(1)));
        prop_assert!(document.get(&name).is_some());
    }

    #[test]
    fn nothing_panics_on_any_text(text in ".{0,40}") {
        let _ = moment::parse(&text);
        let mut document = json!({"a": [1, {"b": 2}]});
        let _ = pointer::get(&document, &text);
        let _ = pointer::expand(&document, &text);
        let _ = pointer::set(&mut document, &text, json!(1));
        let _ = fill(&text, &|_| None);
    }
}
