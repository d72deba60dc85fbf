//! Kinds beyond one box and a few options: how each is told, read from a page, checked and labelled.

use form_engine::{Branch, Detail, FieldKind, Form, FormDefinition, Language, Reset, Serial, Sheet, compile};
use serde_json::{Value, json};

use crate::{codes, form, form_of};

fn kinds() -> Form {
    form(&serde_json::from_str(include_str!("../data/kinds.json")).unwrap()).unwrap()
}

/// What a page posts as `name=text` pairs, as a document.
fn posted(form: &Form, pairs: &[(&str, &str)]) -> Value {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    form.coerce(&pairs)
}

/// Codes of what is wrong at one field of the sample.
fn wrong(path: &str, value: Value) -> Vec<String> {
    let told: Vec<_> = kinds().check_field(path, &value, Language::En);
    assert!(told.iter().all(|problem| problem.path == path));
    told.iter().map(|problem| problem.code.to_string()).collect()
}

#[track_caller]
fn fine(path: &str, value: Value) {
    assert_eq!(wrong(path, value), Vec::<String>::new());
}

fn one(schema: Value, item: Value) -> Result<Form, Vec<form_engine::Problem>> {
    let mut item = item;
    item["field"] = "/x".into();
    form_of(
        json!({"type": "object", "properties": {"x": schema}}),
        json!({"layout": {"pages": [{"items": [item]}]}}),
    )
}

#[test]
fn every_kind_has_a_question_of_its_own() {
    let form = kinds();
    let told: Vec<(&str, &str)> =
        form.fields().iter().map(|field| (field.path.as_str(), field.kind.control())).collect();
    insta::assert_debug_snapshot!(told);
    let asked: Vec<&str> =
        form.pages().iter().flat_map(|page| &page.items).map(|field| field.path.as_str()).collect();
    assert!(!asked.contains(&"/number"), "nobody types a serial number");
    let (before, words) = &form.pages()[0].texts[0];
    assert_eq!((*before, words.get("en").starts_with("Please answer **")), (0, true));
}

