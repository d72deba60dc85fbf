//! Ui schemas of JSON Forms and RJSF, read as layout and rules; first over forms other people wrote.

use std::collections::BTreeMap;

use form_engine::{FieldKind, Form, Language, UiForm, compile};
use serde_json::{Value, json};

use crate::codes;

struct Entry {
    name: String,
    schema: Value,
    ui: Value,
    data: Option<Value>,
}

fn entries() -> Vec<Entry> {
    let list: Vec<Value> = serde_json::from_str(include_str!("../data/json-schema-forms.json")).unwrap();
    let entry = |mut entry: Value| Entry {
        name: entry["name"].as_str().unwrap().to_owned(),
        data: ["data", "formData"].iter().find_map(|key| entry.get(*key).cloned()),
        ui: ["uischema", "uiSchema"].iter().find_map(|key| entry.get(*key).cloned()).unwrap_or(Value::Null),
        schema: entry["schema"].take(),
    };
    list.into_iter().map(entry).collect()
}

#[track_caller]
fn read(schema: &Value, ui: &Value) -> (Form, UiForm) {
    let read = UiForm::read("imported", schema, ui, &Value::Null).unwrap();
    (compile(&read.definition).unwrap(), read)
}

#[test]
fn every_form_of_the_corpus_keeps_a_labelled_control_per_leaf() {
    for entry in entries() {
        let (form, read) = read(&entry.schema, &entry.ui);
        assert_eq!(read.document["schema"], entry.schema, "{}: the schema is never rewritten", entry.name);
        if !entry.ui.is_null() {
            assert_eq!(
                read.document["x-uischema"], entry.ui,
                "{}: what the author wrote is kept",
                entry.name
            );
        }
        let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
        for field in form.pages().iter().flat_map(|page| &page.items) {
            assert!(!field.title.is_empty(), "{} {} has no label", entry.name, field.path);
            *asked.entry(field.path.as_str()).or_default() += 1;
        }
        for field in form.fields().iter().filter(|field| field.kind != FieldKind::Hidden) {
            if !field.can_be_asked() {
                assert!(read.notes.iter().any(|note| note.message.contains(&field.path)), "{}", entry.name);
                continue;
            }
            assert_eq!(asked.get(field.path.as_str()), Some(&1), "{} {}", entry.name, field.path);
        }
        for note in &read.notes {
            assert!(form_engine::pointer::get(&entry.ui, &note.path).is_some(), "{}: {note:?}", entry.name);
        }
    }
}

/// As a server is given them.
#[test]
fn every_form_of_the_corpus_opens_and_asks_something() {
    let list: Vec<Value> = serde_json::from_str(include_str!("../data/json-schema-forms.json")).unwrap();
    let refused: Vec<String> = list
        .iter()
        .filter_map(|entry| {
            let problems = UiForm::open("imported", entry).err()?;
            Some(format!("{}: {problems:?}", entry["name"]))
        })
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_document_is_a_schema_alone_or_a_schema_with_its_ui_schema() {
    let schema = json!({"type": "object", "title": "Sheet", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}});
    let control = json!({"type": "Control", "scope": "#/properties/age", "label": "Years"});
    let ui = json!({"type": "VerticalLayout", "elements": [control]});
    let title = |document: &Value| {
        let form = compile(&UiForm::open("sheet", document).unwrap().definition).unwrap();
        form.field("/age").unwrap().title.get("en").to_owned()
    };
    assert_eq!(title(&schema), "Age");
    assert_eq!(title(&json!({"schema": schema, "uischema": ui})), "Years");
    assert_eq!(title(&json!({"schema": schema, "uiSchema": {"age": {"ui:title": "Years"}}})), "Years");
    let words = json!({"en": {"age.label": "Years"}});
    assert_eq!(
        title(
            &json!({"schema": schema, "uischema": {"type": "Control", "scope": "#/properties/age"}, "i18n": words})
        ),
        "Years"
    );
    for unknown in [json!({}), json!([]), json!("sheet"), json!({"schema": []}), json!({"type": "array"})] {
        let problems = UiForm::open("sheet", &unknown).unwrap_err();
        assert_eq!(codes(&problems), ["ui.unknown "], "{unknown}");
    }
}

