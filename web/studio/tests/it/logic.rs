//! The logic as a picture, endings, and renaming once a form is live.

use serde_json::{Value, json};
use studio::editor::form::{
    Edit, Ending, Words, apply, endings,
    graph::{EdgeKind, graph},
    outline::outline,
};

fn form() -> Value {
    json!({"format": 1, "kind": "form", "key": "f", "title": "F",
        "schema": {"type": "object", "properties": {
            "score": {"type": "integer", "minimum": 0, "maximum": 10}, "why": {"type": "string"},
            "phone": {"type": "string"}, "more": {"type": "string"}}},
        "layout": {"pages": [
            {"items": [{"field": "/score", "control": "nps"}, {"text": "Words"}, {"field": "/why"}]},
            {"key": "last", "items": [{"field": "/phone"}, {"field": "/more"}]}]},
        "rules": [
            {"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/why"], "require": ["/why"]},
            {"when": {"all": [{"field": "/score", "op": "gte", "value": 9}, {"field": "/why", "op": "empty"}]}, "hide": ["/more"]},
            {"when": {"field": "/score", "op": "gte", "value": 9}, "after": "/score", "jump": "last"},
            {"after": "/phone", "jump": "end"}]})
}

#[test]
fn questions_are_nodes_in_order_and_rules_are_arcs_between_them() {
    let draft = form();
    let picture = graph(&draft, &outline(&draft));
    let nodes: Vec<(&str, usize, bool)> =
        picture.nodes.iter().map(|node| (node.path.as_str(), node.page, node.dead_end)).collect();
    assert_eq!(nodes, [("/score", 0, false), ("/why", 0, false), ("/phone", 1, true), ("/more", 1, false)]);
    let has = |from, to, kind| {
        picture.edges.iter().filter(|edge| (edge.from, edge.to, edge.kind) == (from, to, kind)).count()
    };
    // Shown and required by one rule is one line.
    assert_eq!(has(0, 1, EdgeKind::Shows), 1);
    assert_eq!((has(0, 3, EdgeKind::Shows), has(1, 3, EdgeKind::Shows)), (1, 1));
    assert_eq!((has(0, 2, EdgeKind::Jumps), has(2, 4, EdgeKind::Jumps)), (1, 1));
    assert_eq!(picture.edges.len(), 5);
}

#[test]
fn arcs_that_overlap_stand_beside_each_other_and_two_hundred_stay_narrow() {
    let draft = form();
    let picture = graph(&draft, &outline(&draft));
    for (index, one) in picture.edges.iter().enumerate() {
        for other in &picture.edges[index + 1..] {
            let apart = one.from.max(one.to) <= other.from.min(other.to)
                || other.from.max(other.to) <= one.from.min(one.to);
            assert!(one.lane != other.lane || apart, "{one:?} {other:?}");
        }
    }
    let mut large = json!({"format": 1, "kind": "form", "key": "f", "schema": {"type": "object", "properties": {}}, "rules": []});
    for index in 0..200 {
        large["schema"]["properties"][format!("q{index}")] = json!({"type": "string"});
        if index > 0 {
            let rule =
                json!({"when": {"field": "/q0", "op": "eq", "value": "x"}, "show": [format!("/q{index}")]});
            large["rules"].as_array_mut().expect("a list").push(rule);
        }
    }
    let picture = graph(&large, &outline(&large));
    assert_eq!((picture.nodes.len(), picture.edges.len()), (200, 199));
    assert!(picture.lanes <= 9, "{}", picture.lanes);
}

