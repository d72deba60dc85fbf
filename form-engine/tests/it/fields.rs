//! From any schema to labelled controls, and from a layout to pages.

use form_engine::{FieldKind, Form, FormDefinition, Language, compile};
use serde_json::{Value, json};

use crate::{codes, form, form_of, nps};

/// One line per field: path, control, title, and what marks it.
fn outline(form: &Form) -> String {
    let line = |field: &form_engine::Field| {
        let mut line = format!("{} {} `{}`", field.path, field.kind.control(), field.title.get("en"));
        if field.required {
            line.push_str(" required");
        }
        if let Some(section) = &field.section {
            line.push_str(&format!(" in `{}`", section.get("en")));
        }
        if !field.options.is_empty() {
            let options: Vec<String> = field
                .options
                .iter()
                .map(|option| format!("{}={}", option.text(), option.label.get("en")))
                .collect();
            line.push_str(&format!(" [{}]", options.join(" ")));
        }
        line
    };
    form.fields().iter().map(|field| line(field)).collect::<Vec<_>>().join("\n")
}

fn bare(schema: Value) -> Form {
    compile(&FormDefinition::from_schema(schema)).unwrap()
}

#[test]
fn kinds_are_derived_from_the_schema() {
    let form = bare(json!({"type": "object", "required": ["name", "plan"], "properties": {
        "name": {"type": "string", "maxLength": 80}, "story": {"type": "string", "maxLength": 4000},
        "plan": {"enum": ["free", "paid"], "enumNames": ["Free of charge", "Paid"]},
        "level": {"oneOf": [{"const": 1, "title": "Low"}, {"const": 2, "title": "High"}]},
        "city": {"type": "string", "enum": ["a", "b", "c", "d", "e", "f", "g"]},
        "tags": {"type": "array", "uniqueItems": true, "items": {"enum": ["x", "y"]}},
        "born": {"type": "string", "format": "date"}, "at": {"type": "string", "format": "date-time"},
        "mail": {"type": "string", "format": "email"}, "tel": {"type": "string", "format": "phone"},
        "age": {"type": "integer"}, "price": {"type": ["number", "null"]}, "member": {"type": "boolean"},
        "agree": {"const": true}, "anything": {}, "客户姓名": {"type": "string"}, "orderID": {"type": "string"}, "first_name": {"type": "string"}}}));
    insta::assert_snapshot!(outline(&form));
}

#[test]
fn groups_rows_tuples_references_and_branches_have_leaves() {
    let form = bare(json!({"type": "object",
        "definitions": {"address": {"type": "object", "title": "Address", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}, "required": ["city"]},
                        "node": {"type": "object", "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/definitions/node"}}}}},
        "properties": {
            "home": {"$ref": "#/definitions/address"},
            "items": {"type": "array", "title": "Items", "minItems": 1, "maxItems": 9, "items": {"type": "object", "properties": {"price": {"type": "number"}, "note": {"type": "string"}}}},
            "notes": {"type": "array", "items": {"type": "string"}},
            "pair": {"type": "array", "items": [{"type": "string"}, {"type": "boolean"}], "additionalItems": {"type": "number"}},
            "tree": {"$ref": "#/definitions/node"},
            "map": {"type": "object", "additionalProperties": {"type": "string"}}},
        "required": ["home"],
        "oneOf": [{"properties": {"phone": {"type": "string"}}}, {"properties": {"fax": {"type": "string"}}}],
        "if": {"properties": {"map": {}}}, "then": {"properties": {"extra": {"type": "integer"}}},
        "dependencies": {"fax": {"properties": {"cover": {"type": "string"}}}}}));
    insta::assert_snapshot!(outline(&form));
    let lists: Vec<_> = form
        .lists()
        .iter()
        .map(|list| (list.path.as_str(), list.title.as_str(), list.min, list.max))
        .collect();
    assert_eq!(lists[0], ("/items", "Items", 1, Some(9)));
    let pair = form.lists().iter().find(|list| list.path == "/pair").unwrap();
    assert_eq!((pair.first, pair.optional), (2, true), "rows come after the places that have names");
}

