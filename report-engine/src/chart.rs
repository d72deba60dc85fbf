//! Chart: the ways to draw a result, and which of them fits a query.
//!
//! Knows shapes (how many dimensions and measures, whether one is time), never pixels.

use crate::definition::{DimensionKind, Query};

/// How a tile is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// One large number; with a time dimension, the last bucket and the trend before it.
    Number,
    /// One number on its scale.
    Gauge,
    /// Over time, or over ordered values.
    Line,
    /// As a line, filled.
    Area,
    /// A bar per value.
    Bar,
    /// Bars cut by the second dimension, or by measure.
    Stacked,
    /// Parts of a whole.
    Pie,
    /// Steps that lose some on the way.
    Funnel,
    /// Two dimensions and the strength of their meeting.
    HeatMap,
    /// The rows themselves.
    Table,
}

impl Chart {
    /// The words of the format, and what they mean.
    pub(crate) const WORDS: &[(&str, Self)] = &[
        ("number", Self::Number),
        ("gauge", Self::Gauge),
        ("line", Self::Line),
        ("area", Self::Area),
        ("bar", Self::Bar),
        ("stacked", Self::Stacked),
        ("pie", Self::Pie),
        ("funnel", Self::Funnel),
        ("heat_map", Self::HeatMap),
        ("table", Self::Table),
    ];

    /// The word of the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Gauge => "gauge",
            Self::Line => "line",
            Self::Area => "area",
            Self::Bar => "bar",
            Self::Stacked => "stacked",
            Self::Pie => "pie",
            Self::Funnel => "funnel",
            Self::HeatMap => "heat_map",
            Self::Table => "table",
        }
    }

    /// Why this chart cannot show the result of `query`, if so.
    pub fn misfit(self, query: &Query) -> Option<String> {
        let (dimensions, measures) = (query.dimensions.len(), query.measures.len());
        let (wanted, fits) = match self {
            Self::Number => ("a measure and at most a time dimension", measures >= 1 && only_time(query)),
            Self::Gauge => ("a measure and no dimension", measures >= 1 && dimensions == 0),
            Self::Line | Self::Area | Self::Bar | Self::Stacked => {
                ("a measure and one or two dimensions", measures >= 1 && (1..=2).contains(&dimensions))
            }
            Self::Pie | Self::Funnel => (
                "a measure and one dimension, or several measures",
                dimensions + measures >= 2 && dimensions <= 1,
            ),
            Self::HeatMap => ("a measure and two dimensions", measures >= 1 && dimensions == 2),
            Self::Table => return None,
        };
        let word = self.word();
        (!fits).then(|| {
            format!("`{word}` needs {wanted}, found {measures} measures and {dimensions} dimensions")
        })
    }
}

/// The chart to draw when the author chose none.
pub fn best(query: &Query) -> Chart {
    let time = query.dimensions.iter().any(|dimension| matches!(dimension.kind, DimensionKind::Time { .. }));
    match (query.dimensions.len(), query.measures.len()) {
        (_, 0) => Chart::Table,
        (0, 1) => Chart::Number,
        (0, _) => Chart::Table,
        (1 | 2, _) if time => Chart::Line,
        (1, _) => Chart::Bar,
        (2, 1) => Chart::HeatMap,
        _ => Chart::Table,
    }
}

fn only_time(query: &Query) -> bool {
    match &query.dimensions[..] {
        [] => true,
        [dimension] => matches!(dimension.kind, DimensionKind::Time { .. }),
        _ => false,
    }
}
