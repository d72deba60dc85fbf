//! Initials in two scripts; what problems quote.

use web_ui::{initials, quoted_parts};

#[test]
fn initials_follow_the_script() {
    for (name, expected) in [
        ("Ada Lovelace", "AL"),
        ("ada", "A"),
        ("王小明", "小明"),
        ("李雷", "李雷"),
        ("quality head", "QH"),
        ("张 伟", "张伟"),
        ("", ""),
        ("a.b@c.d", "AD"),
    ] {
        assert_eq!(initials(name), expected, "{name}");
    }
}

#[test]
fn backticks_mark_what_is_quoted() {
    let parts = |text: &str| {
        quoted_parts(text)
            .into_iter()
            .map(|(code, piece)| if code { format!("<{piece}>") } else { piece })
            .collect::<String>()
    };
    assert_eq!(parts("`/regoin` is no field"), "</regoin> is no field");
    assert_eq!(parts("expected `a` or `b`"), "expected <a> or <b>");
    assert_eq!(parts("no quotes"), "no quotes");
    assert_eq!(parts("an odd ` stays"), "an odd ` stays");
    assert_eq!(parts(""), "");
}
