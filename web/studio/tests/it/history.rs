//! Undo: any number of steps, typing as one, and none of it lost on a reload.

use serde_json::{Value, json};
use studio::editor::history::History;
use studio::editor::order::{self, Place};

#[test]
fn three_hundred_steps_are_taken_back_and_done_again() {
    let mut history = History::default();
    let mut document = json!({"key": "a", "title": "标题 0", "list": []});
    let mut seen = vec![document.clone()];
    for number in 1..=300 {
        let before = document.clone();
        document["title"] = format!("标题 {number}").into();
        document["list"].as_array_mut().unwrap().push(json!({"n": number, "words": "字"}));
        history.record(&before, &document, None, i64::from(number) * 10);
        seen.push(document.clone());
    }
    assert_eq!(history.len(), 300);
    for wanted in seen.iter().rev().skip(1) {
        document = history.undo(&document).expect("a step back");
        assert_eq!(document.to_string(), wanted.to_string());
    }
    assert!(!history.can_undo());
    for wanted in &seen[1..] {
        document = history.redo(&document).expect("a step on");
        assert_eq!(document.to_string(), wanted.to_string());
    }
}

#[test]
fn typing_within_a_second_is_one_step() {
    let mut history = History::default();
    let start = json!({"title": ""});
    let mut document = start.clone();
    for (at_ms, text) in [(0, "H"), (300, "He"), (1_200, "Hel"), (2_500, "Hell")] {
        let before = document.clone();
        document["title"] = text.into();
        history.record(&before, &document, Some("title"), at_ms);
    }
    assert_eq!(history.len(), 2, "a pause of more than a second begins a new step");
    assert_eq!(history.undo(&document), Some(json!({"title": "Hel"})));
    assert_eq!(history.undo(&json!({"title": "Hel"})), Some(start));
}

#[test]
fn a_reload_keeps_the_steps_and_somebody_elses_change_drops_them() {
    let mut history = History::default();
    let (before, after) = (json!({"a": 1}), json!({"a": 2, "b": ["x"]}));
    history.record(&before, &after, None, 0);
    let written = history.written(&after);
    let mut read = History::read(&written, &after).expect("the same document");
    assert_eq!(read.undo(&after), Some(before));
    assert!(History::read(&written, &json!({"a": 3})).is_none());
    assert!(History::read("nonsense", &after).is_none());
}

#[test]
fn a_new_step_forgets_what_was_taken_back_and_the_order_of_members_counts() {
    let mut history = History::default();
    let a: Value = serde_json::from_str(r#"{"x": 1, "y": 2}"#).unwrap();
    let b: Value = serde_json::from_str(r#"{"y": 2, "x": 1}"#).unwrap();
    history.record(&a, &b, None, 0);
    assert_eq!(history.undo(&b).unwrap().to_string(), a.to_string());
    assert!(history.can_redo());
    history.record(&a, &json!({"x": 5}), None, 1);
    assert!(!history.can_redo());
    history.record(&a, &a, None, 2);
    assert_eq!(history.len(), 1, "what changed nothing is no step");
}

#[test]
fn steps_go_across_pages_and_stop_at_the_ends() {
    let lengths = [2, 0, 1];
    let at = |page, index| Place { page, index };
    assert_eq!(order::down(at(0, 0), &lengths), Some(at(0, 1)));
    assert_eq!(order::down(at(0, 1), &lengths), Some(at(1, 0)));
    assert_eq!(order::down(at(2, 0), &lengths), None);
    assert_eq!(order::up(at(2, 0), &lengths), Some(at(1, 0)));
    assert_eq!(order::up(at(0, 0), &lengths), None);
    assert_eq!(order::counted(at(2, 0), &lengths), (3, 3));
}

#[test]
fn a_gap_is_found_by_the_middles_and_lands_behind_what_left() {
    let middles = [10.0, 30.0, 50.0];
    for (y, gap) in [(0.0, 0), (20.0, 1), (49.0, 2), (99.0, 3)] {
        assert_eq!(order::gap(&middles, y), gap, "{y}");
    }
    assert_eq!(order::landing(0, 3), 2);
    assert_eq!(order::landing(2, 0), 0);
    let mut list = vec!['a', 'b', 'c'];
    order::shift(&mut list, 0, 9);
    assert_eq!(list, ['b', 'c', 'a']);
}
