//! Edits of forms: what each changes, what it leaves alone, and that every result still parses.

use form_engine::{FieldKind, FormDefinition, compile};
use serde_json::{Value, json};
use studio::editor::form::compare::differences;
use studio::editor::form::condition::Chips;
use studio::editor::form::detail::{formula, members, tree_lines};
use studio::editor::form::kinds::offers;
use studio::editor::form::outline::{next_outline, outline};
use studio::editor::form::rules::{self, Effect};
use studio::editor::form::starters::{begin, blank, free_key, questions, title};
use studio::editor::form::words::{self, Part, Words};
use studio::editor::form::{
    Detail, Edit, First, Jump, Limit, NewQuestion, Setting, Target, apply, logic, place_of, step,
};
use studio::editor::order::{Place, staying};
use studio::i18n::Language;

/// An instant where nobody asks for it.
fn as_it_is(at: &str) -> String {
    at.to_owned()
}

fn sample() -> Value {
    json!({
        "format": 1, "kind": "form", "key": "nps", "title": {"zh": "调查", "en": "Survey"},
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "properties": {
                "score": {"type": "integer", "minimum": 0, "maximum": 10, "x-own": {"b": 1, "a": 2}},
                "reason": {"type": "string", "maxLength": 2000},
                "about": {"type": "string", "enum": ["product", "service"]},
                "extra": {"type": "string"},
            },
            "required": ["score"], "additionalProperties": false,
        },
        "layout": {"mode": "auto", "pages": [{"items": [
            {"field": "/score", "control": "nps", "title": {"zh": "推荐吗", "en": "Recommend?"}},
            {"field": "/reason", "control": "long_text", "title": "Why?"},
            {"field": "/about", "control": "single", "title": {"zh": "哪方面"}, "options": {"product": {"zh": "产品"}}},
        ]}]},
        "rules": [{"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/about", "/reason"], "require": ["/about"]}],
        "publish": {"slug": "nps", "languages": ["zh", "en"], "thanks": [
            {"when": {"field": "/score", "op": "gte", "value": 9}, "text": "You said {{reason}}"}, {"title": "Thanks"},
        ]},
    })
}

/// Applies edits one after another; each result must parse.
#[track_caller]
fn after(edits: &[Edit]) -> Value {
    let mut drawn = outline(&sample());
    edits.iter().fold(sample(), |draft, edit| {
        let changed = apply(&draft, edit);
        FormDefinition::parse(&changed).unwrap_or_else(|problems| panic!("{edit:?}: {problems:?}"));
        drawn = next_outline(&changed, &drawn);
        assert_eq!(drawn, outline(&changed), "{edit:?}");
        changed
    })
}

fn field(path: &str) -> String {
    path.to_owned()
}

fn fields(draft: &Value) -> Vec<Vec<String>> {
    let pages = outline(draft).pages.into_iter();
    pages.map(|items| items.into_iter().map(|item| item.path.clone()).collect()).collect()
}

fn compiles(draft: &Value) -> bool {
    FormDefinition::parse(draft).is_ok_and(|definition| compile(&definition).is_ok())
}

#[test]
fn every_kind_of_the_palette_can_be_added_changed_to_every_other_and_compiles() {
    assert_eq!(offers().len(), FieldKind::NAMED.len(), "the palette offers every kind a layout can name");
    for offer in offers() {
        let at = Place { page: 0, index: 1 };
        let draft =
            after(&[Edit::Add { at, questions: vec![NewQuestion::of(offer.kind)], language: "en".into() }]);
        assert_eq!(problems(&draft), "", "{:?}", offer.kind);
        let path = fields(&draft)[0][1].clone();
        assert_eq!(outline(&draft).item(&path).expect("drawn").kind, Some(offer.kind));
        for language in ["zh", "en"] {
            let title = words::written(&draft, &Words::Field(path.clone(), Part::Title), language);
            assert!(!title.is_empty(), "{:?} in {language}", offer.kind);
        }
        assert_eq!(
            apply(&draft, &Edit::Remove { field: path.clone() }),
            sample_settled(),
            "{:?} leaves no trace",
            offer.kind
        );
        for other in offers() {
            let changed = apply(&draft, &Edit::ChangeKind { field: path.clone(), kind: other.kind });
            assert_eq!(problems(&changed), "", "{:?} to {:?}: {changed}", offer.kind, other.kind);
            assert_eq!(
                outline(&changed).item(&path).expect("drawn").kind,
                Some(other.kind),
                "{:?}",
                offer.kind
            );
            let title = words::read(&changed, &Words::Field(path.clone(), Part::Title), "en");
            assert_eq!(title, offer.question.en);
        }
    }
}

/// What stands against publishing, in words.
fn problems(draft: &Value) -> String {
    let checked = FormDefinition::parse(draft).and_then(|definition| compile(&definition).map(drop));
    let told = checked.err().unwrap_or_default();
    told.iter().map(|problem| format!("{}: {}\n", problem.path, problem.message)).collect()
}

