//! What a team has published, compiled: the one place where stored documents become forms, flows and calendars.
//!
//! A catalog is immutable and shared. The team's `definitions_rev` says whether it is still in force: publishing
//! raises it in the same transaction, so the next request, on whatever node, compiles what changed and keeps the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use flow_engine::{Calendar, Calendars, Machine, Start};
use form_engine::{Form, FormDefinition, Renaming, Text};
use serde_json::Value;

use crate::app::App;
use crate::document::fields;
use crate::error::ApiError;
use crate::ids::{AppId, DefinitionId, TeamId};
use crate::permission::RoleDocument;
use crate::store;
use crate::store::form_password::FormPassword;

/// A form in one of its versions.
pub struct LiveForm {
    /// Whose.
    pub team: TeamId,
    /// Its definition.
    pub definition: DefinitionId,
    /// The app it belongs to.
    pub app: AppId,
    /// Its version.
    pub version: i32,
    /// Compiled.
    pub form: Form,
}

/// A flow in one of its versions.
pub struct LiveFlow {
    /// Its definition.
    pub definition: DefinitionId,
    /// The app it belongs to.
    pub app: AppId,
    /// Its version.
    pub version: i32,
    /// Compiled.
    pub machine: Machine,
}

/// A dashboard in force, as its author wrote it.
pub struct LiveDashboard {
    /// Its definition.
    pub definition: DefinitionId,
    /// The app it belongs to.
    pub app: AppId,
    /// The document.
    pub document: Value,
}

/// A mail that flows send.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct Template {
    /// As flows name it.
    pub key: String,
    /// Subject line; may hold `{{field}}`.
    pub subject: Text,
    /// Plain text; may hold `{{field}}`.
    pub text: Text,
}

/// Everything a team has in force.
pub struct Catalog {
    /// Whose.
    pub team: TeamId,
    /// Shown to customers under mails and pages.
    pub team_name: String,
    /// The language of mails to people whose own is unknown.
    pub language: String,
    rev: i64,
    forms: HashMap<String, Arc<LiveForm>>,
    flows: HashMap<String, Arc<LiveFlow>>,
    dashboards: HashMap<String, Arc<LiveDashboard>>,
    templates: HashMap<String, Template>,
    roles: Vec<RoleDocument>,
    passwords: HashMap<DefinitionId, FormPassword>,
    /// The calendars that flows may name.
    pub calendars: Calendars,
}

impl Catalog {
    /// The form in force under `key`.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`].
    pub fn form(&self, key: &str) -> Result<&Arc<LiveForm>, ApiError> {
        self.forms.get(key).ok_or_else(|| ApiError::NotFound { kind: "form", id: key.to_owned() })
    }

    /// The form in force of a definition.
    pub fn form_of(&self, definition: DefinitionId) -> Option<&Arc<LiveForm>> {
        self.forms.values().find(|live| live.definition == definition)
    }

    /// The password a form asks for.
    pub fn password(&self, definition: DefinitionId) -> Option<&FormPassword> {
        self.passwords.get(&definition)
    }

    /// Every form in force, by key.
    pub fn forms(&self) -> Vec<&Arc<LiveForm>> {
        let mut forms: Vec<_> = self.forms.values().collect();
        forms.sort_by_key(|live| live.form.key());
        forms
    }

    /// The flow in force under `key`.
    pub fn flow(&self, key: &str) -> Option<&Arc<LiveFlow>> {
        self.flows.get(key)
    }

    /// The flows that a submission of `form` starts, by key.
    pub fn started_by(&self, form: &str) -> Vec<&Arc<LiveFlow>> {
        let starts = |live: &&Arc<LiveFlow>| match live.machine.triggers() {
            Start::Form(forms) => forms.iter().any(|key| key == form),
            Start::Schedule(_)
            | Start::Event(_)
            | Start::Webhook(_)
            | Start::DateField { .. }
            | Start::Flow => false,
        };
        let mut flows: Vec<_> = self.flows.values().filter(starts).collect();
        flows.sort_by_key(|live| live.machine.key());
        flows
    }

    /// Every flow in force.
    pub fn flows(&self) -> impl Iterator<Item = &Arc<LiveFlow>> {
        self.flows.values()
    }

    /// The dashboard in force under `key`.
    pub fn dashboard(&self, key: &str) -> Option<&Arc<LiveDashboard>> {
        self.dashboards.get(key)
    }

    /// Every dashboard in force, by key.
    pub fn dashboards(&self) -> Vec<(&str, &Arc<LiveDashboard>)> {
        let mut dashboards: Vec<_> = self.dashboards.iter().map(|(key, live)| (key.as_str(), live)).collect();
        dashboards.sort_by_key(|(key, _)| *key);
        dashboards
    }

