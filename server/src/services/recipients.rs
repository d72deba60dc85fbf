//! A form is sent to people: a link of their own for each, by mail where wished, and a word to those who stay silent.
//!
//! A mail's links only open the form: what a robot that follows links finds is a page, and nothing is stored until
//! somebody sends it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use api_types::{
    InvitationList, InvitedCount, NewInvitations, NewRecipient, ReadRecipients, RecipientView, RemindedCount,
};
use form_engine::{Identity, IdentityKind, Language, Problem, fill};
use serde_json::json;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::{Catalog, LiveForm};
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::{self, Purpose, same};
use crate::ids::{InvitationId, TeamId};
use crate::services::audit::Deed;
use crate::services::one_click;
use crate::services::outbox::Mail;
use crate::store;
use crate::store::invitation::Invitation;
use crate::store::opt_out::OptOut;
use crate::store::outbox::Message;
use crate::store::recipient::Recipient;
use crate::tabular::{self, Cell};
use crate::writer::Batch;

/// Most people at a time.
const MOST: usize = 2_000;
/// Longest mail, in characters.
const LONGEST: usize = 20_000;
const DAY_MS: i64 = 86_400_000;

/// Invites people to a form.
///
/// # Errors
///
/// A form without a page; problems of the list and of the mail, at their places.
pub async fn invite(
    app: &App,
    caller: &Caller,
    form: &str,
    wanted: &NewInvitations,
) -> Result<InvitedCount, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(form)?.clone();
    let slug = live.form.publish().slug.clone();
    let slug = slug.ok_or_else(|| ApiError::problem("form.slug", "", "the form has no page to invite to"))?;
    let people = read(wanted)?;
    let (team, wanted, writer, app) = (caller.team, wanted.clone(), app.writer.clone(), app.clone());
    let by = caller.clone();
    writer
        .run(Some(team), move |batch| {
            let sender =
                Sender { app: app.clone(), catalog: catalog.clone(), live: live.clone(), slug: slug.clone() };
            let (wanted, people, by) = (wanted.clone(), people.clone(), by.clone());
            Box::pin(async move {
                let count = sender.invite(batch, &wanted, people).await?;
                if count.invited > 0 {
                    let facts = json!({"people": count.invited, "mails": count.mailed});
                    batch.audit(sender.deed("invited").after(facts).by(&by, sender.app.clock.now_ms()));
                }
                Ok(count)
            })
        })
        .await
}

/// The list as it is kept: every contact written one way.
fn read(wanted: &NewInvitations) -> Result<Vec<NewRecipient>, ApiError> {
    let mut problems = Vec::new();
    let mut problem =
        |path: String, message: &str| problems.push(Problem::new("invitation.recipient", path, message));
    if wanted.recipients.is_empty() || wanted.recipients.len() > MOST {
        problem("/recipients".to_owned(), "expected 1 to 2000 recipients");
    }
    let mut people = Vec::new();
    for (index, given) in wanted.recipients.iter().take(MOST).enumerate() {
        let kinds = [
            ("mail", IdentityKind::Mail, &given.mail),
            ("phone", IdentityKind::Phone, &given.phone),
            ("external", IdentityKind::External, &given.external),
        ];
        let mut read = [None, None, None];
        for (place, (name, kind, typed)) in kinds.into_iter().enumerate() {
            let Some(typed) = typed.as_deref().map(str::trim).filter(|typed| !typed.is_empty()) else {
                continue;
            };
            match Identity::read(kind, typed) {
                Some(identity) => read[place] = Some(identity.value),
                None => problem(format!("/recipients/{index}/{name}"), "it is not of this kind"),
            }
        }
        let [mail, phone, external] = read;
        if mail.is_none() && phone.is_none() && external.is_none() {
            problem(format!("/recipients/{index}"), "expected a mail address, a phone number or an id");
        }
        let name = given.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.map(|name| name.chars().filter(|c| !c.is_control()).take(100).collect());
        people.push(NewRecipient { name, mail, phone, external });
    }
    if let Some(mail) = &wanted.mail {
        if mail.subject.trim().is_empty() || mail.subject.chars().count() > 200 {
            problem("/mail/subject".to_owned(), "expected 1 to 200 characters");
        }
        if mail.text.chars().count() > LONGEST
            || !(mail.text.contains("{{link}}") || mail.text.contains("{{scores}}"))
        {
            problem(
                "/mail/text".to_owned(),
                "expected at most 20000 characters with `{{link}}` or `{{scores}}`",
            );
        }
        if mail.remind_after_days.is_some_and(|days| !(1..=90).contains(&days)) {
            problem("/mail/remind_after_days".to_owned(), "expected 1 to 90 days");
        }
    }
    if problems.is_empty() { Ok(people) } else { Err(ApiError::Invalid(problems)) }
}

