//! A submission comes in: judged, then stored with everything it sets going, in one transaction.
//!
//! The one way in for every channel: the public page, the API, staff, imports and samples.

use std::sync::Arc;

use api_types::Receipt;
use flow_engine::{Cause, Event};
use form_engine::{Field, FieldKind, Form, Identity, Language, OnePer, Opening, Problem, pointer};
use serde_json::{Value, json};

use super::case::{Case, Draft, Link, progress_url};
use super::{captcha, quota, reference, revise, uploads};
use crate::app::App;
use crate::catalog::{Catalog, LiveForm};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::link;
use crate::ids::{SubmissionId, TeamId, UploadId, UserId};
use crate::permission::FormReach;
use crate::store;
use crate::store::idempotency::Idempotency;
use crate::store::invitation::Invitation;
use crate::writer::{Batch, Job, Lookups};

/// What came in, and how.
#[derive(Clone)]
pub struct Submission {
    /// The form in force.
    pub form: Arc<LiveForm>,
    /// The document as sent.
    pub data: Value,
    /// `web`, `api`, `staff`, `import` …
    pub channel: String,
    /// The reader's language, for problems now and mails later.
    pub language: Language,
    /// Who keyed it in, when staff did.
    pub by: Option<UserId>,
    /// Fields that are kept from who keyed it in, beside what only staff fill where nobody did.
    pub kept: Vec<String>,
    /// Makes a retry harmless: the same key and document get the same answer.
    pub key: Option<String>,
    /// The one-use link it came by.
    pub invitation: Option<Invitation>,
    /// Tells browsers apart, where the form takes one answer from each.
    pub device: Option<String>,
    /// A claim that is good for one answer: the challenge it met.
    pub once: Option<String>,
    /// Who the sender is beyond what they wrote, on the word of the team's own server.
    pub known: Vec<Identity>,
    /// Set for answers from before this server: when they were given. They start nothing.
    pub past_ms: Option<i64>,
}

/// Judges and stores a submission. Returns after COMMIT.
///
/// # Errors
///
/// [`ApiError::Invalid`] with every problem; [`ApiError::Conflict`] when the form takes none (now, any more, from
/// this sender); [`ApiError::KeyReused`].
pub async fn submit(app: &App, submission: Submission) -> Result<Receipt, ApiError> {
    let (definition, version) = (submission.form.definition, submission.form.version);
    let again = submission.clone();
    let taken = submit_once(app, submission).await;
    if !matches!(taken, Err(ApiError::Conflict(Conflict::Stale)))
        || !app.compiled.is_outdated(definition, version)
    {
        return taken;
    }
    // Fields were renamed while it was judged.
    let form = app.catalog(again.form.team).await?.form(again.form.form.key())?.clone();
    submit_once(app, Submission { form, ..again }).await
}

async fn submit_once(app: &App, mut submission: Submission) -> Result<Receipt, ApiError> {
    let now_ms = app.clock.now_ms();
    let is_past = submission.past_ms.is_some();
    if !is_past && submission.by.is_none() {
        match submission.form.form.publish().at(now_ms) {
            Opening::Open => {}
            Opening::Early => return Err(Conflict::FormNotOpen.into()),
            Opening::Closed => return Err(Conflict::FormClosed.into()),
        }
    }
    let hash = link::hash(&submission.data.to_string());
    let form = submission.form.clone();
    form.form.in_new_names(&mut submission.data);
    let mut kept = submission.kept;
    if submission.by.is_none() {
        kept.extend(staff_fields(&form.form));
    }
    let data = without(submission.data, &kept);
    let data = if is_past { data } else { unnumbered(&form.form, data) };
    let data = form.form.normalise(data);
    // What came in before this server may refer to what never came here.
    let data = if is_past {
        data
    } else {
        let staff = submission.by.is_some();
        reference::settle(app, form.team, &form.form, None, data, submission.language, staff).await?
    };
    let (data, files) = if is_past {
        (data, Vec::new())
    } else {
        uploads::settle(app.db.read(), &form, None, data, submission.language).await?
    };
    let data = judge(&form.form, data, &kept, submission.language)?;
    let catalog = app.catalog(form.team).await?;
    let mut contacts = submission.known.clone();
    contacts.extend(form.form.contacts(&data).into_iter().filter(|one| !submission.known.contains(one)));
    let arrive = Arrive {
        app: app.clone(),
        catalog,
        form,
        data,
        files,
        contacts,
        channel: submission.channel,
        language: submission.language,
        by: submission.by,
        key: submission.key.map(|key| (key, hash)),
        invitation: submission.invitation,
        device: submission.device,
        once: submission.once,
        known: submission.known,
        past_ms: submission.past_ms,
    };
    app.writer.settle(arrive).await
}

