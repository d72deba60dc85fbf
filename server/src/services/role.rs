//! Roles in force, and who holds them.

use api_types::{GrantView, RoleView};
use form_engine::Problem;
use report_engine::{PageRequest, Situation, resolve_page};
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::UserId;
use crate::permission::{PLACES, RoleDocument};
use crate::services::audit::Deed;
use crate::services::query::{form, zone_of_team};
use crate::store;

/// Every role in force, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<RoleView>, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let given = store::member_role::list(app.db.read(), caller.team).await?;
    let definitions = store::definition::list(app.db.read(), caller.team).await?;
    let language = caller.language.as_str();
    let form_title = |key: &str| {
        catalog.form(key).map_or_else(|_| key.to_owned(), |live| live.form.title().get(language).to_owned())
    };
    let view = |role: &RoleDocument| {
        let found = definitions.iter().find(|row| row.kind == "role" && row.key == role.key);
        let holders = given.iter().filter(|row| row.role_key == role.key);
        RoleView {
            key: role.key.clone(),
            title: role.title.get(language).to_owned(),
            definition: found.map(|row| row.id.to_string()).unwrap_or_default(),
            grants: role
                .grants
                .iter()
                .map(|grant| GrantView {
                    form_title: form_title(&grant.form),
                    form: grant.form.clone(),
                    rows: grant.rows.word().to_owned(),
                    only: grant.only.is_some(),
                    verbs: grant.verbs.iter().map(|verb| verb.word().to_owned()).collect(),
                    hide: grant.hide.clone(),
                    read_only: grant.read_only.clone(),
                })
                .collect(),
            place: PLACES.into_iter().find(|place| role.is_of(place.word())),
            holders: holders.map(|row| row.user_id.to_string()).collect(),
        }
    };
    let mut views: Vec<RoleView> = catalog.roles().map(view).collect();
    views.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(views)
}

/// Gives a member these roles and no others.
///
/// # Errors
///
/// [`ApiError::NotFound`]; a problem for a role that is not in force.
pub async fn give(app: &App, caller: &Caller, id: UserId, keys: Vec<String>) -> Result<(), ApiError> {
    let catalog = app.catalog(caller.team).await?;
    for (index, key) in keys.iter().enumerate() {
        if !catalog.roles().any(|role| role.key == *key) {
            let message = format!("there is no role `{key}`");
            return Err(ApiError::problem("member.role", format!("/roles/{index}"), message));
        }
    }
    let (team, now_ms, by) = (caller.team, app.clock.now_ms(), caller.clone());
    let mut keys = keys;
    keys.sort();
    keys.dedup();
    app.writer
        .run(Some(team), move |batch| {
            let (keys, by) = (keys.clone(), by.clone());
            Box::pin(async move {
                let user = store::user::get(batch.read(), id).await?;
                let member = store::membership::get(batch.read(), team, id).await?;
                let (Some(user), Some(_)) = (user, member) else {
                    return Err(ApiError::not_found("member", id));
                };
                let before = store::member_role::of_member(batch.read(), team, id).await?;
                if before != keys {
                    let deed = Deed::new("changed", "member", id, &user.name);
                    let deed = deed.before(json!({"roles": before})).after(json!({"roles": keys}));
                    batch.audit(deed.by(&by, now_ms));
                }
                store::member_role::replace(batch.write(), team, id, keys, now_ms).await?;
                batch.changed(team, Entity::Member, id, None);
                Ok(())
            })
        })
        .await
}

/// What stands against a role among the team's forms: forms and fields that are not there, conditions that do not fit.
///
/// # Errors
///
/// When the database does not answer.
pub async fn problems(app: &App, caller: &Caller, document: &Value) -> Result<Vec<Problem>, ApiError> {
    let role = match RoleDocument::parse(document) {
        Ok(role) => role,
        Err(problems) => return Ok(problems),
    };
    let zone = zone_of_team(app, caller.team).await?;
    let mut problems = Vec::new();
    for (index, grant) in role.grants.iter().enumerate().filter(|(_, grant)| grant.form != "*") {
        let place = format!("/grants/{index}");
        let Some(asked) = form::find(app, caller.team, &grant.form).await? else {
            let message = format!("there is no form `{}`", grant.form);
            problems.push(Problem::new("role.form_unknown", format!("{place}/form"), message));
            continue;
        };
        for (name, fields) in [("hide", &grant.hide), ("read_only", &grant.read_only)] {
            for (at, field) in fields.iter().enumerate() {
                let is_there = |member: &str| member == field || member.starts_with(&format!("{field}/"));
                if !field.contains('*') && !asked.dataset.names().any(is_there) {
                    let message = format!("`{}` has no field `{field}`", grant.form);
                    problems.push(Problem::new(
                        "role.field_unknown",
                        format!("{place}/{name}/{at}"),
                        message,
                    ));
                }
            }
        }
        if let Some(only) = &grant.only {
            let situation = Situation::new(app.clock.now_ms(), zone);
            let request = PageRequest { filter: Some(only), order: &[], limit: 1 };
            let found = resolve_page(&request, &asked.dataset, &situation).err().unwrap_or_default();
            problems.extend(found.into_iter().map(|problem| Problem {
                path: format!("{place}/where{}", problem.path.strip_prefix("/filter").unwrap_or_default()),
                ..problem
            }));
        }
    }
    Ok(problems)
}
