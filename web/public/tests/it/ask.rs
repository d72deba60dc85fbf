//! From a compiled form to the pages that ask it: the starter app's own forms.

use form_engine::{Form, FormDefinition, Language, Problem, compile};
use serde_json::{Value, json};
use web_public::{FormPage, Known, Question, ask, languages, thanks_for};

use crate::sample::frame;

fn starter(key: &str) -> Form {
    let app: Value = serde_json::from_str(include_str!("../../../../server/src/starter/care.json")).unwrap();
    let form = app["forms"].as_array().unwrap().iter().find(|form| form["key"] == key).unwrap();
    compile(&FormDefinition::parse(form).unwrap()).unwrap()
}

fn known(data: Value) -> Known {
    Known { data, nonce: "n".to_owned(), ..Known::default() }
}

fn nps(known: &Known) -> FormPage {
    ask(&starter("nps"), "nps", frame(Language::En), known)
}

fn question<'a>(page: &'a FormPage, path: &str) -> &'a Question {
    page.pages.iter().flat_map(|page| &page.questions).find(|question| question.path == path).unwrap()
}

/// Head of the outermost row it opens.
fn head(question: &Question) -> Option<&str> {
    question.more.rows.first().map(|row| row.title.as_str())
}

#[test]
fn low_scores_are_asked_more() {
    let first = nps(&known(json!({})));
    assert!(!question(&first, "/about").shown && !first.more_questions);
    assert!(question(&first, "/score").required && !question(&first, "/reason").required);
    let seen = Some(["/score", "/reason", "/region", "/product"].map(str::to_owned).to_vec());
    let low = nps(&Known { seen: seen.clone(), ..known(json!({"score": 3})) });
    assert!(question(&low, "/about").fresh && question(&low, "/contact").fresh && low.more_questions);
    let high = nps(&Known { seen, ..known(json!({"score": 9})) });
    assert!(!high.more_questions);
}

#[test]
fn ends_and_options_are_in_the_readers_language() {
    let page = nps(&known(json!({})));
    assert_eq!(question(&page, "/score").ends.as_ref().unwrap().1, "Extremely likely");
    assert!(question(&page, "/region").options.iter().any(|option| option.label == "East China"));
    let page = ask(&starter("nps"), "nps", frame(Language::Zh), &known(json!({})));
    assert!(question(&page, "/region").options.iter().any(|option| option.label == "华东"));
    assert_eq!(languages(&starter("nps")), [Language::Zh, Language::En]);
}

#[test]
fn problems_stand_at_their_question_or_above_the_form() {
    let problems = vec![
        Problem::new("form.type", "/score", "score first"),
        Problem::new("form.unknown", "/else", "what is this"),
    ];
    let page = nps(&Known { problems, ..known(json!({"score": 3})) });
    assert_eq!(question(&page, "/score").problem.as_deref(), Some("score first"));
    assert_eq!(page.refusal.as_deref(), Some("what is this"));
}