/// Fields that only staff fill: `readOnly` in the schema. Customers do not see them, and what they send there is dropped.
pub fn staff_fields(form: &Form) -> Vec<String> {
    fields(form, |field| field.read_only)
}

/// Fields that whoever hands in with `reach` has no way to see.
pub fn hidden_fields(form: &Form, reach: &FormReach) -> Vec<String> {
    fields(form, |field| !reach.adds(&field.path))
}

/// The pointers of the fields of which `holds` is true.
pub fn fields(form: &Form, holds: impl Fn(&Field) -> bool) -> Vec<String> {
    form.fields().iter().filter(|field| holds(field)).map(|field| field.path.clone()).collect()
}

/// The document without what stands at the fields `kept`.
fn without(mut data: Value, kept: &[String]) -> Value {
    for path in kept {
        pointer::remove_all(&mut data, path);
    }
    data
}

/// Serial numbers are given inside the writer; nobody brings their own.
fn unnumbered(form: &Form, data: Value) -> Value {
    without(data, &fields(form, |field| field.kind == FieldKind::SerialNumber))
}

/// Judges a document whose sender has no way to fill the fields `kept`.
///
/// # Errors
///
/// [`ApiError::Invalid`] with every problem that is theirs.
pub fn judge(form: &Form, data: Value, kept: &[String], language: Language) -> Result<Value, ApiError> {
    if kept.is_empty() {
        return form.validate(data, language).map_err(ApiError::Invalid);
    }
    match form.validate(data.clone(), language) {
        Ok(data) => Ok(data),
        Err(problems) => match theirs(form, problems, kept) {
            none if none.is_empty() => Ok(form.apply_rules(data).data),
            problems => Err(ApiError::Invalid(problems)),
        },
    }
}

/// Nobody is asked for what they have no way to give: problems of missing answers of which every field is `kept` are left out.
pub fn theirs(form: &Form, mut problems: Vec<Problem>, kept: &[String]) -> Vec<Problem> {
    let is_kept = |path: &str| kept.iter().any(|kept| pointer::matches(kept, path));
    problems.retain(|problem| {
        if problem.code != "form.required" {
            return true;
        }
        let about = |field: &&Arc<Field>| pointer::is_within(&field.path, &problem.path);
        let mut inner = form.fields().iter().filter(about).peekable();
        !is_kept(&problem.path) && (inner.peek().is_none() || !inner.all(|field| kept.contains(&field.path)))
    });
    problems
}

/// A judged submission on its way into the writer.
struct Arrive {
    app: App,
    catalog: Arc<Catalog>,
    form: Arc<LiveForm>,
    data: Value,
    files: Vec<UploadId>,
    contacts: Vec<Identity>,
    channel: String,
    language: Language,
    by: Option<UserId>,
    key: Option<(String, Vec<u8>)>,
    invitation: Option<Invitation>,
    device: Option<String>,
    once: Option<String>,
    known: Vec<Identity>,
    past_ms: Option<i64>,
}

impl Job for Arrive {
    type Output = Receipt;

    fn team(&self) -> Option<TeamId> {
        Some(self.form.team)
    }

    fn looks_up(&self, lookups: &mut Lookups) {
        if let Some((key, _)) = &self.key {
            lookups.key(self.form.definition, key);
        }
        for contact in &self.contacts {
            lookups.contact(self.form.team, contact.kind.as_str(), &contact.value);
        }
    }