/// Contacts under which somebody is known.
fn contacts(mail: Option<&String>, phone: Option<&String>, external: Option<&String>) -> Vec<String> {
    let named = [("mail", mail), ("phone", phone), ("external", external)];
    named.into_iter().filter_map(|(kind, value)| Some(format!("{kind} {}", value?))).collect()
}

/// What writing to somebody needs.
struct Sender {
    app: App,
    catalog: Arc<Catalog>,
    live: Arc<LiveForm>,
    slug: String,
}

impl Sender {
    async fn invite(
        &self,
        batch: &mut Batch,
        wanted: &NewInvitations,
        people: Vec<NewRecipient>,
    ) -> Result<InvitedCount, ApiError> {
        let (team, now_ms) = (self.catalog.team, self.app.clock.now_ms());
        let form_key = self.live.form.key();
        let before = store::recipient::of_form(batch.read(), team, form_key).await?;
        let ids = before.iter().map(|one| one.id).collect();
        let used = store::invitation::by_ids(batch.read(), team, ids).await?;
        let used: HashSet<InvitationId> =
            used.into_iter().filter(|one| one.used_at.is_some()).map(|one| one.id).collect();
        let open = before.iter().filter(|one| !used.contains(&one.id));
        let mut known: HashSet<String> = open
            .flat_map(|one| contacts(one.mail.as_ref(), one.phone.as_ref(), one.external.as_ref()))
            .collect();
        let silent = store::opt_out::addresses(batch.read(), team).await?;
        let mut count = InvitedCount { invited: 0, known: 0, mailed: 0, opted_out: 0 };
        for person in people {
            let theirs = contacts(person.mail.as_ref(), person.phone.as_ref(), person.external.as_ref());
            if theirs.iter().any(|contact| known.contains(contact)) {
                count.known += 1;
                continue;
            }
            known.extend(theirs);
            count.invited += 1;
            let id: InvitationId = self.app.ids.next();
            let token = self.app.links.token(Purpose::Invitation, id);
            batch.add(Invitation {
                id,
                team_id: team,
                form_key: form_key.to_owned(),
                submission_id: None,
                link: None,
                customer_id: None,
                token_hash: link::hash(&token),
                created_at: now_ms,
                used_at: None,
                used_by: None,
            });
            let refuses = person.mail.as_ref().is_some_and(|mail| silent.contains(mail));
            count.opted_out += u32::from(refuses);
            let mail = wanted.mail.as_ref().filter(|_| person.mail.is_some() && !refuses);
            let days = mail.and_then(|mail| mail.remind_after_days);
            let row = Recipient {
                id,
                team_id: team,
                form_key: form_key.to_owned(),
                name: person.name,
                mail: person.mail,
                phone: person.phone,
                external: person.external,
                subject: mail.map(|mail| mail.subject.clone()),
                text: mail.map(|mail| mail.text.clone()),
                mailed_at: mail.map(|_| now_ms),
                remind_at: days.map(|days| now_ms + i64::from(days) * DAY_MS),
                reminded_at: None,
                opened_at: None,
                created_at: now_ms,
            };
            if let Some(message) = self.message(&row, false) {
                count.mailed += 1;
                batch.changed(team, Entity::Outbox, message.id, None);
                batch.add(message);
            }
            batch.add(row);
        }
        Ok(count)
    }

