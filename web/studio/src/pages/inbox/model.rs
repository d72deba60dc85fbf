//! What the inbox decides, without a browser: names of views, how news meets what is on the screen.

use api_types::{ClockState, ClockView, InboxView, TicketLine};
use web_ui::Tone;

use crate::{
    format,
    i18n::{Language, Message, inbox as m},
};

/// Views in order of urgency.
pub const VIEWS: [InboxView; 6] = [
    InboxView::Mine,
    InboxView::Breached,
    InboxView::Unassigned,
    InboxView::Department,
    InboxView::Open,
    InboxView::Closed,
];

/// As in addresses.
#[must_use]
pub const fn view_key(view: InboxView) -> &'static str {
    match view {
        InboxView::Mine => "mine",
        InboxView::Unassigned => "unassigned",
        InboxView::Department => "department",
        InboxView::Open => "open",
        InboxView::Breached => "breached",
        InboxView::Closed => "closed",
    }
}

/// The view an address names; unknown ones are the caller's own.
#[must_use]
pub fn view_of(key: Option<&str>) -> InboxView {
    VIEWS.into_iter().find(|view| Some(view_key(*view)) == key).unwrap_or(InboxView::Mine)
}

/// As read.
#[must_use]
pub const fn view_name(view: InboxView) -> Message {
    match view {
        InboxView::Mine => m::MINE,
        InboxView::Unassigned => m::UNASSIGNED,
        InboxView::Department => m::DEPARTMENT,
        InboxView::Open => m::OPEN,
        InboxView::Breached => m::BREACHED,
        InboxView::Closed => m::CLOSED,
    }
}

/// Should its count stand out, and is it good when empty?
#[must_use]
pub const fn is_urgent(view: InboxView) -> bool {
    matches!(view, InboxView::Breached)
}

/// What the list becomes when a newer first page came.
#[derive(Debug, PartialEq)]
pub struct Merged {
    /// In the order that is on the screen.
    pub shown: Vec<TicketLine>,
    /// How many lines are new and wait.
    pub fresh: usize,
}

/// Lines keep their places and take their new content; what left the view goes, except the open ticket
/// and what may stand on later pages; new ones wait.
#[must_use]
pub fn merge(shown: &[TicketLine], newer: &[TicketLine], has_more: bool, open: Option<&str>) -> Merged {
    let kept = shown
        .iter()
        .filter_map(|line| {
            let now = newer.iter().find(|candidate| candidate.id == line.id).cloned();
            let is_open = open == Some(line.id.as_str());
            // Where it stands now is said in the open ticket; the line must not go on saying what was.
            let left =
                || TicketLine { clock: None, breached: false, state_title: String::new(), ..line.clone() };
            now.or_else(|| if has_more { Some(line.clone()) } else { is_open.then(left) })
        })
        .collect();
    let fresh = newer.iter().filter(|line| !shown.iter().any(|old| old.id == line.id)).count();
    Merged { shown: kept, fresh }
}

/// What a clock says on a line, and how loudly.
#[must_use]
pub fn clock_words(clock: &ClockView, now: i64, language: Language) -> (String, Tone) {
    match (clock.state, clock.due_at.as_deref().and_then(format::parse_ms)) {
        (ClockState::Met, _) => (m::MET.in_language(language).to_owned(), Tone::Success),
        (ClockState::Cancelled, _) => (m::CANCELLED.in_language(language).to_owned(), Tone::Neutral),
        (ClockState::Paused, _) | (ClockState::Running, None) => {
            (m::PAUSED.in_language(language).to_owned(), Tone::Neutral)
        }
        (ClockState::Breached, None) => (m::LATE.in_language(language).to_owned(), Tone::Error),
        (ClockState::Breached, Some(_)) if clock.stopped_at.is_some() => {
            (m::LATE.in_language(language).to_owned(), Tone::Error)
        }
        (ClockState::Running | ClockState::Breached, Some(due)) => {
            let tone = if due < now {
                Tone::Error
            } else if clock.warned || due - now < 2 * 3_600_000 {
                Tone::Warning
            } else {
                Tone::Neutral
            };
            (format::countdown(due, now, language), tone)
        }
    }
}
