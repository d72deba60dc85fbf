//! What news does to the list on the screen, and what a clock says.

use api_types::{ClockState, ClockView, InboxView, TicketLine};
use studio::{
    i18n::Language::En,
    pages::inbox::model::{VIEWS, clock_words, merge, view_key, view_of},
};
use web_ui::Tone;

fn line(id: &str, summary: &str) -> TicketLine {
    TicketLine {
        id: id.into(),
        form: "ticket".into(),
        number: 1,
        customer: "c".into(),
        summary: summary.into(),
        score: None,
        state: "handling".into(),
        state_title: "handling".into(),
        assignee: None,
        assignee_name: None,
        department_title: None,
        clock: None,
        breached: false,
        tags: vec![],
        created_at: "2026-11-23T03:18:44Z".into(),
    }
}

fn ids(lines: &[TicketLine]) -> Vec<&str> {
    lines.iter().map(|line| line.id.as_str()).collect()
}

#[test]
fn lines_keep_their_places_while_new_ones_wait() {
    let shown = [line("a", "old"), line("b", "old")];
    let newer = [line("c", "new"), line("b", "now"), line("a", "now")];
    let merged = merge(&shown, &newer, false, None);
    assert_eq!(ids(&merged.shown), ["a", "b"]);
    assert!(merged.shown.iter().all(|line| line.summary == "now"));
    assert_eq!(merged.fresh, 1);
}

#[test]
fn what_left_the_view_goes_but_not_under_the_readers_eyes() {
    let shown = [line("a", ""), line("b", ""), line("c", "")];
    let merged = merge(&shown, &[line("c", "")], false, Some("a"));
    assert_eq!(ids(&merged.shown), ["a", "c"]);
    assert_eq!(merged.fresh, 0);
}

#[test]
fn lines_of_later_pages_stay_while_only_the_first_page_is_known() {
    let shown = [line("a", ""), line("z", "")];
    assert_eq!(ids(&merge(&shown, &[line("a", "")], true, None).shown), ["a", "z"]);
}

#[test]
fn every_view_has_an_address_of_its_own() {
    for view in VIEWS {
        assert_eq!(view_of(Some(view_key(view))), view);
    }
    assert_eq!(view_of(Some("nonsense")), InboxView::Mine);
    assert_eq!(view_of(None), InboxView::Mine);
}

fn clock(state: ClockState, due: Option<&str>, stopped: bool, warned: bool) -> ClockView {
    ClockView {
        name: "first_reply".into(),
        title: "First reply".into(),
        state,
        due_at: due.map(str::to_owned),
        started_at: "2026-11-23T00:00:00Z".into(),
        stopped_at: stopped.then(|| "2026-11-23T05:00:00Z".into()),
        warned,
    }
}

#[test]
fn a_clock_gets_louder_as_it_runs_out() {
    let now = studio::format::parse_ms("2026-11-23T03:00:00Z").expect("an instant");
    for (clock, words, tone) in [
        (
            clock(ClockState::Running, Some("2026-11-24T03:00:00Z"), false, false),
            "1 d 0 h left",
            Tone::Neutral,
        ),
        (
            clock(ClockState::Running, Some("2026-11-23T10:00:00Z"), false, true),
            "7 h 0 min left",
            Tone::Warning,
        ),
        (
            clock(ClockState::Running, Some("2026-11-23T04:00:00Z"), false, false),
            "1 h 0 min left",
            Tone::Warning,
        ),
        (
            clock(ClockState::Breached, Some("2026-11-23T01:00:00Z"), false, true),
            "2 h 0 min late",
            Tone::Error,
        ),
        (clock(ClockState::Breached, Some("2026-11-23T01:00:00Z"), true, true), "Overdue", Tone::Error),
        (clock(ClockState::Met, Some("2026-11-24T03:00:00Z"), true, false), "Met", Tone::Success),
        (clock(ClockState::Paused, None, false, false), "Paused", Tone::Neutral),
    ] {
        assert_eq!(clock_words(&clock, now, En), (words.to_owned(), tone), "{:?}", clock.state);
    }
}