    /// Something done to the people of the form, in the audit log.
    fn deed(&self, action: &'static str) -> Deed {
        let form = &self.live.form;
        Deed::new(action, "recipients", form.key(), form.title().get(&self.catalog.language))
    }

    fn url(&self, id: InvitationId) -> String {
        let token = self.app.links.token(Purpose::Invitation, id);
        self.app.config.base_url.join(&format!("/f/{}?i={token}", self.slug))
    }

    async fn remind_silent(&self, batch: &mut Batch, by: &Caller) -> Result<RemindedCount, ApiError> {
        let (team, now_ms) = (self.catalog.team, self.app.clock.now_ms());
        let rows = store::recipient::of_form(batch.read(), team, self.live.form.key()).await?;
        let invitations =
            store::invitation::by_ids(batch.read(), team, rows.iter().map(|row| row.id).collect()).await?;
        let waits: HashSet<InvitationId> =
            invitations.into_iter().filter(|one| one.used_at.is_none()).map(|one| one.id).collect();
        let silent = store::opt_out::addresses(batch.read(), team).await?;
        let mut count = RemindedCount { reminded: 0, lately: 0 };
        for mut row in rows {
            let Some(written) = row.reminded_at.or(row.mailed_at).filter(|_| waits.contains(&row.id)) else {
                continue;
            };
            if row.mail.as_ref().is_none_or(|mail| silent.contains(mail)) {
                continue;
            }
            if now_ms - written < DAY_MS {
                count.lately += 1;
                continue;
            }
            if let Some(message) = self.message(&row, true) {
                count.reminded += 1;
                // A reminder that was planned is this one.
                (row.reminded_at, row.remind_at) = (Some(now_ms), None);
                store::recipient::update(batch.write(), &row).await?;
                batch.changed(team, Entity::Outbox, message.id, None);
                batch.add(message);
            }
        }
        if count.reminded > 0 {
            batch.audit(self.deed("reminded").after(json!({"people": count.reminded})).by(by, now_ms));
        }
        Ok(count)
    }

    /// The mail to somebody; none without an address or words.
    fn message(&self, row: &Recipient, again: bool) -> Option<Message> {
        let (address, subject, text) = (row.mail.clone()?, row.subject.as_ref()?, row.text.as_ref()?);
        let language = Language::parse(&self.catalog.language).unwrap_or(Language::Zh);
        let url = self.url(row.id);
        let value = |name: &str| match name {
            "name" => row.name.clone(),
            "link" => Some(url.clone()),
            "team" => Some(self.catalog.team_name.clone()),
            "scores" => {
                let token = self.app.links.token(Purpose::Invitation, row.id);
                Some(one_click::lines(&self.app, &self.live.form, &token, language, &url))
            }
            _ => None,
        };
        let stop = format!("{}.{}", row.id, self.app.links.token(Purpose::OptOut, row.id));
        let stop = self.app.config.base_url.join(&format!("/u/{stop}"));
        let (mark, foot) = match language {
            Language::Zh => ("提醒：", format!("不想再收到这类邮件：{stop}")),
            Language::En => ("Reminder: ", format!("To get no more such mails: {stop}")),
        };
        let subject = format!("{}{}", if again { mark } else { "" }, fill(subject, &value));
        let mail = Mail {
            team: row.team_id,
            about: None,
            kind: "mail",
            to: &address,
            subject: &subject,
            text: format!("{}\n\n{foot}\n", fill(text, &value).trim_end()),
            now_ms: self.app.clock.now_ms(),
        };
        Some(mail.waiting(&self.app))
    }
}

