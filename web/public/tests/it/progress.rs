//! The progress page says where things stand, what was promised and what was said.

use form_engine::Language;
use web_public::{Kept, Outcome, progress_page};

use crate::html::tags;
use crate::sample::{self, moment};

#[test]
fn replies_and_promises_stand_in_local_words() {
    let zh = progress_page(&sample::progress(Language::Zh));
    assert!(zh.contains("明天会有师傅联系您"));
    assert!(zh.contains("已做到，今天 09:41"));
    assert!(zh.contains("11 月 25 日 15:20 前"));
    let en = progress_page(&sample::progress(Language::En));
    assert!(en.contains("kept, today at 09:41"));
    assert!(en.contains("by 25 Nov at 15:20"));
}

#[test]
fn a_broken_promise_is_not_hidden() {
    let mut page = sample::progress(Language::En);
    page.promises[0].kept = Kept::Late;
    assert!(progress_page(&page).contains("overdue"));
    page.promises[0].kept = Kept::MetLate(moment(0, 9, 41));
    assert!(progress_page(&page).contains("later than promised, today at 09:41"));
}

#[test]
fn actions_are_offered_only_when_they_are_taken() {
    let offered = |html: &str| -> Vec<String> {
        tags(html)
            .iter()
            .filter(|tag| tag.get("name") == Some("action"))
            .filter_map(|tag| tag.get("value").map(str::to_owned))
            .collect()
    };
    assert_eq!(offered(&progress_page(&sample::progress(Language::Zh))), ["message"]);
    assert_eq!(
        offered(&progress_page(&sample::progress_solved(Language::Zh))),
        ["confirm", "reject", "message"]
    );
    let mut over = sample::progress(Language::Zh);
    over.may_write = false;
    assert!(offered(&progress_page(&over)).is_empty());
}

#[test]
fn words_that_were_not_taken_are_still_in_the_box() {
    let mut page = sample::progress(Language::Zh);
    page.outcome = Some(Outcome::TooLong);
    page.typed = "很长的话".to_owned();
    let html = progress_page(&page);
    assert!(html.contains("很长的话</textarea>"));
    assert!(html.contains("4000 字以内"));
}

#[test]
fn moments_far_away_say_their_year() {
    let mut far = moment(0, 9, 5);
    (far.year, far.days_away, far.this_year) = (2027, 400, false);
    assert_eq!(far.words(Language::Zh), "2027 年 11 月 23 日 09:05");
    assert_eq!(far.words(Language::En), "23 Nov 2027 at 09:05");
    assert_eq!(moment(1, 9, 0).words(Language::Zh), "明天 09:00");
    assert_eq!(moment(-1, 9, 0).words(Language::En), "yesterday at 09:00");
}
