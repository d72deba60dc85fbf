//! Customers: who they are and what they said before.

use serde::{Deserialize, Serialize};

use crate::EventView;

/// A line of `GET /api/v1/customers?search=&cursor=`, and the card on a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerView {
    /// Opaque.
    pub id: String,
    /// Name, or the first identity.
    pub name: String,
    /// Ways to recognise and reach the customer.
    pub identities: Vec<IdentityView>,
    /// Marks.
    pub tags: Vec<String>,
    /// `vip`, `standard` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// How many submissions are theirs.
    pub submissions: u64,
    /// How many of those are open tickets.
    pub open_tickets: u64,
    /// The last NPS answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_score: Option<f64>,
    /// RFC 3339.
    pub created_at: String,
}

/// One identity of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityView {
    /// `mail`, `phone` or `external`.
    pub kind: String,
    /// Normalised.
    pub value: String,
}

/// A page of customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerPage {
    /// Newest first.
    pub items: Vec<CustomerView>,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// `GET /api/v1/customers/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerDetail {
    /// The customer.
    #[serde(flatten)]
    pub customer: CustomerView,
    /// Newest first, over all their submissions.
    pub timeline: Vec<CustomerEvent>,
}

/// A line of a customer's timeline, with the submission it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerEvent {
    /// The submission's id.
    pub submission: String,
    /// Title of its form.
    pub form_title: String,
    /// Counts per form.
    pub number: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: EventView,
}