    /// Every role in force, by key.
    pub fn roles(&self) -> impl Iterator<Item = &RoleDocument> {
        self.roles.iter()
    }

    /// The mail template under `key`.
    pub fn template(&self, key: &str) -> Option<&Template> {
        self.templates.get(key)
    }
}

/// Catalogs and versions compiled so far.
#[derive(Default)]
pub struct Compiled {
    catalogs: Mutex<HashMap<TeamId, Arc<Catalog>>>,
    forms: Mutex<HashMap<(DefinitionId, i32), Arc<LiveForm>>>,
    flows: Mutex<HashMap<(DefinitionId, i32), Arc<LiveFlow>>>,
    /// How many fields of a team were renamed when its versions were compiled.
    renamed: Mutex<HashMap<TeamId, u64>>,
    /// Forms whose versions below a number were judged in names that are no longer in force.
    outdated: Mutex<HashMap<DefinitionId, i32>>,
}

impl Compiled {
    /// Forgets every version of the team's definitions: fields are called differently from now on.
    pub fn forget(&self, team: TeamId) {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, live| live.team != team);
        self.flows.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.catalogs.lock().unwrap_or_else(PoisonError::into_inner).remove(&team);
    }

    /// What was judged by versions of the form below `number`, and is not stored yet, is to be judged again.
    pub fn outdate(&self, form: DefinitionId, number: i32) {
        self.outdated.lock().unwrap_or_else(PoisonError::into_inner).insert(form, number);
    }

    /// True when fields were renamed after the version.
    pub fn is_outdated(&self, form: DefinitionId, version: i32) -> bool {
        let outdated = self.outdated.lock().unwrap_or_else(PoisonError::into_inner);
        outdated.get(&form).is_some_and(|below| version < *below)
    }
}

fn cached<K: std::hash::Hash + Eq, V>(map: &Mutex<HashMap<K, Arc<V>>>, key: &K) -> Option<Arc<V>> {
    map.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
}

fn keep<K: std::hash::Hash + Eq, V>(map: &Mutex<HashMap<K, Arc<V>>>, key: K, value: V) -> Arc<V> {
    let value = Arc::new(value);
    map.lock().unwrap_or_else(PoisonError::into_inner).insert(key, value.clone());
    value
}

impl App {
    /// What the team has in force now.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`] for a team that is gone, else those of the database.
    pub async fn catalog(&self, team: TeamId) -> Result<Arc<Catalog>, ApiError> {
        let row = store::team::get(self.db.read(), team).await?;
        let row = row.ok_or_else(|| ApiError::NotFound { kind: "team", id: team.to_string() })?;
        if let Some(catalog) = cached(&self.compiled.catalogs, &team)
            && catalog.rev == row.definitions_rev
        {
            return Ok(catalog);
        }
        let catalog = self.load(row).await?;
        Ok(keep(&self.compiled.catalogs, team, catalog))
    }

    /// A form in the version a submission was made with.
    ///
    /// # Errors
    ///
    /// Those of the database, and of a version this server cannot read.
    pub async fn form_version(
        &self,
        team: TeamId,
        definition: DefinitionId,
        number: i32,
    ) -> Result<Arc<LiveForm>, ApiError> {
        if let Some(form) = cached(&self.compiled.forms, &(definition, number)) {
            return Ok(form);
        }
        let (app, document) = self.version(team, definition, number).await?;
        let document = self.in_todays_names(team, definition, number, document).await?;
        let form = compile_form(&document)?;
        Ok(keep(
            &self.compiled.forms,
            (definition, number),
            LiveForm { team, definition, app, version: number, form },
        ))
    }

    /// A flow in the version an instance is pinned to.
    ///
    /// # Errors
    ///
    /// Those of the database, and of a version this server cannot read.
    pub async fn flow_version(
        &self,
        team: TeamId,
        definition: DefinitionId,
        number: i32,
    ) -> Result<Arc<LiveFlow>, ApiError> {
        if let Some(flow) = cached(&self.compiled.flows, &(definition, number)) {
            return Ok(flow);
        }
        let (app, document) = self.version(team, definition, number).await?;
        let document = self.in_todays_names(team, definition, number, document).await?;
        let machine = compile_flow(&document)?;
        Ok(keep(
            &self.compiled.flows,
            (definition, number),
            LiveFlow { definition, app, version: number, machine },
        ))
    }

