//! Measure: one summarising column, as its author wrote it.

use form_engine::{Condition, Problem, Text};
use serde_json::Value;

use super::object::{Object, expected, quoted};

/// A measure, its name and the rows it looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is computed.
    pub kind: MeasureKind,
    /// The word the author named it by; the column's name when the author gave none.
    pub word: &'static str,
    /// The column's name, when the author gave one.
    pub name: Option<String>,
    /// For people, when the author gave one.
    pub title: Option<Text>,
    /// Rows outside are not seen by this measure alone.
    pub filters: Option<Condition>,
    /// Pointer of this measure in the query.
    pub path: String,
}

/// The measures there are; what each means stands in the crate's README.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureKind {
    /// `{"count": "*"}` rows, `{"count": "/x"}` rows in which the member is not missing.
    Count(Option<String>),
    /// `{"distinct": "/x"}`: different values.
    Distinct(String),
    /// `{"sum": "/x"}`
    Sum(String),
    /// `{"avg": "/x"}`
    Avg(String),
    /// `{"min": "/x"}`
    Min(String),
    /// `{"max": "/x"}`
    Max(String),
    /// `{"percentile": "/x", "p": 0.9}`; `{"median": "/x"}` is `p` = 0.5.
    Percentile {
        /// The member.
        field: String,
        /// From 0 to 1.
        p: f64,
    },
    /// `{"share": CONDITION, "of": CONDITION}`: rows that meet both, of the rows that meet `of`.
    Share {
        /// What is counted.
        share: Condition,
        /// Absent: rows in which no member of `share` is missing.
        of: Option<Condition>,
    },
    /// `{"ratio": [MEASURE, MEASURE]}`: the first divided by the second.
    Ratio(Box<[Measure; 2]>),
    /// `{"nps": "/x"}`: −100…100.
    Nps(String),
    /// `{"csat": "/x"}`: share of 4 and 5, 0…1.
    Csat(String),
    /// `{"ces": "/x"}`: mean effort.
    Ces(String),
}

const KINDS: &[&str] = &[
    "count",
    "distinct",
    "sum",
    "avg",
    "min",
    "max",
    "median",
    "percentile",
    "share",
    "ratio",
    "nps",
    "csat",
    "ces",
];
const OPTIONS: &[&str] = &["as", "title", "filters", "p", "of"];

impl Measure {
    pub(crate) fn read(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let known: Vec<&str> = KINDS.iter().chain(OPTIONS).copied().collect();
        let mut object = Object::open(value, path, &known, problems)?;
        let name = object.text("as");
        let title = object.title("title");
        let filters = object.condition("filters");
        let (word, kind) = read_kind(&mut object)?;
        for (option, allowed) in [("p", word == "percentile"), ("of", word == "share")] {
            if object.get(option).is_some() && !allowed {
                let message = format!("`{option}` has no meaning for `{word}`");
                object.problem(option, "report.unknown_member", message);
            }
        }
        Some(Self { kind, word, name, title, filters, path: path.to_owned() })
    }
}

fn read_kind(object: &mut Object<'_>) -> Option<(&'static str, MeasureKind)> {
    let named: Vec<&'static str> = KINDS.iter().copied().filter(|word| object.get(word).is_some()).collect();
    let [word] = named[..] else {
        let found = if named.is_empty() { "none".to_owned() } else { quoted(&named) };
        let message = format!("expected exactly one of {}, found {found}", quoted(KINDS));
        match named.get(1) {
            Some(second) => object.problem(second, "report.measure", message),
            None => object.own_problem("report.measure", message),
        }
        return None;
    };
    let kind = match word {
        "count" => {
            let field = object.text(word)?;
            MeasureKind::Count((field != "*").then_some(field))
        }
        "distinct" => MeasureKind::Distinct(object.text(word)?),
        "sum" => MeasureKind::Sum(object.text(word)?),
        "avg" => MeasureKind::Avg(object.text(word)?),
        "min" => MeasureKind::Min(object.text(word)?),
        "max" => MeasureKind::Max(object.text(word)?),
        "median" => MeasureKind::Percentile { field: object.text(word)?, p: 0.5 },
        "percentile" => read_percentile(object)?,
        "share" => {
            let of = object.condition("of");
            MeasureKind::Share { share: object.condition(word)?, of }
        }
        "ratio" => read_ratio(object)?,
        "nps" => MeasureKind::Nps(object.text(word)?),
        "csat" => MeasureKind::Csat(object.text(word)?),
        _ => MeasureKind::Ces(object.text(word)?),
    };
    Some((word, kind))
}

fn read_percentile(object: &mut Object<'_>) -> Option<MeasureKind> {
    let field = object.text("percentile");
    let Some(value) = object.get("p") else {
        object.problem("p", "report.required", "`p` is missing; expected a number from 0 to 1");
        return None;
    };
    let p = value.as_f64().filter(|p| (0.0..=1.0).contains(p));
    if p.is_none() {
        object.problem("p", "report.range", expected("a number from 0 to 1", value));
    }
    Some(MeasureKind::Percentile { field: field?, p: p? })
}

fn read_ratio(object: &mut Object<'_>) -> Option<MeasureKind> {
    let value = object.get("ratio")?;
    let path = object.at("ratio");
    let Some([upper, lower]) = value.as_array().map(Vec::as_slice) else {
        object.problem("ratio", "report.type", expected("a list of two measures", value));
        return None;
    };
    let upper = Measure::read(upper, &format!("{path}/0"), object.problems());
    let lower = Measure::read(lower, &format!("{path}/1"), object.problems());
    let parts = [upper?, lower?];
    for part in &parts {
        if matches!(part.kind, MeasureKind::Ratio(_)) {
            let message = "expected a measure that is no ratio itself, found `ratio`";
            object.problems().push(Problem::new("report.measure", part.path.clone(), message));
        }
    }
    Some(MeasureKind::Ratio(Box::new(parts)))
}
