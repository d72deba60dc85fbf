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
    /// Six digits of the authenticator, or a recovery code: asked for by `auth.second_step`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
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
    /// The team asks its owners and admins for the second step, and the user has none on: nothing else is answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owes_second_step: bool,
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

/// `GET /api/v1/account/second-step`: is signing in asked for a code as well?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepView {
    /// It is.
    pub on: bool,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
}

/// `GET` and `PUT /api/v1/team/second-step`: must owners and admins sign in with it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamSecondStep {
    /// They must.
    pub required: bool,
}

/// `POST /api/v1/account/second-step`: begins to switch it on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginSecondStep {
    /// The present password.
    pub password: String,
}

/// What an authenticator needs; shown this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepSecret {
    /// To type in: base 32 (RFC 4648).
    pub secret: String,
    /// `otpauth://totp/…`
    pub uri: String,
    /// `uri` as a QR code: an SVG document.
    pub qr: String,
}

/// `PUT /api/v1/account/second-step`: a first code, which shows that the authenticator works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmSecondStep {
    /// Six digits.
    pub code: String,
}

/// Codes that stand in, once each, for a lost authenticator; shown this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// To be kept on paper.
    pub codes: Vec<String>,
}

/// `POST /api/v1/account/second-step/off`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndSecondStep {
    /// The present password.
    pub password: String,
    /// Six digits, or a recovery code.
    pub code: String,
}

/// `POST /api/v1/reset`: a link by mail for who forgot a password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskReset {
    /// Mail address, mobile number or user name.
    pub login: String,
}

/// `GET /api/v1/reset/{token}`: whose password the link sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetView {
    /// As colleagues see them.
    pub name: String,
    /// What they sign in with.
    pub login: String,
}

/// `POST /api/v1/reset/{token}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// The new one.
    pub password: String,
}

/// `POST /api/v1/setup/{token}`: the first team of an empty database, and its owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSetup {
    /// Name of the team, as customers read it.
    pub team: String,
    /// The owner's name.
    pub name: String,
    /// Mail address, mobile number or user name.
    pub login: String,
    /// At least 10 characters.
    pub password: String,
    /// `zh` or `en`.
    pub language: String,
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
