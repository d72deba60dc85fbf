//! A form sent to people, each with a link of their own.

use serde::{Deserialize, Serialize};

/// `POST /api/v1/forms/{key}/invitations`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInvitations {
    /// At most 2,000 at a time. Who has an open invitation to the form keeps it and gets no other.
    pub recipients: Vec<NewRecipient>,
    /// What is mailed to those with a mail address; without it links are only made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<InvitationMail>,
}

/// One of them: known by at least one of mail address, phone number and id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRecipient {
    /// For `{{name}}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// How another system knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<String>,
}

/// A mail. `{{link}}` is the personal link; `{{scores}}` a line for each point of the form's first scale, whose link opens
/// the form with that point chosen: nothing is stored before the reader sends it. Also `{{name}}` and `{{team}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationMail {
    /// Subject line.
    pub subject: String,
    /// Plain text; a way to opt out is put below.
    pub text: String,
    /// Whoever is silent after so many days is reminded once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_after_days: Option<u32>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedCount {
    /// New links.
    pub invited: u32,
    /// Had an open invitation already.
    pub known: u32,
    /// Mails on their way.
    pub mailed: u32,
    /// Want no mails: their link is made and not mailed.
    pub opted_out: u32,
}

/// `POST /api/v1/forms/{key}/invitations/read`: whom a list names, before anybody is invited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadRecipients {
    /// Each once, in the order of the list.
    pub recipients: Vec<NewRecipient>,
    /// Lines without a mail address or phone number.
    pub unread: Vec<String>,
}

/// `POST /api/v1/forms/{key}/invitations/remind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindedCount {
    /// Mails on their way.
    pub reminded: u32,
    /// Silent, and written to within the last day: not again today.
    pub lately: u32,
}

/// `GET /api/v1/forms/{key}/invitations`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationList {
    /// Everybody.
    pub invited: u32,
    /// Of them, those a mail went to.
    pub mailed: u32,
    /// Of them, those who began to answer.
    pub opened: u32,
    /// Of them, those who answered.
    pub answered: u32,
    /// Of them, those who were reminded.
    pub reminded: u32,
    /// False when no SMTP server is set: mails are kept here and go to nobody.
    pub delivers: bool,
    /// In the order they were invited.
    pub items: Vec<RecipientView>,
}

/// One of them, and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipientView {
    /// Who.
    #[serde(flatten)]
    pub recipient: NewRecipient,
    /// Their link, good for one answer.
    pub url: String,
    /// RFC 3339; absent: no mail was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed_at: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<String>,
    /// RFC 3339, when they first touched the form's page; following the link is not enough, robots do that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<String>,
    /// RFC 3339; absent: silent so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<String>,
    /// Wants no mails.
    pub opted_out: bool,
}
