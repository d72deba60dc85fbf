//! What a page carries decides exactly as the form it came from.

use form_engine::{FormDefinition, Language, Sheet, compile};
use serde_json::{Value, json};

fn definition() -> Value {
    json!({
        "format": 1, "kind": "form", "key": "nps", "title": "NPS",
        "schema": {
            "type": "object",
            "properties": {
                "score": {"type": "integer", "minimum": 0, "maximum": 10},
                "about": {"type": "string", "enum": ["product", "price"]},
                "contact": {"type": "string", "maxLength": 80},
                "amount": {"type": "number", "exclusiveMinimum": 0},
                "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 1}
            },
            "required": ["score", "about"]
        },
        "layout": {"pages": [{"items": [
            {"field": "/score", "control": "nps"},
            {"field": "/contact", "control": "contact"}
        ]}]},
        "rules": [
            {"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/about", "/contact"]},
            {"when": {"all": [
                {"field": "/score", "op": "lt", "value": 3},
                {"not": {"field": "/about", "op": "in", "value": ["price"]}}
            ]}, "require": ["/contact"]}
        ]
    })
}

#[test]
fn a_sheet_read_back_decides_as_the_form() {
    let form = compile(&FormDefinition::parse(&definition()).unwrap()).unwrap();
    for language in [Language::Zh, Language::En] {
        let carried = form.to_value(language).to_string();
        let sheet = Sheet::read(&serde_json::from_str(&carried).unwrap()).unwrap();
        let typed: [&[(&str, &str)]; 7] = [
            &[],
            &[("/score", "3")],
            &[("/score", "2"), ("/about", "product")],
            &[("/score", "2"), ("/about", "price"), ("/contact", "nobody")],
            &[("/score", "9"), ("/contact", "li@example.com"), ("/amount", "007.50")],
            &[("/score", "11"), ("/about", "other"), ("/amount", "-1")],
            &[("/score", "x"), ("/tags", "a"), ("/tags", "b"), ("/amount", "many")],
        ];
        for pairs in typed {
            let pairs: Vec<(String, String)> =
                pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            let data = form.coerce(&pairs);
            assert_eq!(sheet.coerce(&pairs), data);
            assert_eq!(sheet.normalise(data.clone()), form.normalise(data.clone()));
            assert_eq!(sheet.visible(&data), form.visible(&data), "{data}");
            assert_eq!(sheet.required(&data), form.required(&data), "{data}");
            for field in form.fields() {
                let (theirs, ours) = (
                    sheet.check_at(&field.path, &data, language),
                    form.check_at(&field.path, &data, language),
                );
                assert_eq!(theirs, ours, "{} of {data}", field.path);
            }
        }
    }
}

#[test]
fn a_rule_can_require_what_the_schema_leaves_open() {
    let form = compile(&FormDefinition::parse(&definition()).unwrap()).unwrap();
    let data = json!({"score": 1, "about": "product"});
    let problem = form.check_at("/contact", &data, Language::En).unwrap();
    assert_eq!(problem.code, "form.required");
    assert_eq!(form.check_at("/contact", &json!({"score": 5, "about": "product"}), Language::En), None);
}

#[test]
fn something_else_is_no_sheet() {
    for other in [json!(null), json!({}), json!({"fields": [{}], "lists": [], "rules": {}, "lifted": []})] {
        assert!(Sheet::read(&other).is_none(), "{other}");
    }
}
