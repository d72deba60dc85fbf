//! Notes: lines of a case's timeline, which is also its audit log.

use serde_json::{Value, json};

use super::Case;
use crate::error::ApiError;
use crate::store::event::EventRow;

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Note {
    kind: &'static str,
    is_public: bool,
    data: Value,
}

impl Note {
    /// For colleagues.
    pub fn internal(kind: &'static str, data: Value) -> Self {
        Self { kind, is_public: false, data }
    }

    /// Shows on the customer's progress page too.
    pub fn public(kind: &'static str, data: Value) -> Self {
        Self { kind, is_public: true, data }
    }
}

impl Case<'_> {
    /// Adds a line to the timeline.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn note(&mut self, note: Note) -> Result<(), ApiError> {
        let row = EventRow {
            id: self.app.ids.next(),
            team_id: self.catalog.team,
            submission_id: Some(self.row.id),
            customer_id: self.row.customer_id,
            kind: note.kind.to_owned(),
            actor_id: self.actor,
            is_public: note.is_public,
            data: note.data.to_string(),
            created_at: self.now_ms,
        };
        self.add(row).await
    }

    /// A line about a message that was put into the outbox.
    pub(super) async fn note_message(
        &mut self,
        to: &str,
        about: &str,
        message: Value,
    ) -> Result<(), ApiError> {
        self.note(Note::internal("notified", json!({"to": to, "about": about, "message": message}))).await
    }
}
