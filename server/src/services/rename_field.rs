//! A field of a live form gets another name: what follows is published with it, in one transaction.
//!
//! A form's document says what its fields were called (`renamed`). What the version in force does not say yet happens
//! now: flows, boards, roles, other forms, mails and samples that name the field change, drafts and published versions
//! alike; answers are kept under the new name. Published versions stay as they are and are read in today's names.

use api_types::{DefinitionKind, FieldUse};
use form_engine::{Problem, Renaming, pointer, renamings};
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::document::fields::{self, Around};
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{DefinitionId, TeamId};
use crate::services::audit::Deed;
use crate::services::definition::{check, kind_of, kind_word, title, written};
use crate::store;
use crate::store::audit::AuditLine;
use crate::store::definition::Definition;
use crate::store::field_rename::FieldRename;
use crate::store::version::Version;
use crate::writer::Batch;

/// Renamings that `document` tells of and the form's version in force does not; none for what is no form.
pub(super) async fn told(
    batch: &Batch,
    form: &Definition,
    document: &Value,
) -> Result<Vec<Renaming>, ApiError> {
    if form.kind != kind_word(DefinitionKind::Form) {
        return Ok(Vec::new());
    }
    let now = renamings(document);
    let Some(number) = form.live_version.filter(|_| !now.is_empty()) else { return Ok(Vec::new()) };
    let live = store::version::get(batch.read(), form.team_id, form.id, number).await?;
    let Some(live) = live else { return Ok(Vec::new()) };
    let mut live: Value = serde_json::from_str(&live.document).map_err(ApiError::internal)?;
    let before = renamings(&live);
    let known = before.iter().zip(&now).take_while(|(one, other)| one == other).count();
    // What the form in force cannot follow was never published, or is over.
    Ok(now.into_iter().skip(known).filter(|renaming| renaming.form(&mut live)).collect())
}

/// What the team has: each definition with what is in force of it, and its draft.
struct Standing {
    definition: Definition,
    live: Option<Value>,
    draft: Value,
}

async fn standing(batch: &impl Reads, team: TeamId) -> Result<Vec<Standing>, ApiError> {
    let definitions = store::definition::list(batch.db(), team).await?;
    let versions = store::version::live(batch.db(), team, &definitions).await?;
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let of = |definition: Definition| {
        let version = versions.iter().find(|version| version.definition_id == definition.id);
        Standing {
            live: version.map(|version| parse(&version.document)),
            draft: parse(&definition.draft),
            definition,
        }
    };
    Ok(definitions.into_iter().map(of).collect())
}

/// Whatever rows can be read from.
trait Reads {
    type Db: sea_orm::ConnectionTrait;
    fn db(&self) -> &Self::Db;
}

impl Reads for Batch {
    type Db = sea_orm::DatabaseTransaction;
    fn db(&self) -> &Self::Db {
        self.read()
    }
}

impl Reads for crate::db::Db {
    type Db = sea_orm::DatabaseConnection;
    fn db(&self) -> &Self::Db {
        self.read()
    }
}

/// What stands in force, or the draft of what never was.
fn around(all: &[Standing]) -> Around {
    Around::of(all.iter().map(|one| one.live.as_ref().unwrap_or(&one.draft)).collect::<Vec<_>>())
}

/// A definition that is about to be published in the same job.
pub(super) struct Brought {
    /// Whose.
    pub id: DefinitionId,
    /// What is published.
    pub live: Value,
    /// What the draft is then.
    pub draft: Value,
}