/// The sample with a place for every question, as the first edit leaves it.
fn sample_settled() -> Value {
    let mut draft = sample();
    draft["layout"]["pages"][0]["items"].as_array_mut().expect("a list").push(json!({"field": "/extra"}));
    draft
}

fn add_kind(draft: &Value, kind: FieldKind) -> (Value, String) {
    let at = Place { page: 0, index: 0 };
    let draft =
        apply(draft, &Edit::Add { at, questions: vec![NewQuestion::of(kind)], language: "en".into() });
    let path = fields(&draft)[0][0].clone();
    (draft, path)
}

#[test]
fn a_matrix_has_rows_and_columns_in_every_language() {
    let (draft, matrix) = add_kind(&sample(), FieldKind::Matrix);
    let lines = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
    let rows = |labels: &[&str], language: &str| Edit::SetMembers {
        field: matrix.clone(),
        labels: lines(labels),
        language: language.into(),
    };
    let draft = apply(&draft, &rows(&["Row 2", "Manner", "Row 1"], "en"));
    assert_eq!(members(&draft, &matrix), ["/matrix/row_2", "/matrix/row_4", "/matrix/row_1"]);
    let title = |draft: &Value, path: &str, language: &str| {
        words::written(draft, &Words::Field(path.into(), Part::Title), language)
    };
    assert_eq!(
        (title(&draft, "/matrix/row_2", "zh").as_str(), title(&draft, "/matrix/row_4", "en").as_str()),
        ("第 2 项", "Manner")
    );
    let columns = Edit::SetOptions {
        field: matrix.clone(),
        labels: lines(&["Good", "Fair", "Poor", "Bad"]),
        language: "en".into(),
    };
    let draft = apply(&draft, &columns);
    for row in ["row_1", "row_2", "row_4"] {
        assert_eq!(
            draft["schema"]["properties"]["matrix"]["properties"][row]["enum"],
            json!(["good", "fair", "poor", "bad"])
        );
    }
    let said =
        Edit::Say { words: Words::Option(matrix.clone(), 0), language: "zh".into(), text: "好".into() };
    let draft = apply(&draft, &said);
    assert_eq!(words::read(&draft, &Words::Option(matrix.clone(), 0), "zh"), "好");
    assert_eq!(problems(&draft), "");
    let asked = apply(&draft, &Edit::Require { field: matrix.clone(), on: true });
    let asked = apply(
        &asked,
        &Edit::AddMember { field: matrix.clone(), label: "Tone".into(), language: "en".into() },
    );
    assert_eq!(
        asked["schema"]["properties"]["matrix"]["required"],
        json!(["row_2", "row_4", "row_1", "row_5"])
    );
    let gone = apply(&draft, &Edit::Remove { field: "/matrix/row_4".into() });
    assert!(!gone.to_string().contains("row_4"));
    let one = ["/matrix/row_1", "/matrix/row_2"]
        .iter()
        .fold(gone, |draft, row| apply(&draft, &Edit::Remove { field: (*row).into() }));
    assert_eq!(members(&one, &matrix), ["/matrix/row_2"], "a row stays");
    let copied = apply(&draft, &Edit::Duplicate { field: matrix.clone() });
    assert_eq!(title(&copied, "/matrix_2/row_4", "en"), "Manner");
    assert_eq!(problems(&copied), "");
    let renamed = apply(&copied, &Edit::RenameKey { field: matrix, key: "service".into(), since: None });
    assert_eq!(title(&renamed, "/service/row_4", "en"), "Manner");
    assert_eq!(problems(&renamed), "");
}

#[test]
fn rows_of_a_sub_form_have_columns_of_their_own_kinds() {
    let draft = after(&[Edit::AddRows { at: Place { page: 0, index: 0 } }]);
    let column = "/rows/*/column_3";
    let edits = [
        Edit::AddMember { field: "/rows".into(), label: "Unit".into(), language: "en".into() },
        Edit::ChangeKind { field: column.into(), kind: FieldKind::DropDown },
        Edit::SetOptions {
            field: column.into(),
            labels: vec!["Box".into(), "Piece".into()],
            language: "en".into(),
        },
        Edit::Require { field: "/rows/*/item".into(), on: true },
        Edit::Say {
            words: Words::Field(column.into(), Part::Title),
            language: "zh".into(),
            text: "单位".into(),
        },
    ];
    let draft = edits.iter().fold(draft, |draft, edit| apply(&draft, edit));
    assert_eq!(problems(&draft), "");
    let item = outline(&draft).item("/rows").cloned().unwrap();
    assert!(item.rows && item.kind.is_none());
    let unit = item.members.iter().find(|field| field.path == column).unwrap();
    assert_eq!(
        (unit.kind, unit.title.get("zh"), unit.options[0].label.get("en")),
        (FieldKind::DropDown, "单位", "Box")
    );
    assert_eq!(draft["schema"]["properties"]["rows"]["items"]["required"], json!(["item"]));
    let words = after(&[Edit::AddText { at: Place { page: 0, index: 2 } }]);
    assert_eq!(fields(&words)[0][2], "text:0:2");
}

