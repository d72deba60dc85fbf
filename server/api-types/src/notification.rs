//! Notifications: what concerns one person, and which kinds they want to hear of.

use serde::{Deserialize, Serialize};

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A ticket was given to them.
    Assigned,
    /// A task waits for them: an approval, something that came back.
    Task,
    /// The customer wrote, or said how it went, on their ticket.
    Customer,
    /// A promise on their ticket runs out soon.
    ClockWarned,
    /// A promise on their ticket was broken.
    ClockBroken,
    /// What they handed in was decided.
    Decided,
    /// A colleague named them in a note.
    Mentioned,
    /// An import they started has ended.
    Imported,
}

impl NotificationKind {
    /// Every kind, in the order in which they are chosen from.
    pub const ALL: [Self; 8] = [
        Self::Assigned,
        Self::Task,
        Self::Customer,
        Self::ClockWarned,
        Self::ClockBroken,
        Self::Decided,
        Self::Mentioned,
        Self::Imported,
    ];

    /// As on the wire and in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Task => "task",
            Self::Customer => "customer",
            Self::ClockWarned => "clock_warned",
            Self::ClockBroken => "clock_broken",
            Self::Decided => "decided",
            Self::Mentioned => "mentioned",
            Self::Imported => "imported",
        }
    }

    /// The kind a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotificationView {
    /// Its id.
    pub id: String,
    /// Why.
    pub kind: NotificationKind,
    /// What it is about, as people call it: `Ticket #12`.
    pub about: String,
    /// What happened, in the reader's language.
    pub text: String,
    /// The submission it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<String>,
    /// The form it is about, where it is about no single submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// RFC 3339.
    pub at: String,
    /// Was seen.
    pub read: bool,
}

/// `GET /api/v1/notifications?cursor=&limit=`: newest first. A page may hold fewer than asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotificationPage {
    /// In order.
    pub items: Vec<NotificationView>,
    /// How many are unread, up to 100.
    pub unread: u32,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// `POST /api/v1/notifications/read`: these, those about a submission, or without either all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadNotifications {
    /// One of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whatever is about this submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<String>,
}

/// `GET`, `PUT /api/v1/notifications/choices`: what the caller does not want to hear of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationChoices {
    /// Kinds that are left out; every other one is told.
    pub muted: Vec<NotificationKind>,
}
