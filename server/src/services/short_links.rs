//! Short links: addresses to print, that stay when the form's own changes, and that say where an answer came from.

use api_types::{NewShortLink, ShortLinkView};
use form_engine::{Field, FieldKind, Form, Problem};

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::InvitationId;
use crate::services::audit::Deed;
use crate::services::public_form;
use crate::store;
use crate::store::audit::AuditLine;
use crate::store::short_link::ShortLink;
use crate::writer::Batch;

/// Most links of one form.
const MOST: usize = 200;
/// Longest label, in characters.
const LABEL: usize = 100;

/// The form's links, its own first: made when first asked for.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, live: &LiveForm) -> Result<Vec<ShortLinkView>, ApiError> {
    let rows = store::short_link::of_form(app.db.read(), live.team, live.definition).await?;
    let has_own = rows.iter().any(|row| row.label.is_none());
    let mut rows = match has_own || live.form.publish().slug.is_none() {
        true => rows,
        false => own(app, live).await?,
    };
    rows.sort_by_key(|row| row.label.is_some());
    Ok(rows.into_iter().map(|row| view(app, row)).collect())
}

/// Makes the form's own, unless somebody was faster; all there are then.
async fn own(app: &App, live: &LiveForm) -> Result<Vec<ShortLink>, ApiError> {
    let (team, form, writer, app) = (live.team, live.definition, app.writer.clone(), app.clone());
    let row = ShortLink {
        code: String::new(),
        team_id: team,
        form_id: form,
        label: None,
        field: None,
        created_at: app.clock.now_ms(),
    };
    writer
        .run(Some(team), move |batch| {
            let (app, row) = (app.clone(), row.clone());
            Box::pin(async move {
                let mut rows = store::short_link::of_form(batch.read(), team, form).await?;
                if rows.iter().all(|row| row.label.is_some()) {
                    rows.push(insert(&app, batch, row).await?);
                }
                Ok(rows)
            })
        })
        .await
}

/// Under a code that nobody has.
async fn insert(app: &App, batch: &mut Batch, mut row: ShortLink) -> Result<ShortLink, ApiError> {
    loop {
        row.code = app.links.short(app.ids.next::<InvitationId>());
        if store::short_link::get_of_any_team(batch.read(), &row.code).await?.is_none() {
            store::short_link::insert(batch.write(), row.clone()).await?;
            return Ok(row);
        }
    }
}

fn view(app: &App, row: ShortLink) -> ShortLinkView {
    ShortLinkView {
        url: url(app, &row.code),
        code: row.code,
        label: row.label,
        field: row.field,
        created_at: rfc3339(row.created_at),
    }
}

fn url(app: &App, code: &str) -> String {
    app.config.base_url.join(&format!("/q/{code}"))
}

/// Could a link's label answer it? A hidden question that takes words: what people are asked is theirs to say.
pub fn is_source(field: &Field) -> bool {
    let words = matches!(field.types.only(), None | Some("text"));
    field.kind == FieldKind::Hidden && words && !field.in_rows() && !field.read_only && !field.path.is_empty()
}

/// Makes a link for a place.
///
/// # Errors
///
/// A form without a page; problems of label and question.
pub async fn create(
    app: &App,
    caller: &Caller,
    form: &str,
    wanted: &NewShortLink,
) -> Result<ShortLinkView, ApiError> {
    let live = app.catalog(caller.team).await?.form(form)?.clone();
    let label: String = wanted.label.split_whitespace().collect::<Vec<_>>().join(" ");
    let field = wanted.field.clone().filter(|path| !path.is_empty());
    check(&live.form, &label, field.as_deref())?;
    let now_ms = app.clock.now_ms();
    let row = ShortLink {
        code: String::new(),
        team_id: live.team,
        form_id: live.definition,
        label: Some(label),
        field,
        created_at: now_ms,
    };
    let (writer, team, by, own) = (app.writer.clone(), caller.team, caller.clone(), app.clone());
    let made = writer
        .run(Some(team), move |batch| {
            let (app, row, by) = (own.clone(), row.clone(), by.clone());
            Box::pin(async move {
                let there = store::short_link::of_form(batch.read(), team, row.form_id).await?;
                if there.len() >= MOST {
                    return Err(ApiError::problem(
                        "link.too_many",
                        "",
                        format!("expected at most {MOST} links"),
                    ));
                }
                let row = insert(&app, batch, row).await?;
                batch.audit(line("created", &row, &by, now_ms));
                Ok(row)
            })
        })
        .await?;
    Ok(view(app, made))
}