#[test]
fn every_valid_sample_of_the_corpus_stays_valid() {
    let expected: Vec<Value> =
        serde_json::from_str(include_str!("../data/json-schema-forms.verdicts.json")).unwrap();
    let (mut judged, mut refused) = (0, Vec::new());
    for (entry, expected) in entries().into_iter().zip(expected) {
        let Some(data) = entry.data.filter(|_| expected["valid"] == true) else { continue };
        let (form, _) = read(&entry.schema, &entry.ui);
        let mut problems = form.validate(data, Language::En).err().unwrap_or_default();
        // A form definition asserts formats, and RFC 3339 knows no time without an offset.
        problems
            .retain(|problem| (entry.name.as_str(), problem.path.as_str()) != ("dates", "/schemaBased/time"));
        if !problems.is_empty() {
            refused.push(format!("{}: {problems:?}", entry.name));
        }
        judged += 1;
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(judged > 50, "only {judged} samples were judged");
}

fn person() -> Value {
    json!({"type": "object", "properties": {
        "name": {"type": "string"}, "age": {"type": "integer"}, "dead": {"type": "boolean"},
        "job": {"enum": ["dev", "ops"]}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}},
        "note": {"type": "string"},
        "address": {"type": "object", "required": ["street"], "properties": {"street": {"type": "string"}, "city": {"type": "string"}}},
        "items": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "number"}, "why": {"type": "string"}}}}},
        "required": ["address"]})
}

/// The condition of the rule that shows `path`, as it was read from a schema.
#[track_caller]
fn condition_of(schema: Value, more: Value) -> Value {
    let mut condition = json!({"scope": "#/properties/age", "schema": schema});
    condition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let ui = json!({"type": "VerticalLayout", "elements": [
        {"type": "Control", "scope": "#/properties/note", "rule": {"effect": "SHOW", "condition": condition}}]});
    let (_, read) = read(&person(), &ui);
    match read.document.get("rules") {
        Some(rules) => {
            assert_eq!(rules[0]["show"], json!(["/note"]));
            rules[0]["when"].clone()
        }
        None => json!(codes(&read.notes)),
    }
}

#[test]
fn json_forms_layouts_become_pages_sections_and_controls() {
    let ui = json!({"type": "Categorization", "elements": [
        {"type": "Category", "label": "You", "elements": [
            {"type": "Group", "label": "Name", "elements": [
                {"type": "Control", "scope": "#/properties/name", "label": "Your name", "options": {"multi": true, "placeholder": "Li"}}]},
            {"type": "HorizontalLayout", "elements": [
                {"type": "Label", "text": "More"},
                {"type": "Control", "scope": "#/properties/job", "options": {"format": "radio"}},
                {"type": "Control", "scope": "#/properties/age", "options": {"trim": true}}]}]},
        {"type": "Category", "i18n": "where", "elements": [
            {"type": "Control", "scope": "#/properties/address"},
            {"type": "Control", "scope": "#/properties/items", "options": {"detail": {"type": "VerticalLayout", "elements": [
                {"type": "Control", "scope": "#/properties/why", "label": "Reason"}]}}}]}]});
    let words = json!({"en": {"where": {"label": "Where"}, "age.label": "Age"}, "zh": {"where.label": "地址", "age.label": "年龄", "job.dev": "开发"}});
    let read = UiForm::read("k", &person(), &ui, &words).unwrap();
    assert_eq!(codes(&read.notes), ["ui.option /elements/0/elements/1/elements/2/options/trim"]);
    assert_eq!(
        read.document["layout"]["pages"],
        json!([
            {"title": "You", "items": [
                {"field": "/name", "control": "long_text", "title": "Your name", "placeholder": "Li", "section": "Name"},
                {"field": "/job", "control": "single", "section": "More", "options": {"dev": {"zh": "开发"}}},
                {"field": "/age", "section": "More", "title": {"en": "Age", "zh": "年龄"}}]},
            {"items": [
                {"field": "/address/street"}, {"field": "/address/city"},
                {"field": "/items/*/why", "title": "Reason"}, {"field": "/items/*/price"}],
             "title": {"en": "Where", "zh": "地址"}}
        ])
    );
}

#[test]
fn json_forms_rules_gather_on_the_way_down() {
    let condition = |name: &str, value: Value| json!({"scope": format!("#/properties/{name}"), "schema": {"const": value}});
    let ui = json!({"type": "VerticalLayout", "rule": {"effect": "SHOW", "condition": condition("dead", json!(true))}, "elements": [
        {"type": "Control", "scope": "#/properties/note"},
        {"type": "Group", "rule": {"effect": "HIDE", "condition": condition("job", json!("ops"))}, "elements": [
            {"type": "Control", "scope": "#/properties/address/properties/street"},
            {"type": "Control", "scope": "#/properties/name", "rule": {"effect": "DISABLE", "condition": condition("age", json!(3))}}]}]});
    let (form, read) = read(&person(), &ui);
    assert_eq!(codes(&read.notes), ["ui.enable /elements/1/elements/1/rule"]);
    let shows = |data: Value, path: &str| form.visible(&data).contains(path);
    assert!(!shows(json!({}), "/note"));
    assert!(shows(json!({"dead": true}), "/note"));
    assert!(!shows(json!({"dead": true, "job": "ops"}), "/address/street"));
    assert!(!shows(json!({"job": "dev"}), "/address/street"), "what stands around it counts too");
    assert!(shows(json!({"dead": true, "job": "dev"}), "/address/street"));
    assert!(!shows(json!({"dead": true, "age": 3}), "/name"));
}