#[test]
fn steps_of_a_cascade_are_pasted_as_indented_lines_or_paths() {
    let (draft, path) = add_kind(&sample(), FieldKind::Cascade);
    let set = |draft: &Value, lines: &str, language: &str| {
        apply(
            draft,
            &Edit::SetDetail {
                field: path.clone(),
                detail: Detail::Tree { lines: lines.into(), language: language.into() },
            },
        )
    };
    let indented = set(&draft, "浙江\n  杭州\n    西湖\n    滨江\n  宁波\n香港", "zh");
    let paths = set(&draft, "浙江/杭州/西湖\n浙江/杭州/滨江\n浙江 / 宁波\n香港", "zh");
    assert_eq!(indented, paths);
    assert_eq!(tree_lines(&indented, &path, "zh"), "浙江\n  杭州\n    西湖\n    滨江\n  宁波\n香港");
    assert_eq!(problems(&indented), "");
    let tree = |draft: &Value| draft["layout"]["pages"][0]["items"][0]["tree"].clone();
    assert_eq!(tree(&indented)[0]["children"][0]["children"][1]["value"], "滨江");
    let mut named = indented.clone();
    named["layout"]["pages"][0]["items"][0]["tree"][0]["value"] = "330000".into();
    named["layout"]["pages"][0]["items"][0]["tree"][0]["label"] = json!({"zh": "浙江", "en": "Zhejiang"});
    let changed = set(&named, "香港\n浙江\n  绍兴", "zh");
    assert_eq!(
        (&tree(&changed)[1]["value"], &tree(&changed)[1]["label"]["en"]),
        (&json!("330000"), &json!("Zhejiang"))
    );
    assert_eq!(set(&named, " \n", "zh"), named, "a cascade without steps is none");
}

#[test]
fn what_only_one_kind_has_is_set_and_goes_with_the_kind() {
    let detail = |draft: &Value, path: &str, detail: Detail| {
        apply(draft, &Edit::SetDetail { field: path.into(), detail })
    };
    let item = |draft: &Value| draft["layout"]["pages"][0]["items"][0].clone();
    let (draft, path) = add_kind(&sample(), FieldKind::SerialNumber);
    let draft =
        detail(&draft, &path, Detail::Serial { pattern: "SR-{yyyy}-{n:5}".into(), reset: "year".into() });
    assert_eq!(item(&draft)["serial"], json!({"pattern": "SR-{yyyy}-{n:5}", "reset": "year"}));
    assert_eq!(problems(&draft), "");
    let (draft, path) = add_kind(&sample(), FieldKind::File);
    let files = Detail::Files { accept: vec![".pdf".into(), "image/*".into()], max_bytes: Some(5_000_000) };
    let draft = detail(&draft, &path, files);
    assert_eq!(item(&draft)["files"], json!({"accept": [".pdf", "image/*"], "max_bytes": 5_000_000}));
    assert_eq!(problems(&draft), "");
    let text = apply(&draft, &Edit::ChangeKind { field: path, kind: FieldKind::Text });
    assert!(item(&text).get("files").is_none());
    let (draft, path) = add_kind(&sample(), FieldKind::LinkedRecord);
    let filter = json!({"field": "/status", "op": "ne", "value": "void"});
    let record =
        Detail::Record { form: "order".into(), label: Some("/number".into()), filter: Some(filter.clone()) };
    let draft = detail(&draft, &path, record);
    assert_eq!(item(&draft)["record"], json!({"form": "order", "label": "/number", "where": filter}));
    assert_eq!(problems(&draft), "");
    let (draft, path) = add_kind(&sample(), FieldKind::Consent);
    let draft = detail(&draft, &path, Detail::Version("2026-03".into()));
    assert_eq!(
        (&item(&draft)["version"], &draft["schema"]["properties"]["consent"]["type"]),
        (&json!("2026-03"), &json!("string"))
    );
    assert_eq!(problems(&draft), "");
    let (draft, path) = add_kind(&sample(), FieldKind::Formula);
    let draft = detail(&draft, &path, Detail::Formula("score * 2".into()));
    assert_eq!(formula(&draft, &path), "score * 2");
    let copied = apply(&draft, &Edit::Duplicate { field: path.clone() });
    assert_eq!(formula(&copied, "/formula_2"), "score * 2");
    let number = apply(&draft, &Edit::ChangeKind { field: path, kind: FieldKind::Number });
    assert!(!number.to_string().contains("script"));
}