#[test]
fn every_fault_is_told_in_both_languages() {
    let form = kinds();
    let wrong = json!({"region": ["330000", "330100"], "id": "110101199003070000", "service": {"speed": "bad", "effort": 9},
        "order_of": ["price", "price"], "budget": 105, "call_at": "25:00", "news": 1, "contract": ["../x"], "photo": {"id": "a b"},
        "signed": "×", "items": [{"name": "a"}], "privacy": "2019-01"});
    let lines = [Language::En, Language::Zh].map(|language| {
        let problems = form.validate(wrong.clone(), language).unwrap_err();
        let line =
            |problem: form_engine::Problem| format!("{} {} {}", problem.path, problem.code, problem.message);
        problems.into_iter().map(line).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_page_without_script_says_all_of_it() {
    let form = kinds();
    let data = posted(
        &form,
        &[
            ("/number", "SR-1"),
            ("/region", r#"["330000","330100","330106"]"#),
            ("/id", "１１０１０５ 19491231 002x"),
            ("/service/speed", "good"),
            ("/service/effort", "4"),
            ("/order_of", "quality"),
            ("/order_of", ""),
            ("/order_of", "price"),
            ("/budget", "40"),
            ("/call_at", "08:30"),
            ("/news", "false"),
            ("/news", "true"),
            ("/contract", "u-1"),
            ("/contract", "u-2"),
            ("/photo", r#"{"id": "u-3", "name": "a.png"}"#),
            ("/signed", " 李雷 "),
            ("/served_by", "m-1"),
            ("/about", "care"),
            ("/items/0/name", "Sofa"),
            ("/items/0/count", "2"),
            ("/items/1/name", ""),
            ("/items/2/name", "Bed"),
            ("/items/2/count", "1"),
            ("/total", "1000000"),
            ("/privacy", "true"),
        ],
    );
    assert_eq!(
        data,
        json!({"region": ["330000", "330100", "330106"], "id": "11010519491231002X", "service": {"speed": "good", "effort": 4},
            "order_of": ["quality", "price"], "budget": 40, "call_at": "08:30", "news": true, "contract": ["u-1", "u-2"],
            "photo": {"id": "u-3", "name": "a.png"}, "signed": "李雷", "served_by": "m-1", "about": ["care"],
            "items": [{"name": "Sofa", "count": 2}, {"name": "Bed", "count": 1}], "privacy": "2026-03"}),
        "a serial number and a computed total are not believed"
    );
    let stored = form.validate(data, Language::En).unwrap();
    assert_eq!(stored["total"], json!(6));
}

/// GB 11643-1999; the first is the standard's own example.
#[test]
fn identity_numbers_are_checked_to_the_last_digit() {
    fine("/id", json!("11010519491231002X"));
    fine("/id", json!("440524188001010014"));
    let broken = [
        "110105194912310021",
        "11010519491331002X",
        "990105194912310021",
        "11010519491231002x",
        "110105",
        "１1010519491231002X",
    ];
    for number in broken {
        assert_eq!(wrong("/id", json!(number)), ["form.format"], "{number}");
    }
}

/// ISO 7064: MOD 11-2 finds every single wrong digit and every swap of neighbours.
#[test]
fn no_single_slip_passes_an_identity_number() {
    let number = "11010519491231002X";
    let form = kinds();
    let takes = |text: &str| form.check_field("/id", &json!(text), Language::En).is_empty();
    for at in 0..17 {
        for digit in b'0'..=b'9' {
            let mut slip = number.as_bytes().to_vec();
            slip[at] = digit;
            let slip = String::from_utf8(slip).unwrap();
            assert_eq!(takes(&slip), slip == number, "{slip}");
        }
    }
    for at in 0..16 {
        let mut swapped = number.as_bytes().to_vec();
        swapped.swap(at, at + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        assert_eq!(takes(&swapped), swapped == number, "{swapped}");
    }
}

#[test]
fn a_cascade_is_a_way_to_the_last_step() {
    fine("/region", json!(["330000", "330100", "330106"]));
    fine("/region", json!(["330000", "330200"]));
    fine("/region", json!(["810000"]));
    assert_eq!(wrong("/region", json!(["330000"])), ["form.incomplete"]);
    assert_eq!(wrong("/region", json!(["330100"])), ["form.choice"]);
    assert_eq!(wrong("/region", json!(["810000", "810000"])), ["form.choice"]);
    assert_eq!(wrong("/region", json!("810000")), ["form.type"]);
    let form = kinds();
    let region = form.field("/region").unwrap();
    assert_eq!(region.label(&json!(["330000", "330100", "330108"]), "zh"), "浙江 / 杭州 / 滨江");
    assert_eq!(region.label(&json!(["elsewhere"]), "en"), "elsewhere");
    let Detail::Tree(tree) = &region.detail else { panic!("{:?}", region.detail) };
    let ways: Vec<String> = Branch::paths(tree)
        .iter()
        .map(|way| way.iter().map(|step| step.value.as_str()).collect::<Vec<_>>().join(">"))
        .collect();
    assert_eq!(ways, ["330000>330100>330106", "330000>330100>330108", "330000>330200", "810000"]);
}

#[test]
fn a_matrix_is_a_group_whose_rows_are_fields() {
    let form = kinds();
    let row = form.field("/service/manner").unwrap();
    assert_eq!((row.kind, row.explicit), (FieldKind::Matrix, true));
    assert_eq!(row.section.as_ref().unwrap().get("en"), "How was the service?");
    assert_eq!(row.options[0].label.get("zh"), "好");
    assert_eq!(form.field("/service/effort").unwrap().scale(), Some((1, 5)));
    fine("/service/speed", json!("good"));
    fine("/service/effort", json!(5));
    assert_eq!(wrong("/service/speed", json!("bad")), ["form.choice"]);
    assert_eq!(wrong("/service/effort", json!(6)), ["form.too_large"]);
    let schema = json!({"type": "object", "properties": {"a": {"enum": [1, 2]}, "b": {"type": "string"}}});
    let problems = one(schema, json!({"control": "matrix"})).unwrap_err();
    assert_eq!(problems[0].path, "/layout/pages/0/items/0/control");
    assert!(problems[0].message.contains("`/x/b` has not"), "{}", problems[0].message);
}

#[test]
fn a_ranking_names_no_option_twice() {
    fine("/order_of", json!(["speed", "price"]));
    assert_eq!(wrong("/order_of", json!(["speed", "speed"])), ["form.repeated"]);
    assert_eq!(wrong("/order_of", json!(["taste"])), ["form.choice"]);
    let form = kinds();
    let all = form.validate(
        json!({"order_of": ["speed", "speed"], "region": ["810000"], "privacy": "2026-03"}),
        Language::En,
    );
    assert_eq!(
        codes(&all.unwrap_err()),
        ["form.repeated /order_of"],
        "though the schema lacks `uniqueItems`"
    );
}

#[test]
fn uploads_are_named_by_ids_that_mean_nothing_elsewhere() {
    fine("/contract", json!(["0192f0c1-7e1a", "b_2"]));
    fine("/photo", json!({"id": "u3", "name": "../../etc/passwd"}));
    for id in ["../x", "a/b", "a b", "", "http://x", "a.b"] {
        assert_eq!(wrong("/contract", json!([id])), ["form.format"], "{id}");
    }
    assert_eq!(wrong("/photo", json!({"name": "a.png"})), ["form.format"]);
}

#[test]
fn a_signature_is_a_name_or_a_small_png() {
    for fine_one in ["李雷", "Jo Li", "data:image/png;base64,iVBORw0KGgo="] {
        fine("/signed", json!(fine_one));
    }
    let svg = "data:image/svg+xml;base64,PHN2Zz4=";
    let long = format!("data:image/png;base64,{}", "A".repeat(200_000));
    for wrong_one in ["X", "..", svg, "data:image/png;base64,", "data:image/png;base64,<script>", &long] {
        assert_eq!(wrong("/signed", json!(wrong_one)), ["form.format"]);
    }
}

#[test]
fn values_that_are_no_words_are_said_in_words() {
    let form = kinds();
    let said = |path: &str, value: Value, language: &str| form.field(path).unwrap().label(&value, language);
    assert_eq!(said("/signed", json!("data:image/png;base64,iVBORw0KGgo="), "en"), "(drawn signature)");
    assert_eq!(said("/signed", json!("李雷"), "en"), "李雷");
    assert_eq!(said("/photo", json!({"id": "u3", "name": "a.png"}), "zh"), "a.png");
    assert_eq!(said("/contract", json!(["u1", {"id": "u2"}]), "zh"), "u1, u2");
    assert_eq!(said("/order_of", json!(["speed", "price"]), "zh"), "速度, 价格");
}

#[test]
fn consent_keeps_which_text_was_agreed_to() {
    fine("/privacy", json!("2026-03"));
    assert_eq!(wrong("/privacy", json!("2025-01")), ["form.consent"]);
    let form = kinds();
    assert_eq!(
        posted(&form, &[("/privacy", "2025-01")])["privacy"],
        "2025-01",
        "an older page says what it showed"
    );
    assert_eq!(posted(&form, &[("/privacy", "false")]), json!({}));
    let boolean = one(json!({"type": "boolean"}), json!({"control": "consent", "version": "3"})).unwrap();
    assert_eq!(posted(&boolean, &[("/x", "true")]), json!({"x": true}));
    assert_eq!(posted(&boolean, &[("/x", "3")]), json!({"x": true}), "the version this page shows");
    assert_eq!(posted(&boolean, &[("/x", "2")]), json!({}), "not an older one");
}

#[test]
fn a_time_has_an_offset_only_where_the_schema_asks() {
    let bare = one(json!({"type": "string"}), json!({"control": "time"})).unwrap();
    assert_eq!(posted(&bare, &[("/x", "08:30"), ("_offset", "+08:00")]), json!({"x": "08:30"}));
    let exact = one(json!({"type": "string", "format": "time"}), json!({})).unwrap();
    let data = posted(&exact, &[("/x", "08:30"), ("_offset", "+08:00")]);
    assert_eq!(data, json!({"x": "08:30:00+08:00"}));
    assert!(exact.validate(data, Language::En).is_ok(), "RFC 3339 full-time");
    for wrong_one in ["24:00", "8:30", "08:60", "noon"] {
        assert_eq!(wrong("/call_at", json!(wrong_one)), ["form.format"], "{wrong_one}");
    }
}

#[test]
fn a_switch_that_is_off_is_an_answer() {
    let form = kinds();
    assert_eq!(posted(&form, &[("/news", "false")]), json!({"news": false}));
    assert_eq!(posted(&form, &[("/news", "false"), ("/news", "true")]), json!({"news": true}));
}

#[test]
fn a_serial_number_tells_submissions_apart() {
    let serial = Serial::parse("SR-{yyyy}{MM}{dd}-{n:4}", Reset::Day).unwrap();
    assert_eq!(serial.write(7, "2026-03-01"), "SR-20260301-0007");
    assert_eq!(serial.write(12_345, "2026-03-01"), "SR-20260301-12345", "digits are the least, not the most");
    assert_eq!(serial.period("2026-03-01"), "2026-03-01");
    let yearly = Serial::parse("{yy}/{n}", Reset::Year).unwrap();
    assert_eq!((yearly.write(7, "2026-03-01"), yearly.period("2026-03-01")), ("26/7".to_owned(), "2026"));
    assert_eq!(Serial::parse("{n}", Reset::Never).unwrap().period("2026-03-01"), "");
    for (pattern, reset) in [
        ("SR", Reset::Never),
        ("{n}{n}", Reset::Never),
        ("{n", Reset::Never),
        ("{q}{n}", Reset::Never),
        ("{n:0}", Reset::Never),
        ("{n:99}", Reset::Never),
        ("{MM}-{n}", Reset::Month),
        ("{yyyy}-{n}", Reset::Day),
        ("{n}", Reset::Year),
    ] {
        assert!(Serial::parse(pattern, reset).is_err(), "{pattern}");
    }
}

#[test]
fn what_belongs_to_one_control_is_refused_beside_another() {
    let text = || json!({"type": "string"});
    let list = || json!({"type": "array", "items": {"type": "string"}});
    let cases = [
        (text(), json!({"control": "text", "version": "1"}), "/version", "form.member_misplaced"),
        (text(), json!({"tree": []}), "/tree", "form.member_misplaced"),
        (list(), json!({"control": "cascade"}), "/tree", "form.member_missing"),
        (list(), json!({"control": "cascade", "tree": []}), "/tree", "form.shape"),
        (
            list(),
            json!({"control": "cascade", "tree": [{"label": "A"}]}),
            "/tree/0/value",
            "form.member_missing",
        ),
        (
            list(),
            json!({"control": "cascade", "tree": [{"value": "a"}, {"value": "a"}]}),
            "/tree/1/value",
            "form.option_twice",
        ),
        (text(), json!({"control": "serial_number"}), "/serial", "form.member_missing"),
        (
            text(),
            json!({"control": "serial_number", "serial": {"pattern": "x"}}),
            "/serial/pattern",
            "form.serial_pattern",
        ),
        (text(), json!({"control": "linked_record"}), "/record", "form.member_missing"),
        (
            text(),
            json!({"control": "linked_record", "record": {"form": "o", "where": {"field": "/a"}}}),
            "/record/where/op",
            "",
        ),
        (
            text(),
            json!({"control": "linked_record", "record": {"form": "o", "fill": {"/x": "/y"}}}),
            "/record/fill/~1x",
            "form.fill_self",
        ),
        (text(), json!({"control": "file", "files": {"accept": ["exe"]}}), "/files/accept/0", "form.shape"),
        (text(), json!({"control": "consent"}), "/control", "form.control_misfit"),
        (text(), json!({"control": "formula"}), "/control", "form.formula_unset"),
        (
            json!({"type": "number", "minimum": 1}),
            json!({"control": "slider"}),
            "/control",
            "form.control_misfit",
        ),
        (text(), json!({"control": "ranking"}), "/control", "form.control_misfit"),
    ];
    for (schema, item, at, code) in cases {
        let problems = one(schema, item.clone()).expect_err(&item.to_string());
        let found = problems.iter().any(|problem| {
            problem.path == format!("/layout/pages/0/items/0{at}")
                && (code.is_empty() || problem.code == code)
        });
        assert!(found, "{item}: {problems:?}");
    }
}

#[test]
fn a_serial_number_cannot_be_required_before_it_is_given() {
    let schema = json!({"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]});
    let item = json!({"field": "/x", "control": "serial_number", "serial": {"pattern": "{n}"}});
    let problems = form_of(schema, json!({"layout": {"pages": [{"items": [item]}]}})).unwrap_err();
    assert_eq!(codes(&problems), ["form.serial_required /layout/pages/0/items/0/control"]);
}

#[test]
fn a_cascade_is_bounded() {
    let deep = (0..20).fold(json!([]), |below, _| json!([{"value": "a", "children": below}]));
    let wide: Vec<Value> = (0..20_000).map(|at| json!({"value": at.to_string()})).collect();
    for tree in [deep, json!(wide)] {
        let schema = json!({"type": "array", "items": {"type": "string"}});
        let problems = one(schema, json!({"control": "cascade", "tree": tree})).unwrap_err();
        assert!(problems.iter().any(|problem| problem.code == "form.cascade_size"), "{:?}", codes(&problems));
    }
}

/// A page carries the sheet without the trees; everything else decides the same there.
#[test]
fn a_page_carries_what_it_decides_by() {
    let form = kinds();
    let carried = form.to_value(Language::En).to_string();
    assert!(!carried.contains("Binjiang"), "trees stay out");
    let sheet = Sheet::read(&serde_json::from_str(&carried).unwrap()).unwrap();
    let pairs: Vec<(String, String)> = [
        ("/region", r#"["810000"]"#),
        ("/id", "1"),
        ("/order_of", "speed"),
        ("/privacy", "on"),
        ("/service/effort", "5"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec();
    let data = form.coerce(&pairs);
    assert_eq!(sheet.coerce(&pairs), data);
    for field in form.fields() {
        let (ours, theirs) = (
            form.check_at(&field.path, &data, Language::Zh),
            sheet.check_at(&field.path, &data, Language::Zh),
        );
        assert_eq!(theirs, ours, "{}", field.path);
    }
}

/// A schema of another tool knows no kinds, and its verdict stays its own.
#[test]
fn a_bare_schema_gets_no_checks_of_kinds() {
    let form = compile(&FormDefinition::from_schema(
        json!({"properties": {"t": {"type": "string", "format": "time"}}, "$schema": "https://json-schema.org/draft/2020-12/schema"}),
    ));
    assert!(form.unwrap().validate(json!({"t": "noon"}), Language::En).is_ok());
}

#[test]
fn problems_stand_where_the_author_wrote_them_between_texts() {
    let items = json!([{"text": "Hello"}, {"field": "/x"}, {"text": "And"}, {"field": "/y", "control": "formula"}, {"text": "Bye", "bold": true}]);
    let schema = json!({"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "number"}}});
    let layout = |items: &Value| json!({"layout": {"pages": [{"items": items}]}});
    let problems = form_of(schema.clone(), layout(&items)).unwrap_err();
    assert_eq!(codes(&problems), ["form.member_unknown /layout/pages/0/items/4/bold"]);
    let items = json!([items[0], items[1], items[2], items[3]]);
    let problems = form_of(schema, layout(&items)).unwrap_err();
    assert_eq!(codes(&problems), ["form.formula_unset /layout/pages/0/items/3/control"]);
}

#[test]
fn what_is_inside_a_list_or_a_matrix_has_words_and_controls_of_its_own() {
    let form_with = |items: Value| {
        form_of(
            json!({"type": "object", "properties": {
                "rows": {"type": "array", "items": {"type": "object", "properties": {"what": {"type": "string"}, "size": {"enum": ["s", "l"]}}}},
                "service": {"type": "object", "properties": {"speed": {"enum": ["good", "poor"]}}}}}),
            json!({"title": {"zh": "单", "en": "Sheet"}, "publish": {"languages": ["zh", "en"]}, "layout": {"pages": [{"items": items}]}}),
        )
    };
    let both = |zh: &str, en: &str| json!({"zh": zh, "en": en});
    let form = form_with(json!([
        {"field": "/rows", "title": both("明细", "Lines"), "items": [
            {"field": "/rows/*/what", "control": "phone", "title": both("电话", "Phone")},
            {"field": "/rows/*/size", "title": both("大小", "Size"), "options": {"s": both("小", "Small"), "l": both("大", "Large")}}]},
        {"field": "/service", "control": "matrix", "title": both("服务", "Service"),
         "options": {"good": both("好", "Good"), "poor": both("差", "Poor")},
         "items": [{"field": "/service/speed", "title": both("速度", "Speed")}]},
    ]))
    .unwrap();
    let what = form.field("/rows/*/what").unwrap();
    assert_eq!((what.kind, what.title.get("en")), (FieldKind::Phone, "Phone"));
    assert_eq!(form.field("/rows/*/size").unwrap().options[1].label.get("zh"), "大");
    let speed = form.field("/service/speed").unwrap();
    assert_eq!((speed.kind, speed.title.get("zh")), (FieldKind::Matrix, "速度"));
    assert_eq!(speed.options[0].label.get("en"), "Good");
    assert_eq!(form_engine::review(&form), [], "everything is written in both languages");

    let refused = |items: Value| codes(&form_with(items).unwrap_err());
    let inner = |items: Value| json!([{"field": "/rows", "items": items}, {"field": "/service"}]);
    assert_eq!(
        refused(inner(json!([{"field": "/service/speed"}]))),
        ["form.item_outside /layout/pages/0/items/0/items/0/field"]
    );
    assert_eq!(
        refused(inner(json!([{"field": "/rows/*/gone"}]))),
        ["form.field_missing /layout/pages/0/items/0/items/0/field"]
    );
    assert_eq!(
        refused(inner(json!([{"field": "/rows/*/size"}, {"field": "/rows/*/size"}]))),
        ["form.field_twice /layout/pages/0/items/0/items/1/field"]
    );
    assert_eq!(
        refused(inner(json!([{"field": "/rows/*/what", "control": "nps"}]))),
        ["form.control_misfit /layout/pages/0/items/0/items/0/control"]
    );
}
