//! Work actions -> effects: values are computed here, people are found by the server.

use serde_json::Value;

use super::run::Run;
use crate::Effect;
use crate::action::{Action, Computed, To};
use crate::effect::{AssignRule, Person, Recipient, TaskSpec, Who};
use crate::machine::{Above, Assignment, Task, WhoRule};

impl Run<'_> {
    /// The effect of a work action; none of the statechart ones.
    pub(super) fn work(&mut self, action: &Action) -> Result<Option<Effect>, String> {
        Ok(Some(match action {
            Action::Assignee(assignment) => Effect::Assign { rule: self.assign_rule(assignment)? },
            Action::Notify { to, template, data } => Effect::Notify {
                to: self.recipient(to)?,
                template: template.clone(),
                data: self.computed(data)?,
            },
            Action::Create { form, data, link } => Effect::Create {
                form: form.clone(),
                data: without_nulls(self.computed(data)?),
                link: link.clone(),
            },
            Action::Update { data } => {
                let values = data.iter().map(|(pointer, value)| Ok((pointer.clone(), self.computed(value)?)));
                Effect::Update { data: Value::Object(values.collect::<Result<_, String>>()?) }
            }
            Action::Survey { form, to, link } => {
                Effect::Survey { form: form.clone(), to: self.recipient(to)?, link: link.clone() }
            }
            Action::Comment { text } => Effect::Comment { text: self.fill(text) },
            Action::Webhook { url, data } => {
                Effect::Webhook { url: self.text(url)?, data: self.computed(data)? }
            }
            Action::Tag { add, remove } => Effect::Tag { add: self.texts(add)?, remove: self.texts(remove)? },
            Action::StartFlow { flow, data } => {
                Effect::StartFlow { flow: flow.clone(), data: self.computed(data)? }
            }
            Action::Assign(_)
            | Action::Raise { .. }
            | Action::Send(_)
            | Action::Cancel(_)
            | Action::If(_)
            | Action::ForEach(_)
            | Action::Log { .. } => return Ok(None),
        }))
    }

    pub(super) fn task_spec(&mut self, task: &Task) -> Result<TaskSpec, String> {
        let assignee = match &task.assignee {
            Some(assignment) => Some(self.assign_rule(assignment)?),
            None => None,
        };
        Ok(TaskSpec {
            key: task.key.clone(),
            title: task.title.clone(),
            events: task.events.clone(),
            policy: task.policy,
            allow: task.allow.clone(),
            assignee,
            rules: task.rules.clone(),
        })
    }

    fn assign_rule(&mut self, assignment: &Assignment) -> Result<AssignRule, String> {
        let who = match &assignment.who {
            WhoRule::User(id) => Who::User(self.text(id)?),
            WhoRule::Role(key) => Who::Role(self.text(key)?),
            WhoRule::Department(key) => Who::Department(self.text(key)?),
            WhoRule::Head(key) => Who::Head(self.text(key)?),
            WhoRule::Field(pointer) => Who::Field(pointer.clone()),
            WhoRule::Manager { of, level } => Who::Manager { of: self.person(of)?, level: *level },
            WhoRule::Managers { of, levels } => Who::Managers { of: self.person(of)?, levels: *levels },
            WhoRule::Starter => Who::Starter,
            WhoRule::Keep => Who::Keep,
        };
        let skills = self.texts(&assignment.skills)?;
        Ok(AssignRule { who, by: assignment.by, skills, at_work: assignment.at_work })
    }

    fn person(&mut self, of: &Above) -> Result<Person, String> {
        Ok(match of {
            Above::Starter => Person::Starter,
            Above::Assignee => Person::Assignee,
            Above::User(id) => Person::User(self.text(id)?),
        })
    }

    fn recipient(&mut self, to: &To) -> Result<Recipient, String> {
        Ok(match to {
            To::Assignee => Recipient::Assignee,
            To::Head => Recipient::Head,
            To::Customer => Recipient::Customer,
            To::Department(key) => Recipient::Department(self.text(key)?),
            To::User(id) => Recipient::User(self.text(id)?),
            To::Address(mail) => Recipient::Address(self.text(mail)?),
        })
    }

    fn text(&mut self, value: &Computed) -> Result<String, String> {
        let value = self.computed(value)?;
        let text = value.as_str().filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| format!("expected text, found `{value}`"))
    }

    fn texts(&mut self, values: &[Computed]) -> Result<Vec<String>, String> {
        values.iter().map(|value| self.text(value)).collect()
    }
}

/// A missing answer is no member, rather than a null.
fn without_nulls(data: Value) -> Value {
    match data {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            other
        }
    }
}