#[test]
fn jumps_carried_options_quotas_first_values_and_points_are_set_lifted_and_renamed() {
    let low = json!({"field": "/score", "op": "lte", "value": 3});
    let edits = [
        Edit::AddPage { after: 0 },
        Edit::Move { field: field("/extra"), to: Place { page: 1, index: 0 } },
        Edit::SetJumps {
            field: field("/score"),
            jumps: vec![
                Jump { when: Some(low.clone()), to: Target::Page(1) },
                Jump { when: None, to: Target::End },
            ],
        },
        Edit::ChangeKind { field: field("/extra"), kind: FieldKind::Multiple },
        Edit::SetOptions {
            field: field("/extra"),
            labels: vec!["产品".into(), "服务".into()],
            language: "zh".into(),
        },
        Edit::SetOptionQuota { field: field("/about"), option: "product".into(), most: Some(30) },
        Edit::SetFirst { field: field("/reason"), first: Some(First::Parameter("why".into())) },
        Edit::SetPoints { field: field("/about"), option: "service".into(), worth: Some(2.0) },
        Edit::Give { field: field("/reason"), to: Some((Some(low.clone()), json!("low"))) },
        Edit::Carry { field: field("/about"), from: Some((field("/extra"), false)) },
    ];
    let draft = after(&edits);
    assert_eq!(draft["layout"]["pages"][1]["key"], "page-2");
    assert_eq!(
        logic::jumps(&draft, "/score"),
        [Jump { when: Some(low.clone()), to: Target::Page(1) }, Jump { when: None, to: Target::End }]
    );
    assert_eq!(draft["publish"]["option_quotas"], json!({"/about": {"product": 30}}));
    assert_eq!(draft["quiz"], json!({"points": {"/about": {"service": 2}}}));
    assert_eq!(logic::given(&draft, "/reason"), Some((Some(low), json!("low"))));
    assert_eq!(logic::carried(&draft, "/about"), Some((field("/extra"), false)));
    assert_eq!(logic::lines(&draft).len(), 5);
    let renamed = apply(
        &apply(&draft, &Edit::RenameKey { field: field("/about"), key: "topic".into(), since: None }),
        &Edit::RenameKey { field: field("/reason"), key: "why".into(), since: None },
    );
    FormDefinition::parse(&renamed).expect("parses");
    assert!(!renamed.to_string().contains("/about") && !renamed.to_string().contains("/reason"), "{renamed}");
    assert_eq!(logic::quota(&renamed, "/topic", "product"), Some(30));
    assert_eq!(logic::points(&renamed, "/topic", "service"), Some(2.0));
    assert_eq!(logic::first(&renamed, "/why"), Some(First::Parameter("why".into())));
    let gone = apply(&draft, &Edit::Remove { field: field("/about") });
    assert!(gone.get("quiz").is_none() && gone["publish"]["option_quotas"] == json!({}), "{gone}");
    let lifted = [
        Edit::SetJumps { field: field("/score"), jumps: vec![] },
        Edit::SetOptionQuota { field: field("/about"), option: "product".into(), most: None },
        Edit::SetFirst { field: field("/reason"), first: None },
        Edit::SetPoints { field: field("/about"), option: "service".into(), worth: None },
        Edit::Give { field: field("/reason"), to: None },
        Edit::Carry { field: field("/about"), from: None },
    ]
    .iter()
    .fold(draft, |draft, edit| apply(&draft, edit));
    assert_eq!(lifted["rules"], sample()["rules"]);
    assert_eq!(lifted["publish"], sample()["publish"]);
    assert!(lifted.get("quiz").is_none() && lifted.get("defaults").is_none());
}

