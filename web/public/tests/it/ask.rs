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
    assert!(web_public::form_page(&page).contains("data-hole=\"/name\""));
}
