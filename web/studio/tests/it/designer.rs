//! Edits of forms: what each changes, what it leaves alone, and that every result still parses.

use form_engine::{FieldKind, FormDefinition, compile};
use serde_json::{Value, json};
use studio::editor::form::compare::differences;
use studio::editor::form::condition::Chips;
use studio::editor::form::kinds::offers;
use studio::editor::form::outline::outline;
use studio::editor::form::rules::{self, Effect};
use studio::editor::form::starters::{STARTERS, begin, free_key};
use studio::editor::form::words::{self, Part, Words};
use studio::editor::form::{Edit, Limit, NewQuestion, Setting, apply, place_of, step};
use studio::editor::order::Place;
use studio::i18n::Language;

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
    edits.iter().fold(sample(), |draft, edit| {
        let changed = apply(&draft, edit);
        FormDefinition::parse(&changed).unwrap_or_else(|problems| panic!("{edit:?}: {problems:?}"));
        changed
    })
}

fn field(path: &str) -> String {
    path.to_owned()
}

fn fields(draft: &Value) -> Vec<Vec<String>> {
    let pages = outline(draft).pages.into_iter();
    pages.map(|items| items.into_iter().map(|item| item.path).collect()).collect()
}

fn compiles(draft: &Value) -> bool {
    FormDefinition::parse(draft).is_ok_and(|definition| compile(&definition).is_ok())
}

#[test]
fn every_kind_of_the_palette_can_be_added_changed_to_every_other_and_compiles() {
    for offer in offers() {
        let at = Place { page: 0, index: 1 };
        let draft =
            after(&[Edit::Add { at, questions: vec![NewQuestion::of(offer.kind)], language: "en".into() }]);
        assert!(compiles(&draft), "{:?}", offer.kind);
        let path = fields(&draft)[0][1].clone();
        let built =
            outline(&draft).item(&path).and_then(|item| item.field.clone()).expect("form-engine builds it");
        assert_eq!(built.kind, offer.kind);
        assert!(!built.title.get("zh").is_empty() && !built.title.get("en").is_empty(), "{:?}", offer.kind);
        for other in offers() {
            let changed = apply(&draft, &Edit::ChangeKind { field: path.clone(), kind: other.kind });
            assert!(compiles(&changed), "{:?} to {:?}: {changed}", offer.kind, other.kind);
            let built = outline(&changed).item(&path).and_then(|item| item.field.clone()).expect("built");
            assert_eq!(built.kind, other.kind, "{:?}", offer.kind);
            assert_eq!(built.title.get("en"), offer.question.en);
        }
    }
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
    assert_eq!(differences(&draft, &both, Language::En), ["The words between questions changed"]);
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
    let renamed = apply(&draft, &Edit::RenameKey { field: field("/extra"), key: "used".into() });
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
    let renamed = apply(&draft, &Edit::RenameKey { field: field("/reason"), key: "why".into() });
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
        let edit = Edit::RenameKey { field: field("/reason"), key: refused.into() };
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
        Edit::Publish { setting: Setting::Quota(Some(10)) },
    ];
    let said = differences(&sample(), &after(&edits), Language::En);
    assert_eq!(
        said,
        [
            "Removed “Extra”",
            "“哪方面” is now asked as Drop-down",
            "“Why?” is now required",
            "“Why?” shows only when “Recommend? at most 3”",
            "Added “Your e-mail address” (E-mail)",
            "Questions stand in another order or on other pages",
            "At most 10 submissions",
        ]
    );
    assert!(differences(&sample(), &sample(), Language::Zh).is_empty());
    let mut other = sample();
    other["schema"]["properties"]["score"]["x-own"] = json!(1);
    assert_eq!(differences(&sample(), &other, Language::Zh).len(), 1);
}

#[test]
fn starters_compile_in_both_languages() {
    for starter in STARTERS {
        for language in [Language::Zh, Language::En] {
            let draft = begin(starter, "fresh", language);
            assert!(compiles(&draft), "{}: {draft}", starter.word);
            let outline = outline(&draft);
            assert_eq!(outline.lengths().iter().sum::<usize>(), starter.questions(), "{}", starter.word);
            for item in outline.pages.iter().flatten() {
                let field = item.field.as_ref().expect("built");
                for text in
                    std::iter::once(&field.title).chain(field.options.iter().map(|option| &option.label))
                {
                    assert_ne!(text.get("zh"), text.get("en"), "{}", starter.word);
                }
            }
        }
    }
    assert_eq!(free_key("Service satisfaction!", &[]), "service-satisfaction");
    assert_eq!(free_key("满意度", &["form".into(), "form-2".into()]), "form-3");
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
