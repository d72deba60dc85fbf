//! What a team sets beside its definitions: passwords of forms, files at the root, the secret of pages that frame forms.

use serde::{Deserialize, Serialize};

/// `PUT /api/v1/forms/{key}/password`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetFormPassword {
    /// What the page asks for; null: nothing.
    pub password: Option<String>,
}

/// `PUT /api/v1/site-files`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetSiteFile {
    /// `MP_verify_abc.txt`.
    pub name: String,
    /// As the messenger gave it.
    pub content: String,
}

/// A file at the root of the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteFileView {
    /// `MP_verify_abc.txt`.
    pub name: String,
    /// Where it stands.
    pub url: String,
    /// What it holds.
    pub content: String,
    /// RFC 3339.
    pub updated_at: String,
}

/// With what a team's server seals who a customer is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedSecretView {
    /// For the team's server alone: never in a page.
    pub secret: String,
}
