//! A plan carried out: everything in one transaction, and nothing if the team's definitions are not what they were.

use std::collections::HashMap;

use form_engine::Renaming;
use serde_json::{Value, json};

use super::plan::{NewDepartment, Part, Plan};
use crate::app::App;
use crate::auth::Caller;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{AppId, DefinitionId, DepartmentId, TeamId, UserId, VersionId};
use crate::services::audit::Deed;
use crate::services::definition::{kind_word, written};
use crate::services::publish::make_version;
use crate::services::rename_field::{self, Brought};
use crate::store;
use crate::store::app::AppRow;
use crate::store::definition::Definition;
use crate::store::department::Department;
use crate::store::slug::Slug;
use crate::writer::Batch;

/// Who writes, and the ids of what is new.
#[derive(Clone)]
struct Fresh {
    team: TeamId,
    author: UserId,
    now_ms: i64,
    app: AppId,
    departments: Vec<DepartmentId>,
    parts: Vec<(DefinitionId, VersionId)>,
}

/// Carries `plan` out.
///
/// # Errors
///
/// [`Conflict::Stale`] when somebody published or saved since it was made.
pub async fn write(app: &App, caller: &Caller, plan: Plan) -> Result<(), ApiError> {
    let fresh = Fresh {
        team: caller.team,
        author: caller.user,
        now_ms: app.clock.now_ms(),
        app: plan.home.as_ref().map_or_else(|| app.ids.next(), |home| home.id),
        departments: plan.departments.iter().map(|_| app.ids.next()).collect(),
        parts: plan.parts.iter().map(|_| (app.ids.next(), app.ids.next())).collect(),
    };
    let touched: Vec<String> =
        plan.parts.iter().map(|part| format!("{} {}", kind_word(part.kind), part.key)).collect();
    let deed = Deed::new("installed", "app", &plan.key, &plan.key).after(json!({"definitions": touched}));
    let line = deed.by(caller, fresh.now_ms);
    let (writer, app, by) = (app.writer.clone(), app.clone(), caller.clone());
    let settled = writer.run(Some(caller.team), move |batch| {
        let (plan, fresh, line) = (plan.clone(), fresh.clone(), line.clone());
        let (app, by) = (app.clone(), by.clone());
        Box::pin(async move {
            settle(&app, batch, plan, &fresh, &by).await?;
            batch.audit(line);
            Ok(())
        })
    });
    settled.await
}

async fn settle(
    app: &App,
    batch: &mut Batch,
    mut plan: Plan,
    fresh: &Fresh,
    by: &Caller,
) -> Result<(), ApiError> {
    let team = store::team::get(batch.read(), fresh.team).await?;
    if team.is_none_or(|team| team.definitions_rev != plan.rev) {
        return Err(Conflict::Stale.into());
    }
    for (department, id) in plan.departments.iter().zip(&fresh.departments) {
        make_department(batch, fresh, *id, department).await?;
    }
    keep_app(batch, &plan, fresh).await?;
    let renamed = follow_renamings(app, batch, &mut plan, fresh, by).await?;
    for (part, (id, version)) in plan.parts.iter().zip(&fresh.parts) {
        let before = part.before.as_ref().and_then(|before| renamed.get(&before.id));
        keep_part(app, batch, fresh, part, before.map_or(&[], Vec::as_slice), *id, *version).await?;
    }
    Ok(())
}

/// Forms of the plan may give fields other names: what the team has beside the plan follows, and so does what was changed
/// here and goes on in it. Answers the renamings of each form that has some.
async fn follow_renamings(
    app: &App,
    batch: &mut Batch,
    plan: &mut Plan,
    fresh: &Fresh,
    by: &Caller,
) -> Result<HashMap<DefinitionId, Vec<Renaming>>, ApiError> {
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let there = plan.parts.iter().filter_map(|part| Some((part, part.before.as_ref()?)));
    let mut brought: Vec<Brought> = there
        .clone()
        .map(|(part, before)| Brought { id: before.id, live: parse(&part.live), draft: parse(&part.draft) })
        .collect();
    let forms: Vec<Definition> =
        there.map(|(part, before)| Definition { draft: part.live.clone(), ..before.clone() }).collect();
    let mut all = HashMap::new();
    for form in forms {
        let renamed = rename_field::told(batch, &form, &parse(&form.draft)).await?;
        if !renamed.is_empty() {
            let lines =
                rename_field::follow(app, batch, &form, &renamed, &mut brought, by, fresh.now_ms).await?;
            lines.into_iter().for_each(|line| batch.audit(line));
            all.insert(form.id, renamed);
        }
    }
    if !all.is_empty() {
        app.compiled.forget(fresh.team);
        let parts = plan.parts.iter_mut().filter(|part| part.before.is_some());
        for (part, brought) in parts.zip(brought) {
            (part.live, part.draft) = (written(&brought.live), written(&brought.draft));
        }
    }
    Ok(all)
}