#[test]
fn a_list_is_asked_for_its_first_row() {
    let schema = json!({"type": "object", "properties": {"items": {"type": "array", "items": {
        "type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}}});
    let form = compile(&FormDefinition::from_schema(schema)).unwrap();
    let page = ask(&form, "list", frame(Language::En), &known(json!({})));
    assert!(question(&page, "/items/0/name").shown);
    let page =
        ask(&form, "list", frame(Language::En), &known(json!({"items": [{"name": "a"}, {"name": "b"}]})));
    assert_eq!(question(&page, "/items/1/name").value, "b");
}

#[test]
fn the_thank_you_goes_by_the_score() {
    let definition = json!({
        "format": 1, "kind": "form", "key": "k", "title": "K",
        "schema": {"type": "object", "properties": {"score": {"type": "integer"}, "name": {"type": "string"}}},
        "publish": {"thanks": [
            {"when": {"field": "/score", "op": "gte", "value": 9}, "title": "Great, {{name}}",
             "link": {"label": "Tell", "url": "https://example.com"}},
            {"when": {"field": "/score", "op": "lte", "value": 6}, "text": "Sorry"}
        ]}
    });
    let form = compile(&FormDefinition::parse(&definition).unwrap()).unwrap();
    let said = |data: Value| thanks_for(&form, Language::En, &data, 0);
    assert_eq!(said(json!({"score": 10, "name": "Li"})).title.as_deref(), Some("Great, Li"));
    assert_eq!(said(json!({"score": 2})).text.as_deref(), Some("Sorry"));
    assert_eq!(said(json!({"score": 8})).text, None, "stock words");
    let page = ask(&form, "k", frame(Language::En), &known(json!({})));
    assert_eq!(page.thanks.len(), 3);
    assert_eq!(page.client["thanks"].as_array().unwrap().len(), 3);
    assert!(page.client["thanks"][2].is_null());
    assert_eq!(page.client["pipes"], json!([["#thanks-0 h1", "Great, {{name}}", ""]]));
}

fn of(more: Value) -> form_engine::Form {
    let mut definition = json!({"format": 1, "kind": "form", "key": "k", "title": "K"});
    definition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    compile(&FormDefinition::parse(&definition).unwrap()).unwrap()
}

#[test]
fn answers_stand_in_the_texts_that_follow_escaped() {
    let form = of(json!({
        "schema": {"type": "object", "properties": {"name": {"type": "string"}, "why": {"type": "string"}}},
        "layout": {"pages": [
            {"items": [{"field": "/name"}]},
            {"title": "About {{name|you}}", "items": [{"field": "/why", "title": "Why, {{name|friend}}?", "help": "{{name}}"}]}]}}));
    let page = ask(&form, "k", frame(Language::En), &known(json!({"name": "<b>Li</b>"})));
    assert_eq!(page.pages[1].title.as_deref(), Some("About <b>Li</b>"));
    let html = web_public::form_page(&page);
    assert!(html.contains("Why, &lt;b&gt;Li&lt;/b&gt;?") && !html.contains("<b>Li"), "{html}");
    assert_eq!(
        page.client["pipes"],
        json!([
            ["[data-page=\"1\"] h2", "About {{name|you}}", ""],
            ["#q1 .title>span", "Why, {{name|friend}}?", "/why"],
            ["#q1-help", "{{name}}", "/why"]
        ])
    );
    let first = ask(&form, "k", frame(Language::En), &known(json!({})));
    assert_eq!(question(&first, "/why").title, "Why, friend?");
}

#[test]
fn only_options_carried_forward_are_offered() {
    let form = of(json!({
        "schema": {"type": "object", "properties": {
            "used": {"type": "array", "items": {"enum": ["a", "b", "c"]}}, "best": {"enum": ["a", "b", "c"]}, "worst": {"enum": ["a", "b", "c"]}}},
        "layout": {"pages": [{"items": [{"field": "/used"}, {"field": "/best"}, {"field": "/worst", "control": "drop_down"}]}]},
        "rules": [{"offer": ["/best", "/worst"], "chosen": "/used"}]}));
    let page =
        ask(&form, "k", frame(Language::En), &known(json!({"used": ["a", "c"], "best": "b", "worst": "c"})));
    assert_eq!(question(&page, "/best").held_back, [1]);
    let html = web_public::form_page(&page);
    assert_eq!(html.matches("<label hidden class=\"option\"").count(), 1, "{html}");
    assert!(!html.contains("value=\"b\" checked"), "what is not offered is not sent again: {html}");
    assert!(html.contains("<option value=\"b\" hidden disabled>"), "{html}");
    let none = ask(&form, "k", frame(Language::En), &known(json!({})));
    assert!(!question(&none, "/best").shown);
}

#[test]
fn a_jump_passes_pages_over() {
    let form = of(json!({
        "schema": {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}, "c": {"type": "string"}}},
        "layout": {"pages": [{"items": [{"field": "/a"}]}, {"items": [{"field": "/b"}]}, {"key": "c", "items": [{"field": "/c"}]}]},
        "rules": [{"when": {"field": "/a", "op": "eq", "value": false}, "jump": "c"}]}));
    let shown = |data: Value| {
        let page = ask(&form, "k", frame(Language::En), &known(data));
        page.pages.iter().map(|page| page.questions.iter().any(|one| one.shown)).collect::<Vec<_>>()
    };
    assert_eq!(shown(json!({"a": false})), [true, false, true]);
    assert_eq!(shown(json!({"a": true})), [true, true, true]);
}

#[test]
fn a_quiz_tells_its_result() {
    let form = of(json!({
        "schema": {"type": "object", "properties": {"q": {"enum": ["x", "y"]}}},
        "quiz": {"points": {"/q": {"x": 3}}, "results": [{"to": 2, "title": "Low"}, {"from": 3, "title": "High", "text": "{{quiz.total}}/{{quiz.max}}"}]}}));
    let told = thanks_for(&form, Language::En, &json!({"q": "x"}), 0);
    assert_eq!(told.results.len(), 1);
    assert_eq!(
        (told.results[0].0.title.as_deref(), told.results[0].0.text.as_deref()),
        (Some("High"), Some("3/3"))
    );
    assert!(thanks_for(&form, Language::En, &json!({}), 0).results.is_empty());
    let page = ask(&form, "k", frame(Language::En), &known(json!({})));
    let html = web_public::form_page(&page);
    assert!(html.contains("data-result=\"0\" hidden") && html.contains("data-result=\"1\" hidden"), "{html}");
    assert_eq!(
        page.client["pipes"],
        json!([["#thanks-0 [data-result=\"1\"] p", "{{quiz.total}}/{{quiz.max}}", ""]])
    );
}

/// The page of a bare schema with a title.
fn bare(schema: Value) -> FormPage {
    let form = json!({"format": 1, "kind": "form", "key": "f", "title": "Register", "schema": schema});
    let form = compile(&FormDefinition::parse(&form).unwrap()).unwrap();
    ask(&form, "f", frame(Language::En), &known(json!({})))
}

#[test]
fn questions_say_which_group_they_stand_in() {
    let place =
        json!({"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}});
    let page = bare(json!({"type": "object", "properties": {
        "name": {"type": "string"}, "home": place, "work": place,
        "items": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "number"}, "from": place}}}}}));
    let groups: Vec<_> = page.pages[0]
        .questions
        .iter()
        .map(|one| (one.path.as_str(), one.more.section.as_deref(), one.more.opens_section))
        .filter(|(_, section, _)| section.is_some())
        .collect();
    assert_eq!(
        groups,
        [
            ("/home/street", Some("Home"), true),
            ("/home/city", Some("Home"), false),
            ("/work/street", Some("Work"), true),
            ("/work/city", Some("Work"), false),
            ("/items/0/from/street", Some("From"), true),
            ("/items/0/from/city", Some("From"), false),
        ]
    );
}

#[test]
fn of_several_shapes_the_first_question_says_that_one_is_enough() {
    let page = bare(json!({"type": "object", "properties": {"name": {"type": "string"}}, "oneOf": [
        {"required": ["mail"], "properties": {"mail": {"type": "string", "description": "We do not share it."}}},
        {"required": ["phone"], "properties": {"phone": {"type": "string"}}}]}));
    let help = question(&page, "/mail").help.clone().unwrap();
    assert_eq!(help, "Fill in only one of these: “Mail” or “Phone”. We do not share it.");
    assert!(question(&page, "/phone").more.goes_on_choosing && question(&page, "/phone").help.is_none());
    assert!(!question(&page, "/name").more.goes_on_choosing);
}

#[test]
fn a_form_that_is_one_list_or_one_value_has_names() {
    let page = bare(json!({"type": "array", "items": {"type": "string"}}));
    let only = question(&page, "/0");
    assert_eq!((only.title.as_str(), head(only), only.more.alone), ("Register", Some("Item\u{a0}1"), true));
    let page = bare(json!({"type": "integer", "minimum": -10}));
    assert_eq!(question(&page, "").title, "Register");
    assert_eq!(question(&page, "").more.keyboard, Some("text"), "a phone's digits have no minus");
}

#[test]
fn rows_after_named_places_have_places_of_their_own() {
    let text = json!({"type": "string"});
    for tuple in [
        json!({"prefixItems": [text, text], "items": text}),
        json!({"items": [text, text], "additionalItems": text}),
    ] {
        let mut list = tuple;
        list["type"] = json!("array");
        list["maxItems"] = json!(3);
        let form = of(json!({"schema": {"type": "object", "properties": {"t": list}}}));
        let paths = |data: Value| -> Vec<String> {
            let page = ask(&form, "k", frame(Language::En), &known(data));
            page.pages[0].questions.iter().map(|one| one.path.clone()).collect()
        };
        assert_eq!(paths(json!({})), ["/t/0", "/t/1", "/t/2"]);
        assert_eq!(paths(json!({"t": ["one"]})), ["/t/0", "/t/1", "/t/2"]);
        let page = ask(&form, "k", frame(Language::En), &known(json!({"t": ["one", "two", "three"]})));
        let values: Vec<&Value> = page.pages[0].questions.iter().map(|one| &one.value).collect();
        assert_eq!(values, ["one", "two", "three"]);
        let row = question(&page, "/t/2");
        assert_eq!(head(row), Some("T\u{a0}3"), "counted as the places before it are");
        assert_eq!(row.more.add, [], "three is all it takes");
        assert_eq!(head(question(&page, "/t/0")), None);
    }
}

#[test]
fn a_list_says_its_title_in_the_readers_language() {
    let form = of(json!({
        "schema": {"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array", "minItems": 1, "description": "From the schema",
            "items": {"type": "object", "properties": {"name": {"type": "string"}}}}}},
        "layout": {"pages": [{"items": [{"field": "/rows", "title": {"zh": "请逐项填写", "en": "Each thing"}, "help": {"zh": "一行一样", "en": "One a row"}}]}]}}));
    let said = |language: Language| {
        let page = ask(&form, "k", frame(language), &known(json!({"rows": [{"name": "a"}, {"name": "b"}]})));
        let heads: Vec<_> =
            page.pages[0].questions.iter().filter_map(|one| head(one).map(str::to_owned)).collect();
        (heads, web_public::form_page(&page))
    };
    let (heads, html) = said(Language::Zh);
    assert_eq!(heads, ["请逐项填写 第\u{a0}1\u{a0}项", "请逐项填写 第\u{a0}2\u{a0}项"]);
    assert!(
        html.contains("再加一项：请逐项填写") && html.matches("<p class=\"help\">一行一样</p>").count() == 1,
        "{html}"
    );
    let (heads, html) = said(Language::En);
    assert_eq!(heads, ["Each thing\u{a0}1", "Each thing\u{a0}2"]);
    assert!(
        html.contains("Add another: Each thing")
            && html.contains("One a row")
            && !html.contains("From the schema")
    );
    assert!(!html.contains("class=\"optional\">optional</span></h3>"), "the list is needed");
    let plain = bare(
        json!({"type": "object", "properties": {"rows": {"type": "array", "title": "Things", "description": "From the schema", "items": {"type": "string"}}}}),
    );
    let row = &question(&plain, "/rows/0").more.rows[0];
    assert_eq!((row.title.as_str(), row.help.as_deref()), ("Things\u{a0}1", Some("From the schema")));
}

