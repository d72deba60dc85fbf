//! Members, roles and departments of a team.

use serde::{Deserialize, Serialize};

/// What a member may do in a team, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[derive(PartialOrd, Ord, Hash)]
pub enum Role {
    /// Everything, and hands the team over.
    Owner,
    /// Everything but ownership.
    Admin,
    /// Draws forms, flows and dashboards.
    Designer,
    /// Works tickets and tasks.
    Agent,
    /// Looks at boards and lists.
    Viewer,
    /// Fills permitted forms; sees own requests and approvals.
    Member,
}

/// One member: `GET /api/v1/members`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// The user's id.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// Absent for people without mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Role in this team.
    pub role: Role,
    /// Key of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Heads that department.
    pub head: bool,
    /// Gets no new work while true.
    pub away: bool,
}

/// `POST /api/v1/members`: makes the user, or adds an existing one by mail address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// Shown to colleagues.
    pub name: String,
    /// Signs in with it.
    pub email: String,
    /// At least 10 characters.
    pub password: String,
    /// Role in this team.
    pub role: Role,
    /// Key of a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
}

/// `PATCH /api/v1/members/{id}`: absent members stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Default)]
pub struct ChangeMember {
    /// Key of a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Gets no new work while true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<bool>,
    /// Heads the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<bool>,
}

/// `PUT /api/v1/members/{id}/role`: an endpoint of its own, so that no other body can grant rights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRole {
    /// The new role.
    pub role: Role,
}

/// `GET /api/v1/departments`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartmentView {
    /// Stable within the team; flows name departments by it.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// User id of the head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// How many members it has.
    pub members: u32,
    /// Key of the department it stands below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// `POST /api/v1/departments`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDepartment {
    /// Lower-case letters, digits, hyphens.
    pub key: String,
    /// A string or `{lang: string}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub title: form_engine::Text,
    /// Key of the department it stands below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// `PATCH /api/v1/departments/{key}`: absent members stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeDepartment {
    /// In the caller's language; other languages keep theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Key of the department it stands below; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// User id of the head; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}
