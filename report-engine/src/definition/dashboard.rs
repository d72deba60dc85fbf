//! Dashboard: a page of tiles, as its author wrote it.
//!
//! Checks shapes and that keys are unique; a tile's query is checked against its dataset by
//! `resolve` when it is published and each time it runs.

use std::collections::HashSet;

use form_engine::{Problem, Text};
use serde_json::Value;

use super::Query;
use super::object::{Object, expected};
use crate::chart::{self, Chart};

/// Columns of a dashboard's grid.
const GRID_COLUMNS: u64 = 12;

/// A dashboard definition of which every part has the right shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// Unique per team.
    pub key: String,
    /// For people.
    pub title: Text,
    /// Members by which the whole page can be narrowed.
    pub filters: Vec<DashboardFilter>,
    /// In the author's order.
    pub tiles: Vec<Tile>,
}

/// A member by which a dashboard can be narrowed.
#[derive(Debug, Clone, PartialEq)]
pub struct DashboardFilter {
    /// The member.
    pub field: String,
    /// For people, when the author gave one.
    pub title: Option<Text>,
}

/// One query and how to draw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Unique per dashboard.
    pub key: String,
    /// For people.
    pub title: Text,
    /// How it is drawn.
    pub chart: Chart,
    /// What it shows.
    pub query: Query,
    /// The query as its author wrote it, to be sent to the server.
    pub query_document: Value,
    /// Members to drill through, outermost first.
    pub drill: Vec<String>,
    /// Column, row, width and height on a grid of 12 columns.
    pub at: [u32; 4],
    /// Pointer of this tile in the dashboard.
    pub path: String,
}

impl Dashboard {
    /// Reads a dashboard.
    ///
    /// # Errors
    ///
    /// Every problem found, with pointers into `value`; never an empty list.
    pub fn parse(value: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let dashboard = read_dashboard(value, &mut problems);
        match dashboard {
            Some(dashboard) if problems.is_empty() => Ok(dashboard),
            Some(_) | None => Err(problems),
        }
    }
}

fn read_dashboard(value: &Value, problems: &mut Vec<Problem>) -> Option<Dashboard> {
    let known = &["format", "kind", "key", "title", "description", "filters", "tiles"];
    let mut object = Object::open(value, "", known, problems)?;
    for (key, wanted) in [("format", Value::from(1)), ("kind", Value::from("dashboard"))] {
        match object.get(key) {
            Some(found) if *found == wanted => {}
            Some(found) => {
                object.problem(key, "report.word", expected(&format!("`{}`", text(&wanted)), found))
            }
            None => object.problem(key, "report.required", format!("`{key}` is missing")),
        }
    }
    let key = object.required_text("key");
    let title = object.title("title").unwrap_or_default();
    let filters = object.list("filters", read_filter);
    let tiles = object.list("tiles", read_tile);
    let mut seen = HashSet::new();
    for tile in &tiles {
        if !seen.insert(tile.key.as_str()) {
            let message = format!("the key `{}` is taken by a tile before this one", tile.key);
            object.problems().push(Problem::new("report.key_taken", format!("{}/key", tile.path), message));
        }
    }
    Some(Dashboard { key: key?, title, filters, tiles })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn read_filter(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<DashboardFilter> {
    let mut object = Object::open(value, path, &["field", "title"], problems)?;
    let title = object.title("title");
    Some(DashboardFilter { field: object.required_text("field")?, title })
}

fn read_tile(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<Tile> {
    let known = &["key", "title", "chart", "query", "drill", "at"];
    let mut object = Object::open(value, path, known, problems)?;
    let key = object.required_text("key");
    let title = object.title("title").unwrap_or_default();
    let chart = object.word("chart", Chart::WORDS);
    let at = read_place(&mut object);
    let drill = object.list("drill", read_drill);
    let Some(document) = object.get("query") else {
        object.problem("query", "report.required", "`query` is missing");
        return None;
    };
    let query = match Query::parse(document) {
        Ok(query) => query,
        Err(problems) => {
            let prefix = object.at("query");
            object.problems().extend(problems.into_iter().map(|problem| problem.under(&prefix)));
            return None;
        }
    };
    let chart = chart.unwrap_or_else(|| chart::best(&query));
    if let Some(message) = chart.misfit(&query) {
        object.problem("chart", "report.chart", message);
    }
    let query_document = document.clone();
    Some(Tile { key: key?, title, chart, query, query_document, drill, at, path: path.to_owned() })
}

fn read_drill(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let field = value.as_str().filter(|field| !field.is_empty());
    if field.is_none() {
        problems.push(Problem::new("report.type", path, expected("the name of a member", value)));
    }
    field.map(str::to_owned)
}

fn read_place(object: &mut Object<'_>) -> [u32; 4] {
    const WHOLE_WIDTH: [u32; 4] = [0, 0, 12, 4];
    let Some(value) = object.get("at") else { return WHOLE_WIDTH };
    let numbers: Option<Vec<u64>> =
        value.as_array().and_then(|items| items.iter().map(Value::as_u64).collect());
    match numbers.as_deref() {
        Some(&[column, row, width, height])
            if width >= 1 && height >= 1 && column + width <= GRID_COLUMNS && row + height <= 1_000 =>
        {
            // The sums above bound each number.
            [column, row, width, height].map(|number| u32::try_from(number).unwrap_or_default())
        }
        Some(_) | None => {
            let what = "column, row, width and height within 12 columns";
            object.problem("at", "report.place", expected(what, value));
            WHOLE_WIDTH
        }
    }
}
