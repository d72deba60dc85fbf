//! Forms as other tools keep them, each met outside and once refused or read wrongly.

use form_engine::{FieldKind, Form, Language, UiForm, compile};
use serde_json::{Value, json};

use crate::codes;

/// A form of another tool's document, and what was noted.
#[track_caller]
fn open(document: &Value) -> (Form, UiForm) {
    let read =
        UiForm::open("form-key", document).unwrap_or_else(|problems| panic!("{document}: {problems:?}"));
    (compile(&read.definition).unwrap(), read)
}

/// JSON Schema draft 3 §5.7: `required` stands at the member. homebridge, Alpaca and angular-schema-form write it.
#[test]
fn what_draft_3_requires_is_required() {
    let schema = json!({"$schema": "http://json-schema.org/draft-03/schema#", "type": "object", "required": true, "properties": {
        "name": {"type": "string", "required": true}, "note": {"type": "string", "required": false},
        "bridge": {"type": "object", "required": true, "properties": {"port": {"type": "integer", "required": true}}},
        "required": {"type": "boolean", "required": true},
        "rooms": {"type": "array", "items": {"type": "object", "required": true, "properties": {"name": {"type": "string", "required": true}}}}},
        "required": true});
    let (form, read) = open(&json!({"schema": schema}));
    assert_eq!(read.document["schema"]["required"], json!(["name", "bridge", "required"]));
    let messages: Vec<&str> = read.notes.iter().map(|note| note.message.as_str()).collect();
    insta::assert_snapshot!(messages.join("\n"));
    let missing = |data: Value| codes(&form.validate(data, Language::En).err().unwrap_or_default());
    assert_eq!(
        missing(json!({})),
        ["form.required /name", "form.required /required", "form.required /bridge"]
    );
    let nearly = json!({"name": "x", "required": false, "bridge": {}, "rooms": [{}]});
    assert_eq!(missing(nearly), ["form.required /bridge/port", "form.required /rooms/0/name"]);
    assert_eq!(missing(json!({"name": "x", "required": false, "bridge": {"port": 1}})), Vec::<String>::new());
}

/// What stands already in the list of a group stays there, once.
#[test]
fn lists_of_both_drafts_go_together() {
    let schema = json!({"type": "object", "required": ["b"], "properties": {"a": {"required": true}, "b": {"required": true}, "c": {}}});
    let (_, read) = open(&schema);
    assert_eq!(read.document["schema"]["required"], json!(["b", "a"]));
    assert_eq!(read.document["schema"]["properties"], json!({"a": {}, "b": {}, "c": {}}));
}

#[test]
fn other_words_of_draft_3_are_todays() {
    let (form, read) = open(
        &json!({"type": "object", "properties": {"a": {"type": "any"}, "n": {"type": "integer", "divisibleBy": 5}}}),
    );
    assert_eq!(codes(&read.notes), [""; 0]);
    assert!(form.validate(json!({"a": [1], "n": 10}), Language::En).is_ok());
    assert_eq!(codes(&form.validate(json!({"n": 7}), Language::En).unwrap_err()), ["form.multiple_of /n"]);
}

#[test]
fn a_schema_that_asks_nothing_is_not_imported() {
    let schema = json!({"type": "object", "additionalProperties": {"type": "boolean"}});
    for nothing in [schema.clone(), json!({"schema": schema}), json!({"type": "object", "properties": {}})] {
        assert_eq!(codes(&UiForm::open("k", &nothing).unwrap_err()), ["ui.nothing "], "{nothing}");
    }
    let hidden = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}, "uiSchema": {"a": {"ui:widget": "hidden"}}});
    assert_eq!(codes(&UiForm::open("k", &hidden).unwrap_err()), ["ui.nothing "]);
}