/// Everybody a form was sent to, and how it stands.
///
/// # Errors
///
/// A form that is not there.
pub async fn list(app: &App, caller: &Caller, form: &str) -> Result<InvitationList, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(form)?.clone();
    let slug = live.form.publish().slug.clone().unwrap_or_default();
    let sender = Sender { app: app.clone(), catalog, live, slug };
    let db = app.db.read();
    let rows = store::recipient::of_form(db, caller.team, form).await?;
    let used = store::invitation::by_ids(db, caller.team, rows.iter().map(|row| row.id).collect()).await?;
    let used: HashMap<InvitationId, i64> =
        used.into_iter().filter_map(|one| Some((one.id, one.used_at?))).collect();
    let silent = store::opt_out::addresses(db, caller.team).await?;
    let view = |row: Recipient| RecipientView {
        url: sender.url(row.id),
        mailed_at: row.mailed_at.map(rfc3339),
        reminded_at: row.reminded_at.map(rfc3339),
        opened_at: row.opened_at.or_else(|| used.get(&row.id).copied()).map(rfc3339),
        answered_at: used.get(&row.id).copied().map(rfc3339),
        opted_out: row.mail.as_ref().is_some_and(|mail| silent.contains(mail)),
        recipient: NewRecipient { name: row.name, mail: row.mail, phone: row.phone, external: row.external },
    };
    let items: Vec<RecipientView> = rows.into_iter().map(view).collect();
    let count = |is: &dyn Fn(&RecipientView) -> bool| {
        u32::try_from(items.iter().filter(|one| is(one)).count()).unwrap_or(u32::MAX)
    };
    Ok(InvitationList {
        invited: count(&|_| true),
        mailed: count(&|one| one.mailed_at.is_some()),
        opened: count(&|one| one.opened_at.is_some()),
        answered: count(&|one| one.answered_at.is_some()),
        reminded: count(&|one| one.reminded_at.is_some()),
        delivers: app.config.mail.smtp.is_some(),
        items,
    })
}

/// Who stands in a table somebody brings, or in lines they paste: contacts are known by their looks, wherever they stand.
///
/// # Errors
///
/// What is no table.
pub async fn read_list(bytes: Vec<u8>) -> Result<ReadRecipients, ApiError> {
    let sheet = tokio::task::spawn_blocking(move || tabular::read(&bytes)).await;
    let sheet = sheet.map_err(ApiError::internal)?;
    let sheet = sheet.map_err(|error| ApiError::problem(error.code(), "/file", error.to_string()))?;
    // The first line is a head only when it names nobody; columns without a name got one.
    let head = sheet.headers.iter().filter(|name| !name.starts_with("column_")).cloned().collect();
    let mut read = ReadRecipients { recipients: Vec::new(), unread: Vec::new() };
    let mut known = HashSet::new();
    let lines = sheet.rows.iter().map(|row| (row.cells.iter().map(Cell::text).collect(), false));
    for (cells, is_head) in std::iter::once((head, true)).chain(lines) {
        let cells: Vec<String> = cells;
        let named = people(&cells);
        let said = cells.iter().any(|cell| !cell.trim().is_empty());
        if named.is_empty() && !is_head && said {
            read.unread.push(cells.join(" ").trim().chars().take(80).collect());
        }
        for person in named {
            let theirs = contacts(person.mail.as_ref(), person.phone.as_ref(), None);
            if !theirs.iter().any(|contact| known.contains(contact)) && read.recipients.len() < MOST {
                read.recipients.push(person);
            }
            known.extend(theirs);
        }
    }
    Ok(read)
}

/// Whom a line names: somebody for each mail address, with the words before it as their name; or somebody with a number.
fn people(cells: &[String]) -> Vec<NewRecipient> {
    let parts = cells.iter().flat_map(|cell| match cell.contains('@') {
        // `Li Lei <li@b.example>; han@b.example`, as mail programs write it.
        true => cell.split([';', ',', '；', '，', '、', '<', '>']).flat_map(around_mail).collect(),
        false => around_phone(cell),
    });
    let (mut done, mut open, mut later) = (Vec::new(), NewRecipient::default(), None);
    for part in parts.filter(|part| !part.is_empty()) {
        let mail = Identity::read(IdentityKind::Mail, &part).filter(|_| part.contains('@'));
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let phone = Identity::read(IdentityKind::Phone, &part).filter(|_| digits >= 7);
        match (mail, phone) {
            (Some(mail), _) => {
                if open.mail.is_some() {
                    // Words after an address are the next one's name, if there is a next one.
                    let next = NewRecipient { name: later.take(), ..NewRecipient::default() };
                    done.push(std::mem::replace(&mut open, next));
                }
                open.mail = Some(mail.value);
            }
            (None, Some(phone)) => {
                open.phone.get_or_insert(phone.value);
            }
            (None, None) if open.name.is_none() => open.name = Some(part),
            (None, None) => later = Some(part),
        }
    }
    done.push(open);
    done.retain(|person| person.mail.is_some() || person.phone.is_some());
    done
}