/// Changes every other definition of the team that names the fields, in the job that publishes the form; of those `brought`
/// along in the same job what they are about to say.
///
/// # Errors
///
/// A flow that cannot follow, because it demands the field of several forms; a definition that would break.
pub(super) async fn follow(
    app: &App,
    batch: &mut Batch,
    form: &Definition,
    renamed: &[Renaming],
    brought: &mut [Brought],
    by: &Caller,
    now_ms: i64,
) -> Result<Vec<AuditLine>, ApiError> {
    let team = form.team_id;
    let document: Value = serde_json::from_str(&form.draft).unwrap_or_default();
    let after = Around::of([&document]);
    let mut all = standing(batch, team).await?;
    let before: Vec<(Option<Value>, Value)> =
        all.iter().map(|one| (one.live.clone(), one.draft.clone())).collect();
    let mut apps = store::app::list(batch.read(), team).await?;
    let mut besides: Vec<Value> =
        apps.iter().map(|row| serde_json::from_str(&row.document).unwrap_or_default()).collect();
    let besides_before = besides.clone();
    for renaming in renamed {
        let around = around(&all);
        for one in &mut all {
            if let Some(live) = &mut one.live {
                let own = brought.iter().any(|other| other.id == one.definition.id);
                if !own && let Some(other) = fields::torn(live, &form.key, renaming, &around) {
                    return Err(torn(&one.definition, renaming, &other));
                }
                *live = fields::rename(live, &form.key, renaming, &around);
            }
            one.draft = fields::rename(&one.draft, &form.key, renaming, &around);
        }
        // What comes along says the new names, but for what was changed here; a name that is another field's now is meant.
        if !after.has(&form.key, &renaming.from) {
            for one in brought.iter_mut().filter(|one| one.id != form.id) {
                one.live = fields::rename(&one.live, &form.key, renaming, &around);
                one.draft = fields::rename(&one.draft, &form.key, renaming, &around);
            }
        }
        for beside in &mut besides {
            *beside = fields::rename_beside(beside, &form.key, renaming, &around);
        }
    }
    let mut changed = Vec::new();
    for (one, (live, draft)) in all.into_iter().zip(before) {
        // The form itself is what is being published, as is what comes along.
        let own = one.definition.id == form.id || brought.iter().any(|other| other.id == one.definition.id);
        if own || (one.live == live && one.draft == draft) {
            continue;
        }
        changed.push(format!("{}:{}", one.definition.kind, one.definition.key));
        put(app, batch, one, live.as_ref(), by, now_ms).await?;
    }
    for ((row, beside), before) in apps.iter_mut().zip(besides).zip(besides_before) {
        if beside != before {
            row.document = beside.to_string();
            row.updated_at = now_ms;
            store::app::save(batch.write(), row).await?;
        }
    }
    let name = title(&document, &form.key).get("zh").to_owned();
    let lines = renamed.iter().map(|renaming| {
        let deed = Deed::new("renamed_field", "definition", form.id, &name).before(json!(renaming.from));
        deed.after(json!({"form": form.key, "field": renaming.to, "changed": changed})).by(by, now_ms)
    });
    Ok(lines.collect())
}

fn torn(definition: &Definition, renaming: &Renaming, other: &str) -> ApiError {
    let message = format!(
        "`{}` demands `{}` of form `{other}` as well, which keeps the name; let the flow demand another field first",
        definition.key, renaming.from
    );
    ApiError::problem("form.rename_shared", "/renamed", message)
}

/// A definition's changed draft, and its changed version as the next one.
async fn put(
    app: &App,
    batch: &mut Batch,
    one: Standing,
    live: Option<&Value>,
    by: &Caller,
    now_ms: i64,
) -> Result<(), ApiError> {
    let Standing { definition, live: renamed, draft } = one;
    let mut next = Definition {
        draft: written(&draft),
        rev: definition.rev + 1,
        updated_at: now_ms,
        ..definition.clone()
    };
    if let (Some(renamed), Some(live)) = (renamed, live)
        && renamed != *live
    {
        let problems = check(&renamed);
        if !problems.is_empty() && check(live).is_empty() {
            return Err(ApiError::Invalid(
                problems.into_iter().map(|one| elsewhere(one, &definition)).collect(),
            ));
        }
        let number = store::version::next_number(batch.read(), definition.team_id, definition.id).await?;
        let version = Version {
            id: app.ids.next(),
            team_id: definition.team_id,
            definition_id: definition.id,
            number,
            document: written(&renamed),
            created_by: Some(by.user),
            created_at: now_ms,
        };
        store::version::insert(batch.write(), version).await?;
        next.live_version = Some(number);
    }
    if !store::definition::save(batch.write(), &next, definition.rev).await? {
        return Err(Conflict::Stale.into());
    }
    batch.changed(definition.team_id, Entity::Definition, definition.id, None);
    Ok(())
}

