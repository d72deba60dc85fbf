//! Notifications: what concerns the caller, in their words.
//!
//! A row is written with its cause, by whoever causes it (`services::case::inform` for submissions). What its reader may
//! not see any more says nothing: rows are judged when they are read. Muted kinds are left out then, too, so that a
//! change of mind acts at once.

use std::collections::{BTreeSet, HashMap};

use api_types::{
    NotificationChoices, NotificationKind, NotificationPage, NotificationView, ReadNotifications, Role,
};
use form_engine::{Language, Text};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::Catalog;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::{NotificationId, SubmissionId, TeamId, UserId};
use crate::services::access::Access;
use crate::services::submissions::{form_titles, people, state_title};
use crate::store;
use crate::store::notification::{Notification, Which};
use crate::store::submission::Submission;
use crate::writer::Batch;

/// Unread ones that are counted.
const COUNTED: u64 = 100;
/// Most on a page.
const PAGE: u32 = 50;

/// Tells somebody something that is about no submission.
pub fn tell(
    app: &App,
    batch: &mut Batch,
    (team, user): (TeamId, UserId),
    kind: NotificationKind,
    facts: &Value,
) {
    batch.add(Notification {
        id: app.ids.next(),
        team_id: team,
        user_id: user,
        kind: kind.word().to_owned(),
        submission_id: None,
        actor_id: None,
        data: facts.to_string(),
        created_at: app.clock.now_ms(),
        read_at: None,
    });
    batch.changed(team, Entity::Notification, user, None);
}

/// A page of the caller's, newest first, and how many are unread.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(
    app: &App,
    caller: &Caller,
    limit: u32,
    cursor: Option<&str>,
) -> Result<NotificationPage, ApiError> {
    let before = cursor.map(str::parse::<NotificationId>).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let (db, own) = (app.db.read(), (caller.team, caller.user));
    let limit = u64::from(limit.clamp(1, PAGE));
    let muted = store::notification_mute::of_member(db, caller.team, caller.user).await?;
    let mut rows = store::notification::page(db, own, &muted, before, limit + 1).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let unread = store::notification::unread(db, own, &muted, COUNTED).await?;

    let reader = Reader::of(app, caller, rows.iter().chain(&unread)).await?;
    let unread = unread.iter().filter(|row| reader.may_read(row)).count();
    let items = rows.into_iter().filter(|row| reader.may_read(row)).map(|row| reader.view(row)).collect();
    Ok(NotificationPage { items, unread: u32::try_from(unread).unwrap_or(u32::MAX), next })
}

/// The caller has read one, those about a submission, or all.
///
/// # Errors
///
/// An id that is none. One of somebody else's is nothing to read, and says so no more than one that is not there.
pub async fn read(app: &App, caller: &Caller, wanted: &ReadNotifications) -> Result<(), ApiError> {
    let no_id = |path: &'static str| move |_| ApiError::problem("request.id", path, "expected an id");
    let which = match (&wanted.id, &wanted.submission) {
        (Some(id), _) => Which::One(id.parse().map_err(no_id("/id"))?),
        (None, Some(submission)) => Which::About(submission.parse().map_err(no_id("/submission"))?),
        (None, None) => Which::All,
    };
    let (team, user, now_ms) = (caller.team, caller.user, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                if store::notification::read(batch.write(), (team, user), which, now_ms).await? > 0 {
                    batch.changed(team, Entity::Notification, user, None);
                }
                Ok(())
            })
        })
        .await
}

/// What the caller does not want to hear of.
///
/// # Errors
///
/// When the database does not answer.
pub async fn choices(app: &App, caller: &Caller) -> Result<NotificationChoices, ApiError> {
    let muted = store::notification_mute::of_member(app.db.read(), caller.team, caller.user).await?;
    Ok(NotificationChoices { muted: muted.iter().filter_map(|kind| NotificationKind::of(kind)).collect() })
}

/// The caller wants to hear of everything but these.
///
/// # Errors
///
/// Those of the writer.
pub async fn choose(app: &App, caller: &Caller, wanted: &NotificationChoices) -> Result<(), ApiError> {
    let kinds: BTreeSet<String> = wanted.muted.iter().map(|kind| kind.word().to_owned()).collect();
    let (team, user) = (caller.team, caller.user);
    app.writer
        .run(Some(team), move |batch| {
            let kinds: Vec<String> = kinds.iter().cloned().collect();
            Box::pin(async move {
                store::notification_mute::replace(batch.write(), team, user, kinds).await?;
                batch.changed(team, Entity::Notification, user, None);
                Ok(())
            })
        })
        .await
}

/// What sentences need besides the facts, and what the caller may see.
struct Reader {
    language: Language,
    is_designer: bool,
    /// Those of the submissions in question that may be seen.
    seen: HashMap<SubmissionId, Submission>,
    people: HashMap<String, String>,
    forms: HashMap<String, String>,
    catalog: std::sync::Arc<Catalog>,
}

impl Reader {
    async fn of(
        app: &App,
        caller: &Caller,
        rows: impl Iterator<Item = &Notification>,
    ) -> Result<Self, ApiError> {
        let ids: BTreeSet<SubmissionId> = rows.filter_map(|row| row.submission_id).collect();
        let ids: Vec<SubmissionId> = ids.into_iter().collect();
        let about = store::submission::by_ids(app.db.read(), caller.team, &ids).await?;
        let seen = if about.is_empty() {
            Vec::new()
        } else {
            Access::of(app, caller).await?.seen(app, about).await?
        };
        Ok(Self {
            language: caller.language,
            is_designer: caller.is(Role::Designer),
            seen: seen.into_iter().map(|(row, _)| (row.id, row)).collect(),
            people: people(app, caller).await?,
            forms: form_titles(app, caller).await?,
            catalog: app.catalog(caller.team).await?,
        })
    }

