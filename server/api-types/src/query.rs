//! Queries and the boards made of them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The answer to `POST /api/v1/query`, whose body is a query as in the formats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueryResult {
    /// Dimensions, then measures, in the order asked for.
    pub columns: Vec<ColumnView>,
    /// One value per column.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Vec<Object>>))]
    pub rows: Vec<Vec<Value>>,
}

/// One column of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnView {
    /// `as`, else the measure's or field's name.
    pub name: String,
    /// `text integer number boolean date datetime`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// `dimension` or `measure`.
    #[serde(default)]
    pub role: String,
    /// In the caller's language.
    #[serde(default)]
    pub title: String,
    /// Labels of stored values, for choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<crate::OptionView>,
}

/// A line of `GET /api/v1/dashboards`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DashboardSummary {
    /// Unique per team.
    pub key: String,
    /// Id of its definition.
    pub definition: String,
    /// In the caller's language.
    pub title: String,
}

/// `GET /api/v1/dashboards/{key}`: the live version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DashboardView {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: DashboardSummary,
    /// Fields the page can be narrowed by.
    pub filters: Vec<crate::FieldView>,
    /// In the author's order.
    pub tiles: Vec<TileView>,
}

/// One tile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileView {
    /// Unique per dashboard.
    pub key: String,
    /// In the caller's language.
    pub title: String,
    /// `number gauge line bar stacked pie table …`
    pub chart: String,
    /// The query to send to `POST /api/v1/query`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub query: Value,
    /// Dimensions to drill through, outermost first.
    pub drill: Vec<String>,
    /// Column, row, width and height on a grid of 12 columns.
    pub at: [u32; 4],
}
