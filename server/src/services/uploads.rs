//! Files sent with answers: taken piece by piece, bound to the answer they come with, read by those who may read it.
//!
//! An upload is for one question of one form; its id is all that an answer holds of it. Until an answer binds it,
//! nobody can read it, and after a day it is forgotten.

use api_types::FileView;
use form_engine::{Detail, Field, FieldKind, Form, Language, Problem, pointer};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::error::{ApiError, Conflict};
use crate::files::sniff;
use crate::ids::{SubmissionId, UploadId};
use crate::permission::Verb;
use crate::services::access::Access;
use crate::services::progress;
use crate::store;
use crate::store::upload::Upload;
use crate::writer::Batch;

/// Largest file of a question that names no limit.
const USUAL_BYTES: u64 = 10 << 20;
/// Largest file whatever its question says.
const MOST_BYTES: u64 = 100 << 20;
/// Files of one question in one answer, where the schema names no number.
const USUAL_FILES: usize = 10;
/// What a form takes a day.
const DAILY_BYTES: i64 = 4 << 30;
/// The largest piece of a file.
pub const PIECE_BYTES: usize = 1 << 20;
/// An upload that no answer binds is kept this long.
pub const KEPT_MS: i64 = 24 * 3_600_000;
const DAY_MS: i64 = 86_400_000;
/// Longest name of a file.
const NAME: usize = 200;

/// How an upload stands.
pub struct Standing {
    /// It.
    pub upload: Upload,
    /// Bytes that have come.
    pub received: u64,
}

/// Whether a field's value names files.
pub fn is_file(field: &Field) -> bool {
    matches!(field.kind, FieldKind::File | FieldKind::Image)
}

/// The largest file a question takes.
pub fn limit_bytes(field: &Field) -> u64 {
    match &field.detail {
        Detail::Files(files) => files.max_bytes.unwrap_or(USUAL_BYTES).min(MOST_BYTES),
        Detail::None | Detail::Tree(_) | Detail::Version(_) | Detail::Serial(_) | Detail::Record(_) => {
            USUAL_BYTES
        }
    }
}

fn accepts(field: &Field) -> Vec<String> {
    match &field.detail {
        Detail::Files(files) if !files.accept.is_empty() => files.accept.clone(),
        _ if field.kind == FieldKind::Image => vec!["image/*".to_owned()],
        Detail::Files(_)
        | Detail::None
        | Detail::Tree(_)
        | Detail::Version(_)
        | Detail::Serial(_)
        | Detail::Record(_) => Vec::new(),
    }
}

/// The question that stands at a pointer of a document, if it asks for files.
pub fn question<'a>(form: &'a Form, place: &str) -> Option<&'a Field> {
    form.fields()
        .iter()
        .map(AsRef::as_ref)
        .find(|field| is_file(field) && pointer::matches(&field.path, place))
}

/// Begins an upload for a question of the form.
///
/// # Errors
///
/// A question that asks for no file; a file that is too large, or one more than the form takes a day.
pub async fn begin(
    app: &App,
    live: &LiveForm,
    place: &str,
    name: &str,
    size_bytes: u64,
    language: Language,
) -> Result<Upload, ApiError> {
    let field = question(&live.form, place)
        .ok_or_else(|| ApiError::problem("upload.field", place, "the form asks for no file here"))?;
    let limit = limit_bytes(field);
    if size_bytes > limit {
        return Err(too_large(place, limit, language));
    }
    if size_bytes == 0 {
        let message = match language {
            Language::Zh => "这个文件是空的",
            Language::En => "the file is empty",
        };
        return Err(ApiError::problem("upload.empty", place, message));
    }
    let now_ms = app.clock.now_ms();
    let today = store::upload::sent_since(app.db.read(), live.definition, now_ms - DAY_MS).await?;
    let size = i64::try_from(size_bytes).unwrap_or(i64::MAX);
    if today.saturating_add(size) > DAILY_BYTES {
        metrics::counter!("huiyin_uploads_refused_total").increment(1);
        return Err(ApiError::TooMany { retry_after_s: 3_600 });
    }
    let upload = Upload {
        id: app.ids.next(),
        team_id: live.team,
        form_id: live.definition,
        field: field.path.clone(),
        name: shown_name(name),
        media_type: None,
        size_bytes: size,
        content: None,
        submission_id: None,
        created_at: now_ms,
        keep_until: now_ms + KEPT_MS,
    };
    let row = upload.clone();
    app.writer
        .run(Some(live.team), move |batch| {
            let row = row.clone();
            Box::pin(async move { Ok(store::upload::insert(batch.write(), row).await?) })
        })
        .await?;
    Ok(upload)
}

