//! Kinds beyond a box and a few options, from the form that has them all to the HTML that asks them.

use std::collections::BTreeMap;

use form_engine::{Form, FormDefinition, Language, compile};
use serde_json::{Value, json};
use web_public::{FormPage, Known, Question, ask, form_page};

use crate::html::tags;
use crate::sample::frame;

/// Without formulas, which only the server runs.
fn form() -> Form {
    let mut document: Value =
        serde_json::from_str(include_str!("../../../../form-engine/tests/data/kinds.json")).unwrap();
    document["rules"] = json!([{"set": "/total", "to": 12}]);
    compile(&FormDefinition::parse(&document).unwrap()).unwrap()
}

fn page(known: Known) -> FormPage {
    ask(&form(), "kinds", frame(Language::En), &known)
}

fn known(data: Value) -> Known {
    let offered = |values: &[(&str, &str)]| {
        values.iter().map(|(value, label)| (json!(value), (*label).to_owned())).collect()
    };
    let offered = BTreeMap::from([
        ("/served_by".to_owned(), offered(&[("m-1", "Li Lei"), ("m-2", "Han Meimei")])),
        ("/about".to_owned(), offered(&[("care", "Care"), ("quality", "Quality")])),
    ]);
    Known { data, offered, nonce: "n".to_owned(), ..Known::default() }
}

fn questions(page: &FormPage) -> Vec<&Question> {
    page.pages.iter().flat_map(|page| &page.questions).collect()
}

fn paths(page: &FormPage) -> Vec<&str> {
    questions(page).into_iter().map(|question| question.path.as_str()).collect()
}

#[test]
fn people_are_asked_only_what_somebody_offers() {
    let alone = page(Known { nonce: "n".to_owned(), ..Known::default() });
    assert!(!paths(&alone).contains(&"/served_by") && !paths(&alone).contains(&"/about"));
    let offered = page(known(json!({})));
    assert!(paths(&offered).contains(&"/served_by"));
    let html = form_page(&offered);
    assert!(html.contains("Han Meimei") && html.contains("value=\"quality\""));
    assert!(!paths(&offered).contains(&"/number"), "a serial number is given, not asked");
}

/// What a browser without script would post of the page as it was written.
fn as_posted(html: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut select: Option<String> = None;
    for tag in tags(html) {
        let name = tag.get("name").filter(|name| name.starts_with('/')).map(str::to_owned);
        let value = tag.get("value").unwrap_or("").replace("&quot;", "\"");
        match (tag.name.as_str(), name) {
            ("select", name) => select = name,
            ("option", _) => {
                if let Some(name) = select.as_ref().filter(|_| tag.get("selected").is_some()) {
                    pairs.push((name.clone(), value));
                }
            }
            ("input", Some(name)) => {
                let ticked =
                    tag.get("checked").is_some() || !matches!(tag.get("type"), Some("radio" | "checkbox"));
                if ticked && tag.get("type") != Some("file") {
                    pairs.push((name, value));
                }
            }
            (_, _) => {}
        }
    }
    pairs
}

#[test]
fn what_was_typed_survives_a_post_of_the_page() {
    let data = json!({"order": "A-7", "region": ["330000", "330200"], "id": "11010519491231002X",
        "service": {"speed": "poor", "effort": 4}, "order_of": ["speed", "price"], "budget": 40, "call_at": "08:30", "news": true,
        "signed": "Li Lei", "served_by": "m-2", "about": ["care", "quality"],
        "items": [{"name": "Sofa", "count": 2}, {"name": "Bed", "count": 1}], "privacy": "2026-03"});
    let html = form_page(&page(known(data.clone())));
    assert_eq!(form().coerce(&as_posted(&html)), data);
}