#[test]
fn a_field_knows_what_demands_it_and_what_may_be_left_out_around_it() {
    let group = json!({"type": "object", "required": ["a", "in"], "properties": {"a": {"type": "string"}, "b": {"type": "string"},
        "in": {"type": "object", "required": ["c"], "properties": {"c": {"type": "string"}}}}});
    let form = bare(
        json!({"type": "object", "required": ["held", "some", "any"], "properties": {"held": group, "free": group,
        "some": {"type": "array", "minItems": 1, "items": group}, "any": {"type": "array", "items": group}}}),
    );
    let of = |path: &str| {
        let field = form.field(path).unwrap();
        (field.required, field.needed, field.within.as_deref())
    };
    assert_eq!(of("/held/a"), (true, true, None));
    assert_eq!(of("/held/b"), (false, false, None));
    assert_eq!(of("/free/a"), (false, true, Some("/free")));
    assert_eq!(of("/free/b"), (false, false, Some("/free")));
    assert_eq!(
        of("/free/in/c"),
        (false, true, Some("/free")),
        "what the group needs stands or falls with it"
    );
    assert_eq!(of("/some/*/a"), (false, true, None), "a list that needs a row");
    assert_eq!(of("/any/*/a"), (false, true, Some("/any/*")));
}

#[test]
fn a_root_that_is_no_object_is_one_field() {
    let form = bare(json!({"type": "string", "title": "Your name"}));
    assert_eq!(outline(&form), " text `Your name`");
    assert_eq!(form.pages()[0].items.len(), 1);
    assert_eq!(outline(&bare(json!({"type": "array", "items": {"type": "string"}}))), "/* text `#`");
}

#[test]
fn a_layout_names_controls_labels_and_pages() {
    let form = form(&nps()).unwrap();
    insta::assert_snapshot!(outline(&form));
    let pages: Vec<Vec<&str>> = form
        .pages()
        .iter()
        .map(|page| page.items.iter().map(|field| field.path.as_str()).collect())
        .collect();
    assert_eq!(
        pages,
        [vec!["/score"], vec!["/reason", "/about", "/contact", "/agree", "/visited"]],
        "hidden ones are not shown, left ones follow"
    );
    assert_eq!(form.pages()[1].title.as_ref().unwrap().get("zh"), "请多说几句");
    let score = form.field("/score").unwrap();
    assert_eq!(score.scale(), Some((0, 10)));
    assert_eq!(score.ends.as_ref().unwrap().0.get("zh"), "完全不可能");
    assert_eq!(form.field("/about").unwrap().label(&json!(["product", "price"]), "zh"), "产品, price");
}

#[test]
fn rating_takes_its_stars_from_the_schema() {
    let stars = |schema: Value| {
        let form = form_of(
            json!({"properties": {"r": schema}}),
            json!({"layout": {"pages": [{"items": [{"field": "/r", "control": "rating"}]}]}}),
        );
        form.unwrap().field("/r").unwrap().scale()
    };
    assert_eq!(stars(json!({"type": "integer"})), Some((1, 5)));
    assert_eq!(stars(json!({"type": "integer", "minimum": 1, "maximum": 10})), Some((1, 10)));
}

#[test]
fn a_fixed_layout_asks_only_what_it_names() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a"]});
    let layout =
        |mode: &str, field: &str| json!({"layout": {"mode": mode, "pages": [{"items": [{"field": field}]}]}});
    assert_eq!(form_of(schema.clone(), layout("fixed", "/a")).unwrap().pages()[0].items.len(), 1);
    assert_eq!(form_of(schema.clone(), layout("auto", "/a")).unwrap().pages()[0].items.len(), 2);
    assert_eq!(
        codes(&form_of(schema, layout("fixed", "/b")).unwrap_err()),
        ["form.required_unasked /layout/pages"]
    );
}

