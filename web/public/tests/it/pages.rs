//! The smaller pages: a password first, half an answer kept, what somebody sent, a device that many people use.

use form_engine::Language;
use web_public::{
    Captcha, GatePage, OwnPage, OwnStep, SavedPage, Share, form_page, gate_page, own_page, saved_page,
    thanks_page,
};

use crate::sample;

const HOSTILE: &str = "\"><script>alert(1)</script>";

fn quiet(html: &str) {
    assert!(!html.contains("<script>alert") && !html.contains(" style="), "{html}");
}

#[test]
fn each_says_what_it_is_in_both_languages_and_nothing_typed_becomes_markup() {
    for language in [Language::Zh, Language::En] {
        let frame = sample::frame(language);
        let gate = GatePage { frame: frame.clone(), slug: "nps".to_owned(), wrong: true };
        let html = gate_page(&gate);
        assert!(html.contains("type=\"password\"") && html.contains("aria-invalid=\"true\""), "{html}");
        let asked = OwnStep::Ask { code: HOSTILE.to_owned(), contact: HOSTILE.to_owned(), problem: Some(()) };
        let html = own_page(&OwnPage { frame: frame.clone(), step: asked });
        quiet(&html);
        assert!(html.contains("role=\"alert\"") && html.contains("for=\"code\""), "{html}");
        let shown = OwnStep::Shown {
            title: HOSTILE.to_owned(),
            receipt: "K7M2-9QXD".to_owned(),
            received: sample::progress(language).received,
            answers: vec![(HOSTILE.to_owned(), HOSTILE.to_owned())],
            edit: Some("https://example.com/f/nps?e=a".to_owned()),
            key: "k".to_owned(),
        };
        let html = own_page(&OwnPage { frame: frame.clone(), step: shown });
        quiet(&html);
        assert!(!html.contains("hreflang"), "a link would lose what was looked up: {html}");
        let saved = SavedPage {
            frame: frame.clone(),
            url: "https://example.com/f/nps?s=a".to_owned(),
            code: "K7M2-9QXD".to_owned(),
            until: sample::progress(language).received,
            own: "https://example.com/r".to_owned(),
        };
        let html = saved_page(&saved);
        assert!(html.contains("K7M2-9QXD") && html.contains("https://example.com/r"), "{html}");
    }
}

#[test]
fn only_a_page_nothing_is_typed_into_leaves_by_itself() {
    let language = Language::En;
    let mut form = sample::nps(language);
    form.frame.again = Some("/f/nps?kiosk=1".to_owned());
    assert!(!form_page(&form).contains("http-equiv"));
    let mut thanks = sample::thanks(language);
    thanks.frame.again = Some("/f/nps?kiosk=1".to_owned());
    assert!(thanks_page(&thanks).contains("content=\"15;url=/f/nps?kiosk=1\""));
}

#[test]
fn the_sum_stands_on_the_last_page_only_and_its_result_nowhere() {
    let language = Language::Zh;
    let mut form = sample::nps(language);
    form.captcha = Some(Captcha { token: "t.s".to_owned(), bits: 16, sum: (9, 8) });
    form.current = form.pages.len() - 1;
    let html = form_page(&form);
    assert!(html.contains("九加八等于几") && !html.contains("\"17\""), "{html}");
    let share = Share {
        title: HOSTILE.to_owned(),
        description: None,
        picture: None,
        url: "https://example.com/f/nps".to_owned(),
    };
    form.frame.share = Some(share);
    quiet(&form_page(&form));
}

#[test]
fn the_way_to_what_was_sent_keeps_the_language_and_holds_the_code_in_no_address() {
    for (language, tag) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let html = thanks_page(&sample::thanks(language));
        let own = &html[html.rfind("<form").unwrap()..];
        let own = &own[..own.find("</form>").unwrap()];
        assert!(own.contains("action=\"/r\"") && own.contains("method=\"post\""), "{own}");
        assert!(own.contains(&format!("name=\"_language\" value=\"{tag}")), "{own}");
        assert!(own.contains("name=\"code\" data-receipt=\"\" value=\"K7M2-9QXD\""), "{own}");
        assert!(!html.contains("=K7M2"), "the code stands in no address: {html}");
        assert!(html.contains(&format!("/f/nps?e=abc&amp;lang={tag}\"")), "{html}");
        // In the page's own mould the script fills it in.
        let mut form = sample::nps(language);
        form.thanks.iter_mut().for_each(|thanks| thanks.own = true);
        let html = form_page(&form);
        assert!(html.contains("name=\"code\" data-receipt=\"\">"), "{html}");
    }
}

#[test]
fn who_corrects_an_answer_reads_which() {
    let mut form = sample::nps(Language::En);
    assert!(!form_page(&form).contains("K7M2-9QXD"));
    form.correcting = Some(("K7M2-9QXD".to_owned(), sample::moment(-1, 9, 30)));
    let html = form_page(&form);
    assert!(
        html.contains("You are changing what you sent yesterday at 09:30 (receipt K7M2-9QXD)."),
        "{html}"
    );
}
