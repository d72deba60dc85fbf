//! What the team has before an app is installed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::App;
use crate::document::rename::Names;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::store;
use crate::store::app::AppRow;
use crate::store::definition::Definition;

/// What was installed last under an app's key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Installed {
    /// In this team's names.
    pub document: Value,
    /// Names that were asked for.
    #[serde(default)]
    pub names: Names,
    /// Names that were found because the document's own were taken.
    #[serde(default)]
    pub found: Names,
}

impl Installed {
    /// What is noted with an app.
    pub fn of(row: &AppRow) -> Option<Self> {
        row.installed.as_deref().and_then(|text| serde_json::from_str(text).ok())
    }
}

/// The team's apps, definitions and departments.
pub struct Present {
    /// The team's `definitions_rev` when it was looked at.
    pub rev: i64,
    /// By key.
    pub apps: Vec<AppRow>,
    /// Definitions with the document in force.
    pub definitions: BTreeMap<(String, String), (Definition, Option<String>)>,
    /// Keys of departments.
    pub departments: Vec<String>,
}

impl Present {
    /// Reads it.
    pub async fn load(app: &App, team: TeamId) -> Result<Self, ApiError> {
        let db = app.db.read();
        let row = store::team::get(db, team).await?.ok_or_else(|| ApiError::not_found("team", team))?;
        let definitions = store::definition::list(db, team).await?;
        let mut documents: BTreeMap<_, String> = BTreeMap::new();
        for version in store::version::live(db, team, &definitions).await? {
            documents.insert(version.definition_id, version.document);
        }
        let definitions = definitions.into_iter().map(|one| {
            let live = documents.remove(&one.id);
            ((one.kind.clone(), one.key.clone()), (one, live))
        });
        let departments = store::department::list(db, team).await?;
        Ok(Self {
            rev: row.definitions_rev,
            apps: store::app::list(db, team).await?,
            definitions: definitions.collect(),
            departments: departments.into_iter().map(|one| one.key).collect(),
        })
    }

    /// The definition of a kind under a key.
    pub fn definition(&self, kind: &str, key: &str) -> Option<&(Definition, Option<String>)> {
        self.definitions.get(&(kind.to_owned(), key.to_owned()))
    }

    /// The team's app of that key, or the one that a document of that key became.
    pub fn home(&self, key: &str) -> Option<&AppRow> {
        let became = |row: &&AppRow| {
            let installed = Installed::of(row);
            installed.is_some_and(|one| one.names.keys.get(&format!("app:{key}")) == Some(&row.key))
        };
        self.apps.iter().find(|row| row.key == key).or_else(|| self.apps.iter().find(became))
    }

    /// Every template of every app but one.
    pub fn templates_beside(&self, home: Option<&AppRow>) -> BTreeMap<String, Value> {
        let others = self.apps.iter().filter(|row| home.is_none_or(|home| home.id != row.id));
        let mut templates = BTreeMap::new();
        for row in others {
            let document: Value = serde_json::from_str(&row.document).unwrap_or_default();
            for template in document.get("templates").and_then(Value::as_array).into_iter().flatten() {
                let key = template.get("key").and_then(Value::as_str).unwrap_or_default();
                templates.insert(key.to_owned(), template.clone());
            }
        }
        templates
    }
}
