//! How a form reaches people: its addresses, what stands before its page, and what messengers show of it.

use form_engine::Text;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/forms/{key}/share`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareView {
    /// Of the form, in the caller's language.
    pub title: String,
    /// Id of its definition.
    pub definition: String,
    /// Address of the page; absent when the form has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where members fill it in.
    pub inside: String,
    /// The server's own address, without a slash at the end.
    pub home: String,
    /// The form's own first, then those for single places.
    pub links: Vec<ShortLinkView>,
    /// Questions that a short link's label may answer.
    pub sources: Vec<SourceView>,
    /// The page asks for a password.
    pub has_password: bool,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<String>,
    /// Most submissions it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u64>,
    /// How many it has taken.
    pub taken: u64,
    /// `nobody`, `device`, `invitation` or `customer` answers only once.
    pub one_per: String,
    /// Senders prove that they are no program.
    pub captcha: bool,
    /// Origins whose pages may frame it.
    pub embed: Vec<String>,
    /// Head of the card that messengers show.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub card_title: Text,
    /// Below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub card_text: Option<Text>,
    /// Address of its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_picture: Option<String>,
    /// The question whose points a mail can show as buttons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_scale: Option<String>,
}

/// A question that a short link may answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceView {
    /// Its pointer.
    pub path: String,
    /// In the caller's language.
    pub title: String,
}

/// A short link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShortLinkView {
    /// What stands after `/q/`.
    pub code: String,
    /// The whole address.
    pub url: String,
    /// Where it hangs; absent for the form's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Pointer of the question that the label answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// RFC 3339.
    pub created_at: String,
}

/// `POST /api/v1/forms/{key}/links`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewShortLink {
    /// Where it hangs: `table 12`, `receipt`, `WeChat article`.
    pub label: String,
    /// Pointer of the question that the label answers, so that every answer says where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