fn too_large(place: &str, limit: u64, language: Language) -> ApiError {
    let most = size_words(limit);
    let message = match language {
        Language::Zh => format!("文件不能超过 {most}"),
        Language::En => format!("a file may have at most {most}"),
    };
    ApiError::problem("upload.too_large", place, message)
}

/// Sizes as people say them.
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0).replace(".0 MB", " MB"),
    }
}

/// A name without folders, control characters and what turns the reading direction.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let plain = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    let name: String = last.chars().filter(plain).take(NAME).collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// An upload that is on its way, or just came.
///
/// # Errors
///
/// [`ApiError::NotFound`] when it is none of the form's, or has gone into an answer.
pub async fn standing(app: &App, live: &LiveForm, id: UploadId) -> Result<Standing, ApiError> {
    let found = store::upload::of_form(app.db.read(), live.definition, vec![id]).await?;
    let free = found.into_iter().next().filter(|upload| upload.submission_id.is_none());
    let upload = free.ok_or_else(|| ApiError::not_found("file", id))?;
    let received = match upload.content {
        Some(_) => u64::try_from(upload.size_bytes).unwrap_or(0),
        None => app.files.received(id).await,
    };
    Ok(Standing { upload, received })
}

/// Takes a piece that begins at `offset`. The last one completes the file, and decides what it is.
///
/// # Errors
///
/// [`Conflict::Stale`] when the piece does not go on where the last one ended; a file the question does not take,
/// which is forgotten at once.
pub async fn append(
    app: &App,
    live: &LiveForm,
    id: UploadId,
    offset: u64,
    piece: &[u8],
    language: Language,
) -> Result<Standing, ApiError> {
    let standing = standing(app, live, id).await?;
    if standing.upload.content.is_some() {
        return Ok(standing);
    }
    let size = u64::try_from(standing.upload.size_bytes).unwrap_or(0);
    let end = offset.saturating_add(piece.len() as u64);
    if end > size {
        return Err(ApiError::problem("upload.size", "", "more came than was announced"));
    }
    let received = app.files.append(id, offset, piece).await?.ok_or(Conflict::Stale)?;
    if received < size {
        return Ok(Standing { received, ..standing });
    }
    let upload = complete(app, live, standing.upload, language).await?;
    Ok(Standing { upload, received })
}

async fn complete(
    app: &App,
    live: &LiveForm,
    mut upload: Upload,
    language: Language,
) -> Result<Upload, ApiError> {
    let content = app.files.finish(upload.id).await?;
    let field = live.form.fields().iter().find(|field| field.path == upload.field);
    if !field.is_some_and(|field| sniff::is_accepted(&accepts(field), &upload.name, &content.head)) {
        forget(app, &upload, &content.hash).await?;
        let message = match language {
            Language::Zh => format!("这里不能上传“{}”这类文件", upload.name),
            Language::En => format!("files such as “{}” are not taken here", upload.name),
        };
        return Err(ApiError::problem("upload.type", upload.field.clone(), message));
    }
    let media_type = sniff::media_type(&content.head).to_owned();
    (upload.media_type, upload.content) = (Some(media_type.clone()), Some(content.hash.clone()));
    let id = upload.id;
    app.writer
        .run(Some(live.team), move |batch| {
            let (media_type, hash) = (media_type.clone(), content.hash.clone());
            Box::pin(async move { Ok(store::upload::complete(batch.write(), id, media_type, hash).await?) })
        })
        .await?;
    Ok(upload)
}

/// The row at once; the content when nobody else holds the same.
async fn forget(app: &App, upload: &Upload, hash: &str) -> Result<(), ApiError> {
    let id = upload.id;
    app.writer
        .run(Some(upload.team_id), move |batch| {
            Box::pin(async move { Ok(store::upload::delete(batch.write(), id).await?) })
        })
        .await?;
    let held = store::upload::held_of_all_teams(app.db.read(), vec![hash.to_owned()]).await?;
    if held.is_empty() {
        app.files.remove(hash).await;
    }
    Ok(())
}