/// RJSF registers each widget under two names, and labels a choice of several where its options are.
#[test]
fn widgets_of_rjsf_mean_the_same_by_both_names() {
    let text = json!({"type": "string"});
    let number = json!({"type": "integer", "minimum": 0, "maximum": 9});
    let cases = [
        (json!({"enum": ["a", "b"]}), "SelectWidget", Some("drop_down")),
        (json!({"enum": ["a", "b"]}), "RadioWidget", Some("single")),
        (json!({"type": "array", "items": {"enum": ["a", "b"]}}), "CheckboxesWidget", Some("multiple")),
        (json!({"type": "boolean"}), "CheckboxWidget", None),
        (text.clone(), "TextareaWidget", Some("long_text")),
        (text.clone(), "EmailWidget", Some("email")),
        (text.clone(), "DateWidget", Some("date")),
        (text.clone(), "DateTimeWidget", Some("date_time")),
        (number.clone(), "UpDownWidget", Some("number")),
        (number, "RangeWidget", Some("slider")),
        (text.clone(), "HiddenWidget", Some("hidden")),
    ];
    for (schema, widget, control) in cases {
        let document = json!({"schema": {"type": "object", "properties": {"x": schema, "y": text}}, "uiSchema": {"x": {"ui:widget": widget}}});
        let (form, read) = open(&document);
        assert_eq!(codes(&read.notes), [""; 0], "{widget}");
        let item = &read.document["layout"]["pages"][0]["items"][0];
        assert_eq!(item.get("control").and_then(Value::as_str), control, "{widget}");
        let is_asked = form.pages()[0].items.iter().any(|field| field.path == "/x");
        assert_eq!(is_asked, widget != "HiddenWidget", "{widget}");
    }
    let document = json!({"schema": {"type": "object", "properties": {"x": text}}, "uiSchema": {"x": {"ui:widget": "PasswordWidget"}}});
    assert_eq!(codes(&open(&document).1.notes), ["ui.widget /x/ui:widget"]);

    let tags = json!({"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": true, "items": {"enum": ["a", "b"]}}}});
    let (form, _) =
        open(&json!({"schema": tags, "uiSchema": {"tags": {"items": {"ui:enumNames": ["Alpha", "Beta"]}}}}));
    assert_eq!(form.field("/tags").unwrap().label(&json!(["b", "a"]), "en"), "Beta, Alpha");
}

