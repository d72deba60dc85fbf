//! Who gets the work: rules of the flow, settled where counts are exact.
//!
//! Never nobody: a department without anybody at work falls to its head, then to whoever runs the team.

use flow_engine::{AssignRule, By, Who};
use form_engine::pointer;
use serde_json::{Value, json};

use super::{Case, Note};
use crate::error::ApiError;
use crate::ids::UserId;
use crate::store;
use crate::writer::claims::{Colleague, Staff};

/// Who was chosen, and for which department the work counts.
pub(super) struct Choice {
    pub user: Option<UserId>,
    pub department: Option<String>,
}

impl Case<'_> {
    /// Gives the submission to whom `rule` says.
    pub(super) async fn assign(&mut self, rule: &AssignRule) -> Result<(), ApiError> {
        let choice = self.choose(rule).await?;
        self.give(choice.user, choice.department).await
    }

    /// Gives the submission to `user`; none takes it from everybody.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn give(&mut self, user: Option<UserId>, department: Option<String>) -> Result<(), ApiError> {
        let before = (self.row.assignee_id, self.row.department_key.clone());
        self.row.assignee_id = user;
        if department.is_some() {
            self.row.department_key = department;
        }
        if before == (user, self.row.department_key.clone()) {
            return Ok(());
        }
        if self.stored.is_some() {
            let (team, id) = (self.catalog.team, self.row.id);
            store::task::hand_over(self.batch.write(), team, id, user).await?;
        }
        let name = match user {
            Some(user) => self.staff().await?.person(user).map(|person| person.name.clone()),
            None => None,
        };
        let data = json!({"to": user, "name": name, "department": self.row.department_key, "from": before.0});
        self.note(Note::internal("assigned", data)).await
    }

    /// Department of a colleague.
    ///
    /// # Errors
    ///
    /// [`ApiError::Invalid`] when there is no such colleague.
    pub async fn department_of(&mut self, user: UserId) -> Result<Option<String>, ApiError> {
        let found = self.staff().await?.person(user).map(|person| person.department.clone());
        found.ok_or_else(|| {
            ApiError::problem("member.unknown", "/assignee", format!("no member has the id `{user}`"))
        })
    }

    /// Whom `rule` chooses now.
    pub(super) async fn choose(&mut self, rule: &AssignRule) -> Result<Choice, ApiError> {
        let (current, department) = (self.row.assignee_id, self.row.department_key.clone());
        let (starter, data, now_ms) = (self.row.created_by, self.data(), self.now_ms);
        let staff = self.staff().await?;
        let found = match &rule.who {
            Who::User(id) => Choice { user: known(staff, id), department: None },
            Who::Field(path) => Choice { user: named(staff, pointer::get(&data, path)), department: None },
            Who::Starter => Choice { user: starter, department: None },
            Who::Head(key) => Choice { user: staff.head(key), department: Some(key.clone()) },
            Who::Role(role) => {
                Choice { user: pick(staff, rule.by, |person| person.role == *role), department: None }
            }
            Who::Department(key) => {
                Choice { user: of_department(staff, key, rule.by), department: Some(key.clone()) }
            }
            Who::Keep => {
                let user = current.or_else(|| of_department(staff, department.as_deref()?, rule.by));
                Choice { user, department }
            }
        };
        let user = found.user.or_else(|| pick(staff, By::LeastLoaded, |person| person.role == "admin"));
        let user = user.or_else(|| pick(staff, By::LeastLoaded, |person| person.role == "owner"));
        if let Some(user) = user {
            staff.chose(user, now_ms);
        }
        Ok(Choice { user, department: found.department })
    }
}

fn known(staff: &Staff, id: &str) -> Option<UserId> {
    let id = id.parse().ok()?;
    staff.person(id).map(|person| person.id)
}

fn named(staff: &Staff, value: Option<&Value>) -> Option<UserId> {
    let first = value.and_then(|value| value.as_array().and_then(|list| list.first()).or(Some(value)))?;
    known(staff, first.as_str()?)
}

/// Somebody of the department who works; its head only when nobody else does.
fn of_department(staff: &Staff, key: &str, by: By) -> Option<UserId> {
    let head = staff.head(key);
    let works = |person: &Colleague| {
        person.department.as_deref() == Some(key)
            && Some(person.id) != head
            && !matches!(person.role.as_str(), "viewer" | "member")
    };
    pick(staff, by, works).or(head)
}

fn pick(staff: &Staff, by: By, may: impl Fn(&Colleague) -> bool) -> Option<UserId> {
    let candidates = staff.people.iter().filter(|person| !person.away && may(person));
    let chosen = match by {
        By::LeastLoaded => {
            candidates.min_by_key(|person| (person.open_tickets, person.last_assigned_at, person.id))
        }
        By::RoundRobin => candidates.min_by_key(|person| (person.last_assigned_at, person.id)),
        By::First => candidates.min_by_key(|person| person.id),
    };
    chosen.map(|person| person.id)
}
