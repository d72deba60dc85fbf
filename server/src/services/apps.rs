//! Apps: the list of them, and one as the document that another team can install.

use std::collections::{BTreeMap, BTreeSet};

use api_types::AppView;
use form_engine::Text;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::document::keep::{Held, assemble, held};
use crate::document::private;
use crate::document::references::{Place, Target, references};
use crate::document::rename::{Names, rename};
use crate::error::ApiError;
use crate::services::definition::{kind_of, kind_word, title};
use crate::services::department;
use crate::services::install::installed_of;
use crate::store;
use crate::store::app::AppRow;

/// The team's apps, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<AppView>, ApiError> {
    let definitions = store::definition::list(app.db.read(), caller.team).await?;
    let apps = store::app::list(app.db.read(), caller.team).await?;
    let view = |row: AppRow| {
        let document: Value = serde_json::from_str(&row.document).unwrap_or_default();
        let held = definitions.iter().filter(|definition| definition.app_id == row.id).count();
        AppView {
            title: title(&document, &row.key).get(caller.language.as_str()).to_owned(),
            description: said(&document, "description", caller),
            definitions: u32::try_from(held).unwrap_or(u32::MAX),
            samples: count_samples(&document),
            key: row.key,
        }
    };
    Ok(apps.into_iter().map(view).collect())
}

/// A text of the document in the caller's language; empty where it says nothing.
pub fn said(document: &Value, name: &str, caller: &Caller) -> String {
    let text = document.get(name).and_then(|text| serde_json::from_value::<Text>(text.clone()).ok());
    text.map(|text| text.get(caller.language.as_str()).to_owned()).unwrap_or_default()
}

/// Sample answers of all forms.
pub fn count_samples(document: &Value) -> u32 {
    let lists = document.get("samples").and_then(Value::as_object).into_iter().flatten();
    let count: usize = lists.map(|(_, list)| list.as_array().map_or(0, Vec::len)).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The app as one document: what it says about itself, and the live version of each of its definitions, in the order
/// its author gave them. No ids of people are in it, and no names that were only found because others were taken.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have.
pub async fn export(app: &App, caller: &Caller, key: &str, with_samples: bool) -> Result<Value, ApiError> {
    let found = store::app::by_key(app.db.read(), caller.team, key).await?;
    let row = found.ok_or_else(|| ApiError::not_found("app", key))?;
    let rest: Value = serde_json::from_str(&row.document).map_err(ApiError::internal)?;
    let mut document = assemble(&rest, &live(app, caller, &row).await?);
    list_departments(app, caller, &mut document).await?;
    if !with_samples && let Some(members) = document.as_object_mut() {
        members.shift_remove("samples");
    }
    let names = installed_of(&row).map(|installed| installed.found.turned()).unwrap_or_default();
    let names = still_free(names, &document);
    Ok(rename(document, &names))
}

/// What is in force of the app, the oldest first.
async fn live(app: &App, caller: &Caller, row: &AppRow) -> Result<Vec<Held>, ApiError> {
    let mut definitions = store::definition::list(app.db.read(), caller.team).await?;
    definitions.retain(|definition| definition.app_id == row.id);
    definitions.sort_by(|one, other| (one.created_at, &one.key).cmp(&(other.created_at, &other.key)));
    let versions = store::version::live(app.db.read(), caller.team, &definitions).await?;
    let mut held = Vec::new();
    for definition in definitions {
        let version = versions.iter().find(|version| version.definition_id == definition.id);
        let (Some(version), Some(kind)) = (version, kind_of(&definition.kind)) else { continue };
        let document = serde_json::from_str(&version.document).map_err(ApiError::internal)?;
        held.push(Held { kind, key: definition.key, document: private::outward(document) });
    }
    Ok(held)
}

/// Departments that something names are described, so that another team knows what they are.
async fn list_departments(app: &App, caller: &Caller, document: &mut Value) -> Result<(), ApiError> {
    let departments = store::department::list(app.db.read(), caller.team).await?;
    let titles: BTreeMap<&str, Value> = departments
        .iter()
        .map(|one| {
            (one.key.as_str(), serde_json::to_value(department::title(&one.title)).unwrap_or_default())
        })
        .collect();
    let known: BTreeSet<String> = described(document).collect();
    let mut named: Vec<String> = Vec::new();
    for one in held(document) {
        for reference in references(&one.document) {
            let is_new = !known.contains(&reference.key) && !named.contains(&reference.key);
            let is_one = reference.place != Place::InScript || titles.contains_key(reference.key.as_str());
            if reference.target == Target::Department && is_new && is_one {
                named.push(reference.key);
            }
        }
    }
    let Some(members) = document.as_object_mut().filter(|_| !named.is_empty()) else { return Ok(()) };
    let list = members.entry("departments").or_insert_with(|| json!([]));
    for key in named {
        let mut one = Map::from_iter([("key".to_owned(), Value::from(key.clone()))]);
        one.extend(titles.get(key.as_str()).map(|title| ("title".to_owned(), title.clone())));
        list.as_array_mut().into_iter().for_each(|list| list.push(Value::Object(one.clone())));
    }
    Ok(())
}

fn described(document: &Value) -> impl Iterator<Item = String> + '_ {
    let list = document.get("departments").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|one| one.get("key").and_then(Value::as_str).map(str::to_owned))
}

/// Names to go back to, but for those that the app has given to something else meanwhile.
fn still_free(mut names: Names, document: &Value) -> Names {
    let own: BTreeSet<String> =
        held(document).iter().map(|one| format!("{}:{}", kind_word(one.kind), one.key)).collect();
    names.keys.retain(|from, to| {
        let kind = from.split_once(':').map_or("", |(kind, _)| kind);
        !own.contains(&format!("{kind}:{to}"))
    });
    names
}