fn elsewhere(problem: Problem, definition: &Definition) -> Problem {
    let message = format!("{} `{}`: {}", definition.kind, definition.key, problem.message);
    Problem { path: "/renamed".to_owned(), message, ..problem }
}

/// Keeps answers under the new names, and notes for older versions what they were called. Part of every publishing,
/// also of an app that brings the form.
pub(super) async fn move_answers(
    batch: &mut Batch,
    form: &Definition,
    renamed: &[Renaming],
    number: i32,
    now_ms: i64,
) -> Result<(), ApiError> {
    if renamed.is_empty() {
        return Ok(());
    }
    let mut below = vec![(form.id, number)];
    for definition in store::definition::list(batch.read(), form.team_id).await? {
        if definition.kind == kind_word(DefinitionKind::Flow)
            && let Some(live) = definition.live_version
        {
            // What is published from now on says the new name; the version in force does, if it was renamed above.
            below.push((definition.id, live.max(1)));
            let document = store::version::get(batch.read(), form.team_id, definition.id, live).await?;
            let fresh = document.is_some_and(|version| version.created_at == now_ms);
            if !fresh && let Some(last) = below.last_mut() {
                last.1 = live + 1;
            }
        }
    }
    let mut rows = Vec::new();
    for (definition, below) in below {
        let first = store::field_rename::next_position(batch.read(), definition).await?;
        rows.extend(renamed.iter().zip(first..).map(|(renaming, position)| FieldRename {
            definition_id: definition,
            position,
            team_id: form.team_id,
            below,
            form_key: form.key.clone(),
            from_path: renaming.from.clone(),
            to_path: renaming.to.clone(),
            created_at: now_ms,
        }));
    }
    store::field_rename::insert_all(batch.write(), rows).await?;
    for renaming in renamed {
        store::field_rename::move_answers(batch.write(), form.id, renaming).await?;
    }
    Ok(())
}

/// Where a field of a form is used: in the form itself, and in every definition of the team that would follow.
///
/// # Errors
///
/// [`ApiError::NotFound`] for what is no form of the team.
pub async fn uses(
    app: &App,
    caller: &Caller,
    id: DefinitionId,
    field: &str,
) -> Result<Vec<FieldUse>, ApiError> {
    let all = standing(&*app.db, caller.team).await?;
    let form = all.iter().find(|one| one.definition.id == id && one.definition.kind == "form");
    let form = form.ok_or_else(|| ApiError::not_found("form", id))?.definition.key.clone();
    let last = field.rsplit('/').next().map(|last| pointer::unescape(last).into_owned()).unwrap_or_default();
    let spare = format!("{last}_renamed");
    let Some(renaming) = Renaming::new(field, &spare) else { return Ok(Vec::new()) };
    let around = around(&all);
    let language = caller.language.as_str();
    let mut found = Vec::new();
    for one in &all {
        let document =
            if one.definition.id == id { &one.draft } else { one.live.as_ref().unwrap_or(&one.draft) };
        let renamed = fields::rename(document, &form, &renaming, &around);
        let places: Vec<String> = fields::places(document, &renamed)
            .into_iter()
            // The question itself is no use of it.
            .filter(|path| {
                one.definition.id != id || !(path.starts_with("/schema") || is_own(document, path, field))
            })
            .collect();
        let Some(kind) = kind_of(&one.definition.kind).filter(|_| !places.is_empty()) else { continue };
        found.push(FieldUse {
            kind,
            key: one.definition.key.clone(),
            title: title(document, &one.definition.key).get(language).to_owned(),
            places,
        });
    }
    Ok(found)
}

/// The item of the layout that asks the field.
fn is_own(form: &Value, path: &str, field: &str) -> bool {
    path.starts_with("/layout")
        && path.ends_with("/field")
        && pointer::get(form, path).and_then(Value::as_str) == Some(field)
}
