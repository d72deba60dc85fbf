//! A role's document under the editor's hands.

use serde_json::json;
use studio::pages::settings::roles::model::{self, Shown};

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
    assert!(model::set_only(&mut role, 0, r#"{"field": "/a", "op": "empty"}"#));
    model::set_text(&mut role, 0, "form", "nps");
    assert_eq!(
        role["grants"][0],
        json!({"form": "nps", "rows": "department", "verbs": ["see", "edit"], "hide": [], "read_only": []})
    );
}

#[test]
fn a_condition_that_is_no_json_changes_nothing_and_what_the_editor_does_not_know_stays() {
    let mut role = json!({"key": "r", "x-note": 1, "grants": [{"form": "ticket", "where": {"all": []}, "x-why": "kept"}]});
    assert!(!model::set_only(&mut role, 0, "{"));
    assert_eq!(model::only(&role, 0), r#"{"all":[]}"#);
    assert!(model::set_only(&mut role, 0, "  "));
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
