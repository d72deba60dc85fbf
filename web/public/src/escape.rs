//! The two places where leptos writes text as it is: a text area and a JSON script.
//!
//! Everything else is escaped by the renderer.

/// The content of a `<textarea>`; none when empty, because an empty text would become a space.
pub(crate) fn area(typed: &str) -> Option<String> {
    // A leading line break right after the tag is eaten by browsers; a second one is kept.
    let kept = if typed.starts_with('\n') { format!("\n{typed}") } else { typed.to_owned() };
    (!typed.is_empty()).then(|| kept.replace('&', "&amp;").replace('<', "&lt;"))
}

/// JSON that cannot end its own `<script>`.
pub(crate) fn json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
