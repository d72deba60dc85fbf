//! What an answer says in short, whatever its form calls its fields: told by how they are asked.

use form_engine::{FieldKind, Form};
use serde_json::Value;

/// In the customer's own words: the first text of several lines that is there, else the longest line.
pub fn words<'a>(form: &Form, data: &'a Value) -> Option<&'a str> {
    let long = texts(form, data, &[FieldKind::LongText]).next();
    long.or_else(|| texts(form, data, &[FieldKind::Text]).max_by_key(|text| text.chars().count()))
}

/// How likely they are to recommend, 0–10, where the form asks.
pub fn recommends(form: &Form, data: &Value) -> Option<f64> {
    let mut asked = form.fields().iter().filter(|field| field.kind == FieldKind::Nps);
    asked.find_map(|field| data.pointer(&field.path)?.as_f64())
}

/// How to reach them, as they wrote it.
pub fn contact<'a>(form: &Form, data: &'a Value) -> Option<&'a str> {
    texts(form, data, &[FieldKind::Contact, FieldKind::Email, FieldKind::Phone]).next()
}

/// What fields of these kinds hold, in the form's order.
fn texts<'a>(form: &Form, data: &'a Value, kinds: &[FieldKind]) -> impl Iterator<Item = &'a str> {
    let asked = form.fields().iter().filter(|field| kinds.contains(&field.kind));
    let held = asked.filter_map(|field| data.pointer(&field.path)?.as_str());
    held.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use form_engine::FormDefinition;
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_known_by_how_they_are_asked() {
        let definition = json!({"format": 1, "kind": "form", "key": "repair", "title": "Repair", "schema": {
            "type": "object", "properties": {
                "f1": {"type": "string"}, "f2": {"type": "string"}, "f3": {"type": "string"},
                "f4": {"type": "integer", "minimum": 0, "maximum": 10}, "f5": {"type": "string"}, "f6": {"type": "string"}}},
            "layout": {"pages": [{"items": [
                {"field": "/f1", "control": "text"}, {"field": "/f2", "control": "hidden"},
                {"field": "/f3", "control": "long_text"}, {"field": "/f4", "control": "nps"},
                {"field": "/f5", "control": "phone"}, {"field": "/f6", "control": "text"}]}]}});
        let form = FormDefinition::parse(&definition).and_then(|form| form_engine::compile(&form));
        let form = form.expect("a form");
        let token = "a token that is longer than any words";
        let mut data =
            json!({"f1": "Wang", "f2": token, "f3": " ", "f4": 3, "f5": "13800138000", "f6": "Broken lock"});
        assert_eq!(words(&form, &data), Some("Broken lock"));
        data["f3"] = json!(" It leaks.\n");
        assert_eq!(words(&form, &data), Some("It leaks."));
        assert_eq!(recommends(&form, &data), Some(3.0));
        assert_eq!(contact(&form, &data), Some("13800138000"));
        assert_eq!((words(&form, &json!({})), recommends(&form, &json!({}))), (None, None));
    }
}