/// Takes a whole file at once: what a plain form post brings.
///
/// # Errors
///
/// As [`begin`] and [`append`].
pub async fn keep(
    app: &App,
    live: &LiveForm,
    place: &str,
    name: &str,
    bytes: &[u8],
    language: Language,
) -> Result<Upload, ApiError> {
    let upload = begin(app, live, place, name, bytes.len() as u64, language).await?;
    Ok(append(app, live, upload.id, 0, bytes, language).await?.upload)
}

/// The document as stored, and the files it binds: every id in it must be an upload for its question that is whole
/// and free, or already of `owner`.
///
/// # Errors
///
/// [`ApiError::Invalid`] with a problem at each file that is none.
pub async fn settle(
    db: &impl ConnectionTrait,
    live: &LiveForm,
    owner: Option<SubmissionId>,
    mut data: Value,
    language: Language,
) -> Result<(Value, Vec<UploadId>), ApiError> {
    let (mut problems, mut bound) = (Vec::new(), Vec::new());
    for field in live.form.fields().iter().filter(|field| is_file(field)) {
        for place in pointer::expand(&data, &field.path) {
            let value = pointer::get(&data, &place).cloned().unwrap_or(Value::Null);
            let items = match value {
                Value::Array(ref items) => items.iter().collect(),
                Value::Null => continue,
                Value::String(ref text) if text.is_empty() => continue,
                ref one @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
                    vec![one]
                }
            };
            let most = field.max_items.and_then(|most| usize::try_from(most).ok()).unwrap_or(USUAL_FILES);
            if items.len() > most {
                problems.push(told("upload.too_many", &place, language, ("文件太多了", "too many files")));
                continue;
            }
            let ids: Vec<UploadId> = items.iter().filter_map(|item| id_of(item)).collect();
            let found = store::upload::of_form(db, live.definition, ids).await?;
            let usable = |item: &&Value| {
                found.iter().find(|upload| {
                    Some(upload.id) == id_of(item)
                        && upload.field == field.path
                        && upload.content.is_some()
                        && (upload.submission_id.is_none() || upload.submission_id == owner)
                })
            };
            let uploads: Vec<&Upload> = items.iter().filter_map(usable).collect();
            if uploads.len() < items.len() {
                let words = ("文件没有传完，请重新选择", "a file did not arrive; please choose it again");
                problems.push(told("upload.unknown", &place, language, words));
                continue;
            }
            let as_object = is_object(&live.form, &field.path);
            let stored: Vec<Value> = uploads.iter().map(|upload| value_of(upload, as_object)).collect();
            for upload in uploads.iter().filter(|upload| upload.submission_id.is_none()) {
                if bound.contains(&upload.id) {
                    let words = ("同一个文件只能用一次", "a file can be used once");
                    problems.push(told("upload.unknown", &place, language, words));
                }
                bound.push(upload.id);
            }
            let stored = match value.is_array() {
                true => Value::Array(stored),
                false => stored.into_iter().next().unwrap_or(Value::Null),
            };
            pointer::set(&mut data, &place, stored);
        }
    }
    if problems.is_empty() { Ok((data, bound)) } else { Err(ApiError::Invalid(problems)) }
}

fn told(code: &'static str, place: &str, language: Language, (zh, en): (&str, &str)) -> Problem {
    let message = match language {
        Language::Zh => zh,
        Language::En => en,
    };
    Problem::new(code, place, message)
}

/// The ids that a field's value names.
pub fn ids_in(value: &Value) -> Vec<UploadId> {
    match value.as_array() {
        Some(items) => items.iter().filter_map(id_of).collect(),
        None => id_of(value).into_iter().collect(),
    }
}

fn id_of(value: &Value) -> Option<UploadId> {
    value.get("id").unwrap_or(value).as_str()?.parse().ok()
}

/// What an answer to the form holds of a file.
pub fn value(form: &Form, upload: &Upload) -> Value {
    value_of(upload, is_object(form, &upload.field))
}

fn value_of(upload: &Upload, as_object: bool) -> Value {
    if as_object {
        json!({"id": upload.id, "name": upload.name, "size": upload.size_bytes})
    } else {
        upload.id.to_string().into()
    }
}

/// Does the schema take objects at the field, or in its list? Else texts.
fn is_object(form: &Form, path: &str) -> bool {
    let mut schema = &form.definition().schema;
    for token in path.split('/').skip(1) {
        let below = match token {
            "*" => schema.get("items"),
            token => schema.get("properties").and_then(|members| members.get(&*pointer::unescape(token))),
        };
        let Some(below) = below else { return false };
        schema = below;
    }
    let schema = schema.get("items").unwrap_or(schema);
    let anything = schema.get("type").is_none() && schema.get("$ref").is_none();
    anything || schema.get("type").is_some_and(|kind| kind == "object")
}