    async fn version(
        &self,
        team: TeamId,
        definition: DefinitionId,
        number: i32,
    ) -> Result<(AppId, Value), ApiError> {
        let gone = || ApiError::NotFound { kind: "version", id: format!("{definition}/{number}") };
        let row = store::definition::get(self.db.read(), team, definition).await?.ok_or_else(gone)?;
        let version =
            store::version::get(self.db.read(), team, definition, number).await?.ok_or_else(gone)?;
        Ok((row.app_id, parse(&version.document)?))
    }

    /// A version as it reads now that fields are called differently: answers say today's names. The row stays what it is.
    async fn in_todays_names(
        &self,
        team: TeamId,
        definition: DefinitionId,
        number: i32,
        document: Value,
    ) -> Result<Value, ApiError> {
        let renamed = store::field_rename::since(self.db.read(), team, definition, number).await?;
        if renamed.is_empty() {
            return Ok(document);
        }
        let definitions = store::definition::list(self.db.read(), team).await?;
        let others = store::version::live(self.db.read(), team, &definitions).await?;
        let others: Vec<Value> =
            others.iter().map(|version| parse(&version.document)).collect::<Result<_, _>>()?;
        let steps: Vec<_> = renamed
            .iter()
            .filter_map(|row| Some((row.form_key.as_str(), Renaming::between(&row.from_path, &row.to_path)?)))
            .collect();
        Ok(fields::again(document, &steps, others))
    }

    async fn load(&self, team: store::team::Team) -> Result<Catalog, ApiError> {
        let db = self.db.read();
        let renamed = store::field_rename::count(db, team.id).await?;
        let known =
            self.compiled.renamed.lock().unwrap_or_else(PoisonError::into_inner).insert(team.id, renamed);
        if known.is_some_and(|known| known != renamed) {
            self.compiled.forget(team.id);
        }
        let mut catalog = Catalog {
            team: team.id,
            team_name: team.name,
            language: team.language,
            rev: team.definitions_rev,
            forms: HashMap::new(),
            flows: HashMap::new(),
            dashboards: HashMap::new(),
            templates: HashMap::new(),
            calendars: Calendars::new(),
            roles: Vec::new(),
            passwords: HashMap::new(),
        };
        for app in store::app::list(db, team.id).await? {
            let document = parse(&app.document)?;
            let templates = document.get("templates").cloned().unwrap_or_default();
            let templates: Vec<Template> = serde_json::from_value(templates).unwrap_or_default();
            catalog.templates.extend(templates.into_iter().map(|template| (template.key.clone(), template)));
        }
        let passwords = store::form_password::list(db, team.id).await?;
        catalog.passwords.extend(passwords.into_iter().map(|row| (row.form_id, row)));
        let definitions = store::definition::list(db, team.id).await?;
        for version in store::version::live(db, team.id, &definitions).await? {
            let row = definitions.iter().find(|row| row.id == version.definition_id).expect("asked for");
            self.add(&mut catalog, row, &version).await?;
        }
        Ok(catalog)
    }

    async fn add(
        &self,
        catalog: &mut Catalog,
        row: &store::definition::Definition,
        version: &store::version::Version,
    ) -> Result<(), ApiError> {
        let key = row.key.clone();
        match row.kind.as_str() {
            "form" => {
                catalog.forms.insert(key, self.form_version(row.team_id, row.id, version.number).await?);
            }
            "flow" => {
                catalog.flows.insert(key, self.flow_version(row.team_id, row.id, version.number).await?);
            }
            "calendar" => {
                let calendar = Calendar::parse(&parse(&version.document)?).map_err(unreadable)?;
                catalog.calendars.insert(calendar);
            }
            "dashboard" => {
                let document = parse(&version.document)?;
                let live = LiveDashboard { definition: row.id, app: row.app_id, document };
                catalog.dashboards.insert(key, Arc::new(live));
            }
            "role" => catalog.roles.push(RoleDocument::stored(&parse(&version.document)?)),
            _ => {}
        }
        Ok(())
    }
}

fn parse(text: &str) -> Result<Value, ApiError> {
    serde_json::from_str(text).map_err(ApiError::internal)
}

fn compile_form(document: &Value) -> Result<Form, ApiError> {
    let definition = FormDefinition::parse(document).map_err(unreadable)?;
    form_engine::compile(&definition).map_err(unreadable)
}

fn compile_flow(document: &Value) -> Result<Machine, ApiError> {
    flow_engine::compile(document).map_err(unreadable)
}

/// A version was checked when it was published; that it does not compile now is a fault of the server.
fn unreadable(problems: Vec<form_engine::Problem>) -> ApiError {
    ApiError::internal(format!("a published version does not compile: {problems:?}"))
}