#[test]
fn a_list_is_asked_row_by_row_with_a_way_to_more() {
    let data = json!({"items": [{"name": "Sofa", "count": 2}, {"name": "Bed"}]});
    let rows = |known: Known| -> Vec<String> {
        paths(&page(known)).into_iter().filter(|path| path.starts_with("/items")).map(str::to_owned).collect()
    };
    assert_eq!(
        rows(known(data.clone())),
        ["/items/0/name", "/items/0/count", "/items/1/name", "/items/1/count"]
    );
    assert_eq!(rows(known(json!({}))), ["/items/0/name", "/items/0/count"]);
    let more = Known { more: Some("/items".to_owned()), ..known(data.clone()) };
    assert_eq!(rows(more.clone()).len(), 6);
    let html = form_page(&page(more));
    let fresh = html.find("id=\"now\"").unwrap();
    assert!(
        html[fresh..].contains("Items\u{a0}3") && !html[fresh..].contains("Items\u{a0}2"),
        "the browser goes to it"
    );
    let only = form_page(&page(known(json!({}))));
    assert!(
        only.contains("drop /items/0"),
        "whoever began the only row of a list nobody needs can take it back"
    );
    let html = form_page(&page(known(data)));
    assert!(html.contains("value=\"drop /items/0\"") && html.contains("Remove Items\u{a0}2"));
    let [enter, add] =
        ["class=\"by-enter\"", "class=\"button quiet add\""].map(|part| html.find(part).unwrap());
    assert!(enter < add, "Enter in a line goes on");
    assert_eq!(
        html.matches("data-joined").count(),
        4,
        "a row is one screen, as a matrix is and a score with its reason"
    );
    assert!(html.contains("Items\u{a0}1") && html.contains("Items\u{a0}2"));
    assert!(html.contains("value=\"add /items\""), "the server adds a row, so no script is needed");
    let full =
        Known { more: Some("/items".to_owned()), ..known(json!({"items": vec![json!({"name": "x"}); 5]})) };
    let html = form_page(&page(full));
    assert!(
        !html.contains("add /items") && !html.contains("Items\u{a0}6"),
        "no more rows than the schema takes"
    );
}

#[test]
fn a_matrix_is_one_group_of_rows() {
    let page = page(known(json!({})));
    let rows: Vec<(bool, Option<&str>)> = questions(&page)
        .into_iter()
        .filter(|one| one.path.starts_with("/service/"))
        .map(|one| (one.more.goes_on, one.more.matrix.as_deref()))
        .collect();
    let title = Some("How was the service?");
    assert_eq!(rows, [(false, title), (true, title), (true, title)]);
    let html = form_page(&page);
    assert_eq!(html.matches("matrix-title").count(), 1, "said once for the eyes");
    assert_eq!(html.matches("How was the service? </span>").count(), 3, "and with each row for the ears");
}

#[test]
fn a_cascade_says_its_ways_in_full_under_their_first_step() {
    let html = form_page(&page(known(json!({"region": ["330000", "330100", "330106"]}))));
    assert!(html.contains("<optgroup label=\"Zhejiang\">"));
    assert!(html.contains("Zhejiang / Hangzhou / Binjiang"));
    assert_eq!(html.matches("330106").count(), 1, "the page's data does not hold the tree again");
}

#[test]
fn files_travel_in_their_own_envelope() {
    let with = form_page(&page(known(json!({}))));
    assert!(
        with.contains("enctype=\"multipart/form-data\"") && with.contains("accept=\"application/pdf,.docx\"")
    );
    let without = form_page(&crate::sample::nps(Language::En));
    assert!(!without.contains("enctype"));
}

#[test]
fn a_computed_value_is_said_and_not_asked() {
    let html = form_page(&page(known(json!({"total": 99}))));
    assert!(html.contains(">12</output>"), "what was posted is not believed");
    assert!(!html.contains("name=\"/total\""));
}

#[test]
fn words_between_questions_hold_no_html_of_their_author() {
    let mut document: Value =
        serde_json::from_str(include_str!("../../../../form-engine/tests/data/kinds.json")).unwrap();
    document["rules"] = json!([{"set": "/total", "to": 12}]);
    document["layout"]["pages"][0]["items"][0]["text"] = json!(
        "## Before\n\nSay **all** of *it* <script>alert(1)</script>\n- [terms](https://example.com/a?b=1&c=2)\n- [bad](javascript:alert(1))\n- 2 * 3 * 4"
    );
    let form = compile(&FormDefinition::parse(&document).unwrap()).unwrap();
    let html = form_page(&ask(&form, "kinds", frame(Language::En), &known(json!({}))));
    let start = html.find("words-between").unwrap();
    let words = &html[start..start + html[start..].find("</div>").unwrap()];
    assert!(
        words.contains("<h3>Before")
            && words.contains("<strong>all</strong>")
            && words.contains("<em>it</em>"),
        "{words}"
    );
    assert!(words.contains("href=\"https://example.com/a?b=1&amp;c=2\""), "{words}");
    assert!(words.contains("&lt;script&gt;") && !words.contains("<script>"), "{words}");
    assert!(!words.contains("href=\"javascript"), "{words}");
    assert!(words.contains("2 * 3 * 4"), "a star between spaces is a star: {words}");
    assert!(words.contains("[bad](javascript:alert(1))"), "what is no link is text: {words}");
}
