//! Whatever JSON is given: no panic, and an invalid thing always says why.

use form_engine::{FieldKind, FormDefinition, Language, Sheet, UiForm, change, compile, review};
use proptest::prelude::*;
use serde_json::{Value, json};

/// JSON that looks like a schema often enough to get somewhere.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(true)),
        Just(json!({})),
        Just(json!({"type": "string"})),
        Just(json!({"type": ["integer", "null"], "minimum": 1})),
        Just(json!({"enum": ["a", 1, null]})),
        Just(json!({"$ref": "#"})),
        Just(json!({"$ref": "#/properties/a"})),
        Just(json!({"$ref": "#/$defs/x"})),
        Just(json!({"const": true})),
        Just(json!({"format": "email", "maxLength": 3})),
        Just(json!({"type": 7})),
        Just(json!({"pattern": "("})),
        Just(json!("text")),
        Just(json!(null)),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let key = prop::sample::select(vec!["a", "b", "雷", "a/b", "*"]);
        let named = prop::collection::vec((key, inner.clone()), 0..4)
            .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>());
        let list = prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from);
        prop_oneof![
            (named.clone(), prop::collection::vec(prop::sample::select(vec!["a", "b"]), 0..3))
                .prop_map(|(properties, required)| json!({"type": "object", "properties": properties, "required": required})),
            (prop::sample::select(vec!["allOf", "anyOf", "oneOf", "prefixItems", "items"]), list).prop_map(|(keyword, parts)| json!({keyword: parts})),
            (prop::sample::select(vec!["not", "if", "then", "items", "additionalProperties", "contains"]), inner).prop_map(|(keyword, part)| json!({keyword: part})),
            (prop::sample::select(vec!["$defs", "definitions", "dependentSchemas", "patternProperties", "dependencies"]), named).prop_map(|(keyword, parts)| json!({keyword: parts})),
        ]
    })
}

fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        Just(json!(1)),
        Just(json!(0.5)),
        Just(json!("a")),
        Just(json!("")),
        Just(json!(true))
    ];
    scalar.prop_recursive(3, 16, 4, |inner| {
        let key = prop::sample::select(vec!["a", "b", "雷", "a/b", "*"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4).prop_map(|members| members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Value>()),
        ]
    })
}

/// A schema whose fields rules can speak of: choices, texts, rows.
fn choices() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(vec![
        json!({"enum": ["a", 1, true]}),
        json!({"type": "array", "items": {"enum": ["a", 1]}}),
        json!({"type": "array", "items": {"type": "object", "properties": {"b": {"enum": ["a", 1]}}}}),
        json!({"type": "object", "properties": {"b": {}}, "required": ["b"]}),
        json!({"type": "string"}),
        json!({}),
    ]);
    prop::collection::vec(field, 3).prop_map(|fields| {
        let properties: Value = ["a", "b", "雷"].into_iter().map(str::to_owned).zip(fields).collect();
        json!({"type": "object", "properties": properties, "required": ["b"]})
    })
}

/// JSON that looks like a ui schema often enough to get somewhere.
fn ui_schema() -> impl Strategy<Value = Value> {
    let rule = json!({"effect": "HIDE", "condition": {"scope": "#/properties/a", "schema": {"const": 1}}});
    let leaf = prop::sample::select(vec![
        json!({"type": "Control", "scope": "#/properties/a"}),
        json!({"type": "Control", "scope": "#/properties/b", "rule": rule, "options": {"multi": true, "format": "date"}}),
        json!({"type": "Control", "scope": "#", "label": false}),
        json!({"type": "Label", "text": "x"}),
        json!({"ui:widget": "range", "ui:title": 7}),
        json!({"ui:order": ["b", "*"], "ui:options": {"enumNames": ["x"]}}),
        json!(null),
        json!("text"),
    ]);
    leaf.prop_recursive(3, 16, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..3);
        let kind = prop::sample::select(vec!["VerticalLayout", "Group", "Categorization", "Category", "Odd"]);
        prop_oneof![
            (kind, list)
                .prop_map(|(kind, elements)| json!({"type": kind, "elements": elements, "label": "x"})),
            (prop::sample::select(vec!["a", "b", "items", "ui:options", "anyOf"]), inner)
                .prop_map(|(key, below)| json!({key: below})),
        ]
    })
}

