//! What a step asks the server to do, as data.
//!
//! The engine never does it itself. Every value is already evaluated; who exactly is
//! assigned or written to is settled by the server inside its transaction.

use form_engine::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Addressee, Child, ClockReading, Event, Key, Keys};

/// One thing to do; stored in the same transaction as the new snapshot.
///
/// ```json
/// {"effect": "notify", "to": "assignee", "template": "new-ticket", "data": {}}
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// States were left and entered, both in document order, compound states included; for the
    /// timeline and the dataset `$visits`. A state left and entered again stands in both.
    State {
        /// Left.
        from: Keys,
        /// Entered.
        to: Keys,
    },
    /// A state opened work for a person.
    OpenTask {
        /// The state that asks for it.
        state: Key,
        /// What is to be done.
        task: TaskSpec,
    },
    /// The state was left: whatever is still open for it is no longer needed.
    CloseTasks {
        /// The state that was left.
        state: Key,
    },
    /// Give the submission to somebody.
    Assign {
        /// To whom.
        rule: AssignRule,
    },
    /// Send a message from one of the team's templates.
    Notify {
        /// To whom.
        to: Recipient,
        /// Key of the template.
        template: String,
        /// Values for the template beside the submission's own fields.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        data: Value,
    },
    /// Make a submission of another form.
    Create {
        /// Key of the form.
        form: String,
        /// The document.
        data: Value,
        /// Name of the link back to this submission.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// Change fields of this submission.
    Update {
        /// JSON Pointer to new value.
        data: Value,
    },
    /// Ask somebody to fill in a form that is then linked to this submission.
    Survey {
        /// Key of the form.
        form: String,
        /// Who is asked.
        to: Recipient,
        /// Name of the link back to this submission.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// A note on the timeline, for colleagues.
    Comment {
        /// What it says.
        text: Text,
    },
    /// Call another system.
    Webhook {
        /// URL, or key of a configured connection.
        url: String,
        /// The body.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        data: Value,
    },
    /// Change the submission's tags.
    Tag {
        /// Added unless there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<String>,
        /// Removed where there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<String>,
    },
    /// Start another flow beside this submission.
    StartFlow {
        /// Key of the flow.
        flow: String,
        /// Its `_event.data`.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        data: Value,
    },
    /// Start another flow as a child of this instance. However it ends, tell this instance: its output with
    /// [`Event::child_done`], and why it could not start or go on with [`Event::child_failed`].
    Invoke {
        /// To be kept with the child and handed back.
        child: Child,
        /// Key of the flow.
        flow: String,
        /// Values for the child's variables of the same names.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        data: Value,
    },
    /// Hand an event to the flow that invoked this instance, or to those it invoked; who has ended meanwhile hears nothing.
    /// What is sent is heard in the order of these effects, and before the sender's end.
    Tell {
        /// Whose event it is.
        to: Addressee,
        /// What they hear.
        event: Event,
    },
    /// Stop the children of this invocation that still run: nobody waits for them any more.
    StopInvoke {
        /// Its id in the flow.
        invocation: Key,
        /// As in [`Child`].
        visit: u64,
    },
    /// A line for whoever debugs the flow.
    Log {
        /// What it says.
        text: String,
    },
    /// Deliver `event` to this instance at `due_ms`. Replaces a pending one of the same id.
    Schedule {
        /// Unique among the pending timers of the instance.
        send_id: Key,
        /// To be handed back unchanged.
        event: Event,
        /// Unix milliseconds.
        due_ms: i64,
    },
    /// Forget a scheduled event.
    Cancel {
        /// The id it was scheduled under.
        send_id: Key,
    },
    /// A clock changed; its whole new value.
    Clock(ClockReading),
}

/// Work for a person, as a state opens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskSpec {
    /// Unique in the flow: the state's key, or `state/1` for its second task.
    pub key: Key,
    /// What is to be done.
    pub title: Text,
    /// Events that finish it, with what they need.
    pub events: Vec<TaskEvent>,
    /// When several people hold it: who must act.
    pub policy: TaskPolicy,
    /// What else its holder may do: `transfer`, `return`, `add_signer` …
    pub allow: Vec<String>,
    /// Whose it is; none means: whoever the submission is assigned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AssignRule>,
    /// Who sits here in special cases.
    #[serde(default, skip_serializing_if = "TaskRules::are_usual")]
    pub rules: TaskRules,
}

/// A way to finish a task: a button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskEvent {
    /// Name of the event it sends.
    pub event: Key,
    /// The button's words.
    pub label: Text,
    /// Fields of the submission (JSON Pointers) that must be filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// It needs a comment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comment: bool,
    /// It needs a signature.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signature: bool,
}

/// Who sits at a task in the cases that an assignment rule does not settle.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TaskRules {
    /// When nobody is found.
    #[serde(default)]
    pub nobody: Nobody,
    /// When the same person agreed earlier in the flow.
    #[serde(default)]
    pub same_person: SamePerson,
    /// When whoever started the flow would have to approve it.
    #[serde(default)]
    pub starter: StarterRule,
}

impl TaskRules {
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens to a task for which nobody is found. It never stays with nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nobody {
    /// Whoever looks after the flow does it.
    #[default]
    Administrator,
    /// It counts as agreed.
    Pass,
    /// This user does it.
    User(String),
}

/// Whether somebody who agreed already is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamePerson {
    /// Each time.
    #[default]
    Each,
    /// Only the first time in the flow.
    First,
    /// Not when they agreed in the task just before.
    Consecutive,
}

/// Whether the starter may approve their own submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StarterRule {
    /// Yes.
    #[default]
    Allow,
    /// They are left out.
    Skip,
    /// Their superior does it.
    Superior,
}

/// Which of several holders of a task must act before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskPolicy {
    /// The first to act decides (或签).
    #[default]
    Any,
    /// Everybody must act (会签).
    All,
    /// This share of them must act, 0 < share ≤ 1 (比例).
    Share(f64),
    /// Everybody, one after the other (依次).
    Sequence,
}

/// To whom a submission or a task is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignRule {
    /// The people in question.
    pub who: Who,
    /// How one of several is chosen.
    #[serde(default)]
    pub by: By,
    /// What whoever is chosen can do, if anybody can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// Somebody whose working hours it is now goes before others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_work: bool,
}

/// The people an [`AssignRule`] chooses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// One user, by id.
    User(String),
    /// Members with a role.
    Role(String),
    /// Members of a department.
    Department(String),
    /// The head of a department.
    Head(String),
    /// The user (or list of users) named in a field of the submission.
    Field(String),
    /// Whom a person answers to, or who stands `level` steps above them.
    Manager {
        /// Whose.
        of: Person,
        /// 1 is the person's own manager.
        level: u32,
    },
    /// Everybody above a person, up to so many levels, the nearest first.
    Managers {
        /// Whose.
        of: Person,
        /// How far up.
        levels: u32,
    },
    /// Whoever made the submission.
    Starter,
    /// Whoever has it now.
    Keep,
}

/// A person whose managers are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    /// Whoever made the submission.
    Starter,
    /// Whoever has it now.
    Assignee,
    /// One user, by id.
    User(String),
}

/// How one of several people is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// With the fewest open tickets; ties go to who waited longest.
    #[default]
    LeastLoaded,
    /// In turn.
    RoundRobin,
    /// The first of the list.
    First,
}

/// To whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Whoever the submission is assigned to once this step is stored.
    Assignee,
    /// The head of the submission's department.
    Head,
    /// The submission's customer.
    Customer,
    /// Every member of a department.
    Department(String),
    /// One user, by id.
    User(String),
    /// A mail address.
    Address(String),
}