/// RJSF hides a group with everything in it.
#[test]
fn a_hidden_group_is_not_asked() {
    let group =
        json!({"type": "object", "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}});
    let schema = json!({"type": "object", "properties": {"meta": group, "name": {"type": "string"}}});
    let (form, read) = open(
        &json!({"schema": schema, "uiSchema": {"meta": {"ui:widget": "hidden", "name": {"ui:widget": "textarea"}}}}),
    );
    let asked: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(asked, ["/name"]);
    assert_eq!(codes(&read.notes), [""; 0]);
}

/// Backstage's templates keep the ui schema inside the schema.
#[test]
fn a_ui_schema_inside_the_schema_is_read() {
    let schema = json!({"type": "object", "ui:order": ["note", "*"],
        "$defs": {"long": {"type": "string", "ui:widget": "textarea"}},
        "properties": {
            "secret": {"type": "string", "ui:widget": "hidden"},
            "owner": {"type": "string", "title": "Owner", "ui:field": "OwnerPicker", "ui:help": "who looks after it", "ui:options": {"catalogFilter": {}}},
            "note": {"$ref": "#/$defs/long"},
            "tags": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string", "ui:placeholder": "short"}}}}},
        "dependencies": {"owner": {"properties": {"why": {"type": "string", "ui:widget": "textarea"}}}}});
    let (form, read) = open(&schema);
    assert_eq!(read.document["schema"], schema);
    let asked: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(asked, ["/note", "/owner", "/tags/*/name", "/why"]);
    let kind = |path: &str| form.field(path).unwrap().kind;
    assert_eq!(
        [kind("/note"), kind("/why"), kind("/secret")],
        [FieldKind::LongText, FieldKind::LongText, FieldKind::Hidden]
    );
    assert_eq!(form.field("/owner").unwrap().help.as_ref().unwrap().get("en"), "who looks after it");
    assert_eq!(form.field("/tags/*/name").unwrap().placeholder.as_ref().unwrap().get("en"), "short");
    assert_eq!(
        codes(&read.notes),
        ["ui.option /owner/ui:field", "ui.option /owner/ui:options/catalogFilter"]
    );

    // What stands beside the schema is said later, and counts.
    let (form, _) = open(&json!({"schema": schema, "uiSchema": {"secret": {"ui:widget": "text"}}}));
    assert_eq!(
        (form.field("/secret").unwrap().kind, form.field("/note").unwrap().kind),
        (FieldKind::Text, FieldKind::LongText)
    );
    let control = json!({"type": "Control", "scope": "#/properties/owner"});
    let (_, read) = open(&json!({"schema": schema, "uischema": control}));
    assert_eq!(codes(&read.notes), ["ui.option "]);
}

/// angular-schema-form's `form` and homebridge's `layout`.
#[test]
fn a_list_beside_the_schema_is_a_layout() {
    let schema = json!({"type": "object", "properties": {
        "name": {"type": "string"}, "note": {"type": "string"}, "size": {"enum": ["s", "l"]}, "left": {"type": "string"},
        "rooms": {"type": "array", "items": {"type": "object", "properties": {"floor": {"type": "integer"}, "name": {"type": "string"}}}}}});
    let elements = json!([
        {"type": "fieldset", "title": "About", "items": [
            {"key": "size", "type": "radios", "title": "How big", "titleMap": [{"value": "s", "name": "Small"}, {"value": "l", "name": "Large"}]},
            {"key": "note", "type": "textarea", "placeholder": "why", "condition": "model.size == 'l'"}]},
        "name",
        {"key": "rooms", "type": "array", "items": ["rooms[].name", {"key": "rooms[].floor", "description": "from the street"}]},
        {"type": "help", "helpvalue": "<b>Hi</b>"}, 7,
        {"key": "gone"},
        {"type": "submit", "title": "Send"}]);
    for name in ["form", "layout"] {
        let (form, read) = open(&json!({"schema": schema, name: elements}));
        let asked: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
        assert_eq!(asked, ["/size", "/note", "/name", "/rooms/*/name", "/rooms/*/floor", "/left"]);
        let size = form.field("/size").unwrap();
        assert_eq!((size.title.get("en"), size.label(&json!("l"), "en")), ("How big", "Large".to_owned()));
        assert_eq!(form.field("/note").unwrap().kind, FieldKind::LongText);
        assert_eq!(form.field("/rooms/*/floor").unwrap().help.as_ref().unwrap().get("en"), "from the street");
        let at = |rest: &str| format!("ui.layout /{name}/{rest}");
        assert_eq!(
            codes(&read.notes),
            [at("0"), at("0/items/1"), at("3"), at("4"), "ui.field /gone".to_owned()]
        );
    }
}

#[test]
fn a_layout_that_is_left_out_is_noted() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let notes = |name: &str, beside: Value| codes(&open(&json!({"schema": schema, name: beside})).1.notes);
    assert_eq!(notes("form", json!({"labelCol": 4})), ["ui.layout /form"]);
    assert_eq!(notes("uiSchema", json!("x")), ["ui.layout /uiSchema"]);
    assert_eq!(notes("uischema", json!([1])), ["ui.layout /uischema"]);
    assert_eq!(notes("options", json!({"fields": {"a": {"type": "textarea"}}})), ["ui.layout /options"]);
    assert_eq!(notes("uiSchema", Value::Null), [""; 0]);
    let both = json!({"schema": schema, "uiSchema": {"a": {"ui:title": "A!"}}, "form": ["a"]});
    assert_eq!(codes(&open(&both).1.notes), ["ui.layout /form"]);
}

/// Formily: options with labels, groups that are looks, components.
#[test]
fn formily_s_schemas_are_read() {
    let schema = json!({"type": "object", "properties": {
        "layout": {"type": "void", "x-component": "FormLayout", "properties": {
            "name": {"type": "string", "title": "姓名", "required": true, "x-decorator": "FormItem", "x-component": "Input", "x-component-props": {"placeholder": "李雷", "allowClear": true}},
            "card": {"type": "void", "x-component": "Card", "properties": {
                "note": {"type": "string", "x-component": "Input.TextArea"}}},
            "send": {"type": "void", "x-component": "Submit"}}},
        "one": {"type": "string", "enum": [{"label": "选项1", "value": "1"}, {"label": "选项2", "value": "2"}], "x-component": "Radio.Group"},
        "two": {"type": "number", "dataSource": [{"label": "是", "value": "y"}, {"value": "n"}]},
        "many": {"type": "Array<string | number>", "enum": [{"label": "甲", "value": "a"}, {"label": "乙", "value": 2}], "x-component": "Checkbox.Group"},
        "on": {"type": "boolean", "x-component": "Switch", "x-reactions": "{{x}}"},
        "kept": {"type": "string", "x-display": "hidden"},
        "gone": {"type": "void", "x-visible": false, "properties": {"inside": {"type": "string"}}},
        "where": {"type": "string", "x-component": "TreeSelect"},
        "plain": {"type": "string", "enum": ["a", "b"]}}});
    let (form, read) = open(&json!({"form": {}, "schema": schema}));
    let outline: Vec<String> = form
        .fields()
        .iter()
        .map(|field| {
            let options: Vec<String> = field
                .options
                .iter()
                .map(|option| format!("{}={}", option.value, option.label.get("zh")))
                .collect();
            format!("{} {} {}", field.path, field.kind.control(), options.join(" "))
        })
        .collect();
    insta::assert_snapshot!(outline.join("\n"));
    assert_eq!(form.field("/name").unwrap().placeholder.as_ref().unwrap().get("zh"), "李雷");
    assert_eq!(read.document["schema"]["required"], json!(["name"]));
    assert_eq!(read.document["schema"]["properties"]["plain"], json!({"type": "string", "enum": ["a", "b"]}));
    assert_eq!(
        codes(&read.notes),
        [
            "ui.layout /form",
            "ui.draft ",
            "ui.option /name/ui:x-component-props.allowClear",
            "ui.option /on/ui:x-reactions",
            "ui.widget /where/ui:widget"
        ]
    );
    let data = json!({"name": "x", "one": "2", "two": "y", "many": ["a", 2]});
    assert!(form.validate(data, Language::Zh).is_ok());
    let wrong = form.validate(json!({"name": "x", "one": "3"}), Language::Zh).unwrap_err();
    assert_eq!(wrong[0].message, "“One”只能从以下选项中选择：选项1、选项2");
}