    fn may_read(&self, row: &Notification) -> bool {
        match row.submission_id {
            Some(id) => self.seen.contains_key(&id),
            // Only imports are about no submission.
            None => self.is_designer,
        }
    }

    fn view(&self, row: Notification) -> NotificationView {
        let data: Value = serde_json::from_str(&row.data).unwrap_or_default();
        let kind = NotificationKind::of(&row.kind).unwrap_or(NotificationKind::Assigned);
        let about = row.submission_id.and_then(|id| self.seen.get(&id));
        let form = data.get("form").and_then(Value::as_str);
        NotificationView {
            id: row.id.to_string(),
            kind,
            about: match about {
                Some(about) => format!("{} #{}", self.form(&about.form_key), about.number),
                None => form.map_or_else(String::new, |form| self.form(form)),
            },
            text: self.sentence(kind, &row, about, &data),
            submission: row.submission_id.map(|id| id.to_string()),
            form: form.map(str::to_owned),
            at: rfc3339(row.created_at),
            read: row.read_at.is_some(),
        }
    }

    fn form(&self, key: &str) -> String {
        self.forms.get(key).map_or(key, String::as_str).to_owned()
    }

    fn pick(&self, zh: String, en: String) -> String {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// A text as it was written down, in the reader's language.
    fn words(&self, text: Option<&Value>) -> String {
        let text = text.and_then(|text| serde_json::from_value::<Text>(text.clone()).ok());
        text.map(|text| text.get(self.language.as_str()).to_owned()).unwrap_or_default()
    }

    fn sentence(
        &self,
        kind: NotificationKind,
        row: &Notification,
        about: Option<&Submission>,
        data: &Value,
    ) -> String {
        let said = data.get("text").and_then(Value::as_str).unwrap_or_default();
        let actor = row.actor_id.and_then(|id| self.people.get(&id.to_string()));
        match (kind, actor) {
            (NotificationKind::Assigned, Some(name)) => {
                self.pick(format!("{name} 分配给了你"), format!("{name} assigned this to you"))
            }
            (NotificationKind::Assigned, None) => {
                self.pick("已自动分配给你".into(), "Assigned to you automatically".into())
            }
            (NotificationKind::Task, _) => {
                let title = self.words(data.get("title"));
                self.pick(format!("等你处理：{title}"), format!("Waiting for you: {title}"))
            }
            (NotificationKind::Customer, _) => {
                match data.get("what").and_then(Value::as_str).unwrap_or_default() {
                    "confirm" => self.pick("客户确认已解决".into(), "The customer says it is solved".into()),
                    "reject" if said.is_empty() => {
                        self.pick("客户表示还没有解决".into(), "The customer says it is not solved".into())
                    }
                    "reject" => self.pick(
                        format!("客户表示还没有解决：{said}"),
                        format!("The customer says it is not solved: {said}"),
                    ),
                    _ => self.pick(format!("客户留言：{said}"), format!("The customer wrote: {said}")),
                }
            }
            (NotificationKind::ClockWarned, _) => {
                let clock = self.words(data.get("title"));
                self.pick(format!("“{clock}”快到期了"), format!("“{clock}” is running out"))
            }
            (NotificationKind::ClockBroken, _) => {
                let clock = self.words(data.get("title"));
                self.pick(format!("“{clock}”已超时"), format!("“{clock}” is overdue"))
            }
            (NotificationKind::Decided, _) => {
                let key = data.get("state").and_then(Value::as_str).unwrap_or_default();
                let state = about
                    .and_then(|about| state_title(&self.catalog, &about.form_key, key, self.language))
                    .unwrap_or_else(|| key.to_owned());
                self.pick(format!("你提交的有了结果：{state}"), format!("What you handed in is now: {state}"))
            }
            (NotificationKind::Mentioned, Some(name)) => {
                self.pick(format!("{name} 在备注里提到你：{said}"), format!("{name} mentioned you: {said}"))
            }
            (NotificationKind::Mentioned, None) => {
                self.pick(format!("备注里提到你：{said}"), format!("A note mentions you: {said}"))
            }
            (NotificationKind::Imported, _) => self.imported(data),
        }
    }

    fn imported(&self, data: &Value) -> String {
        let file = data.get("file").and_then(Value::as_str).unwrap_or_default();
        let count = |name: &str| data.get(name).and_then(Value::as_i64).unwrap_or_default();
        let (rows, refused) = (count("imported"), count("refused"));
        match (data.get("failed").and_then(Value::as_bool), refused) {
            (Some(true), _) => {
                self.pick(format!("“{file}”导入中断"), format!("The import of “{file}” stopped"))
            }
            (_, 0) => self.pick(
                format!("“{file}”导入完成，共 {rows} 行"),
                format!("“{file}” is imported: {rows} rows"),
            ),
            (_, refused) => self.pick(
                format!("“{file}”导入完成，共 {rows} 行，另有 {refused} 行未能导入"),
                format!("“{file}” is imported: {rows} rows; {refused} could not be"),
            ),
        }
    }
}