#[test]
fn a_layout_that_does_not_fit_is_refused() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}, "group": {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "string"}}}}});
    let items = json!([{"field": "/a", "control": "nps"}, {"field": "/a"}, {"field": "/nope"}, {"field": "/group", "control": "text"}]);
    let problems = form_of(schema, json!({"layout": {"pages": [{"items": items}]}})).unwrap_err();
    let told: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {}: {}", problem.path, problem.code, problem.message))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn every_control_refuses_a_schema_it_cannot_ask() {
    let wrong = [
        ("nps", "string"),
        ("csat", "boolean"),
        ("ces", "array"),
        ("rating", "string"),
        ("text", "boolean"),
        ("long_text", "integer"),
        ("number", "string"),
        ("single", "string"),
        ("multiple", "array"),
        ("drop_down", "integer"),
        ("date", "number"),
        ("date_time", "integer"),
        ("email", "integer"),
        ("phone", "boolean"),
        ("contact", "array"),
        ("consent", "string"),
        ("boolean", "number"),
    ];
    for (control, kind) in wrong {
        let schema = json!({"type": "object", "properties": {"a": {"type": kind}}});
        let problems =
            form_of(schema, json!({"layout": {"pages": [{"items": [{"field": "/a", "control": control}]}]}}))
                .unwrap_err();
        assert_eq!(
            codes(&problems),
            ["form.control_misfit /layout/pages/0/items/0/control"],
            "{control} on {kind}"
        );
    }
}

/// The browser's check, field by field, in the words of the server.
#[test]
fn a_field_alone_tells_what_it_can() {
    let form = form(&nps()).unwrap();
    let told = |path: &str, value: Value| -> Vec<String> {
        form.check_field(path, &value, Language::Zh)
            .into_iter()
            .map(|problem| format!("{} {}", problem.code, problem.message))
            .collect()
    };
    assert_eq!(told("/score", json!(null)), ["form.required “您有多大可能推荐我们？”为必填项"]);
    assert_eq!(told("/score", json!(11)), ["form.too_large “您有多大可能推荐我们？”不能大于 10"]);
    assert_eq!(told("/score", json!(1.5)), ["form.type “您有多大可能推荐我们？”应为整数"]);
    assert_eq!(told("/reason", json!("x".repeat(21))), ["form.too_long “原因”不能超过 20 个字"]);
    assert_eq!(told("/reason", json!("")), Vec::<String>::new());
    assert_eq!(told("/about", json!(["product", "product"])), ["form.repeated “哪方面的问题”中有重复项"]);
    assert_eq!(
        told("/about", json!(["cat"])),
        ["form.choice “哪方面的问题”只能从以下选项中选择：产品、服务、price"]
    );
    assert_eq!(told("/contact", json!("nobody")), ["form.format “联系方式”应为有效的邮箱或手机号"]);
    assert_eq!(
        told("/visited", json!("2026-02-30")),
        ["form.format “Visited”应为日期，例如 2026-03-01".replace("Visited", "到访日期")]
    );
    assert_eq!(told("/agree", json!(false)), ["form.consent “同意处理”需要勾选同意"]);
    assert_eq!(told("/nowhere", json!(1)), Vec::<String>::new());
}

#[test]
fn the_first_pass_checks_every_field_and_what_is_missing() {
    let form = form(&nps()).unwrap();
    let problems = form.check(&json!({"score": 2, "contact": "x"}), Language::En);
    assert_eq!(
        codes(&problems),
        ["form.required /reason", "form.required /about", "form.format /contact", "form.required /agree"]
    );
    assert_eq!(codes(&form.check(&json!({"score": 9, "agree": true}), Language::En)), Vec::<String>::new());
}

