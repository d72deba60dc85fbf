//! The public pages, judged by the HTML they write.
#![expect(clippy::unwrap_used, reason = "in tests a failure is a finding")]

mod ask;
mod form;
mod html;
mod kinds;
mod labels;
mod pages;
mod policy;
mod progress;
mod sample;
mod style;
mod weight;
mod words;

use form_engine::Language;
use web_public::{Notice, form_page, notice_page, progress_page, thanks_page};

const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

/// Every kind of page in one language, with a name for messages.
fn every_page(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("nps", form_page(&sample::nps(language))),
        ("nps-low", form_page(&sample::nps_low(language))),
        ("kinds", form_page(&sample::kinds(language))),
        ("thanks", thanks_page(&sample::thanks(language))),
        ("progress", progress_page(&sample::progress(language))),
        ("solved", progress_page(&sample::progress_solved(language))),
    ];
    let notices = [
        Notice::Unknown,
        Notice::Closed,
        Notice::NotOpen(sample::moment(1, 9, 0)),
        Notice::Invitation,
        Notice::QuotaFull,
        Notice::Answered,
        Notice::SentBefore { slug: "nps".to_owned() },
        Notice::TooLarge,
        Notice::Busy,
        Notice::Fault,
    ];
    pages.extend(notices.map(|notice| ("notice", notice_page(&sample::notice(language, notice)))));
    pages
}