#[test]
fn a_hidden_group_goes_whole() {
    let ui = json!({"type": "VerticalLayout", "elements": [{"type": "Control", "scope": "#/properties/address",
        "rule": {"effect": "SHOW", "condition": {"scope": "#/properties/dead", "schema": {"const": false}}}}]});
    let (form, read) = read(&person(), &ui);
    assert_eq!(read.document["rules"][0]["show"], json!(["/address"]));
    assert!(form.validate(json!({"dead": true}), Language::En).is_ok(), "the required group is not asked");
    assert!(form.validate(json!({"dead": false}), Language::En).is_err());
}

#[test]
fn schemas_of_conditions_become_conditions_that_mean_the_same() {
    let age = |op: &str, value: Value| json!({"field": "/age", "op": op, "value": value});
    let empty = json!({"field": "/age", "op": "empty"});
    let cases = [
        (json!({"const": 3}), age("eq", json!(3))),
        (json!({"type": "integer", "const": 3}), age("eq", json!(3))),
        (json!({"enum": [1, 2]}), age("in", json!([1, 2]))),
        (json!({"enum": [1, null]}), json!({"any": [empty, age("in", json!([1]))]})),
        (json!({"not": {"const": 3}}), json!({"not": age("eq", json!(3))})),
        (json!({"minimum": 18}), json!({"any": [empty, age("gte", json!(18))]})),
        (json!({"exclusiveMaximum": 5}), json!({"any": [empty, age("lt", json!(5))]})),
        (
            json!({"anyOf": [{"const": 1}, {"const": 2}]}),
            json!({"any": [age("eq", json!(1)), age("eq", json!(2))]}),
        ),
        (
            json!({"oneOf": [{"const": 1}, {"const": 2}]}),
            json!({"any": [age("eq", json!(1)), age("eq", json!(2))]}),
        ),
        (json!({"minLength": 1}), json!({"not": empty})),
        (json!({"pattern": "^ab"}), age("starts_with", json!("ab"))),
        (json!({"contains": {"const": "x"}}), age("contains", json!("x"))),
        (json!({"type": "null"}), empty.clone()),
        (json!({"const": null}), empty.clone()),
        (json!({"format": "email"}), json!(["ui.condition /elements/0/rule/condition"])),
        (json!({"pattern": "a|b"}), json!(["ui.condition /elements/0/rule/condition"])),
    ];
    for (schema, expected) in cases {
        assert_eq!(condition_of(schema.clone(), json!({})), expected, "{schema}");
    }
    assert_eq!(
        condition_of(json!({"minimum": 18}), json!({"failWhenUndefined": true})),
        age("gte", json!(18))
    );
    assert_eq!(condition_of(json!({}), json!({"type": "LEAF", "expectedValue": 4})), age("eq", json!(4)));
    let group = json!({"properties": {"street": {"const": "x"}}, "required": ["street"]});
    assert_eq!(
        condition_of(group, json!({"scope": "#/properties/address"})),
        json!({"all": [
            {"all": [{"field": "/address/street", "op": "eq", "value": "x"}]},
            {"all": [{"not": {"field": "/address/street", "op": "empty"}}]}]})
    );
    let either = json!({"type": "OR", "conditions": [
        {"scope": "#/properties/age", "schema": {"const": 1}}, {"scope": "#/properties/dead", "schema": {"const": true}}]});
    assert_eq!(
        condition_of(json!({}), either),
        json!({"any": [age("eq", json!(1)), {"field": "/dead", "op": "eq", "value": true}]})
    );
}