async fn keep_app(batch: &mut Batch, plan: &Plan, fresh: &Fresh) -> Result<(), ApiError> {
    let row = AppRow {
        id: fresh.app,
        team_id: fresh.team,
        key: plan.key.clone(),
        document: plan.rest.clone(),
        installed: Some(plan.installed.clone()),
        created_at: plan.home.as_ref().map_or(fresh.now_ms, |home| home.created_at),
        updated_at: fresh.now_ms,
    };
    if plan.home.is_some() {
        store::app::save(batch.write(), &row).await?;
    } else {
        store::app::insert(batch.write(), row).await?;
    }
    store::team::definitions_changed(batch.write(), fresh.team).await?;
    batch.changed(fresh.team, Entity::Definition, fresh.app, None);
    Ok(())
}

async fn make_department(
    batch: &mut Batch,
    fresh: &Fresh,
    id: DepartmentId,
    wanted: &NewDepartment,
) -> Result<(), ApiError> {
    if store::department::get(batch.read(), fresh.team, &wanted.key).await?.is_some() {
        return Ok(());
    }
    let department = Department {
        id,
        team_id: fresh.team,
        key: wanted.key.clone(),
        title: serde_json::to_string(&wanted.title).map_err(ApiError::internal)?,
        head_id: None,
        created_at: fresh.now_ms,
        parent_key: wanted.parent.clone(),
    };
    store::department::insert(batch.write(), department).await?;
    batch.changed(fresh.team, Entity::Member, id, None);
    Ok(())
}

async fn keep_part(
    app: &App,
    batch: &mut Batch,
    fresh: &Fresh,
    part: &Part,
    renamed: &[Renaming],
    id: DefinitionId,
    version: VersionId,
) -> Result<(), ApiError> {
    let before = part.before.as_ref();
    let definition = Definition {
        id: before.map_or(id, |before| before.id),
        team_id: fresh.team,
        app_id: before.map_or(fresh.app, |before| before.app_id),
        kind: kind_word(part.kind).to_owned(),
        key: part.key.clone(),
        draft: part.live.clone(),
        rev: before.map_or(1, |before| before.rev + 1),
        live_version: before.and_then(|before| before.live_version),
        created_at: fresh.now_ms,
        updated_at: fresh.now_ms,
        saved_by: Some(fresh.author),
        saved_at: Some(fresh.now_ms),
        held_by: None,
        held_at: None,
    };
    if let Some(before) = before {
        if !store::definition::save(batch.write(), &definition, before.rev).await? {
            return Err(Conflict::Stale.into());
        }
    } else {
        store::definition::insert(batch.write(), definition.clone()).await?;
    }
    if let Some(slug) = &part.slug {
        take_slug(batch, fresh.team, definition.id, slug).await?;
    }
    let number = make_version(batch, &definition, renamed, version, Some(fresh.author), fresh.now_ms).await?;
    if !renamed.is_empty() {
        app.compiled.outdate(definition.id, number);
    }
    if part.draft != part.live {
        // Somebody was at the draft: their changes stay what they are, not yet published.
        let rev = definition.rev;
        let draft =
            Definition { draft: part.draft.clone(), rev: rev + 1, live_version: Some(number), ..definition };
        store::definition::save(batch.write(), &draft, rev).await?;
    }
    Ok(())
}

/// The address was free when the plan was made; whoever took it since is told to us as a stale plan.
async fn take_slug(batch: &mut Batch, team: TeamId, id: DefinitionId, slug: &str) -> Result<(), ApiError> {
    match store::slug::get_of_any_team(batch.read(), slug).await? {
        Some(taken) if taken.definition_id == id => Ok(()),
        Some(_) => Err(Conflict::Stale.into()),
        None => {
            let row = Slug { slug: slug.to_owned(), team_id: team, definition_id: id };
            Ok(store::slug::insert(batch.write(), row).await?)
        }
    }
}