#[test]
fn options_survive_a_change_of_kind_and_foreign_members_survive_everything() {
    let about = || field("/about");
    let draft = after(&[
        Edit::ChangeKind { field: about(), kind: FieldKind::Multiple },
        Edit::ChangeKind { field: about(), kind: FieldKind::DropDown },
    ]);
    assert_eq!(
        draft["schema"]["properties"]["about"],
        json!({"type": "string", "enum": ["product", "service"]})
    );
    assert_eq!(words::read(&draft, &Words::Option(about(), 0), "zh"), "产品");
    let own = &after(&[Edit::ChangeKind { field: field("/score"), kind: FieldKind::Rating }])["schema"]["properties"]
        ["score"];
    assert_eq!(own["x-own"].to_string(), r#"{"b":1,"a":2}"#);
    assert_eq!((&own["minimum"], &own["maximum"]), (&json!(1), &json!(5)));
}

#[test]
fn an_edit_touches_nothing_but_what_it_is_about() {
    let before = sample();
    let after = after(&[Edit::Say {
        words: Words::Field(field("/score"), Part::Title),
        language: "en".into(),
        text: "Would you?".into(),
    }]);
    let mut expected = before;
    expected["layout"]["pages"][0]["items"][0]["title"]["en"] = "Would you?".into();
    expected["layout"]["pages"][0]["items"].as_array_mut().unwrap().push(json!({"field": "/extra"}));
    // Every question has a place now; the rest is as it was, in the same order.
    expected["layout"]["pages"][0]["items"].as_array_mut().unwrap().truncate(4);
    assert_eq!(after.to_string(), expected.to_string());
}

#[test]
fn texts_stay_plain_in_the_first_language_and_become_two_in_the_second() {
    let say = |language: &str, text: &str| Edit::Say {
        words: Words::Field(field("/reason"), Part::Title),
        language: language.into(),
        text: text.into(),
    };
    assert_eq!(after(&[say("zh", "原因？")])["layout"]["pages"][0]["items"][1]["title"], "原因？");
    let both = after(&[say("en", "Reason?")]);
    assert_eq!(both["layout"]["pages"][0]["items"][1]["title"], json!({"zh": "Why?", "en": "Reason?"}));
    let title = Words::Field(field("/reason"), Part::Title);
    assert_eq!(words::written(&sample(), &title, "zh"), "Why?");
    assert_eq!(words::written(&sample(), &title, "en"), "", "not written in this language yet");
    assert_eq!(words::read(&sample(), &title, "en"), "Why?");
    let none = after(&[say("zh", "")]);
    assert!(none["layout"]["pages"][0]["items"][1].get("title").is_none());
}

#[test]
fn questions_move_on_and_across_pages_and_pages_come_and_go() {
    let to = |path: &str, page, index| Edit::Move { field: field(path), to: Place { page, index } };
    let draft =
        after(&[Edit::AddPage { after: 0 }, to("/about", 1, 0), to("/score", 0, 9), to("/extra", 1, 0)]);
    assert_eq!(fields(&draft), [vec!["/reason", "/score"], vec!["/extra", "/about"]]);
    assert_eq!(step(&draft, "/extra", true), Some(to("/extra", 0, 2)));
    assert_eq!(step(&draft, "/about", false), None);
    assert_eq!(place_of(&draft, "/about").unwrap().1, [2, 2]);
    let joined = apply(&draft, &Edit::RemovePage { page: 1 });
    assert_eq!(fields(&joined), [vec!["/reason", "/score", "/extra", "/about"]]);
    assert_eq!(apply(&joined, &Edit::RemovePage { page: 0 }), joined, "the last page stays");
    let first_gone = apply(&draft, &Edit::RemovePage { page: 0 });
    assert_eq!(fields(&first_gone), [vec!["/reason", "/score", "/extra", "/about"]]);
}

#[test]
fn words_between_questions_are_written_and_go_when_they_are_empty() {
    let mut draft = sample();
    let items = draft["layout"]["pages"][0]["items"].as_array_mut().unwrap();
    items.insert(1, json!({"text": {"zh": "说明"}}));
    let say = |language: &str, text: &str| Edit::Say {
        words: Words::Block(0, 1),
        language: language.into(),
        text: text.into(),
    };
    let both = apply(&draft, &say("en", "Note"));
    assert_eq!(both["layout"]["pages"][0]["items"][1], json!({"text": {"zh": "说明", "en": "Note"}}));
    FormDefinition::parse(&both).expect("parses");
    assert_eq!(fields(&both)[0][..3], ["/score", "text:0:1", "/reason"]);
    let none = apply(&apply(&both, &say("en", "")), &say("zh", ""));
    assert_eq!(fields(&none), fields(&sample()));
    assert_eq!(differences(&draft, &both, Language::En, as_it_is), ["The words between questions changed"]);
}

#[test]
fn a_removed_question_leaves_no_trace() {
    let draft = after(&[Edit::Remove { field: field("/score") }]);
    assert!(!draft.to_string().contains("/score") && compiles(&draft), "{draft}");
    assert_eq!(draft["rules"], json!([]));
    assert!(draft["schema"].get("required").is_none());
    assert_eq!(draft["publish"]["thanks"].as_array().unwrap().len(), 1);
    let draft = after(&[Edit::Remove { field: field("/about") }]);
    assert_eq!(
        draft["rules"][0],
        json!({"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/reason"]})
    );
}

#[test]
fn rules_of_other_kinds_stay_and_follow_a_new_key() {
    let mut draft = sample();
    draft["rules"].as_array_mut().unwrap().extend([
        json!({"when": {"field": "/score", "op": "gte", "value": 9}, "after": "/score", "jump": "end"}),
        json!({"offer": ["/about"], "chosen": "/extra"}),
    ]);
    let when = json!({"field": "/score", "op": "eq", "value": 1});
    let ruled =
        apply(&draft, &Edit::SetRule { field: field("/extra"), effect: Effect::Hide, when: Some(when) });
    assert_eq!(ruled["rules"].as_array().unwrap()[..3], draft["rules"].as_array().unwrap()[..]);
    let renamed = apply(&draft, &Edit::RenameKey { field: field("/extra"), key: "used".into(), since: None });
    assert_eq!(renamed["rules"][2], json!({"offer": ["/about"], "chosen": "/used"}));
    let removed = apply(&draft, &Edit::Remove { field: field("/extra") });
    assert_eq!(removed["rules"].as_array().unwrap().len(), 2);
    let removed = apply(&draft, &Edit::Remove { field: field("/score") });
    assert_eq!(removed["rules"], json!([{"offer": ["/about"], "chosen": "/extra"}]));
    FormDefinition::parse(&removed).expect("parses");
}

#[test]
fn a_copy_stands_behind_its_original_with_the_same_rules() {
    let draft =
        after(&[Edit::Duplicate { field: field("/about") }, Edit::Duplicate { field: field("/score") }]);
    assert_eq!(fields(&draft), [vec!["/score", "/score_2", "/reason", "/about", "/about_2", "/extra"]]);
    assert_eq!(draft["rules"][0]["show"], json!(["/about", "/reason", "/about_2"]));
    assert_eq!(draft["schema"]["required"], json!(["score", "score_2"]));
    assert!(compiles(&draft));
}