/// `Li Lei 138 0013 8000` as its words and its number; anything else as it is.
fn around_phone(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    let start = cell.find(|c: char| c.is_ascii_digit() || c == '+').unwrap_or(cell.len());
    let (words, number) = cell.split_at(start);
    let is_number = number.chars().filter(char::is_ascii_digit).count() >= 7
        && Identity::read(IdentityKind::Phone, number).is_some();
    let parts = if is_number { vec![words, number] } else { vec![cell] };
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// `Li Lei li@b.example` as its words and its address.
fn around_mail(part: &str) -> Vec<String> {
    let address = part.split_whitespace().find(|word| word.contains('@'));
    let words: Vec<&str> = part.split_whitespace().filter(|word| !word.contains('@')).collect();
    let words = words.join(" ").trim_matches('"').to_owned();
    [words].into_iter().chain(address.map(str::to_owned)).collect()
}

/// Somebody who was invited began to answer: they touched the page, which no program does that follows links.
///
/// # Errors
///
/// When the database does not answer. A token nobody was given changes nothing.
pub async fn opened(app: &App, token: &str) -> Result<(), ApiError> {
    let found = store::invitation::by_token_of_any_team(app.db.read(), &link::hash(token)).await?;
    let Some(invitation) = found else { return Ok(()) };
    let (team, id, now_ms) = (invitation.team_id, invitation.id, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                let found = store::recipient::get_of_any_team(batch.read(), id).await?;
                match found.filter(|row| row.opened_at.is_none()) {
                    Some(mut row) => {
                        row.opened_at = Some(now_ms);
                        Ok(store::recipient::update(batch.write(), &row).await?)
                    }
                    None => Ok(()),
                }
            })
        })
        .await
}

/// Writes once more, now, to everybody who got a mail and is silent; whoever was written to within a day is left in peace.
///
/// # Errors
///
/// A form that takes no answers now.
pub async fn remind_silent(app: &App, caller: &Caller, form: &str) -> Result<RemindedCount, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(form)?.clone();
    let publish = live.form.publish();
    if publish.at(app.clock.now_ms()) != form_engine::Opening::Open {
        return Err(ApiError::Conflict(crate::error::Conflict::FormClosed));
    }
    let slug = publish.slug.clone();
    let slug = slug.ok_or_else(|| ApiError::problem("form.slug", "", "the form has no page to invite to"))?;
    let (by, team, writer) = (caller.clone(), caller.team, app.writer.clone());
    let app = app.clone();
    writer
        .run(Some(team), move |batch| {
            let sender =
                Sender { app: app.clone(), catalog: catalog.clone(), live: live.clone(), slug: slug.clone() };
            let by = by.clone();
            Box::pin(async move { sender.remind_silent(batch, &by).await })
        })
        .await
}

/// The same as lines for a spreadsheet, links included.
pub fn csv(list: &InvitationList, language: Language) -> String {
    let head = match language {
        Language::Zh => ["姓名", "邮箱", "电话", "外部编号", "链接", "发送时间", "提醒时间", "填写时间"],
        Language::En => ["Name", "Mail", "Phone", "Id", "Link", "Mailed", "Reminded", "Answered"],
    };
    let mut text = format!("\u{feff}{}", super::export::line(&head.map(str::to_owned)));
    for one in &list.items {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let who = &one.recipient;
        text.push_str(&super::export::line(&[
            said(&who.name),
            said(&who.mail),
            said(&who.phone),
            said(&who.external),
            one.url.clone(),
            said(&one.mailed_at),
            said(&one.reminded_at),
            said(&one.answered_at),
        ]));
    }
    text
}

