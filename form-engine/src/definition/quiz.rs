//! Points and results of a quiz, as the author wrote them.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::reader::Reader;
use crate::{Text, pointer};

/// A scored form.
///
/// ```json
/// {"points": {"/capital": {"paris": 2}, "/wine": {"red": 1, "white": 1}, "/stars": 0.5}, "total": "/points",
///  "results": [{"to": 2, "title": "Try again"}, {"from": 3, "title": "Well done", "text": "{{quiz.total}} of {{quiz.max}}"}]}
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct QuizDefinition {
    /// Of each scored question, by its pattern.
    pub points: IndexMap<String, Points>,
    /// The field that holds the sum; without one it is only told.
    pub total: Option<String>,
    /// By the sum; the first that fits is told.
    pub results: Vec<QuizResult>,
}

/// What the answers to one question are worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Points {
    /// By the text of the option's value; an option without points is worth none, several chosen add up.
    Options(IndexMap<String, f64>),
    /// A number answered, times this.
    Times(f64),
}

/// What is told for a range of sums.
#[derive(Debug, Clone, PartialEq)]
pub struct QuizResult {
    /// Lowest sum, included; open if absent.
    pub from: Option<f64>,
    /// Highest sum, included; open if absent.
    pub to: Option<f64>,
    /// Head.
    pub title: Option<Text>,
    /// Text.
    pub text: Option<Text>,
}

impl QuizResult {
    /// True when it is told for `total`.
    pub fn fits(&self, total: f64) -> bool {
        self.from.is_none_or(|from| total >= from) && self.to.is_none_or(|to| total <= to)
    }
}

pub(super) fn read(reader: &mut Reader, value: &Value, path: &str) -> Option<QuizDefinition> {
    let members = reader.object(value, path)?;
    let at = |name: &str| pointer::join(path, name);
    reader.only(members, &["points", "total", "results"], path);
    let Some(points) = members.get("points") else {
        reader.problem("form.member_missing", at("points"), "a quiz needs `points`");
        return None;
    };
    let points = read_points(reader, points, &at("points"));
    let total = members.get("total").and_then(|total| reader.pointer(total, &at("total")));
    let results = members.get("results").and_then(|results| reader.list(results, &at("results")));
    let results = results.into_iter().flatten().enumerate();
    let results = results
        .filter_map(|(index, result)| read_result(reader, result, &pointer::join(&at("results"), index)))
        .collect();
    Some(QuizDefinition { points, total, results })
}

fn read_points(reader: &mut Reader, value: &Value, path: &str) -> IndexMap<String, Points> {
    let mut points = IndexMap::new();
    for (field, worth) in reader.object(value, path).into_iter().flatten() {
        let at = pointer::join(path, field);
        if !pointer::is_pointer(field) {
            reader.problem("form.pointer", &at, format!("`{field}` is not a JSON Pointer such as `/score`"));
        }
        let worth = match worth {
            Value::Object(options) => {
                let options = options.iter().filter_map(|(option, worth)| {
                    Some((option.clone(), number(reader, worth, &pointer::join(&at, option))?))
                });
                Some(Points::Options(options.collect()))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                number(reader, worth, &at).map(Points::Times)
            }
        };
        points.extend(worth.map(|worth| (field.clone(), worth)));
    }
    points
}

fn read_result(reader: &mut Reader, value: &Value, path: &str) -> Option<QuizResult> {
    let members: &Map<String, Value> = reader.object(value, path)?;
    let at = |name: &str| pointer::join(path, name);
    reader.only(members, &["from", "to", "title", "text"], path);
    let mut bound = |name: &str| members.get(name).and_then(|bound| number(reader, bound, &at(name)));
    let (from, to) = (bound("from"), bound("to"));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        reader.problem("form.quiz_range", at("to"), "`to` lies below `from`");
    }
    let mut text = |name: &str| members.get(name).and_then(|text| reader.text(text, &at(name)));
    let (title, text) = (text("title"), text("text"));
    if title.is_none() && text.is_none() {
        reader.problem("form.member_missing", at("title"), "a result needs a `title` or a `text`");
    }
    Some(QuizResult { from, to, title, text })
}

fn number(reader: &mut Reader, value: &Value, path: &str) -> Option<f64> {
    let found = value.as_f64();
    if found.is_none() {
        let message = format!("expected a number of points, found `{value}`");
        reader.problem("form.quiz_points", path, message);
    }
    found
}
