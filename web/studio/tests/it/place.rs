//! Where in a text a problem is marked.

use api_types::ProblemView;
use studio::pages::definition::place::{json_fault, line_of, lines_of};

const TEXT: &str = r#"{
  "key": "nps",
  "a/b": {"c~d": 1},
  "pages": [
    {"items": ["x, \"y\"]"]},
    {
      "items": [
        {"field": "/score"}
      ]
    }
  ],
  "last": true
}"#;

#[test]
fn pointers_find_their_line() {
    for (pointer, line) in [
        ("", 1),
        ("/key", 2),
        ("/a~1b/c~0d", 3),
        ("/pages", 4),
        ("/pages/0", 5),
        ("/pages/1", 6),
        ("/pages/1/items/0/field", 8),
        ("/last", 12),
    ] {
        assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
    }
}

/// What is missing is marked where it is missing from.
#[test]
fn a_pointer_to_nothing_marks_the_deepest_part_that_exists() {
    assert_eq!(line_of(TEXT, "/pages/1/items/0/title"), 8);
    assert_eq!(line_of(TEXT, "/pages/7"), 4);
    assert_eq!(line_of(TEXT, "/schema"), 1);
}

#[test]
fn broken_texts_do_not_stop_the_walk() {
    for text in [
        "",
        "{",
        "{\"a\":",
        "[1,",
        "{\"a\" 1}",
        "{\"a\": \"open",
        "]",
        "{,,}",
        "{\"a\":{\"b\":}}",
        "\u{0}",
        "{\"回音\": [{\"x\": \"…",
    ] {
        for pointer in ["", "/a", "/a/b", "/0", "/回音/0/x"] {
            assert!(line_of(text, pointer) >= 1);
        }
    }
}

#[test]
fn a_text_that_is_no_json_says_where() {
    let fault = json_fault("{\n  \"a\": 1,\n}").expect("a trailing comma");
    assert_eq!(fault.path, "line 3");
    assert_eq!(lines_of("", &[fault]), [3]);
    assert_eq!(json_fault("{\"a\": [1, 2]}"), None);
    let problem = ProblemView { path: "/key".into(), code: "x".into(), message: "y".into() };
    assert_eq!(lines_of(TEXT, &[problem]), [2]);
}
