//! API tokens: bearer secrets for programs.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/tokens`: the secret is never shown again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenView {
    /// Opaque.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// First characters of the secret, to tell tokens apart.
    pub prefix: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
}

/// `POST /api/v1/tokens`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// What it is for.
    pub name: String,
}

/// The one answer that holds the secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedToken {
    /// How it will be listed.
    pub token: TokenView,
    /// Send as `Authorization: Bearer SECRET`.
    pub secret: String,
}
