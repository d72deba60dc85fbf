//! Publishing: a draft becomes an immutable version, live from the next request on.

use api_types::{DefinitionKind, Role, VersionView};
use flow_engine::{Machine, Surroundings};
use form_engine::{Problem, Renaming};
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::Catalog;
use crate::clock::rfc3339;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{DefinitionId, TeamId, UserId, VersionId};
use crate::services::audit::Deed;
use crate::services::definition::{check, kind_word, parse, title};
use crate::services::{rename_field, role};
use crate::store;
use crate::store::definition::Definition;
use crate::store::slug::Slug;
use crate::store::version::Version;
use crate::writer::Batch;

/// Publishes the draft whose revision the caller has seen.
///
/// # Errors
///
/// Every problem of the draft; [`ApiError::Forbidden`] for a role, unless an admin publishes it; [`Conflict::Stale`] when somebody saved in between.
pub async fn publish(
    app: &App,
    caller: &Caller,
    id: DefinitionId,
    rev: u32,
) -> Result<VersionView, ApiError> {
    let found = store::definition::get(app.db.read(), caller.team, id).await?;
    let definition = found.ok_or_else(|| ApiError::not_found("definition", id))?;
    if u32::try_from(definition.rev) != Ok(rev) {
        return Err(Conflict::Stale.into());
    }
    // Whoever draws a role could give themselves anything.
    if definition.kind == kind_word(DefinitionKind::Role) && !caller.is(Role::Admin) {
        return Err(ApiError::Forbidden);
    }
    let document = parse(&definition.draft)?;
    let mut problems = check(&document);
    if problems.is_empty() && definition.kind == kind_word(DefinitionKind::Flow) {
        problems = check_among(&*app.catalog(caller.team).await?, &document);
    }
    if problems.is_empty() && definition.kind == kind_word(DefinitionKind::Role) {
        problems = role::problems(app, caller, &document).await?;
    }
    if !problems.is_empty() {
        return Err(ApiError::Invalid(problems));
    }
    let (team, author, now_ms) = (caller.team, caller.user, app.clock.now_ms());
    let version: VersionId = app.ids.next();
    let line = published(&definition, &document, rev).by(caller, now_ms);
    let (writer, app, by) = (app.writer.clone(), app.clone(), caller.clone());
    let number = writer
        .run(Some(team), move |batch| {
            let (definition, document, line) = (definition.clone(), document.clone(), line.clone());
            let (app, by) = (app.clone(), by.clone());
            Box::pin(async move {
                if let Some(slug) = slug(&definition.kind, &document) {
                    take_slug(batch, team, id, slug).await?;
                }
                batch.audit(line.clone());
                let renamed = rename_field::told(batch, &definition, &document).await?;
                if !renamed.is_empty() {
                    let lines =
                        rename_field::follow(&app, batch, &definition, &renamed, &mut [], &by, now_ms)
                            .await?;
                    lines.into_iter().for_each(|line| batch.audit(line));
                }
                let number =
                    make_version(batch, &definition, &renamed, version, Some(author), now_ms).await?;
                if !renamed.is_empty() {
                    app.compiled.forget(team);
                    app.compiled.outdate(id, number);
                }
                Ok(number)
            })
        })
        .await?;
    Ok(VersionView {
        number: u32::try_from(number).unwrap_or_default(),
        published_at: rfc3339(now_ms),
        published_by: Some(caller.name.clone()),
        live: true,
    })
}

/// The versions themselves keep what was before and after.
fn published(definition: &Definition, document: &Value, rev: u32) -> Deed {
    let title = title(document, &definition.key);
    let deed = Deed::new("published", "definition", definition.id, title.get("zh"));
    deed.after(json!({"kind": definition.kind, "key": definition.key, "rev": rev}))
}

/// What stands against a flow among the team's others: that they would invoke each other without end.
fn check_among(catalog: &Catalog, document: &Value) -> Vec<Problem> {
    let own = document.get("key").and_then(Value::as_str).unwrap_or_default();
    let others = catalog.flows().map(|live| &live.machine).filter(|machine| machine.key() != own);
    let invoked = |machine: &Machine| machine.invokes().into_iter().map(str::to_owned).collect();
    let invokes = others.map(|machine| (machine.key().to_owned(), invoked(machine))).collect();
    let surroundings = Surroundings { invokes: Some(invokes), ..Surroundings::default() };
    flow_engine::compile_within(document, &surroundings).err().unwrap_or_default()
}

/// The address a form asks for.
pub fn slug<'a>(kind: &str, document: &'a Value) -> Option<&'a str> {
    if kind != kind_word(DefinitionKind::Form) {
        return None;
    }
    document.pointer("/publish/slug").and_then(Value::as_str)
}

/// Addresses a form has had stay its own: a link that was given away never dies.
async fn take_slug(batch: &mut Batch, team: TeamId, id: DefinitionId, slug: &str) -> Result<(), ApiError> {
    match store::slug::get_of_any_team(batch.read(), slug).await? {
        Some(taken) if taken.definition_id == id => Ok(()),
        Some(_) => Err(ApiError::problem("form.slug_taken", "/publish/slug", format!("`{slug}` is taken"))),
        None => {
            let row = Slug { slug: slug.to_owned(), team_id: team, definition_id: id };
            Ok(store::slug::insert(batch.write(), row).await?)
        }
    }
}

/// Stores the draft as the next version and puts it in force; what of it is `renamed` is known from
/// [`rename_field::told`].
pub(super) async fn make_version(
    batch: &mut Batch,
    definition: &Definition,
    renamed: &[Renaming],
    id: VersionId,
    author: Option<UserId>,
    now_ms: i64,
) -> Result<i32, ApiError> {
    let team = definition.team_id;
    let number = store::version::next_number(batch.read(), team, definition.id).await?;
    rename_field::move_answers(batch, definition, renamed, number, now_ms).await?;
    let version = Version {
        id,
        team_id: team,
        definition_id: definition.id,
        number,
        document: definition.draft.clone(),
        created_by: author,
        created_at: now_ms,
    };
    store::version::insert(batch.write(), version).await?;
    let live = Definition { live_version: Some(number), updated_at: now_ms, ..definition.clone() };
    if !store::definition::save(batch.write(), &live, definition.rev).await? {
        return Err(Conflict::Stale.into());
    }
    if definition.kind == kind_word(DefinitionKind::Form) {
        batch.recount_options(definition.id).await?;
    }
    store::team::definitions_changed(batch.write(), team).await?;
    batch.changed(team, Entity::Definition, definition.id, None);
    Ok(number)
}