fn check(form: &Form, label: &str, field: Option<&str>) -> Result<(), ApiError> {
    let mut problems = Vec::new();
    if form.publish().slug.is_none() {
        problems.push(Problem::new("form.slug", "", "the form has no page to lead to"));
    }
    if label.is_empty() || label.chars().count() > LABEL || label.chars().any(char::is_control) {
        problems.push(Problem::new("link.label", "/label", format!("expected 1 to {LABEL} characters")));
    }
    if let Some(path) = field
        && !form.field(path).is_some_and(|field| is_source(field))
    {
        let message = format!("`{path}` is no hidden question that takes words");
        problems.push(Problem::new("link.field", "/field", message));
    }
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

fn line(action: &'static str, row: &ShortLink, by: &Caller, now_ms: i64) -> AuditLine {
    Deed::new(action, "short_link", &row.code, row.label.as_deref().unwrap_or_default()).by(by, now_ms)
}

/// Takes a link away: what is printed leads nowhere from then on. The form's own stays.
///
/// # Errors
///
/// [`ApiError::NotFound`].
pub async fn delete(app: &App, caller: &Caller, form: &str, code: &str) -> Result<(), ApiError> {
    let live = app.catalog(caller.team).await?.form(form)?.clone();
    let (team, code, by, now_ms) = (caller.team, code.to_owned(), caller.clone(), app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (code, by, form) = (code.clone(), by.clone(), live.definition);
            Box::pin(async move {
                let gone = || ApiError::not_found("link", &code);
                let row = store::short_link::get_of_any_team(batch.read(), &code).await?;
                let row = row.filter(|row| row.label.is_some()).ok_or_else(gone)?;
                if !store::short_link::delete(batch.write(), team, form, &code).await? {
                    return Err(gone());
                }
                batch.audit(line("removed", &row, &by, now_ms));
                Ok(())
            })
        })
        .await
}

/// The address of one of the form's links, for its code.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a code of another form.
pub async fn url_of(app: &App, live: &LiveForm, code: &str) -> Result<String, ApiError> {
    let row = store::short_link::get_of_any_team(app.db.read(), code).await?;
    let ours = row.filter(|row| row.team_id == live.team && row.form_id == live.definition);
    ours.map(|row| url(app, &row.code)).ok_or_else(|| ApiError::not_found("link", code))
}

/// Where a code leads: the form at its address of today, the label in its question, and what else `asked` brings.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a code nobody has, and for a form that is not published any more.
pub async fn target(app: &App, typed: &str, asked: &[(String, String)]) -> Result<String, ApiError> {
    let unknown = || ApiError::not_found("link", typed);
    let row = store::short_link::get_of_any_team(app.db.read(), &typed.to_ascii_lowercase()).await?;
    let row = row.ok_or_else(unknown)?;
    let catalog = app.catalog(row.team_id).await?;
    let live = catalog.form_of(row.form_id).ok_or_else(unknown)?;
    let slug = live.form.publish().slug.as_ref().ok_or_else(unknown)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    let answer = row.field.as_deref().zip(row.label.as_deref());
    if let Some((path, label)) = answer.filter(|(path, _)| live.form.field(path).is_some()) {
        query.append_pair(public_form::parameter(path), label);
    }
    for (name, value) in asked {
        query.append_pair(name, value);
    }
    let query = query.finish();
    Ok(if query.is_empty() { format!("/f/{slug}") } else { format!("/f/{slug}?{query}") })
}
