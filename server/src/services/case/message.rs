//! Messages of a case: mails to staff and customers, and surveys.
//!
//! Words come from the app's templates, in the reader's language; who reads is settled here. What is put into the
//! outbox leaves only after COMMIT.

use chrono::DateTime;
use chrono_tz::Tz;
use flow_engine::{Calendar, Machine, Recipient};
use form_engine::{Language, Text, fill, pointer};
use serde_json::{Value, json};

use super::open::language_of;
use super::{Case, Note};
use crate::catalog::Template;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::{self, Purpose};
use crate::ids::{InvitationId, MessageId};
use crate::services::gist;
use crate::services::one_click;
use crate::services::outbox::Mail;
use crate::store::invitation::Invitation;
use crate::writer::claims::Colleague;

/// Signs of what a submission says, in a mail.
const SUMMARY: usize = 40;

/// A reader of a message.
struct Reader {
    name: String,
    address: String,
    language: String,
}

impl Case<'_> {
    /// Sends a template to whom the flow says.
    pub(super) async fn notify(
        &mut self,
        machine: &Machine,
        to: &Recipient,
        template: &str,
        given: &Value,
    ) -> Result<(), ApiError> {
        let catalog = self.catalog.clone();
        let Some(template) = catalog.template(template) else {
            return self
                .note(Note::internal("failed", json!({"action": "notify", "template": template})))
                .await;
        };
        let named = self.names(machine, given).await?;
        for reader in self.readers(to).await? {
            self.write(&reader, template, &named).await?;
        }
        Ok(())
    }

    /// Writes to the customer by mail, if there is an address; the id of the message.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn write_to_customer(
        &mut self,
        template: &str,
        given: &Value,
    ) -> Result<Option<MessageId>, ApiError> {
        let catalog = self.catalog.clone();
        let (Some(template), Some(address)) = (catalog.template(template), self.mail.clone()) else {
            return Ok(None);
        };
        let mut named =
            vec![("progress", self.progress_url(self.row.id)), ("team", catalog.team_name.clone())];
        named.push(("receipt", self.row.receipt.clone()));
        named.extend(
            ["reply", "solution", "message"]
                .iter()
                .filter_map(|name| Some((*name, given.get(*name)?.as_str()?.to_owned()))),
        );
        let reader = Reader { name: String::new(), address, language: self.row.language.clone() };
        self.write(&reader, template, &named).await.map(Some)
    }

    /// Asks somebody to fill in a form that is then linked to this submission, by a link that works once.
    pub(super) async fn survey(
        &mut self,
        machine: &Machine,
        form: &str,
        to: &Recipient,
        link: Option<String>,
    ) -> Result<(), ApiError> {
        let catalog = self.catalog.clone();
        let asked = catalog.form(form).ok().cloned();
        let found = asked.and_then(|live| Some((live.form.publish().slug.clone()?, live)));
        let Some((slug, asked)) = found else {
            return self.note(Note::internal("failed", json!({"action": "survey", "form": form}))).await;
        };
        let id: InvitationId = self.app.ids.next();
        let token = self.app.links.token(Purpose::Invitation, id);
        let url = self.app.config.base_url.join(&format!("/f/{slug}?i={token}"));
        let row = Invitation {
            id,
            team_id: catalog.team,
            form_key: form.to_owned(),
            submission_id: Some(self.row.id),
            link,
            customer_id: self.row.customer_id,
            token_hash: link::hash(&token),
            created_at: self.now_ms,
            used_at: None,
            used_by: None,
        };
        self.add(row).await?;
        let mut named = self.names(machine, &Value::Null).await?;
        let scores = one_click::lines(self.app, &asked.form, &token, language_of(&self.row.language), &url);
        named.push(("survey", url));
        named.push(("scores", scores));
        if let Some(template) = catalog.template(form) {
            for reader in self.readers(to).await? {
                self.write(&reader, template, &named).await?;
            }
        }
        self.note(Note::internal("survey", json!({"form": form, "invitation": id}))).await
    }

    /// Who reads it: colleagues with a mail address, or the customer.
    async fn readers(&mut self, to: &Recipient) -> Result<Vec<Reader>, ApiError> {
        let (assignee, department) = (self.row.assignee_id, self.row.department_key.clone());
        if matches!(to, Recipient::Customer) {
            let language = self.row.language.clone();
            return Ok(self
                .mail
                .iter()
                .map(|mail| Reader { name: String::new(), address: mail.clone(), language: language.clone() })
                .collect());
        }
        if let Recipient::Address(address) = to {
            let language = self.catalog.language.clone();
            return Ok(vec![Reader { name: address.clone(), address: address.clone(), language }]);
        }
        let staff = self.staff().await?;
        let head = department.as_deref().and_then(|key| staff.head(key));
        let meant = |person: &&Colleague| match to {
            Recipient::Assignee => Some(person.id) == assignee,
            Recipient::Head => Some(person.id) == head,
            Recipient::Department(key) => person.department.as_ref() == Some(key),
            Recipient::User(id) => person.id.to_string() == *id,
            Recipient::Customer | Recipient::Address(_) => false,
        };
        let reader = |person: &Colleague| {
            person.works_here.then_some(())?;
            Some(Reader {
                name: person.name.clone(),
                address: person.email.clone()?,
                language: person.language.clone(),
            })
        };
        Ok(staff.people.iter().filter(meant).filter_map(reader).collect())
    }

    async fn write(
        &mut self,
        reader: &Reader,
        template: &Template,
        named: &[(&'static str, String)],
    ) -> Result<MessageId, ApiError> {
        let language = language_of(&reader.language);
        let data = self.data();
        let form = self.form.clone();
        let value = |name: &str| {
            let found = named.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
            found.or_else(|| Some(worded(&form.form, &data, name, language)))
        };
        let value = |name: &str| if name == "reader" { Some(reader.name.clone()) } else { value(name) };
        let text_of = |text: &Text| fill(text.get(language.as_str()), &value);
        let mail = Mail {
            team: self.catalog.team,
            about: Some(self.row.id),
            kind: "mail",
            to: &reader.address,
            subject: &text_of(&template.subject),
            text: text_of(&template.text),
            now_ms: self.now_ms,
        };
        let row = mail.waiting(self.app);
        let id = row.id;
        self.batch.changed(self.catalog.team, Entity::Outbox, id, None);
        self.add(row).await?;
        self.note_message(&reader.address, &template.key, json!(id)).await?;
        Ok(id)
    }

    /// What every template may name beside the document's own fields.
    async fn names(
        &mut self,
        machine: &Machine,
        given: &Value,
    ) -> Result<Vec<(&'static str, String)>, ApiError> {
        let (assignee, department) = (self.row.assignee_id, self.row.department_key.clone());
        let staff = self.staff().await?;
        let name = |id| staff.person(id).map(|person| person.name.clone()).unwrap_or_default();
        let head = department.as_deref().and_then(|key| staff.head(key)).map(name).unwrap_or_default();
        let assignee = assignee.map(name).unwrap_or_default();
        let data = self.data();
        let language = language_of(&self.catalog.language);
        let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let form = &self.form.form;
        let customer = match &self.customer {
            Some(customer) => customer.name.clone(),
            None => gist::contact(form, &data).unwrap_or_default().to_owned(),
        };
        let mut named = vec![
            ("number", self.row.number.to_string()),
            ("summary", shortened(gist::words(form, &data).unwrap_or_default(), SUMMARY)),
            ("customer", customer),
            ("assignee", assignee),
            ("head", head),
            ("link", self.app.config.base_url.join(&format!("/s/submissions/{}", self.row.id))),
            ("progress", self.progress_url(self.row.id)),
            ("receipt", self.row.receipt.clone()),
            ("team", self.catalog.team_name.clone()),
            ("solution", text("solution")),
        ];
        if let Some(event) = &self.event {
            if let Some(message) = event.data.get("text").and_then(Value::as_str) {
                named.push(("message", message.to_owned()));
            }
            let clock = event.name.rsplit('.').next().unwrap_or_default().to_owned();
            if let Some((_, title)) = machine.clocks().find(|(key, _)| key.as_str() == clock) {
                named.push(("clock", title.get(language.as_str()).to_owned()));
            }
        }
        named.push(("due", self.due()));
        for (name, value) in given.as_object().into_iter().flatten() {
            if let (Some(known), Some(text)) = (KNOWN.iter().find(|known| *known == name), value.as_str()) {
                named.push((known, text.to_owned()));
            }
        }
        Ok(named)
    }

    /// When the next promise runs out, in the team's own time.
    fn due(&self) -> String {
        let calendars = &self.catalog.calendars;
        let zone = calendars.keys().next().and_then(|key| calendars.get(key)).map_or(Tz::UTC, Calendar::zone);
        let due = self.due_ms.and_then(DateTime::from_timestamp_millis);
        due.map(|due| due.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }
}

const KNOWN: [&str; 3] = ["message", "reply", "note"];

/// A field as people read it: choices by their labels.
fn worded(form: &form_engine::Form, data: &Value, name: &str, language: Language) -> String {
    let path = pointer::join("", name);
    let Some(value) = pointer::get(data, &path) else { return String::new() };
    let field = form.field(&path);
    let read = |value: &Value| match (field, value) {
        (Some(field), value) if !value.is_null() => field.label(value, language.as_str()),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, value) => value.to_string(),
    };
    match value.as_array() {
        Some(items) => items.iter().map(read).collect::<Vec<_>>().join("、"),
        None => read(value),
    }
}

/// A subject is one line, whatever a customer wrote.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, as one line of at most so many signs.
pub(in crate::services) fn shortened(text: &str, length: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= length { line } else { line.chars().take(length).chain(['…']).collect() }
}
