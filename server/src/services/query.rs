//! Asking a dataset: names resolved for this caller, SQL run, values labelled in their language.

pub mod dataset;
pub(super) mod form;
mod label;
mod system;

use api_types::{ColumnView, QueryResult};
use chrono_tz::Tz;
use form_engine::Problem;
use report_engine::{Column, Query, Role, finish, resolve, sql};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::permission::Verb;
use crate::services::access::Access;
use crate::store::{self, report};
use dataset::Asked;

/// The answer to a query as in the formats.
///
/// # Errors
///
/// Every problem of the query, with its place.
pub async fn run(app: &App, caller: &Caller, document: &Value) -> Result<QueryResult, ApiError> {
    let query = Query::parse(document).map_err(ApiError::Invalid)?;
    let access = Access::of(app, caller).await?;
    let Some(asked) = dataset::find(app, caller, &access, &query.dataset).await? else {
        let message = format!("`{}` is no dataset", query.dataset);
        return Err(ApiError::problem("report.dataset_unknown", "/dataset", message));
    };
    let situation = access.situation(asked.form(), Verb::See);
    let query = resolve(&query, &asked.dataset, &situation).map_err(ApiError::Invalid)?;
    let db = app.db.read();
    let statement = sql::select(&query, report::dialect(db), &asked.relation);
    let table = finish(&query, report::rows(db, statement).await?);
    let columns = table.columns.iter().map(|column| column_view(column, &asked, caller)).collect();
    Ok(QueryResult { columns, rows: table.rows })
}

/// Whether a query could run, for whoever publishes one: its problems.
///
/// # Errors
///
/// When the database does not answer.
pub async fn check(app: &App, caller: &Caller, query: &Query) -> Result<Vec<Problem>, ApiError> {
    let access = Access::of(app, caller).await?;
    let Some(asked) = dataset::find(app, caller, &access, &query.dataset).await? else {
        let message = format!("`{}` is no dataset", query.dataset);
        return Ok(vec![Problem::new("report.dataset_unknown", "/dataset", message)]);
    };
    let situation = access.situation(asked.form(), Verb::See);
    Ok(resolve(query, &asked.dataset, &situation).err().unwrap_or_default())
}

/// Whose days a team's time buckets follow when a query names no zone, and whose clock local times
/// without an offset are read by: a team that works in Chinese keeps the time of China.
///
/// # Errors
///
/// When the database does not answer.
pub async fn zone_of_team(app: &App, team: TeamId) -> Result<Tz, ApiError> {
    let team = store::team::get(app.db.read(), team).await?;
    Ok(team.map_or(Tz::UTC, |team| zone_of(&team.language)))
}

/// The time that a team working in `language` keeps.
pub fn zone_of(language: &str) -> Tz {
    if language.starts_with("zh") { Tz::Asia__Shanghai } else { Tz::UTC }
}

fn column_view(column: &Column, asked: &Asked, caller: &Caller) -> ColumnView {
    let language = caller.language.as_str();
    let role = match column.role {
        Role::Dimension => "dimension",
        Role::Measure => "measure",
    };
    let title = match &column.title {
        Some(title) => title.get(language).to_owned(),
        None => label::measure(&column.name, caller.language),
    };
    let options = column.member.as_ref().map(|member| asked.options(member, language)).unwrap_or_default();
    ColumnView {
        name: column.name.clone(),
        value_type: column.kind.word().to_owned(),
        role: role.to_owned(),
        title,
        options,
    }
}