#[test]
fn a_rule_for_one_question_leaves_the_others_theirs() {
    let when = json!({"field": "/score", "op": "gte", "value": 9});
    let draft =
        after(&[Edit::SetRule { field: field("/about"), effect: Effect::Show, when: Some(when.clone()) }]);
    assert_eq!(rules::when(&draft, "/about", Effect::Show), Some(when));
    assert!(rules::when(&draft, "/reason", Effect::Show).is_some());
    assert!(rules::when(&draft, "/about", Effect::Require).is_some());
    assert!(compiles(&draft));
    let lifted = after(&[
        Edit::SetRule { field: field("/about"), effect: Effect::Show, when: None },
        Edit::SetRule { field: field("/reason"), effect: Effect::Show, when: None },
        Edit::SetRule { field: field("/about"), effect: Effect::Require, when: None },
    ]);
    assert_eq!(lifted["rules"], json!([]));
}

#[test]
fn chips_say_what_a_condition_says_and_refuse_what_they_cannot() {
    for condition in [
        json!({"field": "/score", "op": "lte", "value": 6}),
        json!({"all": [{"field": "/a", "op": "eq", "value": "x"}, {"not": {"field": "/b", "op": "empty"}}]}),
        json!({"any": [{"field": "/a", "op": "any_of", "value": ["x"]}, {"field": "/b", "op": "empty"}]}),
    ] {
        assert_eq!(Chips::of(&condition).and_then(|chips| chips.condition()), Some(condition));
    }
    for beyond in [
        json!({"all": [{"any": []}]}),
        json!({"field": "/a", "op": "eq", "value": {"field": "/b"}}),
        json!({"field": "state", "op": "eq", "value": "x"}),
        json!({"not": {"field": "/a", "op": "eq", "value": 1}}),
    ] {
        assert!(Chips::of(&beyond).is_none(), "{beyond}");
    }
}

#[test]
fn a_new_key_is_known_everywhere() {
    let mut draft = sample();
    draft["rules"].as_array_mut().unwrap().push(json!({
        "set": "/extra", "to": {"script": r#"reason + data["reason"] + data.reason + "reason" + other.reason"#}
    }));
    let renamed = apply(&draft, &Edit::RenameKey { field: field("/reason"), key: "why".into(), since: None });
    FormDefinition::parse(&renamed).expect("parses");
    assert_eq!(fields(&renamed)[0][1], "/why");
    let keys: Vec<&String> = renamed["schema"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["score", "why", "about", "extra"], "the order stays");
    assert_eq!(renamed["rules"][0]["show"], json!(["/about", "/why"]));
    assert_eq!(renamed["publish"]["thanks"][0]["text"], "You said {{why}}");
    assert_eq!(
        renamed["rules"][1]["to"]["script"],
        r#"why + data["why"] + data.why + "reason" + other.reason"#
    );
    for refused in ["score", "", "a b", "a/b"] {
        let edit = Edit::RenameKey { field: field("/reason"), key: refused.into(), since: None };
        assert_eq!(apply(&draft, &edit), draft, "`{refused}`");
    }
}

#[test]
fn options_keep_their_values_while_their_labels_change() {
    let about = || field("/about");
    let draft = after(&[
        Edit::AddOption { field: about(), label: "Delivery time".into(), language: "en".into() },
        Edit::Say { words: Words::Option(about(), 0), language: "en".into(), text: "Product quality".into() },
        Edit::MoveOption { field: about(), from: 2, to: 0 },
    ]);
    assert_eq!(
        draft["schema"]["properties"]["about"]["enum"],
        json!(["delivery_time", "product", "service"])
    );
    assert_eq!(words::read(&draft, &Words::Option(about(), 1), "en"), "Product quality");
    assert_eq!(words::read(&draft, &Words::Option(about(), 1), "zh"), "产品");
    let lines = ["Service", "产品", "价格", "价格", ""].map(str::to_owned).to_vec();
    let pasted = after(&[Edit::SetOptions { field: about(), labels: lines, language: "zh".into() }]);
    assert_eq!(
        pasted["schema"]["properties"]["about"]["enum"],
        json!(["service_1", "product", "option_1", "option_2"])
    );
    assert!(compiles(&pasted));
    let one = after(&[
        Edit::RemoveOption { field: about(), index: 0 },
        Edit::RemoveOption { field: about(), index: 0 },
    ]);
    assert_eq!(one["schema"]["properties"]["about"]["enum"], json!(["service"]), "one option stays");
}

#[test]
fn options_written_as_constants_stay_constants() {
    let mut draft = sample();
    draft["schema"]["properties"]["about"] =
        json!({"oneOf": [{"const": "a", "title": "A", "x": 1}, {"const": "b"}]});
    draft["layout"]["pages"][0]["items"][2] = json!({"field": "/about"});
    let changed =
        apply(&draft, &Edit::AddOption { field: field("/about"), label: "C".into(), language: "zh".into() });
    let parts = changed["schema"]["properties"]["about"]["oneOf"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0]), (3, &json!({"const": "a", "title": "A", "x": 1})));
    assert!(compiles(&changed), "{changed}");
}