#[test]
fn a_settled_text_or_number_is_a_choice_of_one() {
    let form = form_of(
        json!({"type": "object", "properties": {"class": {"const": "import"}, "rev": {"type": "integer", "const": 2}, "agreed": {"const": true}}}),
        json!({}),
    )
    .unwrap();
    let kind_and_options = |path: &str| {
        let field = form.field(path).unwrap();
        (field.kind, field.options.iter().map(|option| option.value.clone()).collect::<Vec<_>>())
    };
    assert_eq!(kind_and_options("/class"), (FieldKind::Single, vec![json!("import")]));
    assert_eq!(kind_and_options("/rev"), (FieldKind::Single, vec![json!(2)]));
    assert_eq!(kind_and_options("/agreed"), (FieldKind::Consent, vec![]));
    assert_eq!(form.coerce(&[("/rev".to_owned(), "2".to_owned())]), json!({"rev": 2}));
}

#[test]
fn what_only_branches_ask_for_is_asked_as_they_take_it() {
    let form = bare(json!({"type": "object",
        "$defs": {"size": {"type": "string", "enum": ["S", "M"]}},
        "properties": {
            "age": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "size": {"anyOf": [{"$ref": "#/$defs/size"}, {"type": "null"}]},
            "born": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "paint": {"oneOf": [{"enum": ["red", "blue"]}, {"type": "string", "enum": ["oil"]}]},
            "free": {"anyOf": [{"enum": ["red", "blue"]}, {"type": "string"}]},
            "words": {"type": "array"}},
        "oneOf": [{"properties": {"kind": {"const": "a"}, "colour": {"enum": ["red"]}}},
                  {"properties": {"kind": {"const": "b"}, "count": {"type": "number"}}}]}));
    insta::assert_snapshot!(outline(&form), @r"
    /age number `Age`
    /size single `Size` [S=S M=M]
    /born date `Born`
    /paint single `Paint` [red=red blue=blue oil=oil]
    /free text `Free`
    /words/* any `Words` in `Words`
    /kind single `Kind` [a=a b=b]
    /colour single `Colour` [red=red]
    /count number `Count`
    ");
    assert_eq!(form.coerce(&[("/age".to_owned(), "7".to_owned())]), json!({"age": 7}));
}

#[test]
fn what_no_control_can_hold_is_not_asked() {
    let form = bare(json!({"type": "object", "properties": {
        "name": {"type": "string"}, "map": {"type": "object", "additionalProperties": {"type": "string"}}, "rest": {"type": "null"},
        "either": {"type": ["object", "string"]}}}));
    let asked: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(asked, ["/name", "/either"]);
}

/// Nobody could guess the one value that is taken.
#[test]
fn what_is_settled_is_filled_in() {
    let schema = json!({"type": "object", "required": ["version", "kind", "agree", "off", "shape"], "properties": {
        "version": {"const": 1}, "kind": {"const": "cat", "default": "dog"}, "agree": {"const": true}, "off": {"const": false},
        "maybe": {"const": "x"}, "shape": {"const": {"a": 1}}, "list": {"const": [1]}, "name": {"type": "string"}}});
    let form = form_of(schema, json!({})).unwrap();
    let default = |path: &str| form.field(path).unwrap().default.clone();
    assert_eq!(default("/version"), Some(json!(1)));
    assert_eq!(default("/kind"), Some(json!("dog")), "the author's own comes first");
    assert_eq!(default("/agree"), None, "agreement is given, not found");
    assert_eq!(default("/off"), Some(json!(false)));
    assert_eq!(default("/maybe"), None, "what need not be there is not put there");
    let asked: Vec<&str> = form.pages()[0].items.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(asked, ["/version", "/kind", "/agree", "/off", "/maybe", "/name"], "nobody types an object");
    let kind = |path: &str| form.field(path).unwrap().kind;
    assert_eq!([kind("/shape"), kind("/list")], [FieldKind::Hidden; 2]);
    assert_eq!((default("/shape"), default("/list")), (Some(json!({"a": 1})), None));
    // A page carries what it does not show as text.
    let posted = [("/shape".to_owned(), "{\"a\": 1}".to_owned())];
    assert_eq!(form.coerce(&posted), json!({"shape": {"a": 1}}));
}
