//! The form page as a form that works by itself, and as what the module finds.

use form_engine::Language;
use serde_json::json;
use web_public::{FieldKind, Page, form_page};

use crate::html::{Tag, tags};
use crate::sample::{self, question};

fn inputs<'a>(tags: &'a [Tag], name: &str) -> Vec<&'a Tag> {
    tags.iter().filter(|tag| tag.get("name") == Some(name)).collect()
}

#[test]
fn nps_is_eleven_radios_without_a_judgement() {
    let tags = tags(&form_page(&sample::nps(Language::En)));
    let scores = inputs(&tags, "/score");
    let values: Vec<&str> = scores.iter().filter_map(|tag| tag.get("value")).collect();
    assert_eq!(values, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    assert!(scores.iter().all(|tag| tag.get("type") == Some("radio") && tag.get("class").is_none()));
    assert_eq!(scores[0].get("aria-label"), Some("0, Not at all likely"));
}

#[test]
fn hidden_questions_are_in_the_page_and_say_so() {
    let tags = tags(&form_page(&sample::nps(Language::Zh)));
    let by_path = |path: &str| tags.iter().find(|tag| tag.get("data-path") == Some(path)).unwrap();
    assert!(by_path("/contact").get("hidden").is_some());
    assert!(by_path("/reason").get("hidden").is_none());
    let seen = inputs(&tags, "_seen")[0].get("value").unwrap().to_owned();
    assert_eq!(seen, "/score /reason /region /product");
}

#[test]
fn a_score_and_its_why_share_the_first_screen() {
    let tags = tags(&form_page(&sample::nps(Language::Zh)));
    let now: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.get("class").is_some_and(|class| class.split(' ').any(|one| one == "now")))
        .filter_map(|tag| tag.get("data-path"))
        .collect();
    assert_eq!(now, ["/score", "/reason"]);
    assert_eq!(tags.iter().find(|tag| tag.name == "form").unwrap().get("data-steps"), Some("phone"));
}

#[test]
fn a_long_form_is_not_asked_one_by_one() {
    let tags = tags(&form_page(&sample::kinds(Language::Zh)));
    assert_eq!(tags.iter().find(|tag| tag.name == "form").unwrap().get("data-steps"), None);
}

#[test]
fn values_come_back_in_every_kind_of_input() {
    let tags = tags(&form_page(&sample::kinds(Language::Zh)));
    let chosen = |name: &str| -> Vec<String> {
        inputs(&tags, name)
            .iter()
            .filter(|tag| tag.get("checked").is_some())
            .filter_map(|tag| tag.get("value").map(str::to_owned))
            .collect()
    };
    assert_eq!(chosen("/single"), ["b"]);
    assert_eq!(chosen("/multiple"), ["a", "c"]);
    assert_eq!(chosen("/rating"), ["4"]);
    assert_eq!(chosen("/consent"), ["true"]);
    assert_eq!(inputs(&tags, "/email")[0].get("value"), Some("li@example"));
}

#[test]
fn problems_stand_at_their_fields_and_in_a_list_the_browser_goes_to() {
    let html = form_page(&sample::kinds(Language::Zh));
    let tags = tags(&html);
    let email = inputs(&tags, "/email")[0];
    assert_eq!(email.get("aria-invalid"), Some("true"));
    let described = email.get("aria-describedby").unwrap().to_owned();
    let place = tags.iter().find(|tag| tag.get("id") == Some(&described)).unwrap();
    assert!(place.get("hidden").is_none());
    let form = tags.iter().find(|tag| tag.name == "form").unwrap();
    assert_eq!(form.get("action"), Some("/f/nps#now"));
    assert!(tags.iter().any(|tag| tag.get("id") == Some("now") && tag.get("role") == Some("alert")));
    assert!(html.contains("href=\"#q12\""), "the list leads to the field");
}

#[test]
fn questions_that_appeared_are_announced_where_they_stand() {
    let html = form_page(&sample::nps_low(Language::Zh));
    let word = html.find("id=\"now\"").unwrap();
    let about = html.find("data-path=\"/about\"").unwrap();
    let product = html.find("data-path=\"/product\"").unwrap();
    assert!(product < word && word < about);
}

#[test]
fn other_pages_are_carried_along_hidden() {
    let mut page = sample::nps(Language::En);
    let mut note = question("/note", FieldKind::Text, "Anything else?");
    note.value = json!("kept");
    page.pages.push(Page {
        title: Some("Last".to_owned()),
        help: None,
        questions: vec![note],
        texts: Vec::new(),
    });
    page.current = 0;
    let tags = tags(&form_page(&page));
    let sections: Vec<&Tag> = tags.iter().filter(|tag| tag.get("data-page").is_some()).collect();
    assert!(sections[0].get("hidden").is_none() && sections[1].get("hidden").is_some());
    assert_eq!(inputs(&tags, "/note")[0].get("value"), Some("kept"));
    assert_eq!(inputs(&tags, "_page")[0].get("value"), Some("0"));
    let steps: Vec<&str> = inputs(&tags, "_step").iter().filter_map(|tag| tag.get("value")).collect();
    assert_eq!(steps, ["next", "send", "back"], "the primary button is the first: Enter means go on");
}

#[test]
fn a_yes_or_no_question_tells_no_from_no_answer() {
    let mut page = sample::nps(Language::En);
    page.pages[0].questions = vec![question("/again", FieldKind::Boolean, "Would you buy again?")];
    let none = tags(&form_page(&page));
    assert!(inputs(&none, "/again").iter().all(|tag| tag.get("checked").is_none()));
    page.pages[0].questions[0].value = json!(false);
    let no = tags(&form_page(&page));
    let chosen: Vec<_> =
        inputs(&no, "/again").into_iter().filter(|tag| tag.get("checked").is_some()).collect();
    assert_eq!(chosen.len(), 1);
    assert_eq!(chosen[0].get("value"), Some("false"));
}