#[test]
fn limits_required_and_publishing_are_set_and_lifted() {
    let limit = |limit, value| Edit::SetLimit { field: field("/reason"), limit, value };
    let draft = after(&[
        limit(Limit::MinLength, Some(5.0)),
        limit(Limit::MaxLength, None),
        Edit::Require { field: field("/reason"), on: true },
        Edit::Require { field: field("/score"), on: false },
        Edit::Publish { setting: Setting::Quota(Some(100)) },
        Edit::Publish { setting: Setting::OnePer(Some("device".into())) },
        Edit::Publish { setting: Setting::Slug(None) },
    ]);
    assert_eq!(draft["schema"]["properties"]["reason"], json!({"type": "string", "minLength": 5}));
    assert_eq!(draft["schema"]["required"], json!(["reason"]));
    assert_eq!((&draft["publish"]["quota"], &draft["publish"]["one_per"]), (&json!(100), &json!("device")));
    assert!(draft["publish"].get("slug").is_none());
}

#[test]
fn what_changed_is_said_in_plain_words() {
    let edits = [
        Edit::Add {
            at: Place { page: 0, index: 9 },
            questions: vec![NewQuestion::of(FieldKind::Email)],
            language: "en".into(),
        },
        Edit::Remove { field: field("/extra") },
        Edit::Require { field: field("/reason"), on: true },
        Edit::ChangeKind { field: field("/about"), kind: FieldKind::DropDown },
        Edit::Move { field: field("/about"), to: Place { page: 0, index: 0 } },
        Edit::SetRule {
            field: field("/reason"),
            effect: Effect::Show,
            when: Some(json!({"field": "/score", "op": "lte", "value": 3})),
        },
        Edit::Publish { setting: Setting::Opens(Some("2027-01-05T01:00:00.000Z".into())) },
        Edit::Publish { setting: Setting::Quota(Some(10)) },
    ];
    let said = differences(&sample(), &after(&edits), Language::En, |at| format!("[{at}]"));
    assert_eq!(
        said,
        [
            "Removed “Extra”",
            "“哪方面” is now asked as Drop-down",
            "“Why?” is now required",
            "“Why?” shows only when “Recommend? at most 3”",
            "Added “Your e-mail address” (E-mail)",
            "Questions stand in another order or on other pages",
            "Opens [2027-01-05T01:00:00.000Z]",
            "At most 10 submissions",
        ]
    );
    assert!(differences(&sample(), &sample(), Language::Zh, as_it_is).is_empty());
    let mut other = sample();
    other["schema"]["properties"]["score"]["x-own"] = json!(1);
    assert_eq!(differences(&sample(), &other, Language::Zh, as_it_is).len(), 1);
}

#[test]
fn what_changed_beyond_words_and_options_is_said_question_by_question() {
    let (draft, matrix) = add_kind(&sample(), FieldKind::Matrix);
    let edits = [
        Edit::SetJumps { field: field("/score"), jumps: vec![Jump { when: None, to: Target::End }] },
        Edit::SetOptionQuota { field: field("/about"), option: "product".into(), most: Some(3) },
        Edit::SetPoints { field: field("/about"), option: "product".into(), worth: Some(1.5) },
        Edit::SetFirst { field: field("/reason"), first: Some(First::Literal(json!("because"))) },
        Edit::AddMember { field: matrix, label: "Price".into(), language: "en".into() },
        Edit::SetAccent { colour: Some("#aa0000".into()) },
    ];
    let changed = edits.iter().fold(draft.clone(), |draft, edit| apply(&draft, edit));
    assert_eq!(problems(&changed), "");
    assert_eq!(
        differences(&draft, &changed, Language::En, as_it_is),
        [
            "Rows or columns of “How did we do in each of these?”: 1 added, 0 removed",
            "Where the form goes on after “Recommend?” changed",
            "What “Why?” holds when opened changed",
            "The quotas of “哪方面” changed",
            "The points of “哪方面” changed",
            "The theme changed",
        ]
    );
    let plain = apply(&changed, &Edit::SetAccent { colour: None });
    assert!(plain.get("theme").is_none());
    let brand = Edit::Say { words: Words::Brand, language: "en".into(), text: "Spruce".into() };
    let branded = apply(&plain, &brand);
    assert_eq!(branded["theme"], json!({"brand": {"en": "Spruce"}}));
    assert_eq!(words::read(&branded, &Words::Brand, "zh"), "Spruce");
}

