//! Charts: one specification, one adapter to ECharts options. Pure; `js/charts.js` draws what comes out.

mod axis;
mod circular;

use api_types::{ColumnView, QueryResult};
use serde_json::{Value, json};

use crate::{
    format,
    i18n::{Language, board as m},
};

/// How rows become marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// One large number, drawn as text.
    Number,
    /// One number on its scale.
    Gauge,
    /// Over time or an order.
    Line,
    /// A filled line.
    Area,
    /// By category, lying when labels are long.
    Bar,
    /// Measures on top of each other.
    Stacked,
    /// Parts of a whole.
    Pie,
    /// Two dimensions, one measure.
    Heatmap,
    /// Falling steps.
    Funnel,
    /// Rows as they are.
    Table,
}

impl ChartKind {
    /// The kind a tile names; what is not known is shown as a table, which always fits.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "number" => Self::Number,
            "gauge" => Self::Gauge,
            "line" => Self::Line,
            "area" => Self::Area,
            "bar" => Self::Bar,
            "stacked" => Self::Stacked,
            "pie" | "donut" => Self::Pie,
            "heatmap" => Self::Heatmap,
            "funnel" => Self::Funnel,
            _ => Self::Table,
        }
    }
}

/// How a measure is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A number.
    Plain,
    /// 0…1, shown in per cent.
    Percent,
    /// −100…100.
    Nps,
    /// Milliseconds, shown in hours.
    Span,
}

impl Unit {
    /// The unit of a measure, from how the query asks for it.
    #[must_use]
    pub fn of(measure: &Value) -> Self {
        let has = |key: &str| measure.get(key).is_some();
        let of_clock = || {
            measure
                .as_object()
                .into_iter()
                .flatten()
                .any(|(_, value)| value.as_str().is_some_and(|field| field.ends_with("_ms")))
        };
        if has("share") || has("csat") || has("ratio") {
            Self::Percent
        } else if has("nps") {
            Self::Nps
        } else if of_clock() {
            Self::Span
        } else {
            Self::Plain
        }
    }

    /// A value in words.
    #[must_use]
    pub fn words(self, value: f64, language: Language) -> String {
        match self {
            Self::Plain => format::number(value, 2),
            Self::Percent => format::percent(value),
            Self::Nps => format::number(value, 1),
            Self::Span => {
                format!("{} {}", format::number(value / 3_600_000.0, 1), m::HOURS.in_language(language))
            }
        }
    }

    /// The value as it is plotted.
    fn plotted(self, value: f64) -> f64 {
        let value = match self {
            Self::Plain | Self::Nps => value,
            Self::Percent => value * 100.0,
            Self::Span => value / 3_600_000.0,
        };
        (value * 100.0).round() / 100.0
    }

    /// What stands behind numbers on an axis.
    fn sign(self, language: Language) -> &'static str {
        match self {
            Self::Plain | Self::Nps => "",
            Self::Percent => "%",
            Self::Span => m::HOURS.in_language(language),
        }
    }
}

/// Everything that decides how a chart looks.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// How rows become marks.
    pub kind: ChartKind,
    /// Dimensions first.
    pub columns: Vec<ColumnView>,
    /// One value per column.
    pub rows: Vec<Vec<Value>>,
    /// One per measure.
    pub units: Vec<Unit>,
    /// Length of the first dimension's buckets, when it is time.
    pub granularity: Option<String>,
    /// Of labels made here.
    pub language: Language,
}

/// The colours of the theme in force.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// For series, in order.
    pub series: Vec<String>,
    /// Good, fair, poor.
    pub verdict: [String; 3],
    /// Text.
    pub ink: String,
    /// Quiet text.
    pub muted: String,
    /// Lines of the grid.
    pub line: String,
    /// What the chart stands on.
    pub ground: String,
}

impl ChartSpec {
    /// The chart of a tile's `query` and its result.
    #[must_use]
    pub fn new(kind: ChartKind, query: &Value, result: QueryResult, language: Language) -> Self {
        let units = query
            .get("measures")
            .and_then(Value::as_array)
            .map(|measures| measures.iter().map(Unit::of).collect())
            .unwrap_or_default();
        let granularity =
            query.pointer("/dimensions/0/granularity").and_then(Value::as_str).map(str::to_owned);
        Self { kind, columns: result.columns, rows: result.rows, units, granularity, language }
    }

