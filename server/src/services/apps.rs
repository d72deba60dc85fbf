//! Apps: the list of them, and one as the document that another team can install.

use api_types::AppView;
use serde_json::{Map, Value};

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::services::definition::{kind_word, title};
use crate::services::install::LISTS;
use crate::store;

/// The team's apps, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<AppView>, ApiError> {
    let definitions = store::definition::list(app.db.read(), caller.team).await?;
    let apps = store::app::list(app.db.read(), caller.team).await?;
    let view = |row: store::app::AppRow| {
        let document: Value = serde_json::from_str(&row.document).unwrap_or_default();
        let held = definitions.iter().filter(|definition| definition.app_id == row.id).count();
        AppView {
            title: title(&document, &row.key).get(caller.language.as_str()).to_owned(),
            definitions: u32::try_from(held).unwrap_or(u32::MAX),
            key: row.key,
        }
    };
    Ok(apps.into_iter().map(view).collect())
}

/// The app as one document: what it says about itself, and the live version of each of its definitions.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have.
pub async fn export(app: &App, caller: &Caller, key: &str) -> Result<Value, ApiError> {
    let found = store::app::by_key(app.db.read(), caller.team, key).await?;
    let row = found.ok_or_else(|| ApiError::not_found("app", key))?;
    let definitions = store::definition::list(app.db.read(), caller.team).await?;
    let mut document: Map<String, Value> = serde_json::from_str(&row.document).map_err(ApiError::internal)?;
    for (list, kind) in LISTS {
        let mut items = Vec::new();
        for definition in &definitions {
            if definition.app_id != row.id || definition.kind != kind_word(kind) {
                continue;
            }
            let Some(number) = definition.live_version else { continue };
            let live = store::version::get(app.db.read(), caller.team, definition.id, number).await?;
            if let Some(version) = live {
                items.push(serde_json::from_str(&version.document).map_err(ApiError::internal)?);
            }
        }
        if !items.is_empty() {
            document.insert(list.to_owned(), Value::Array(items));
        }
    }
    Ok(Value::Object(document))
}
