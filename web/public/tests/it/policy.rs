//! What the server's content policy forbids is not in the pages, whatever authors and customers write.

use serde_json::json;
use web_public::{form_page, progress_page, thanks_page};

use crate::html::tags;
use crate::{LANGUAGES, every_page, sample};

const HOSTILE: &str =
    "</title></script></textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;<!--";

#[test]
fn no_page_has_inline_script_or_style() {
    for language in LANGUAGES {
        for (page, html) in every_page(language) {
            for tag in tags(&html) {
                assert_ne!(tag.name, "style", "{page}");
                assert_eq!(tag.get("style"), None, "{page}: {tag:?}");
                let handler = tag.attributes.iter().find(|(name, _)| name.starts_with("on"));
                assert_eq!(handler, None, "{page}: {tag:?}");
                if tag.name == "script" {
                    let inert = tag.get("type") == Some("application/json");
                    assert!(inert || tag.get("src").is_some(), "{page}: {tag:?} is inline");
                }
            }
        }
    }
}

#[test]
fn pages_load_only_from_their_own_host() {
    for (page, html) in every_page(form_engine::Language::En) {
        for tag in
            tags(&html).iter().filter(|tag| matches!(tag.name.as_str(), "script" | "link" | "img" | "form"))
        {
            for address in ["src", "href", "action"].iter().filter_map(|name| tag.get(name)) {
                assert!(address.starts_with('/') || address.starts_with("data:"), "{page}: {tag:?}");
            }
        }
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let language = form_engine::Language::En;
    let mut form = sample::kinds(language);
    form.title = HOSTILE.to_owned();
    form.intro = Some(HOSTILE.to_owned());
    form.refusal = Some(HOSTILE.to_owned());
    form.client = json!({ "title": HOSTILE });
    form.thanks[0].title = Some(HOSTILE.to_owned());
    form.frame.team = Some(HOSTILE.to_owned());
    for question in &mut form.pages[0].questions {
        question.title = HOSTILE.to_owned();
        question.help = Some(HOSTILE.to_owned());
        question.placeholder = Some(HOSTILE.to_owned());
        question.problem = Some(HOSTILE.to_owned());
        question.value = json!(HOSTILE);
        for option in &mut question.options {
            option.label = HOSTILE.to_owned();
            option.value = json!(HOSTILE);
        }
    }
    let mut thanks = sample::thanks(language);
    thanks.thanks.title = Some(HOSTILE.to_owned());
    thanks.thanks.text = Some(HOSTILE.to_owned());
    thanks.receipt = HOSTILE.to_owned();
    let mut progress = sample::progress(language);
    progress.title = HOSTILE.to_owned();
    progress.typed = HOSTILE.to_owned();
    progress.messages[0].text = HOSTILE.to_owned();
    progress.messages[0].from = Some(HOSTILE.to_owned());
    progress.answers = vec![(HOSTILE.to_owned(), HOSTILE.to_owned())];
    progress.steps[0].title = HOSTILE.to_owned();
    for html in [form_page(&form), thanks_page(&thanks), progress_page(&progress)] {
        let tags = tags(&html);
        assert!(tags.iter().all(|tag| tag.name != "img"), "an image got in");
        assert!(tags.iter().all(|tag| !tag.attributes.iter().any(|(name, _)| name.starts_with("on"))));
        let scripts = tags.iter().filter(|tag| tag.name == "script");
        assert!(
            scripts
                .clone()
                .all(|tag| tag.get("src").is_some() || tag.get("type") == Some("application/json"))
        );
        assert_eq!(html.matches("alert(1)</script>").count(), 0);
    }
}

#[test]
fn what_was_typed_comes_back_letter_by_letter() {
    let mut form = sample::nps(form_engine::Language::Zh);
    form.pages[0].questions[1].value = json!("\n两行 & <b>\n第二行");
    let html = form_page(&form);
    assert!(html.contains(">\n\n两行 &amp; &lt;b>\n第二行</textarea>"), "{html}");
}

#[test]
fn a_link_of_an_author_cannot_run_script() {
    let mut thanks = sample::thanks(form_engine::Language::Zh);
    thanks.thanks.link = Some(("看看".to_owned(), "javascript:alert(1)".to_owned()));
    assert!(!thanks_page(&thanks).contains("javascript:"));
    thanks.thanks.link = Some(("看看".to_owned(), "https://example.com/a?b=c".to_owned()));
    assert!(thanks_page(&thanks).contains("https://example.com/a?b=c"));
}
