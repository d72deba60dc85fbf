//! Dashboards: the live versions, as their readers' language has them.

use api_types::{DashboardSummary, DashboardView, FieldView, TileView};
use report_engine::{Dashboard, DashboardFilter, MemberType, Tile};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::services::access::Access;
use crate::services::query::dataset::{self, Asked};
use crate::store::report::{self, Published};

/// The team's dashboards, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<DashboardSummary>, ApiError> {
    let live = report::live(app.db.read(), caller.team, "dashboard").await?;
    let read = |version: &Published| Some(summary(version, &parse(version)?, caller));
    Ok(live.iter().filter_map(read).collect())
}

/// One dashboard.
///
/// # Errors
///
/// [`ApiError::NotFound`] when no version of it is live.
pub async fn view(app: &App, caller: &Caller, key: &str) -> Result<DashboardView, ApiError> {
    let live = report::live(app.db.read(), caller.team, "dashboard").await?;
    let found = live.iter().find(|version| version.key == key);
    let found = found.and_then(|version| Some((version, parse(version)?)));
    let (version, dashboard) = found.ok_or_else(|| ApiError::not_found("dashboard", key))?;
    let language = caller.language.as_str();
    // A filter of the page names a member of one of the datasets its tiles show.
    let mut names: Vec<&str> = dashboard.tiles.iter().map(|tile| tile.query.dataset.as_str()).collect();
    names.dedup();
    let access = Access::of(app, caller).await?;
    let mut asked: Vec<Asked> = Vec::new();
    for name in names {
        if !asked.iter().any(|asked| asked.dataset.name == name)
            && let Some(found) = dataset::find(app, caller, &access, name).await?
        {
            asked.push(found);
        }
    }
    let filters = dashboard
        .filters
        .iter()
        .filter_map(|filter| filter_view(filter, &access, &asked, language))
        .collect();
    let tiles = dashboard.tiles.iter().map(|tile| tile_view(tile, language)).collect();
    Ok(DashboardView { summary: summary(version, &dashboard, caller), filters, tiles })
}

/// Published versions were read when they were published.
fn parse(version: &Published) -> Option<Dashboard> {
    let document: Value = serde_json::from_str(&version.document).ok()?;
    match Dashboard::parse(&document) {
        Ok(dashboard) => Some(dashboard),
        Err(problems) => {
            tracing::warn!(dashboard = version.key, ?problems, "a published dashboard cannot be read");
            None
        }
    }
}

fn summary(version: &Published, dashboard: &Dashboard, caller: &Caller) -> DashboardSummary {
    DashboardSummary {
        key: dashboard.key.clone(),
        definition: version.definition.to_string(),
        title: dashboard.title.get(caller.language.as_str()).to_owned(),
    }
}

fn filter_view(
    filter: &DashboardFilter,
    access: &Access,
    asked: &[Asked],
    language: &str,
) -> Option<FieldView> {
    let is_there = |asked: &Asked| {
        asked.form().is_none_or(|(form, _)| !access.form(form).hides_somewhere(&filter.field))
    };
    let found = asked.iter().filter(|asked| is_there(asked));
    let found = found.into_iter().find_map(|asked| Some((asked, asked.dataset.member(&filter.field)?)));
    let (asked, member) = found?;
    let title = filter.title.as_ref().unwrap_or(&member.title);
    let options = asked.options(&member.name, language);
    let control = match member.kind {
        MemberType::TextList => "multiple",
        MemberType::Integer | MemberType::Number => "number",
        MemberType::Boolean => "boolean",
        MemberType::Date => "date",
        MemberType::DateTime => "date_time",
        MemberType::Text if options.is_empty() => "text",
        MemberType::Text => "drop_down",
    };
    let value_type = if member.kind == MemberType::TextList { "list" } else { member.kind.word() };
    Some(FieldView {
        path: member.name.clone(),
        title: title.get(language).to_owned(),
        control: control.to_owned(),
        value_type: value_type.to_owned(),
        options,
    })
}

fn tile_view(tile: &Tile, language: &str) -> TileView {
    TileView {
        key: tile.key.clone(),
        title: tile.title.get(language).to_owned(),
        chart: tile.chart.word().to_owned(),
        query: tile.query_document.clone(),
        drill: tile.drill.clone(),
        at: tile.at,
    }
}