/// A row and a group that nobody has to fill, each with something it demands and something it presets.
fn presets() -> Value {
    json!({"type": "object", "required": ["home"], "properties": {
        "kids": {"type": "array", "items": {"type": "object", "required": ["n"], "properties": {
            "n": {"type": "string"}, "meal": {"enum": ["omni", "veg"], "default": "omni"}}}},
        "addr": {"type": "object", "required": ["street", "country"], "properties": {
            "street": {"type": "string"}, "country": {"enum": ["US", "CA"], "default": "US"}}},
        "home": {"type": "object", "required": ["country"], "properties": {"country": {"enum": ["US", "CA"], "default": "CA"}}}}})
}

#[test]
fn what_may_be_left_out_is_not_begun_by_its_defaults() {
    let form = of(json!({"schema": presets()}));
    let page = ask(&form, "k", frame(Language::En), &known(json!({})));
    assert_eq!(question(&page, "/kids/0/meal").value, Value::Null);
    assert_eq!(question(&page, "/addr/country").value, Value::Null);
    assert_eq!(
        question(&page, "/home/country").value,
        "CA",
        "a group that is needed is asked with its defaults"
    );
    let html = web_public::form_page(&page);
    assert!(html.contains("data-waits=\"/kids/0\" data-standard=\"[&quot;omni&quot;]\""), "{html}");
    assert!(html.contains("data-waits=\"/addr\"") && !html.contains("data-waits=\"/home\""));
    assert!(html.contains("value=\"drop /kids/0\""), "the only row can be taken back");
    let begun = json!({"kids": [{"n": "Mia"}], "addr": {"street": "Main"}});
    let page = ask(&form, "k", frame(Language::En), &known(begun));
    assert_eq!(question(&page, "/kids/0/meal").value, "omni");
    assert_eq!(question(&page, "/addr/country").value, "US");
    assert!(question(&page, "/addr/country").more.waits.is_none());
}

