//! A quiz at work: points per answer, and their sum.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::definition::{Points, QuizDefinition};
use crate::field::Field;
use crate::{Problem, number, pointer};

/// The scored questions, and the ranges of results.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quiz {
    scored: Vec<Scored>,
    /// Highest sum there can be, where it can be told.
    pub(crate) most: Option<f64>,
    /// Lowest sum there can be.
    pub(crate) least: Option<f64>,
    /// Lowest and highest sum of each result, both included.
    ranges: Vec<(Option<f64>, Option<f64>)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Scored {
    path: String,
    worth: Worth,
}

#[derive(Debug, Clone, PartialEq)]
enum Worth {
    Options(Vec<(Value, f64)>),
    Times(f64),
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
            ranges: definition.results.iter().map(|result| (result.from, result.to)).collect(),
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
                    (Worth::Times(*times), of_number(field, *times))
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
                    (Worth::Options(worths), reach)
                }
            };
            let (least, most) = if field.in_rows() { (None, None) } else { reach };
            quiz.least = quiz.least.zip(least).map(|(sum, one)| sum + one);
            quiz.most = quiz.most.zip(most).map(|(sum, one)| sum + one);
            quiz.scored.push(Scored { path: path.clone(), worth });
        }
        quiz
    }

    /// Patterns of the scored questions.
    pub(super) fn reads(&self) -> impl Iterator<Item = &str> {
        self.scored.iter().map(|scored| scored.path.as_str())
    }

    /// The sum; `None` while no scored question is answered.
    pub(crate) fn total(&self, data: &Value) -> Option<f64> {
        let answers = self.scored.iter().flat_map(|scored| {
            let found = pointer::resolve(data, &scored.path).into_iter().map(|(_, value)| value);
            found.filter(|value| !value.is_null()).filter_map(|value| scored.worth.of(value))
        });
        answers.fold(None, |sum, points| Some(sum.unwrap_or(0.0) + points))
    }

    /// The place of the first result that fits.
    pub(crate) fn result(&self, total: f64) -> Option<usize> {
        let fits = |(from, to): &(Option<f64>, Option<f64>)| {
            from.is_none_or(|from| total >= from) && to.is_none_or(|to| total <= to)
        };
        self.ranges.iter().position(fits)
    }

    pub(super) fn to_value(&self) -> Value {
        let scored: Vec<Value> = self
            .scored
            .iter()
            .map(|one| match &one.worth {
                Worth::Options(options) => json!([one.path, options]),
                Worth::Times(times) => json!([one.path, times]),
            })
            .collect();
        json!({"scored": scored, "most": self.most, "ranges": self.ranges})
    }

    pub(super) fn read(value: &Value) -> Option<Self> {
        let pair = |pair: &Value| Some((pair.get(0)?.clone(), pair.get(1)?.as_f64()?));
        let scored = value.get("scored")?.as_array()?.iter().map(|one| {
            let worth = one.get(1)?;
            let worth = match worth.as_array() {
                Some(options) => Worth::Options(options.iter().map(pair).collect::<Option<_>>()?),
                None => Worth::Times(worth.as_f64()?),
            };
            Some(Scored { path: one.get(0)?.as_str()?.to_owned(), worth })
        });
        let bound = |range: &Value, at: usize| range.get(at).and_then(Value::as_f64);
        let ranges = value.get("ranges")?.as_array()?.iter().map(|range| (bound(range, 0), bound(range, 1)));
        Some(Self {
            scored: scored.collect::<Option<_>>()?,
            most: value.get("most").and_then(Value::as_f64),
            least: None,
            ranges: ranges.collect(),
        })
    }
}

impl Worth {
    /// `None` for what is no answer.
    fn of(&self, value: &Value) -> Option<f64> {
        match self {
            Self::Times(times) => value.as_f64().map(|number| number * times),
            Self::Options(options) => {
                let of = |value: &Value| {
                    let found = options.iter().find(|(option, _)| number::same(option, value));
                    found.map_or(0.0, |(_, worth)| *worth)
                };
                match value.as_array() {
                    Some(items) if items.is_empty() => None,
                    Some(items) => Some(items.iter().map(of).sum()),
                    None => Some(of(value)),
                }
            }
        }
    }
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