    async fn settle(&self, batch: &mut Batch) -> Result<Receipt, ApiError> {
        if self.app.compiled.is_outdated(self.form.definition, self.form.version) {
            return Err(Conflict::Stale.into());
        }
        if let Some((key, hash)) = &self.key
            && let Some(before) = batch.answered(self.form.definition, key).await?
        {
            let same = before.body_hash == *hash;
            let answer = same.then(|| serde_json::from_str(&before.body).map_err(ApiError::internal));
            return answer.unwrap_or(Err(ApiError::KeyReused));
        }
        if let Some(once) = &self.once
            && batch.answered(self.form.definition, once).await?.is_some()
        {
            return Err(captcha::refused(self.language));
        }
        let claim = self.claim(batch).await?;
        self.leave_room(batch).await?;
        let made = Case::open(&self.app, batch, self.catalog.clone(), self.draft()).await?;
        uploads::bind(batch, &self.files, made.id).await?;
        if let Some(invitation) = &self.invitation {
            let now_ms = self.app.clock.now_ms();
            if !store::invitation::take(batch.write(), invitation.id, made.id, now_ms).await? {
                return Err(Conflict::AnsweredBefore.into());
            }
            if let Some(about) = invitation.submission_id {
                self.tell(batch, about, made.id).await?;
            }
        }
        let receipt = Receipt {
            id: made.id.to_string(),
            receipt: self.app.links.receipt(made.id),
            progress: made.progress.map(|id| progress_url(&self.app, id)),
            edit: self.edit_url(made.id),
        };
        let body = serde_json::to_string(&receipt).map_err(ApiError::internal)?;
        let keys = self
            .key
            .iter()
            .map(|(key, hash)| (key.clone(), hash.clone()))
            .chain(claim.into_iter().chain(self.once.clone()).map(|key| (key, Vec::new())));
        for (key, hash) in keys {
            self.keep(batch, key, hash, made.id, body.clone());
        }
        Ok(receipt)
    }
}

impl Arrive {
    /// Customers may come back to what they sent, where the form allows it; staff have their own way.
    fn edit_url(&self, made: SubmissionId) -> Option<String> {
        let publish = self.form.form.publish();
        let theirs = publish.edit && self.by.is_none() && self.past_ms.is_none();
        publish.slug.as_ref().filter(|_| theirs).map(|slug| revise::edit_url(&self.app, slug, made))
    }

    fn draft(&self) -> Draft {
        let link = self.invitation.as_ref().and_then(|invitation| {
            Some(Link {
                submission: invitation.submission_id?,
                name: invitation.link.clone().unwrap_or_default(),
            })
        });
        Draft {
            form: self.form.clone(),
            data: self.data.clone(),
            channel: self.channel.clone(),
            language: self.language.as_str().to_owned(),
            by: self.by,
            link,
            customer: None,
            known: self.known.clone(),
            mail: None,
            quiet: self.past_ms.is_some(),
            at_ms: self.past_ms.unwrap_or_else(|| self.app.clock.now_ms()),
            depth: 0,
            cause: Cause::default(),
        }
    }

    /// The key that keeps a second answer of the same sender out, where the form wants one answer from each.
    async fn claim(&self, batch: &mut Batch) -> Result<Option<String>, ApiError> {
        let sender = match self.form.form.publish().one_per {
            OnePer::Nobody => None,
            OnePer::Device => self.device.clone(),
            OnePer::Customer => self.contacts.first().map(|contact| contact.value.clone()),
            OnePer::Invitation => {
                // Without an invitation there is nothing to use up, and so no right to answer.
                let invitation =
                    self.invitation.as_ref().ok_or(ApiError::Conflict(Conflict::InvitationNeeded))?;
                Some(invitation.id.to_string())
            }
        };
        let Some(sender) = sender else { return Ok(None) };
        let key = format!("one_per:{sender}");
        if batch.answered(self.form.definition, &key).await?.is_some() {
            return Err(Conflict::AnsweredBefore.into());
        }
        Ok(Some(key))
    }

    async fn leave_room(&self, batch: &mut Batch) -> Result<(), ApiError> {
        if let Some(quota) = self.form.form.publish().quota {
            let taken = batch.count(self.form.definition).await?;
            if taken >= i64::try_from(quota).unwrap_or(i64::MAX) {
                return Err(Conflict::QuotaReached.into());
            }
        }
        quota::leave_room(batch, &self.form, None, &self.data, self.language).await
    }

    /// The submission this one is about hears of it.
    async fn tell(&self, batch: &mut Batch, about: SubmissionId, made: SubmissionId) -> Result<(), ApiError> {
        let team = self.form.team;
        let key = self.form.form.key();
        let mut case = Case::load(&self.app, batch, self.catalog.clone(), about, None).await?;
        let data = json!({"form": key, "id": made, "data": self.data, "title": self.form.form.title()});
        case.note(super::case::Note::internal("answered", data)).await?;
        case.raise(Event::new(format!("submission.{key}"), self.data.clone())).await?;
        case.store().await?;
        batch.changed(team, Entity::Submission, about, None);
        Ok(())
    }

    fn keep(&self, batch: &mut Batch, key: String, hash: Vec<u8>, made: SubmissionId, body: String) {
        let row = Idempotency {
            form_id: self.form.definition,
            key,
            body_hash: hash,
            submission_id: made,
            status: 201,
            body,
            created_at: self.app.clock.now_ms(),
        };
        batch.claims.answer(row.clone());
        batch.add(row);
    }
}
