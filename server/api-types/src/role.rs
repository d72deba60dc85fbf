//! Roles that a team has drawn.

use serde::{Deserialize, Serialize};

use crate::Role;

/// A line of `GET /api/v1/roles`: a role in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleView {
    /// Unique per team.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// Id of its definition.
    pub definition: String,
    /// What it allows.
    pub grants: Vec<GrantView>,
    /// Everybody in this place holds it, since it has the place's word for its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Role>,
    /// Ids of the members it was given to.
    pub holders: Vec<String>,
}

/// What a role allows with a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantView {
    /// The form's key; `*` is every form.
    pub form: String,
    /// In the caller's language; the key where there is no such form.
    pub form_title: String,
    /// `own`, `department`, `departments_below` or `all`.
    pub rows: String,
    /// It holds for some of these rows alone.
    pub only: bool,
    /// `see`, `add`, `edit`, `delete`, `export`, `print`.
    pub verbs: Vec<String>,
    /// Pointers of fields that are not there.
    pub hide: Vec<String>,
    /// Pointers of fields that cannot be changed.
    pub read_only: Vec<String>,
}

/// `PUT /api/v1/members/{id}/roles`: these and no others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiveRoles {
    /// Keys of roles in force.
    pub roles: Vec<String>,
}