#[test]
fn a_thank_you_for_some_answers_stands_before_the_one_for_everybody() {
    let mut draft = form();
    draft["publish"] = json!({"languages": ["zh", "en"], "thanks": "Thanks all"});
    let when = json!({"field": "/score", "op": "gte", "value": 9});
    let added = apply(&draft, &Edit::AddEnding { ending: Ending::Thanks { when: Some(when.clone()) } });
    assert_eq!(added["publish"]["thanks"], json!([{"when": when}, {"text": "Thanks all"}]));
    assert_eq!(endings::ruled(&added), [0]);
    let say = |draft: &Value, part, text: &str| {
        apply(
            draft,
            &Edit::Say { words: Words::Ending("thanks", 0, part), language: "en".into(), text: text.into() },
        )
    };
    let linked = apply(
        &added,
        &Edit::SetEnding { ending: Ending::Link { url: "https://a.example".into() }, index: 0 },
    );
    let worded = say(&say(&linked, "title", "Lovely"), "link", "Review us");
    assert_eq!(worded["publish"]["thanks"][0]["title"], json!({"en": "Lovely"}));
    assert_eq!(worded.pointer("/publish/thanks/0/link/url"), Some(&json!("https://a.example")));
    assert!(worded["publish"]["thanks"][0]["link"]["label"].to_string().contains("Review us"));
    let parsed = form_engine::FormDefinition::parse(&worded).expect("parses");
    assert!(form_engine::compile(&parsed).is_ok());
    // Without its condition it is still no thank-you for everybody, and away it goes.
    let open = apply(&worded, &Edit::SetEnding { ending: Ending::Thanks { when: None }, index: 0 });
    assert_eq!(endings::ruled(&open), [0]);
    let gone = apply(&open, &Edit::RemoveEnding { list: "thanks", index: 0 });
    assert_eq!(gone["publish"]["thanks"], json!([{"text": "Thanks all"}]));
}

#[test]
fn a_quiz_tells_results_by_its_points_and_keeps_the_sum_where_it_is_told() {
    let mut draft = form();
    assert_eq!(
        apply(&draft, &Edit::AddEnding { ending: Ending::Range { from: None, to: None } }),
        draft,
        "no quiz"
    );
    draft["quiz"] = json!({"points": {"/why": {"a": 2, "b": 1, "c": -1}, "/score": 0.5}});
    assert!((endings::most_points(&draft) - 7.0).abs() < 1e-9);
    let added = apply(&draft, &Edit::AddEnding { ending: Ending::Range { from: None, to: Some(2.0) } });
    let added = apply(&added, &Edit::AddEnding { ending: Ending::Range { from: Some(2.5), to: None } });
    assert_eq!(added["quiz"]["results"], json!([{"to": 2}, {"from": 2.5}]));
    let swapped = apply(&added, &Edit::SoonerEnding { list: "results", index: 1 });
    assert_eq!(swapped["quiz"]["results"][0], json!({"from": 2.5}));
    let bounded = apply(
        &swapped,
        &Edit::SetEnding { ending: Ending::Range { from: Some(3.0), to: Some(9.0) }, index: 0 },
    );
    assert_eq!(bounded["quiz"]["results"][0].to_string(), r#"{"from":3,"to":9}"#);
    let kept = apply(&bounded, &Edit::SetTotal { field: Some("/score".into()) });
    assert_eq!((&kept["quiz"]["total"], endings::results(&kept)), (&json!("/score"), 2));
    assert!(apply(&kept, &Edit::SetTotal { field: None })["quiz"].get("total").is_none());
}

#[test]
fn a_live_form_says_what_its_fields_were_called_and_a_draft_that_never_was_does_not() {
    let rename = |draft: &Value, field: &str, key: &str, since| {
        apply(draft, &Edit::RenameKey { field: field.into(), key: key.into(), since })
    };
    let draft = form();
    assert!(rename(&draft, "/score", "rating", None).get("renamed").is_none());
    let once = rename(&draft, "/score", "rating", Some(0));
    assert_eq!(once["renamed"], json!([{"from": "/score", "to": "/rating"}]));
    assert!(form_engine::FormDefinition::parse(&once).is_ok());
    // Back before it was published: nothing happened.
    assert_eq!(rename(&once, "/rating", "score", Some(0)), draft);
    // Back after it was published: that is told, too.
    let back = rename(&once, "/rating", "score", Some(1));
    assert_eq!(back["renamed"].as_array().map(Vec::len), Some(2));
    // A key that is taken changes nothing.
    assert_eq!(rename(&draft, "/score", "why", Some(0)), draft);
}
