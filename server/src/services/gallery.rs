//! The gallery: apps that come with the server, and apps its teams share. Looking is free; installing is an import.

use std::collections::BTreeSet;

use api_types::{GalleryContent, GalleryItem, GalleryView, ImportReport};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::document::LISTS;
use crate::error::ApiError;
use crate::ids::{TeamId, TemplateId};
use crate::services::apps::{self, count_samples, said};
use crate::services::audit::Deed;
use crate::services::definition::{kind_word, title, written};
use crate::services::install::{self, Wish};
use crate::starter;
use crate::store;
use crate::store::template::Template;

/// An app document, and who shared it.
struct Shelved {
    key: String,
    team: Option<TeamId>,
    document: Value,
}

/// Everything there is, what comes with the server first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<GalleryItem>, ApiError> {
    let shared = store::template::of_any_team(app.db.read()).await?;
    let shelf = built_in().chain(shared.into_iter().map(shelved));
    let installed: Vec<String> =
        store::app::list(app.db.read(), caller.team).await?.into_iter().map(|row| row.key).collect();
    let mut items = Vec::new();
    for one in shelf {
        items.push(item(app, caller, &one, &installed).await?);
    }
    Ok(items)
}

/// One app with its document.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a key nobody shared anything under.
pub async fn get(app: &App, caller: &Caller, key: &str) -> Result<GalleryView, ApiError> {
    let one = find(app, key).await?;
    let installed: Vec<String> =
        store::app::list(app.db.read(), caller.team).await?.into_iter().map(|row| row.key).collect();
    Ok(GalleryView { item: item(app, caller, &one, &installed).await?, document: one.document })
}

/// Imports an app of the gallery, or says what that would do.
///
/// # Errors
///
/// As [`install::import`]; [`ApiError::NotFound`].
pub async fn install(app: &App, caller: &Caller, key: &str, dry_run: bool) -> Result<ImportReport, ApiError> {
    let one = find(app, key).await?;
    install::import(app, caller, Wish::of(one.document), dry_run).await
}

/// Shares an app of the team as a template, or its newest version where it is shared already. What its author wrote
/// goes in, samples included; nothing of any customer does.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have.
pub async fn share(app: &App, caller: &Caller, key: &str) -> Result<GalleryItem, ApiError> {
    let document = apps::export(app, caller, key, true).await?;
    let title = title(&document, key);
    let deed = Deed::new("shared", "app", key, title.get(caller.language.as_str()));
    let line = deed.by(caller, app.clock.now_ms());
    let (team, now_ms, id) = (caller.team, app.clock.now_ms(), app.ids.next::<TemplateId>());
    let stem = key.to_owned();
    let key = app
        .writer
        .run(Some(team), move |batch| {
            let (stem, mut document, line) = (stem.clone(), document.clone(), line.clone());
            Box::pin(async move {
                batch.audit(line);
                let mut keys = shelf_keys(&stem);
                let (key, known) = loop {
                    let key = keys.next().expect("numbers do not end");
                    if starter::ALL.iter().any(|one| one.key == key) {
                        continue;
                    }
                    match store::template::by_key_of_any_team(batch.read(), &key).await? {
                        None => break (key, None),
                        Some(row) if row.team_id == team => break (key, Some(row)),
                        Some(_) => {}
                    }
                };
                // On the shelf it is an app of its own: whoever has another of its name keeps that as it is.
                if let Some(members) = document.as_object_mut() {
                    members.insert("key".to_owned(), key.clone().into());
                }
                let created_at = known.as_ref().map_or(now_ms, |row| row.created_at);
                let row = Template {
                    id: known.as_ref().map_or(id, |row| row.id),
                    team_id: team,
                    key: key.clone(),
                    document: written(&document),
                    created_at,
                    updated_at: now_ms,
                };
                if known.is_some() {
                    store::template::save(batch.write(), &row).await?;
                } else {
                    store::template::insert(batch.write(), row).await?;
                }
                Ok(key)
            })
        })
        .await?;
    Ok(get(app, caller, &key).await?.item)
}