fn rules() -> impl Strategy<Value = Value> {
    let path = prop::sample::select(vec!["/a", "/b", "/a/*/b", "/a/b", "/雷", ""]);
    let when = |read: &str| json!({"field": read, "op": "eq", "value": 1});
    let rule = (path.clone(), path.clone(), prop::sample::select(vec!["show", "hide", "require"]))
        .prop_map(move |(read, target, effect)| json!({"when": when(read), effect: [target]}));
    let jump = (path.clone(), prop::sample::select(vec!["/a", "/b", "/雷", "end", "p"]), any::<bool>())
        .prop_map(move |(read, to, after)| {
            let mut rule = json!({"when": when(read), "jump": to});
            if after {
                rule["after"] = read.into();
            }
            rule
        });
    let offer = (path.clone(), path.clone(), prop::sample::select(vec!["chosen", "not_chosen"]))
        .prop_map(|(from, target, way)| json!({"offer": [target], way: from}));
    let set = path.prop_map(|target| json!({"set": target, "to": "a"}));
    prop::collection::vec(prop_oneof![3 => rule, 2 => jump, 1 => offer, 1 => set], 0..5).prop_map(Value::from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn compiling_never_panics_and_a_refusal_says_why(schema in schema(), rules in rules(), data in document()) {
        let definition = json!({"format": 1, "kind": "form", "key": "k", "schema": schema, "rules": rules});
        let compiled = FormDefinition::parse(&definition).and_then(|definition| compile(&definition));
        match compiled {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(form) => {
                for field in form.fields() {
                    prop_assert!(!field.title.is_empty(), "{} has no label", field.path);
                }
                if let Err(problems) = form.validate(data.clone(), Language::Zh) {
                    prop_assert!((1..=50).contains(&problems.len()));
                }
                let _ = form.check(&data, Language::En);
                prop_assert_eq!(review(&form), review(&form));
                prop_assert_eq!(&change(&form, &form, &[]).changes, &[]);
                let once = form.normalise(data);
                prop_assert_eq!(form.normalise(once.clone()), once);
            }
        }
    }

    /// Settling is a function: whatever the rules, the same answers give the same outcome, on the server and on the
    /// page, and what was settled stays as it is.
    #[test]
    fn rules_settle_once_and_everywhere_alike(schema in choices(), rules in rules(), data in document()) {
        let definition = json!({"format": 1, "kind": "form", "key": "k", "schema": schema, "rules": rules});
        let Ok(form) = FormDefinition::parse(&definition).and_then(|definition| compile(&definition)) else { return Ok(()) };
        let outcome = form.apply_rules(data.clone());
        prop_assert_eq!(&form.apply_rules(data.clone()), &outcome);
        let page = Sheet::read(&form.to_value(Language::En)).unwrap();
        prop_assert_eq!(&page.apply_rules(data.clone()), &outcome);
        prop_assert_eq!(page.normalise(data.clone()), form.normalise(data.clone()));
        for (place, offered) in &outcome.offered {
            prop_assert!(outcome.shows(place) && !offered.is_empty());
        }
        for hidden in &outcome.hidden {
            prop_assert!(form_engine::pointer::get(&outcome.data, hidden).is_none(), "{} is kept", hidden);
        }
        let once = form.normalise(data);
        prop_assert_eq!(form.normalise(once.clone()), once);
    }

    /// Whatever a ui schema holds, the schema's form comes of it, and it compiles.
    #[test]
    fn no_ui_schema_stands_against_a_form(schema in schema(), ui in ui_schema()) {
        let alone = UiForm::read("k", &schema, &Value::Null, &Value::Null);
        let read = UiForm::read("k", &schema, &ui, &Value::Null);
        prop_assert_eq!(alone.is_ok(), read.is_ok());
        if let (Ok(alone), Ok(read)) = (alone, read) {
            let fields = |definition: &FormDefinition| compile(definition).map(|form| form.fields().len());
            prop_assert_eq!(fields(&read.definition).unwrap(), fields(&alone.definition).unwrap());
            prop_assert_eq!(&read.document["x-uischema"], &ui);
        }
    }

    /// A form without rules judges as the schema alone does.
    #[test]
    fn the_verdict_of_a_bare_schema_is_the_validators(schema in schema(), data in document()) {
        if let Ok(form) = compile(&FormDefinition::from_schema(schema)) {
            let verdict = form.validate(data.clone(), Language::En);
            prop_assert_eq!(verdict.clone().unwrap_or_else(|_| data.clone()), data, "{:?}", verdict);
        }
    }

    #[test]
    fn any_json_is_read_or_refused(definition in document(), wrapped in document()) {
        let _ = FormDefinition::parse(&definition);
        let given = json!({"format": 1, "kind": "form", "key": "k", "schema": {}, "layout": wrapped, "rules": wrapped, "publish": wrapped});
        if let Err(problems) = FormDefinition::parse(&given) {
            prop_assert!(!problems.is_empty());
        }
    }
}

/// A control that may or may not fit, with what some control wants beside it.
fn item() -> impl Strategy<Value = Value> {
    let control = prop::sample::select(FieldKind::NAMED.map(FieldKind::control).to_vec());
    let path = prop::sample::select(vec!["/a", "/b", "/a/*", "/a/b", "/雷", ""]);
    let name = prop::sample::select(vec!["tree", "version", "serial", "record", "files", "options", "title"]);
    let branch = json!([{"value": "a", "children": [{"value": "b"}]}]);
    let wanted = prop_oneof![
        Just(branch),
        Just(json!("1")),
        Just(json!({"pattern": "A{yy}-{n:3}", "reset": "year"})),
        Just(json!({"form": "k", "fill": {"/b": "/c"}})),
        Just(json!({"accept": [".pdf"], "max_bytes": 9})),
        document(),
    ];
    (control, path, prop::option::of((name, wanted))).prop_map(|(control, path, more)| {
        let mut item = json!({"field": path, "control": control});
        if let Some((name, value)) = more {
            item[name] = value;
        }
        item
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Every control on any schema: refused with a reason, or it reads, checks and says whatever a page posts.
    #[test]
    fn any_control_fits_or_says_why(schema in schema(), item in item(), names in prop::collection::vec((
        prop::sample::select(vec!["/a", "/b", "/a/0", "/a/0/b", "/雷", "", "x", "/a//b", "_offset"]),
        "[a\\[\\]{}\"0-9,:T张 -]{0,12}"), 0..6), data in document()) {
        let definition = json!({"format": 1, "kind": "form", "key": "k", "schema": schema, "layout": {"pages": [{"items": [item, {"text": "x"}]}]}});
        match FormDefinition::parse(&definition).and_then(|definition| compile(&definition)) {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(form) => {
                let pairs: Vec<(String, String)> = names.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
                let posted = form.coerce(&pairs);
                let carried = Sheet::read(&form.to_value(Language::Zh)).expect("what was written is read");
                prop_assert_eq!(carried.coerce(&pairs), posted.clone());
                for data in [posted, data] {
                    let _ = form.check(&data, Language::Zh);
                    for field in form.fields() {
                        let _ = field.label(&data, "zh");
                    }
                    if let Err(problems) = form.validate(data, Language::En) {
                        prop_assert!((1..=50).contains(&problems.len()));
                    }
                }
            }
        }
    }

    /// A pattern is compiled or refused; whatever it is, a text is judged by it in bounded time.
    #[test]
    fn any_pattern_is_read_or_refused(pattern in "[a-c0-9.*+?|()\\[\\]{}^$\\\\dDwWsSbBpPux<>=!:,-]{0,24}", text in "[a-c0-9 -]{0,40}") {
        for schema in [json!({"pattern": pattern}), json!({"patternProperties": {pattern.clone(): false}})] {
            match compile(&FormDefinition::from_schema(schema)) {
                Err(problems) => prop_assert!(!problems.is_empty()),
                Ok(form) => {
                    let _ = form.validate(json!(text.clone()), Language::En);
                    let _ = form.validate(json!({text.clone(): 1}), Language::En);
                }
            }
        }
    }
}

#[cfg(feature = "script")]
mod scripts {
    use std::sync::Arc;

    use form_engine::{Names, Script, ScriptScope};

    use super::*;

    proptest! {
        #[test]
        fn any_text_compiles_or_not_but_never_panics(source in "[a-z0-9_ +*/()\\[\\].,'\"<>=!&|?:{}#$`\\\\\n雷-]{0,40}") {
            let names = Arc::new(Names::new(["a", "b"], ["c"]));
            if let Ok(script) = Script::compile(&source, &names) {
                let mut scope = ScriptScope::new(&names);
                scope.set_data(&json!({"a": 1, "b": [1, "x"]}));
                let _ = script.evaluate(&mut scope);
            }
        }

        #[test]
        fn made_of_the_languages_own_words_it_still_ends(words in prop::collection::vec(prop::sample::select(vec![
            "a", "b", "data", ".a", "[0]", "+", "*", "==", "&&", "(", ")", "if", "{", "}", "else", "switch", "=>", "_", ",", "len(", "sum(", "'x'", "1", "()", "??",
            "in", "!", "replace(", "#{", ":", "_event", "In('a')", "lookup('t', a)"]), 0..16)) {
            let names = Arc::new(Names::new(["a", "b"], Vec::<String>::new()));
            if let Ok(script) = Script::compile(&words.join(" "), &names) {
                let _ = script.evaluate(&mut ScriptScope::new(&names));
            }
        }
    }
}
