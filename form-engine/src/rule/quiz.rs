//! A quiz at work: points per answer, and their sum.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::definition::{Points, QuizDefinition};
use crate::field::Field;
use crate::{Problem, number, pointer};

/// The scored questions, and the ranges of results.
///
/// Kept as the JSON a page carries, `[[path, [[option, points], …] or a factor], …]` and `[[from, to], …]`, because
/// reading it into anything else would weigh more there than the rest of the quiz.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quiz {
    scored: Vec<Value>,
    ranges: Vec<Value>,
    /// Highest sum there can be, where it can be told.
    pub(crate) most: Option<f64>,
    /// Lowest sum there can be.
    pub(crate) least: Option<f64>,
}

impl Quiz {
    pub(super) fn compile(
        definition: &QuizDefinition,
        fields: &[Arc<Field>],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut quiz = Self {
            scored: Vec::new(),
            most: Some(0.0),
            least: Some(0.0),
            ranges: definition.results.iter().map(|result| json!([result.from, result.to])).collect(),
        };
        for (path, points) in &definition.points {
            let at = pointer::join("/quiz/points", path);
            let Some(field) = fields.iter().find(|field| field.path == *path) else {
                let message = format!("the schema has no field `{path}`");
                problems.push(Problem::new("form.field_missing", at, message));
                continue;
            };
            let (worth, reach) = match points {
                Points::Times(times) => {
                    if !field.types.numeric() || (field.types.any() && field.options.is_empty()) {
                        let message = format!("`{path}` is no number that points could be made of");
                        problems.push(Problem::new("form.quiz_points", at, message));
                        continue;
                    }
                    (json!(times), of_number(field, *times))
                }
                Points::Options(options) => {
                    let mut worths = Vec::new();
                    for (text, worth) in options {
                        match field.options.iter().find(|option| option.text() == *text) {
                            Some(option) => worths.push((option.value.clone(), *worth)),
                            None => {
                                let message = format!("`{path}` has no option `{text}`");
                                problems.push(Problem::new(
                                    "form.option_missing",
                                    pointer::join(&at, text),
                                    message,
                                ));
                            }
                        }
                    }
                    let reach = of_options(field, &worths);
                    (json!(worths), reach)
                }
            };
            let (least, most) = if field.in_rows() { (None, None) } else { reach };
            quiz.least = quiz.least.zip(least).map(|(sum, one)| sum + one);
            quiz.most = quiz.most.zip(most).map(|(sum, one)| sum + one);
            quiz.scored.push(json!([path, worth]));
        }
        quiz
    }

    /// Patterns of the scored questions.
    pub(super) fn reads(&self) -> impl Iterator<Item = &str> {
        self.scored.iter().filter_map(|scored| scored.get(0)?.as_str())
    }

    /// The sum; `None` while no scored question is answered.
    pub(crate) fn total(&self, data: &Value) -> Option<f64> {
        let mut sum = None;
        for scored in &self.scored {
            let (path, worth) = (scored.get(0)?.as_str()?, scored.get(1)?);
            for place in pointer::expand(data, path) {
                if let Some(points) = pointer::get(data, &place).and_then(|answer| points(worth, answer)) {
                    sum = Some(sum.unwrap_or(0.0) + points);
                }
            }
        }
        sum
    }

    /// The place of the first result that fits.
    pub(crate) fn result(&self, total: f64) -> Option<usize> {
        let bound = |range: &Value, at: usize| range.get(at).and_then(Value::as_f64);
        let fits = |range: &Value| {
            bound(range, 0).is_none_or(|from| total >= from) && bound(range, 1).is_none_or(|to| total <= to)
        };
        self.ranges.iter().position(fits)
    }

    pub(super) fn to_value(&self) -> Value {
        json!({"scored": self.scored, "ranges": self.ranges, "most": self.most})
    }

    pub(super) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            scored: value.get("scored")?.as_array()?.clone(),
            ranges: value.get("ranges")?.as_array()?.clone(),
            most: value.get("most").and_then(Value::as_f64),
            least: None,
        })
    }
}

/// What an answer is worth; `None` for what is no answer.
fn points(worth: &Value, answer: &Value) -> Option<f64> {
    let Some(options) = worth.as_array() else { return Some(answer.as_f64()? * worth.as_f64()?) };
    let chosen = answer.as_array().map_or(std::slice::from_ref(answer), Vec::as_slice);
    if chosen.is_empty() || answer.is_null() {
        return None;
    }
    let mut sum = 0.0;
    for option in options {
        if chosen.iter().any(|value| number::same(value, &option[0])) {
            sum += option[1].as_f64().unwrap_or(0.0);
        }
    }
    Some(sum)
}

/// Least and most points of a number; an unanswered question counts none.
fn of_number(field: &Field, times: f64) -> (Option<f64>, Option<f64>) {
    let limit = |bound: &Option<crate::Bound>| bound.as_ref().and_then(|bound| bound.limit.as_f64());
    let low = field.scale().map(|(low, _)| low as f64).or_else(|| limit(&field.min));
    let high = field.scale().map(|(_, high)| high as f64).or_else(|| limit(&field.max));
    let ends = [low.map(|low| low * times), high.map(|high| high * times)];
    let (one, other) = (ends[0], ends[1]);
    match one.zip(other) {
        Some((a, b)) => (Some(a.min(b).min(0.0)), Some(a.max(b).max(0.0))),
        None => (None, None),
    }
}

fn of_options(field: &Field, worths: &[(Value, f64)]) -> (Option<f64>, Option<f64>) {
    let points = worths.iter().map(|(_, worth)| *worth);
    if field.types.array {
        let below = points.clone().filter(|worth| *worth < 0.0).sum();
        return (Some(below), Some(points.filter(|worth| *worth > 0.0).sum()));
    }
    (Some(points.clone().fold(0.0, f64::min)), Some(points.fold(0.0, f64::max)))
}
