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

impl Role {
    /// The word on the wire, in documents and in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Designer => "designer",
            Self::Agent => "agent",
            Self::Viewer => "viewer",
            Self::Member => "member",
        }
    }
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
    /// What they sign in with; for admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// For admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// User id of whom they answer to, where the team says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// User id of who stands in while they are away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<String>,
    /// What they can do, as the team words it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// Their access to this team is taken away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// They have not signed in yet: the account waits for its link to be opened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waiting: bool,
    /// Signing in asks them for a code as well; for admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_step: Option<bool>,
}

/// `POST /api/v1/members`: makes the user, or adds an existing one by mail address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// Shown to colleagues.
    pub name: String,
    /// Signs in with it: a mail address, a mobile number or a user name.
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
    /// Key of a department; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Gets no new work while true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<bool>,
    /// Heads the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<bool>,
    /// Shown to colleagues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail address, mobile number or user name to sign in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Where mail reaches them; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// User id of whom they answer to; empty for the head of their department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// User id of who stands in while they are away; empty for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<String>,
    /// What they can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<String>>,
    /// Takes their access to this team away, or gives it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
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

/// `POST /api/v1/invitations`: somebody is to join the team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInvitation {
    /// Role in this team; never `owner`.
    pub role: Role,
    /// Key of a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Suggested on the page that the link opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the link goes by mail, and what the page suggests to sign in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A line of `GET /api/v1/invitations`, and the answer of `POST`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationView {
    /// Opaque.
    pub id: String,
    /// Role in this team.
    pub role: Role,
    /// Key of a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it went by mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What may still become of it.
    pub state: InvitationState,
    /// Works once, while `state` is `open`; to be given to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub expires_at: String,
}

/// What may still become of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// The link works.
    Open,
    /// Somebody joined by it.
    Used,
    /// It was taken back.
    Revoked,
    /// It is too old, or whoever made it may not invite like that any more.
    Over,
}

/// `GET /api/v1/join/{token}`: what the link offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinView {
    /// Name of the team.
    pub team: String,
    /// Role in it.
    pub role: Role,
    /// Title of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Suggested; fixed when `is_waiting`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The account is there and waits for a password.
    pub is_waiting: bool,
}

/// `POST /api/v1/join/{token}`: makes the account, or takes the one that waits, and signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Join {
    /// Shown to colleagues.
    pub name: String,
    /// Mail address, mobile number or user name; that of a waiting account stays as it is.
    pub login: String,
    /// At least 10 characters.
    pub password: String,
}

/// `POST /api/v1/account/teams`: joins another team with the account that is signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinTeam {
    /// The last part of the invitation's link.
    pub token: String,
}

/// A link that works once: the answer of `POST /api/v1/members/{id}/reset`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OneUseLink {
    /// To be given to the person.
    pub link: String,
    /// RFC 3339.
    pub expires_at: String,
}

/// `GET /api/v1/members/{id}/hand-over`: what somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holdings {
    /// Open tickets assigned to them.
    pub tickets: u64,
    /// Open tasks assigned to them, beside those of their tickets.
    pub tasks: u64,
    /// Keys of the departments they head.
    pub departments: Vec<String>,
    /// People who answer to them by name.
    pub reports: u64,
    /// People they stand in for.
    pub deputy_of: u64,
}

/// `POST /api/v1/members/{id}/hand-over`: moves all of it and takes their access away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOver {
    /// User id of who takes over; absent: each piece of work goes to whom its department's rule chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// `POST /api/v1/people/file?apply=&disable_missing=`: what a file of people would change, or has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleReport {
    /// It was done, all of it; false for a look ahead, and where there are problems.
    pub applied: bool,
    /// Rows that hold somebody.
    pub rows: u32,
    /// People whom the file leaves as they are.
    pub unchanged: u32,
    /// Columns that were recognised, as the file calls them.
    pub columns: Vec<PeopleColumn>,
    /// Columns that mean nothing here.
    pub ignored: Vec<String>,
    /// People who come, change or go, in the order of the file.
    pub people: Vec<PersonChange>,
    /// Departments that come or change.
    pub departments: Vec<DepartmentChange>,
    /// What stands against it.
    pub problems: Vec<PeopleProblem>,
    /// How new people come in; only when it was done.
    pub links: Vec<PersonLink>,
}

/// A recognised column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleColumn {
    /// As in the file.
    pub header: String,
    /// `login`, `name`, `role`, `department` …
    pub means: String,
}

/// Somebody a file changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonChange {
    /// Row of the file, the header being 1; absent for who is missing in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// What they sign in with.
    pub login: String,
    /// As colleagues see them.
    pub name: String,
    /// What becomes of them.
    pub change: Change,
    /// What of them changes: `name`, `role`, `manager` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What becomes of a person or department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Is new.
    Create,
    /// Is there, and changes.
    Change,
    /// Loses access.
    Disable,
}

/// A department a file changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartmentChange {
    /// Stable within the team.
    pub key: String,
    /// As the file calls it, or as it is called.
    pub title: String,
    /// What becomes of it.
    pub change: Change,
    /// What of it changes: `title`, `parent`, `head`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What stands against a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleProblem {
    /// Row of the file, the header being 1.
    pub row: u32,
    /// The column's header; empty where the whole row, or the file, is meant.
    pub column: String,
    /// Stable: `people.login`, `people.role` …
    pub code: String,
    /// In the caller's language.
    pub message: String,
}

/// How a new person comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonLink {
    /// As colleagues see them.
    pub name: String,
    /// What they will sign in with.
    pub login: String,
    /// Works once, within 7 days.
    pub link: String,
}
