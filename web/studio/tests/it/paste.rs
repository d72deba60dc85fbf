//! Pasted text becomes options or questions.

use form_engine::FieldKind;
use studio::editor::form::list::{lines, questions};

#[test]
fn marks_before_lines_go_and_what_only_looks_like_one_stays() {
    let text = "1. Red\n2) Green\n(3) Blue\n4、黄\n- Black\n• White\n\n3.5 stars\n-5 degrees\n一、白";
    let wanted = ["Red", "Green", "Blue", "黄", "Black", "White", "3.5 stars", "-5 degrees", "白"];
    assert_eq!(lines(text), wanted);
}

#[test]
fn a_numbered_list_is_questions_with_options_below_them() {
    let found = questions(
        "1. 您有多大可能推荐给朋友？\n2. 主要原因？\n A. 价格\n B. 服务\n3. 您的邮箱\n4. Any comments?",
    )
    .expect("a list");
    let kinds: Vec<FieldKind> = found.iter().map(|question| question.kind).collect();
    assert_eq!(kinds, [FieldKind::Nps, FieldKind::Single, FieldKind::Email, FieldKind::LongText]);
    assert_eq!(found[1].options, ["价格", "服务"]);
    assert_eq!(found[1].title.as_deref(), Some("主要原因？"));
}

#[test]
fn prose_is_no_list() {
    for text in ["Hello\nworld", "1. only one", "", "Intro\n1. a\n2. b"] {
        assert!(questions(text).is_none(), "{text}");
    }
}