#[test]
fn rjsf_orders_names_and_chooses_controls() {
    let ui = json!({
        "ui:order": ["note", "*", "name"],
        "ui:submitButtonOptions": {"norender": true},
        "name": {"ui:title": "Your name", "ui:help": "as in your passport", "ui:widget": "textarea", "ui:autofocus": true},
        "job": {"ui:widget": "radio", "ui:enumNames": ["Developer", "Operator"]},
        "dead": {"ui:widget": "radio"},
        "tags": {"ui:widget": "checkboxes"},
        "age": {"ui:widget": "date"},
        "address": {"ui:title": "Home", "ui:order": ["city", "street"], "city": {"ui:placeholder": "Beijing"}},
        "items": {"items": {"why": {"ui:options": {"widget": "textarea", "rows": 5}}}},
        "nope": {"ui:title": "x"},
        "note": {"ui:field": "geo", "ui:description": "short"}});
    let (form, read) = read(&person(), &ui);
    let item = |path: &str| {
        let items = read.document["layout"]["pages"][0]["items"].as_array().unwrap();
        items.iter().find(|item| item["field"] == path).unwrap().clone()
    };
    let order: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(
        order,
        [
            "/note",
            "/age",
            "/dead",
            "/job",
            "/tags",
            "/address/city",
            "/address/street",
            "/items/*/price",
            "/items/*/why",
            "/name"
        ]
    );
    assert_eq!(
        item("/name"),
        json!({"field": "/name", "title": "Your name", "help": "as in your passport", "control": "long_text"})
    );
    assert_eq!(
        item("/job"),
        json!({"field": "/job", "options": {"dev": "Developer", "ops": "Operator"}, "control": "single"})
    );
    assert_eq!(item("/dead"), json!({"field": "/dead"}));
    assert_eq!(item("/tags"), json!({"field": "/tags", "control": "multiple"}));
    assert_eq!(item("/age"), json!({"field": "/age"}), "a number is no date");
    assert_eq!(
        item("/address/city"),
        json!({"field": "/address/city", "section": "Home", "placeholder": "Beijing"})
    );
    assert_eq!(item("/items/*/why"), json!({"field": "/items/*/why", "control": "long_text"}));
    assert_eq!(item("/note"), json!({"field": "/note", "help": "short"}));
    assert_eq!(
        codes(&read.notes),
        [
            "ui.option /name/ui:autofocus",
            "ui.option /items/items/why/ui:options/rows",
            "ui.field /nope",
            "ui.option /note/ui:field",
            "ui.control /age"
        ]
    );
}

/// A rule our form cannot have is left out; the form is there all the same.
#[test]
fn rules_that_do_not_go_with_the_schema_are_left_out() {
    let mut schema = person();
    schema["anyOf"] = json!([{"required": ["note"]}, {"required": ["name"]}]);
    let rule =
        json!({"effect": "SHOW", "condition": {"scope": "#/properties/dead", "schema": {"const": true}}});
    let ui = json!({"type": "VerticalLayout", "elements": [
        {"type": "Control", "scope": "#/properties/note", "rule": rule},
        {"type": "Control", "scope": "#/properties/age", "rule": {"effect": "SHOW", "condition": {"scope": "#/properties/job", "schema": {"const": "dev"}}}}]});
    let (_, read) = read(&schema, &ui);
    assert_eq!(read.document["rules"].as_array().unwrap().len(), 1);
    assert_eq!(codes(&read.notes), ["ui.rule /elements/0"]);
}

#[test]
fn what_is_no_ui_schema_is_noted_and_no_form_is_lost() {
    for ui in [
        json!([1]),
        json!("x"),
        json!({"type": "Strange"}),
        json!({"type": "Control", "scope": "#/nope"}),
        json!({"a": 1}),
    ] {
        let (form, read) = read(&person(), &ui);
        assert!(!read.notes.is_empty(), "{ui}");
        assert_eq!(form.pages()[0].items.len(), 10);
    }
    let problems = UiForm::read("k", &json!({"type": "strange"}), &Value::Null, &Value::Null).unwrap_err();
    assert!(!problems.is_empty());
}

#[test]
fn bytes_in_an_address_are_an_upload_and_nothing_is_words() {
    let schema = json!({"type": "object", "properties": {
        "file": {"type": "string", "format": "data-url"},
        "files": {"type": "array", "items": {"type": "string", "format": "data-url"}},
        "hint": {"type": "null", "title": "Before you go on", "description": "Have your passport ready."}}});
    for ui in [Value::Null, json!({"ui:order": ["*"]})] {
        let (form, _) = read(&schema, &ui);
        let kinds: Vec<_> =
            form.pages()[0].items.iter().map(|field| (field.path.as_str(), field.kind)).collect();
        assert_eq!(kinds, [("/file", FieldKind::File), ("/files/*", FieldKind::File)]);
        let words: Vec<&str> = form.pages()[0].texts.iter().map(|(_, words)| words.get("en")).collect();
        assert_eq!(words, ["**Before you go on**\n\nHave your passport ready."]);
    }
}