/// Reminds those who are silent and whose day has come; how many reminders were due.
///
/// # Errors
///
/// When the database does not answer.
pub async fn remind(app: &App, at_once: u64) -> Result<usize, ApiError> {
    let due = store::recipient::due_of_all_teams(app.db.read(), app.clock.now_ms(), at_once).await?;
    let count = due.len();
    for row in due {
        let catalog = app.catalog(row.team_id).await?;
        let (team, id): (TeamId, InvitationId) = (row.team_id, row.id);
        let (writer, app) = (app.writer.clone(), app.clone());
        writer
            .run(Some(team), move |batch| {
                let (app, catalog) = (app.clone(), catalog.clone());
                Box::pin(async move { remind_one(app, catalog, batch, team, id).await })
            })
            .await?;
    }
    Ok(count)
}

/// Asked again inside the writer: another worker, or the answer itself, may have been faster.
async fn remind_one(
    app: App,
    catalog: Arc<Catalog>,
    batch: &mut Batch,
    team: TeamId,
    id: InvitationId,
) -> Result<(), ApiError> {
    let now_ms = app.clock.now_ms();
    let found = store::recipient::get_of_any_team(batch.read(), id).await?;
    let Some(mut row) = found.filter(|row| row.remind_at.is_some_and(|at| at <= now_ms)) else {
        return Ok(());
    };
    row.remind_at = None;
    let invitation = store::invitation::by_ids(batch.read(), team, vec![id]).await?;
    let waits = invitation.iter().any(|one| one.used_at.is_none());
    let silent = store::opt_out::addresses(batch.read(), team).await?;
    let may = row.mail.as_ref().is_some_and(|mail| !silent.contains(mail));
    let live = catalog.form(&row.form_key).ok().cloned();
    let open = live.filter(|live| live.form.publish().at(now_ms) == form_engine::Opening::Open);
    if let Some(live) = open.filter(|_| waits && may)
        && let Some(slug) = live.form.publish().slug.clone()
    {
        let sender = Sender { app, catalog, live, slug };
        if let Some(message) = sender.message(&row, true) {
            row.reminded_at = Some(now_ms);
            batch.changed(team, Entity::Outbox, message.id, None);
            batch.add(message);
        }
    }
    Ok(store::recipient::update(batch.write(), &row).await?)
}

/// Who an opt-out link is for: their address, hidden but for its ends.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a link nobody was given.
pub async fn leaving(app: &App, token: &str) -> Result<(Recipient, String), ApiError> {
    let gone = || ApiError::not_found("mail", "of this link");
    let (id, seal) = token.split_once('.').ok_or_else(gone)?;
    let id: InvitationId = id.parse().map_err(|_| gone())?;
    if !same(seal, &app.links.token(Purpose::OptOut, id)) {
        return Err(gone());
    }
    let row = store::recipient::get_of_any_team(app.db.read(), id).await?.ok_or_else(gone)?;
    let mail = row.mail.clone().ok_or_else(gone)?;
    let (local, host) = mail.split_once('@').ok_or_else(gone)?;
    let first: String = local.chars().take(1).collect();
    Ok((row, format!("{first}…@{host}")))
}

/// The address gets no more mails that it did not ask for, of any form of the team.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a link nobody was given.
pub async fn leave(app: &App, token: &str) -> Result<String, ApiError> {
    let (row, shown) = leaving(app, token).await?;
    let opt_out = OptOut {
        team_id: row.team_id,
        address: row.mail.unwrap_or_default(),
        created_at: app.clock.now_ms(),
    };
    app.writer
        .run(Some(row.team_id), move |batch| {
            let opt_out = opt_out.clone();
            Box::pin(async move { Ok(store::opt_out::keep(batch.write(), opt_out).await?) })
        })
        .await?;
    Ok(shown)
}