/// Binds files to a submission.
///
/// # Errors
///
/// [`Conflict::Stale`] when another answer was quicker.
pub async fn bind(batch: &mut Batch, ids: &[UploadId], submission: SubmissionId) -> Result<(), ApiError> {
    if ids.is_empty() {
        return Ok(());
    }
    let claimed = store::upload::claim(batch.write(), ids.to_vec(), submission).await?;
    if claimed == ids.len() as u64 { Ok(()) } else { Err(Conflict::Stale.into()) }
}

/// The files that a document names, for a page that shows them again.
///
/// # Errors
///
/// When the database does not answer.
pub async fn named(app: &App, live: &LiveForm, data: &Value) -> Result<Vec<Upload>, ApiError> {
    let mut ids = Vec::new();
    for field in live.form.fields().iter().filter(|field| is_file(field)) {
        for (_, value) in pointer::resolve(data, &field.path) {
            ids.extend(ids_in(value));
        }
    }
    Ok(store::upload::of_form(app.db.read(), live.definition, ids).await?)
}

/// A file as staff see it.
pub fn view(upload: Upload) -> FileView {
    FileView {
        id: upload.id.to_string(),
        field: upload.field,
        name: upload.name,
        media_type: upload.media_type.unwrap_or_default(),
        size_bytes: u64::try_from(upload.size_bytes).unwrap_or_default(),
    }
}

/// A file of a submission that the caller may see, in a field that they may see.
///
/// # Errors
///
/// [`ApiError::NotFound`] also for what may not be seen.
pub async fn of_colleague(app: &App, caller: &Caller, id: UploadId) -> Result<Upload, ApiError> {
    let gone = || ApiError::not_found("file", id);
    let upload = store::upload::get(app.db.read(), caller.team, id).await?.ok_or_else(gone)?;
    let submission = upload.submission_id.ok_or_else(gone)?;
    let access = Access::of(app, caller).await?;
    let found = access.find(app, submission, Verb::See).await;
    if matches!(found, Err(ApiError::NotFound { .. } | ApiError::Forbidden)) {
        return Err(gone());
    }
    let (_, judged) = found?;
    if judged.reach.sees(&upload.field) { Ok(upload) } else { Err(gone()) }
}

/// A file of the answer that a progress link is about.
///
/// # Errors
///
/// [`ApiError::NotFound`] for every other file.
pub async fn of_customer(app: &App, token: &str, id: UploadId) -> Result<Upload, ApiError> {
    let gone = || ApiError::not_found("file", id);
    let ticket = progress::find(app, token).await?;
    let upload = store::upload::get(app.db.read(), ticket.team_id, id).await?.ok_or_else(gone)?;
    let theirs = [Some(ticket.id), ticket.parent_id];
    let is_theirs = upload.submission_id.is_some() && theirs.contains(&upload.submission_id);
    if is_theirs { Ok(upload) } else { Err(gone()) }
}

/// Forgets what no answer bound in time, and contents that nobody holds.
///
/// # Errors
///
/// When the database does not answer.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    let now_ms = app.clock.now_ms();
    let lost = store::upload::orphans_of_all_teams(app.db.read(), now_ms).await?;
    for upload in lost {
        app.files.discard(upload.id).await;
        app.writer
            .run(Some(upload.team_id), move |batch| {
                Box::pin(async move { Ok(store::upload::delete(batch.write(), upload.id).await?) })
            })
            .await?;
    }
    let kept = app.files.hashes().await.map_err(ApiError::internal)?;
    for hashes in kept.chunks(500) {
        let held = store::upload::held_of_all_teams(app.db.read(), hashes.to_vec()).await?;
        for hash in hashes.iter().filter(|hash| !held.contains(hash)) {
            // One that has just come may not have its row yet.
            let age_ms = app.files.put_at_ms(hash).await.map_or(i64::MAX, |at_ms| wall_ms() - at_ms);
            if age_ms > DAY_MS / 24 {
                app.files.remove(hash).await;
            }
        }
    }
    Ok(())
}

/// The disk's own clock, whatever the server's says.
fn wall_ms() -> i64 {
    crate::clock::Clock::system().now_ms()
}