#[test]
fn ready_forms_are_drawn_whole_and_begin_in_the_authors_language() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/src/starter/forms");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("the server keeps them") {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let ready: Value = serde_json::from_str::<Value>(&text).unwrap()["form"].clone();
        let draft = begin(&ready, "fresh", Language::En);
        assert_eq!(problems(&draft), "", "{}", ready["key"]);
        assert_eq!(
            (words::languages(&draft), &draft["publish"]["slug"]),
            (vec!["en".into(), "zh".into()], &json!("fresh"))
        );
        let outline = outline(&draft);
        for item in outline.pages.iter().flatten().filter(|item| item.text.is_none()) {
            assert!(item.kind.is_some() || item.rows, "{} {}", ready["key"], item.path);
        }
        assert!(questions(&ready) > 2 && !title(&ready, Language::Zh).is_empty());
        seen += 1;
    }
    assert!(seen >= 20);
    assert!(compiles(&blank("fresh", Language::Zh)));
    for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let draft = blank("fresh", language);
        assert_eq!(words::languages(&draft), [code], "nobody is shown words that nobody wrote");
        let (draft, kind) = add_kind(&draft, FieldKind::Single);
        let spoken = |text: &Value| text.as_object().is_none_or(|texts| texts.keys().eq([code]));
        assert!(
            spoken(&draft["title"]) && spoken(&draft["layout"]["pages"][0]["items"][0]["title"]),
            "{kind}"
        );
    }
    assert_eq!(free_key("Service satisfaction!", &[]), "service-satisfaction");
    assert_eq!(free_key("满意度", &["form".into(), "form-2".into()]), "form-3");
}

/// Whatever is changed in whichever form: the outline that takes over what stayed is the one made anew.
#[test]
fn an_outline_follows_edits_as_if_it_were_made_anew() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/src/starter/forms");
    let mut forms: Vec<Value> = std::fs::read_dir(folder)
        .expect("the server keeps them")
        .map(|file| serde_json::from_str::<Value>(&std::fs::read_to_string(file.unwrap().path()).unwrap()))
        .map(|ready| begin(&ready.unwrap()["form"], "fresh", Language::En))
        .collect();
    forms.push(sample());
    // One speaks of another's schema, and one lies in a group.
    let mut refers = sample();
    refers["schema"]["properties"]["reason"] = json!({"$ref": "#/properties/about"});
    refers["schema"]["properties"]["place"] =
        json!({"type": "object", "properties": {"town/part": {"type": "string"}}});
    forms.push(refers);
    for form in forms {
        let (mut draft, mut drawn) = (form.clone(), outline(&form));
        let paths: Vec<String> = drawn.pages.iter().flatten().map(|item| item.path.clone()).collect();
        let mut edits = vec![Edit::AddPage { after: 0 }, Edit::AddRows { at: Place { page: 0, index: 1 } }];
        for (index, path) in paths.iter().enumerate() {
            let field = || path.clone();
            edits.extend([
                Edit::Require { field: field(), on: index % 2 == 0 },
                Edit::Move { field: field(), to: Place { page: index % 2, index: 0 } },
                Edit::Duplicate { field: field() },
                Edit::ChangeKind {
                    field: field(),
                    kind: [FieldKind::Multiple, FieldKind::Formula, FieldKind::Nps][index % 3],
                },
                Edit::RenameKey { field: field(), key: format!("new~{index}"), since: None },
                Edit::Add {
                    at: Place { page: 0, index },
                    questions: vec![NewQuestion::of(FieldKind::Matrix)],
                    language: "en".into(),
                },
                Edit::Remove { field: paths[(index * 7) % paths.len()].clone() },
            ]);
        }
        for edit in edits {
            draft = apply(&draft, &edit);
            drawn = next_outline(&draft, &drawn);
            assert_eq!(drawn, outline(&draft), "{} {edit:?}", form["key"]);
        }
        assert_eq!(next_outline(&form, &drawn), outline(&form), "back to the beginning");
    }
}

#[test]
fn as_few_rows_move_as_can_be() {
    let staying = |was: &[Option<usize>], held| -> Vec<usize> {
        let stays = staying(was, held);
        (0..was.len()).filter(|row| stays[*row]).collect()
    };
    let known = |was: &[usize]| was.iter().copied().map(Some).collect::<Vec<_>>();
    assert_eq!(staying(&known(&[0, 1, 2]), None), [0, 1, 2]);
    // The first went to the end: the others stay.
    assert_eq!(staying(&known(&[1, 2, 3, 0]), None), [0, 1, 2]);
    // Of two that changed places, the one that is written in stays.
    assert_eq!(staying(&known(&[1, 0]), Some(0)), [0]);
    assert_eq!(staying(&known(&[1, 0]), Some(1)), [1]);
    // But not at the cost of moving all others.
    assert_eq!(staying(&known(&[1, 2, 3, 0]), Some(3)), [0, 1, 2]);
    assert_eq!(staying(&[None, Some(4), None, Some(2), Some(7)], None).len(), 2);
    assert!(staying(&[], None).is_empty());
}

#[test]
fn a_problem_is_traced_to_its_question() {
    let (draft, outline) = (sample(), outline(&sample()));
    for (place, question) in [
        ("/layout/pages/0/items/1/control", Some("/reason")),
        ("/schema/properties/about/enum", Some("/about")),
        ("/rules/0/when", Some("/about")),
        ("/publish/slug", None),
        ("/schema", None),
    ] {
        assert_eq!(outline.at(place, &draft).as_deref(), question, "{place}");
    }
}
