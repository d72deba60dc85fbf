//! Signing in, and who is asking.

use serde::{Deserialize, Serialize};

use crate::Role;

/// `POST /api/v1/session`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Mail address, mobile number or user name.
    pub login: String,
    /// As typed.
    pub password: String,
}

/// Who is signed in, and in which team: the answer of `POST` and `GET /api/v1/session`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// The signed-in user.
    pub user: UserView,
    /// The team whose data the session sees.
    pub team: TeamView,
    /// The user's role in `team`.
    pub role: Role,
    /// Every team the user belongs to.
    pub teams: Vec<TeamView>,
    /// The admin who looks at what this user sees, and can do nothing meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<String>,
    /// True when the server runs plain HTTP off loopback; admins see a banner.
    pub insecure_http: bool,
}

/// `PATCH /api/v1/session`: absent members stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Default)]
pub struct ChangeSession {
    /// Work in another team of the user's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// `zh` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A line of `GET /api/v1/account/sessions`: a browser the caller is signed in with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Opaque.
    pub id: String,
    /// What the browser called itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339 of its last request, to the minute or so.
    pub seen_at: String,
    /// True for the browser that asks.
    pub here: bool,
}

/// `PUT /api/v1/account/password`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The present one.
    pub current: String,
    /// The new one.
    pub password: String,
}

/// A person as shown beside what they did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    /// Opaque.
    pub id: String,
    /// As the person writes it.
    pub name: String,
    /// Absent for people without mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `zh` or `en`.
    pub language: String,
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamView {
    /// Opaque.
    pub id: String,
    /// As its owner wrote it.
    pub name: String,
}