    /// How many of the first columns are dimensions.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.columns.len().saturating_sub(self.units.len())
    }

    /// Name of a column as read.
    #[must_use]
    pub fn title(&self, column: usize) -> &str {
        self.columns
            .get(column)
            .map_or("", |column| if column.title.is_empty() { &column.name } else { &column.title })
    }

    /// The number a row holds for the measure `index`.
    #[must_use]
    pub fn number(&self, row: &[Value], index: usize) -> Option<f64> {
        row.get(self.dimensions() + index).and_then(Value::as_f64)
    }

    /// Unit of the measure `index`.
    #[must_use]
    pub fn unit(&self, index: usize) -> Unit {
        self.units.get(index).copied().unwrap_or(Unit::Plain)
    }

    /// A cell in words: labels of choices, units of measures.
    #[must_use]
    pub fn words(&self, column: usize, value: &Value) -> String {
        if column >= self.dimensions() {
            return value.as_f64().map_or_else(
                || "—".to_owned(),
                |number| self.unit(column - self.dimensions()).words(number, self.language),
            );
        }
        if value.is_null() {
            return m::MISSING.in_language(self.language).to_owned();
        }
        if let (0, Some(granularity), Some(first)) = (column, &self.granularity, value.as_str()) {
            return bucket_name(first, granularity);
        }
        let options = self.columns.get(column).map(|column| column.options.as_slice()).unwrap_or_default();
        options
            .iter()
            .find(|option| option.value == *value)
            .map_or_else(|| format::bare(value, self.language), |option| option.label.clone())
    }

    /// The first dimension of each row in words.
    fn categories(&self) -> Vec<String> {
        self.rows
            .iter()
            .map(|row| row.first().map(|value| self.words(0, value)).unwrap_or_default())
            .collect()
    }

    /// Is there nothing to draw?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
            || (0..self.units.len())
                .all(|index| self.rows.iter().all(|row| self.number(row, index).is_none()))
    }

    /// The option for ECharts; none for what is drawn as text or as a table.
    #[must_use]
    pub fn option(&self, palette: &Palette) -> Option<Value> {
        let mut option = match self.kind {
            ChartKind::Number | ChartKind::Table => return None,
            ChartKind::Gauge => circular::gauge(self, palette),
            ChartKind::Pie => circular::pie(self, palette),
            ChartKind::Funnel => circular::funnel(self, palette),
            ChartKind::Line | ChartKind::Area | ChartKind::Bar | ChartKind::Stacked => {
                axis::chart(self, palette)
            }
            ChartKind::Heatmap => axis::heatmap(self, palette),
        };
        let object = option.as_object_mut()?;
        object.insert("color".into(), json!(palette.series));
        object.insert("animationDuration".into(), json!(250));
        object.insert("animationDurationUpdate".into(), json!(250));
        object.insert("textStyle".into(), json!({"fontFamily": "system-ui, \"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", sans-serif", "color": palette.muted}));
        object.insert("aria".into(), json!({"enabled": true}));
        Some(option)
    }
}

/// A bucket of time by its first day: `2026-11`, `2026 Q4`, `11-23` …
fn bucket_name(first: &str, granularity: &str) -> String {
    let part = |range: std::ops::Range<usize>| first.get(range).unwrap_or_default();
    match granularity {
        "year" => part(0..4).to_owned(),
        "quarter" => {
            format!("{} Q{}", part(0..4), part(5..7).parse::<u32>().map_or(0, |month| month.div_ceil(3)))
        }
        "month" => part(0..7).to_owned(),
        "week" | "day" => part(5..10).to_owned(),
        _ => first.to_owned(),
    }
}

/// The tooltip of every chart: drawn on the canvas, since the page's policy allows no inline style.
fn tooltip(palette: &Palette, trigger: &str) -> Value {
    json!({
        "trigger": trigger, "renderMode": "richText", "confine": true, "backgroundColor": palette.ground, "borderColor": palette.line, "borderWidth": 1,
        "padding": [8, 10], "textStyle": {"color": palette.ink, "fontSize": 12}, "axisPointer": {"type": "shadow", "shadowStyle": {"opacity": 0.08}},
    })
}
