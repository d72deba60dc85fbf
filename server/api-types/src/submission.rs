//! Submissions: lists, details, and what a published form looks like to staff.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ClockView, CustomerView, EventView, TaskView};

/// A line of `GET /api/v1/forms`: published forms the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormSummary {
    /// Unique per team.
    pub key: String,
    /// Key of its app.
    pub app: String,
    /// Id of its definition.
    pub definition: String,
    /// In the caller's language.
    pub title: String,
    /// True when its submissions are tickets.
    pub ticket: bool,
    /// Absolute address of the public page; absent when the form has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the caller fills it in under their own name: a path, for forms without a public page and those that a role
    /// gives them to fill in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
    /// Number of the live version.
    pub version: u32,
    /// How many it has.
    pub submissions: u64,
    /// RFC 3339 of the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_at: Option<String>,
    /// What the caller may do with some of its submissions: `see`, `add`, `edit`, `delete`, `export`, `print`.
    pub verbs: Vec<String>,
}

/// `GET /api/v1/forms/{key}`: what lists and detail pages need to show its submissions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormView {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: FormSummary,
    /// One per leaf, in the author's order.
    pub fields: Vec<FieldView>,
}

/// One field of a form, as a column or a labelled value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldView {
    /// JSON Pointer.
    pub path: String,
    /// In the caller's language.
    pub title: String,
    /// Kind of control: `nps`, `rating`, `text`, `single`, `multiple` …
    pub control: String,
    /// `text integer number boolean date datetime` or `list`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// Stored value and its label, for choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionView>,
}

/// A choice and its label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionView {
    /// As stored.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: Value,
    /// In the caller's language.
    pub label: String,
}

/// A page of submissions: `GET /api/v1/forms/{key}/submissions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmissionPage {
    /// In the order asked for.
    pub items: Vec<SubmissionView>,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// One submission in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmissionView {
    /// Opaque.
    pub id: String,
    /// Key of its form.
    pub form: String,
    /// Counts per form: shown as `#102`.
    pub number: u64,
    /// The document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// Active state of its flow; null without one.
    pub state: Option<String>,
    /// User id.
    pub assignee: Option<String>,
    /// Department key.
    pub department: Option<String>,
    /// Customer id.
    pub customer: Option<String>,
    /// Where it came in: `web`, `api`, `staff`, `import`, `flow` …
    pub channel: String,
    /// Marks set by flows and people.
    #[serde(default)]
    pub tags: Vec<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub updated_at: String,
    /// Version of the form it was made with.
    pub version: u32,
}

/// `GET /api/v1/submissions/{id}`: everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmissionDetail {
    /// The submission.
    #[serde(flatten)]
    pub submission: SubmissionView,
    /// Title of its form.
    pub form_title: String,
    /// It is a ticket: its number is said as one, and the inbox holds it.
    pub ticket: bool,
    /// Fields of the version it was made with.
    pub fields: Vec<FieldView>,
    /// Title of the active state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_title: Option<String>,
    /// Name of the assignee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_name: Option<String>,
    /// Title of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_title: Option<String>,
    /// Absolute address of the customer's progress page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress_url: Option<String>,
    /// The colleague who handed it in for themselves or for a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// The customer, with what they said and had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_card: Option<CustomerView>,
    /// Oldest first.
    pub timeline: Vec<EventView>,
    /// Open ones first.
    pub tasks: Vec<TaskView>,
    /// Files of the fields that may be seen, in the order they were sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileView>,
    /// Promises being measured.
    pub clocks: Vec<ClockView>,
    /// What the caller may do now.
    pub actions: Vec<ActionView>,
    /// Submissions it came from or led to.
    pub links: Vec<LinkView>,
    /// What the caller may do with it: `see`, `edit`, `delete`, `export`, `print`.
    pub verbs: Vec<String>,
    /// Of `fields`, those that the caller may not change though they may edit.
    pub read_only: Vec<String>,
}

/// A button: an event the flow accepts in its present state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionView {
    /// Send as `event`.
    pub event: String,
    /// In the caller's language.
    pub label: String,
    /// Fields that must be given with it.
    pub require: Vec<FieldView>,
}

/// Another submission it belongs with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkView {
    /// Opaque.
    pub id: String,
    /// Key of its form.
    pub form: String,
    /// Title of its form.
    pub form_title: String,
    /// Counts per form.
    pub number: u64,
    /// `from` when it led to this one, `to` when this one led to it.
    pub direction: String,
    /// RFC 3339.
    pub created_at: String,
}

/// `POST /api/v1/forms/{key}/submissions`: by staff or a program; the customer form has its own route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSubmission {
    /// The document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// Where the customer spoke: `phone`, `shop` …; `staff` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

/// What the sender of a submission keeps: the answer of the public route, after commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Opaque.
    pub id: String,
    /// Short code to quote and to look the submission up.
    pub receipt: String,
    /// Absolute address of the progress page; null when nothing was opened.
    pub progress: Option<String>,
    /// Absolute address under which the answer can be changed; absent where the form does not allow that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<String>,
}

/// `PATCH /api/v1/submissions/{id}`: other answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeAnswers {
    /// New values by the pointers of their fields; `null` takes an answer out.
    pub data: serde_json::Map<String, Value>,
    /// `updated_at` of the submission as it was read; refused when somebody changed it since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
}

/// A line of `GET /api/v1/submissions/{id}/access`: a member and this submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessView {
    /// The member's id.
    pub user: String,
    /// As colleagues see them.
    pub name: String,
    /// Their place in the team.
    pub role: crate::Role,
    /// What they may do; empty when it does not exist for them.
    pub verbs: Vec<String>,
    /// The field that was asked about, for who may see the submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldAccess>,
    /// The rules that let them see it, in the asker's language.
    pub because: Vec<String>,
}

/// What a member may do with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldAccess {
    /// It is not there.
    Hidden,
    /// Read it.
    See,
    /// Change it.
    Edit,
}

/// `GET /api/v1/requests`: what the caller has handed in, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestPage {
    /// One per submission.
    pub items: Vec<RequestView>,
    /// Send as `cursor` for the page after.
    pub next: Option<String>,
}

/// Something the caller has handed in, and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestView {
    /// Opaque.
    pub id: String,
    /// Key of its form.
    pub form: String,
    /// Title of its form.
    pub form_title: String,
    /// Counts per form.
    pub number: u64,
    /// Title of the state a flow has it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_title: Option<String>,
    /// A flow works on it.
    pub open: bool,
    /// In whose hands it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_name: Option<String>,
    /// RFC 3339.
    pub created_at: String,
}

/// A file of a submission: `GET /api/v1/files/{id}` brings it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileView {
    /// As the document names it.
    pub id: String,
    /// The question it answers: a pointer, `*` for any row.
    pub field: String,
    /// As its sender called it.
    pub name: String,
    /// As its bytes say.
    pub media_type: String,
    /// How large it is.
    pub size_bytes: u64,
}

/// `POST /f/{slug}/files`: announces a file for a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUpload {
    /// Pointer of the question.
    pub field: String,
    /// As its sender calls it.
    pub name: String,
    /// How large it is.
    pub size_bytes: u64,
}

/// How an upload stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadView {
    /// Send its pieces to this id.
    pub id: String,
    /// As it is shown.
    pub name: String,
    /// As announced.
    pub size_bytes: u64,
    /// Where the next piece begins.
    pub received_bytes: u64,
    /// The largest piece taken.
    pub piece_bytes: u64,
    /// What the answer holds of it, once it is whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: Option<Value>,
}