#[test]
fn what_a_group_demands_is_not_called_optional() {
    let form = of(json!({"schema": presets()}));
    let page = ask(&form, "k", frame(Language::En), &known(json!({})));
    let free: Vec<&str> = (page.pages[0].questions.iter())
        .filter(|one| !one.required && !one.more.demanded)
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(free, ["/kids/0/meal"]);
    assert!(question(&page, "/home/country").required);
    let optional = |path: &str| question(&page, path).more.section_optional;
    assert!(optional("/addr/street") && !optional("/home/country"));
    assert!(question(&page, "/kids/0/n").more.rows[0].optional);
    let html = web_public::form_page(&page);
    assert_eq!(
        html.matches(">optional</span></small>").count(),
        2,
        "the group is, said with each of its questions for small screens"
    );
    assert_eq!(html.matches(">optional</span></h3>").count(), 1);
}

#[test]
fn lists_in_lists_are_asked_row_by_row_too() {
    let users = json!({"type": "array", "items": {"type": "object", "properties": {
        "name": {"type": "string"}, "phones": {"type": "array", "maxItems": 3, "items": {"type": "string"}}, "note": {"type": "string"}}}});
    let form = of(json!({"schema": {"type": "object", "properties": {"users": users}}}));
    let draw = |known: &Known| ask(&form, "k", frame(Language::En), known);
    let paths = |page: &FormPage| -> Vec<String> {
        page.pages[0].questions.iter().map(|one| one.path.clone()).collect()
    };
    let first = draw(&known(json!({})));
    assert_eq!(paths(&first), ["/users/0/name", "/users/0/phones/0", "/users/0/note"]);
    let html = web_public::form_page(&first);
    assert!(
        html.contains("value=\"add /users/0/phones\"") && html.contains("value=\"add /users\""),
        "{html}"
    );
    let data = json!({"users": [{"name": "a", "phones": ["1", "2"]}, {"name": "b", "phones": ["3"]}]});
    let more = draw(&Known { more: Some("/users/1/phones".to_owned()), ..known(data.clone()) });
    let wanted = [
        "/users/0/name",
        "/users/0/phones/0",
        "/users/0/phones/1",
        "/users/0/note",
        "/users/1/name",
        "/users/1/phones/0",
        "/users/1/phones/1",
        "/users/1/note",
    ];
    assert_eq!(paths(&more), wanted);
    assert!(question(&more, "/users/1/phones/1").more.rows[0].here, "the browser goes to it");
    assert_eq!(head(question(&more, "/users/1/phones/1")), Some("Phones\u{a0}2"));
    let html = web_public::form_page(&more);
    assert_eq!(html.matches("value=\"add /users\"").count(), 1, "once, after the last row");
    assert!(
        html.contains("value=\"drop /users/0/phones/1\"") && html.contains("value=\"add /users/0/phones\"")
    );
    let [phone, end, note] =
        ["name=\"/users/0/phones/1\"", "value=\"add /users/0/phones\"", "name=\"/users/0/note\""]
            .map(|part| html.find(part).unwrap());
    assert!(phone < end && end < note, "the inner list ends before what follows it in the row");
    let full = draw(&known(json!({"users": [{"phones": ["1", "2", "3"]}]})));
    assert!(!web_public::form_page(&full).contains("add /users/0/phones"), "no more than the schema takes");
}
