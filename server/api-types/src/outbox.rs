//! What left the building, and the mailbox that shows it.

use serde::{Deserialize, Serialize};

/// A page of `GET /api/v1/outbox?submission=&cursor=`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxPage {
    /// Newest first.
    pub items: Vec<OutboxView>,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
    /// False when no SMTP server is set: mails stay here to be read.
    pub delivers: bool,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxView {
    /// Opaque.
    pub id: String,
    /// `mail` or `webhook`.
    pub kind: String,
    /// Address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// `pending`, `sent`, `kept` (no SMTP server) or `failed`.
    pub status: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The submission it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<String>,
    /// The same for every try: `Message-ID` of a mail.
    pub message_id: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
}
