//! Who gets the work: rules of the flow, settled where counts are exact.
//!
//! Never nobody: a department without anybody at work falls to its head, then to whoever runs the team.

use api_types::NotificationKind;
use flow_engine::assign::{self, Facts, Member, PassedOver};
use flow_engine::{AssignRule, By, Who};
use serde_json::{Value, json};

use super::{Case, Note};
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::UserId;
use crate::store;
use crate::store::task::Task;
use crate::writer::claims::{Colleague, Staff};

/// Who was chosen, and for which department the work counts.
pub(super) struct Choice {
    pub user: Option<UserId>,
    pub department: Option<String>,
    /// Where nobody was found before, and why.
    passed_over: Vec<PassedOver>,
}

impl Case<'_> {
    /// Gives the submission to whom `rule` says.
    pub(super) async fn assign(&mut self, rule: &AssignRule) -> Result<(), ApiError> {
        let Choice { user, department, passed_over } = self.choose(rule).await?;
        self.give_after(user, department, passed_over).await
    }

    /// Gives the submission to `user`; none takes it from everybody.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn give(&mut self, user: Option<UserId>, department: Option<String>) -> Result<(), ApiError> {
        self.give_after(user, department, Vec::new()).await
    }

    /// Takes the submission from whoever has it: to `to`, or to whom the rule of its department chooses now.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn relieve(&mut self, to: Option<UserId>) -> Result<(), ApiError> {
        let (user, passed_over) = match to {
            Some(user) => (Some(user), Vec::new()),
            None => {
                let Choice { user, passed_over, .. } =
                    self.choose_another(self.row.department_key.clone()).await?;
                (user, passed_over)
            }
        };
        self.give_after(user, None, passed_over).await
    }

    /// Gives a task to `to`, or to whom the rule of its department chooses now.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn relieve_task(&mut self, task: &Task, to: Option<UserId>) -> Result<(), ApiError> {
        let user = match to {
            Some(user) => Some(user),
            None => self.choose_another(task.department_key.clone()).await?.user,
        };
        store::task::give(self.batch.write(), self.catalog.team, task.id, user).await?;
        self.batch.changed(self.catalog.team, Entity::Task, task.id, Some(&self.row.form_key));
        let name = match user {
            Some(user) => self.staff().await?.person(user).map(|person| person.name.clone()),
            None => None,
        };
        let data = json!({"task": task.id, "to": user, "name": name, "from": task.assignee_id});
        self.note(Note::internal("assigned", data)).await?;
        self.withdraw(NotificationKind::Task, task.assignee_id).await?;
        match user {
            Some(user) => {
                let title: Value = serde_json::from_str(&task.title).unwrap_or_default();
                self.inform(user, NotificationKind::Task, json!({"title": title})).await
            }
            None => Ok(()),
        }
    }

    /// The least loaded of the department, else of whoever there is.
    async fn choose_another(&mut self, department: Option<String>) -> Result<Choice, ApiError> {
        let who = department.map_or(Who::Keep, Who::Department);
        let rule = AssignRule { who, by: By::LeastLoaded, skills: Vec::new(), at_work: false };
        let held = self.row.assignee_id.take();
        let choice = self.choose(&rule).await;
        self.row.assignee_id = held;
        choice
    }

    /// Gives it away and says who was looked for in vain before.
    async fn give_after(
        &mut self,
        user: Option<UserId>,
        department: Option<String>,
        passed_over: Vec<PassedOver>,
    ) -> Result<(), ApiError> {
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
        let mut data =
            json!({"to": user, "name": name, "department": self.row.department_key, "from": before.0});
        if !passed_over.is_empty() {
            data["passed_over"] = json!(passed_over);
        }
        self.note(Note::internal("assigned", data)).await?;
        self.inform_of_giving(before.0, user).await
    }

    /// Whose it was no longer has to look at it, and whose it is does.
    async fn inform_of_giving(&mut self, from: Option<UserId>, to: Option<UserId>) -> Result<(), ApiError> {
        if from == to || !self.row.is_ticket {
            return Ok(());
        }
        if from.is_some() && self.stored.is_some() {
            self.withdraw(NotificationKind::Assigned, from).await?;
        }
        match to {
            Some(user) => self.inform(user, NotificationKind::Assigned, json!({})).await,
            None => Ok(()),
        }
    }

    /// Department of a colleague.
    ///
    /// # Errors
    ///
    /// [`ApiError::Invalid`] when there is no such colleague.
    pub async fn department_of(&mut self, user: UserId) -> Result<Option<String>, ApiError> {
        let found = self.staff().await?.at_work(user).map(|person| person.department.clone());
        found.ok_or_else(|| {
            ApiError::problem("member.unknown", "/assignee", format!("no member has the id `{user}`"))
        })
    }

    /// Whom `rule` chooses now. The engine decides; what it decides on is read here.
    pub(super) async fn choose(&mut self, rule: &AssignRule) -> Result<Choice, ApiError> {
        let (assignee, starter) = (self.row.assignee_id, self.row.created_by);
        let (department, data, now_ms) = (self.row.department_key.clone(), self.data(), self.now_ms);
        let catalog = self.catalog.clone();
        let staff = self.staff().await?;
        let people = members(staff);
        let there = |head: &UserId| staff.at_work(*head).is_some();
        let heads: Vec<(&str, UserId)> = staff
            .departments
            .iter()
            .filter_map(|row| Some((row.key.as_str(), row.head_id.filter(there)?)))
            .collect();
        let named = |id: &str| known(staff, id);
        let chosen = assign::choose(
            rule,
            &Facts {
                people: &people,
                heads: &heads,
                keepers: &["admin", "owner"],
                starter,
                assignee,
                department: department.as_deref(),
                data: &data,
                named: &named,
                calendars: &catalog.calendars,
                now_ms,
            },
        );
        if let Some(user) = chosen.user {
            staff.chose(user, now_ms);
        }
        Ok(Choice { user: chosen.user, department: chosen.department, passed_over: chosen.passed_over })
    }
}

fn known(staff: &Staff, id: &str) -> Option<UserId> {
    let id = id.parse().ok()?;
    staff.at_work(id).map(|person| person.id)
}

/// Everybody who has access, by id.
fn members(staff: &Staff) -> Vec<Member<'_, UserId>> {
    let mut members: Vec<Member<'_, UserId>> =
        staff.people.iter().filter(|person| person.works_here).map(|person| member(staff, person)).collect();
    members.sort_unstable_by_key(|member| member.id);
    members
}

fn member<'s>(staff: &'s Staff, person: &'s Colleague) -> Member<'s, UserId> {
    Member {
        id: person.id,
        role: &person.role,
        department: person.department.as_deref(),
        manager: staff.manager(person),
        skills: &person.skills,
        takes_work: !matches!(person.role.as_str(), "viewer" | "member"),
        away: person.away,
        deputy: person.deputy,
        calendar: None,
        open: person.open_tickets,
        last_assigned: person.last_assigned_at,
    }
}