/// Takes what the team shared of an app off the shelf; teams that installed it keep theirs.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have.
pub async fn withdraw(app: &App, caller: &Caller, key: &str) -> Result<(), ApiError> {
    let found = store::app::by_key(app.db.read(), caller.team, key).await?;
    found.ok_or_else(|| ApiError::not_found("app", key))?;
    let team = caller.team;
    let all = store::template::of_any_team(app.db.read()).await?;
    let of_app = |row: &&Template| row.team_id == team && is_of(&row.key, key);
    let keys: Vec<String> = all.iter().filter(of_app).map(|row| row.key.clone()).collect();
    let line = Deed::new("withdrew", "app", key, key).by(caller, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (keys, line) = (keys.clone(), line.clone());
            Box::pin(async move {
                if !keys.is_empty() {
                    batch.audit(line);
                }
                Ok(store::template::delete(batch.write(), team, keys).await?)
            })
        })
        .await
}

/// `care`, `care-2`, `care-3` …
fn shelf_keys(stem: &str) -> impl Iterator<Item = String> + Send + use<> {
    let short: String = stem.chars().take(58).collect();
    std::iter::once(stem.to_owned()).chain((2..).map(move |number| format!("{short}-{number}")))
}

fn is_of(key: &str, app: &str) -> bool {
    let short: String = app.chars().take(58).collect();
    let numbered = key.strip_prefix(short.as_str()).and_then(|rest| rest.strip_prefix('-'));
    key == app || numbered.is_some_and(|number| number.parse::<u32>().is_ok())
}

fn built_in() -> impl Iterator<Item = Shelved> {
    starter::ALL.iter().map(|one| Shelved {
        key: one.key.to_owned(),
        team: None,
        document: serde_json::from_str(one.document).expect("a test reads every one of them"),
    })
}

fn shelved(row: Template) -> Shelved {
    let document = serde_json::from_str(&row.document).unwrap_or_default();
    Shelved { key: row.key, team: Some(row.team_id), document }
}

async fn find(app: &App, key: &str) -> Result<Shelved, ApiError> {
    if let Some(one) = built_in().find(|one| one.key == key) {
        return Ok(one);
    }
    let found = store::template::by_key_of_any_team(app.db.read(), key).await?;
    found.map(shelved).ok_or_else(|| ApiError::not_found("app", key))
}

async fn item(
    app: &App,
    caller: &Caller,
    one: &Shelved,
    installed: &[String],
) -> Result<GalleryItem, ApiError> {
    let team = match one.team {
        Some(team) => store::team::get(app.db.read(), team).await?.map(|team| team.name),
        None => None,
    };
    Ok(GalleryItem {
        key: one.key.clone(),
        title: title(&one.document, &one.key).get(caller.language.as_str()).to_owned(),
        description: said(&one.document, "description", caller),
        shared_by: team,
        own: one.team == Some(caller.team),
        languages: languages(&one.document),
        contents: contents(&one.document, caller),
        samples: count_samples(&one.document),
        installed: installed.contains(&one.key),
    })
}

/// Languages every form of the app speaks.
fn languages(document: &Value) -> Vec<String> {
    let forms = document.get("forms").and_then(Value::as_array).into_iter().flatten();
    let mut common: Option<Vec<String>> = None;
    for form in forms {
        let spoken = form.pointer("/publish/languages").and_then(Value::as_array).into_iter().flatten();
        let spoken: Vec<String> = spoken.filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
        common = Some(match common {
            None => spoken,
            Some(before) => before.into_iter().filter(|tag| spoken.contains(tag)).collect(),
        });
    }
    common.unwrap_or_default()
}

fn contents(document: &Value, caller: &Caller) -> Vec<GalleryContent> {
    let mut contents = Vec::new();
    let listed =
        LISTS.iter().map(|(list, kind)| (*list, kind_word(*kind))).chain([("departments", "department")]);
    let order = ["form", "flow", "dashboard", "role", "department", "calendar"];
    let kinds: BTreeSet<(usize, &str, &str)> = listed
        .map(|(list, kind)| {
            (order.iter().position(|known| *known == kind).unwrap_or(order.len()), list, kind)
        })
        .collect();
    for (_, list, kind) in kinds {
        for one in document.get(list).and_then(Value::as_array).into_iter().flatten() {
            let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
            let said = title(one, key).get(caller.language.as_str()).to_owned();
            contents.push(GalleryContent { kind: kind.to_owned(), title: said });
        }
    }
    contents
}
