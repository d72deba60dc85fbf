//! Texts with holes: `{{field}}`.
//!
//! Substitution and nothing else: no code, no conditions, no loops. Escaping is the
//! caller's, who knows whether the text becomes HTML, mail or plain words.

/// Replaces each `{{name}}` of `template` by what `values` gives for the trimmed name; if it gives none, by the words
/// after a bar (`{{name|friend}}`), else by nothing.
///
/// Braces that never close stay as they are. A value is not looked at again, so it cannot bring holes of its own.
///
/// ```
/// let text = form_engine::fill("Ticket {{ number }}: {{about}}", &|name| match name {
///     "number" => Some("7".to_owned()),
///     _ => None,
/// });
/// assert_eq!(text, "Ticket 7: ");
/// assert_eq!(form_engine::fill("Dear {{name|friend}}", &|_| None), "Dear friend");
/// ```
pub fn fill(template: &str, values: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        filled.push_str(before);
        let (name, otherwise) = name.split_once('|').unwrap_or((name, ""));
        match values(name.trim()) {
            Some(value) if !value.is_empty() => filled.push_str(&value),
            Some(_) | None => filled.push_str(otherwise.trim()),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The trimmed names of the holes in `template`, in order.
pub fn holes(template: &str) -> Vec<&str> {
    let inside = template.split("{{").skip(1).filter_map(|part| Some(part.split_once("}}")?.0));
    inside.map(|hole| hole.split_once('|').map_or(hole, |(name, _)| name).trim()).collect()
}
