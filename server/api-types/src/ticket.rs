//! Tickets and tasks: the inbox, and what people do in it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which tickets: `GET /api/v1/inbox?view=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[derive(Hash)]
pub enum InboxView {
    /// Open and assigned to the caller.
    Mine,
    /// Open and assigned to nobody.
    Unassigned,
    /// Open in the caller's department.
    Department,
    /// Every open one.
    Open,
    /// Open with a breached clock.
    Breached,
    /// Finished.
    Closed,
}

/// How many tickets a view holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCount {
    /// Which view.
    pub view: InboxView,
    /// How many.
    pub tickets: u64,
}

/// `GET /api/v1/inbox?view=&cursor=&limit=&search=`: most urgent first, closed ones newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxPage {
    /// Every view with its count.
    pub counts: Vec<InboxCount>,
    /// In order.
    pub items: Vec<TicketLine>,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// A ticket in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketLine {
    /// The submission's id.
    pub id: String,
    /// Key of its form.
    pub form: String,
    /// Counts per form.
    pub number: u64,
    /// Name of the customer, or a stand-in.
    pub customer: String,
    /// The customer's words, shortened.
    pub summary: String,
    /// The score that led here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// State key.
    pub state: String,
    /// In the caller's language.
    pub state_title: String,
    /// User id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Name of the assignee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_name: Option<String>,
    /// Title of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_title: Option<String>,
    /// The clock that runs out next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockView>,
    /// True once any promise was broken.
    pub breached: bool,
    /// Marks.
    #[serde(default)]
    pub tags: Vec<String>,
    /// RFC 3339.
    pub created_at: String,
}

/// A promise being measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockView {
    /// As in the flow: `first_reply`.
    pub name: String,
    /// In the caller's language.
    pub title: String,
    /// Where it stands.
    pub state: ClockState,
    /// RFC 3339; absent while paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    /// RFC 3339.
    pub started_at: String,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<String>,
    /// True once the warning time has passed.
    pub warned: bool,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting.
    Running,
    /// Not counting for now.
    Paused,
    /// Stopped in time.
    Met,
    /// Too late, running or stopped.
    Breached,
    /// Stopped with neither result.
    Cancelled,
}

/// Work for a person: `GET /api/v1/tasks?mine=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    /// Opaque.
    pub id: String,
    /// The submission it is about.
    pub submission: String,
    /// Key of that submission's form.
    pub form: String,
    /// Counts per form.
    pub number: u64,
    /// In the caller's language.
    pub title: String,
    /// State that opened it.
    pub state: String,
    /// User id.
    pub assignee: Option<String>,
    /// Name of the assignee.
    pub assignee_name: Option<String>,
    /// `open`, `done` or `cancelled`.
    pub status: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
}

/// A page of tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskPage {
    /// Newest first.
    pub items: Vec<TaskView>,
    /// Send as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// `POST /api/v1/submissions/{id}/events`: 409 when nothing in the present state listens to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendEvent {
    /// Name of the event.
    pub event: String,
    /// What comes with it; fields an action requires are stored in the submission.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
}

/// `POST /api/v1/submissions/{id}/replies`: stands on the progress page and goes by mail where there is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReply {
    /// Plain text.
    pub text: String,
}

/// `POST /api/v1/submissions/{id}/comments`: seen by colleagues only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// Plain text.
    pub text: String,
}

/// `POST /api/v1/submissions/{id}/calls`: a call the agent made, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCall {
    /// Did the customer hear it?
    pub outcome: CallOutcome,
    /// What was said.
    pub note: String,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The customer was told.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The number is wrong.
    WrongNumber,
}

/// `PUT /api/v1/submissions/{id}/assignee`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assign {
    /// User id; null takes it from everybody.
    pub assignee: Option<String>,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    /// Opaque.
    pub id: String,
    /// `submitted`, `reply`, `comment`, `call`, `state`, `assigned`, `told`, `breach`, `survey`, `created` …
    pub kind: String,
    /// RFC 3339.
    pub at: String,
    /// Who did it; absent for the system and the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// True when it shows on the customer's progress page.
    pub public: bool,
    /// In words, in the caller's language.
    pub text: String,
    /// The facts behind the words; of a reply also `delivery` (`page`, `mail`, `call`) and its proof.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
}
