//! A role's document under the editor's hands.

use api_types::{FieldView, OptionView};
use serde_json::json;
use studio::pages::settings::roles::model::{self, Shown, Unread};

fn field(path: &str, value_type: &str, options: &[&str]) -> FieldView {
    let option = |word: &&str| OptionView { value: json!(word), label: (*word).to_owned() };
    FieldView {
        path: path.to_owned(),
        title: path.to_owned(),
        control: String::new(),
        value_type: value_type.to_owned(),
        options: options.iter().map(option).collect(),
    }
}

#[test]
fn verbs_keep_each_other_honest() {
    let mut role = model::blank();
    model::add_rule(&mut role, "ticket");
    model::allow(&mut role, 0, "see", false);
    assert_eq!(role["grants"][0]["verbs"], json!([]), "nobody edits what they cannot see");
    model::allow(&mut role, 0, "delete", true);
    assert_eq!(role["grants"][0]["verbs"], json!(["see", "delete"]));
    model::allow(&mut role, 0, "add", true);
    model::allow(&mut role, 0, "see", false);
    assert_eq!(role["grants"][0]["verbs"], json!(["add"]), "handing in needs no sight");
    let silent = json!({"grants": [{"form": "ticket"}]});
    assert!(
        model::may(&silent, 0, "see") && !model::may(&silent, 0, "edit"),
        "a rule without verbs allows seeing"
    );
}

#[test]
fn a_field_is_shown_in_one_way_and_forgotten_with_its_form() {
    let mut role = model::blank();
    model::add_rule(&mut role, "ticket");
    for (wanted, hide, kept) in [
        (Shown::Hidden, json!(["/a"]), json!([])),
        (Shown::ReadOnly, json!([]), json!(["/a"])),
        (Shown::Whole, json!([]), json!([])),
    ] {
        model::show(&mut role, 0, "/a", wanted);
        assert_eq!(model::shown(&role, 0, "/a"), wanted);
        assert_eq!((&role["grants"][0]["hide"], &role["grants"][0]["read_only"]), (&hide, &kept));
    }
    model::show(&mut role, 0, "/a", Shown::Hidden);
    model::set_only(&mut role, 0, Some(json!({"field": "/a", "op": "empty"})));
    model::set_text(&mut role, 0, "form", "nps");
    assert_eq!(
        role["grants"][0],
        json!({"form": "nps", "rows": "department", "verbs": ["see"], "hide": [], "read_only": []})
    );
}

#[test]
fn a_new_rule_gives_sight_alone() {
    let mut role = model::blank();
    model::add_rule(&mut role, "ticket");
    let given = model::VERBS.into_iter().filter(|verb| model::may(&role, 0, verb));
    assert_eq!(given.collect::<Vec<_>>(), ["see"]);
}

#[test]
fn a_text_is_a_condition_or_says_where_it_stops_to_be_one() {
    for (typed, read) in [
        ("", Ok(None)),
        (
            r#" {"field": "/days", "op": "lt", "value": 3} "#,
            Ok(Some(json!({"field": "/days", "op": "lt", "value": 3}))),
        ),
        (r#"{"field": "/days", "op"#, Err(Unread::NoJson(1, 22))),
        ("region = east", Err(Unread::NoJson(1, 1))),
        ("3", Err(Unread::NoCondition)),
        ("{}", Err(Unread::NoCondition)),
    ] {
        assert_eq!(model::condition(typed), read, "{typed}");
    }
}

#[test]
fn a_condition_is_read_as_comparisons_when_it_says_no_more() {
    let fields = [field("/days", "integer", &[]), field("/region", "text", &["east", "west"])];
    let with = |condition| json!({"grants": [{"form": "leave", "where": condition}]});
    let days = json!({"field": "/days", "op": "lt", "value": 3});
    let region = json!({"field": "/region", "op": "ne", "value": "west"});
    let read =
        model::comparisons(&with(json!({"all": [days, region]})), 0, &fields).expect("two comparisons");
    assert_eq!(
        read.iter().map(|leaf| (leaf.field.as_str(), leaf.op.as_str())).collect::<Vec<_>>(),
        [("/days", "lt"), ("/region", "ne")]
    );
    assert_eq!(
        model::comparisons(&json!({"grants": [{}]}), 0, &fields),
        Some(vec![]),
        "no condition is no comparison"
    );
    for more in [
        json!({"any": [days, region]}),
        json!({"field": "/other", "op": "eq", "value": 1}),
        json!({"field": "/days", "op": "contains", "value": 1}),
        json!({"field": "/days", "op": "gte", "value": {"now": "-3d"}}),
    ] {
        assert_eq!(model::comparisons(&with(more.clone()), 0, &fields), None, "{more}");
    }
    for (field, op, value) in [(&fields[0], "eq", json!(0)), (&fields[1], "eq", json!("east"))] {
        let first = model::comparison(field);
        assert_eq!((first.op.as_str(), first.value), (op, value));
    }
}

#[test]
fn what_the_editor_does_not_know_stays() {
    let mut role = json!({"key": "r", "x-note": 1, "grants": [{"form": "ticket", "where": {"all": []}, "x-why": "kept"}]});
    assert_eq!(model::only(&role, 0), r#"{"all":[]}"#);
    model::set_only(&mut role, 0, None);
    model::set_text(&mut role, 0, "rows", "all");
    model::set_place(&mut role, "agent");
    assert_eq!(
        role,
        json!({"key": "r", "x-note": 1, "grants": [{"form": "ticket", "x-why": "kept", "rows": "all"}], "place": "agent"})
    );
    model::set_place(&mut role, "");
    assert_eq!(model::place(&role), "");
    assert_eq!(model::place(&json!({"key": "viewer"})), "viewer");
}
