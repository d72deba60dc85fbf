//! Piping: what was answered, inside the texts that follow. And what a quiz came to.
//!
//! `{{name}}` is the answer to the question `/name` (of the same row first), by the label people see; `{{/a/b}}`
//! says a whole pointer; `{{name|friend}}` reads `friend` while there is no answer. `quiz.total` and `quiz.max`
//! are the points. Texts are plain; who puts them into HTML escapes them.

use serde_json::Value;

use crate::sheet::Sheet;
use crate::{fill, number, pointer};

/// What a quiz came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuizTotal {
    /// The points.
    pub total: f64,
    /// The most there can be, where that can be told.
    pub max: Option<f64>,
    /// Which of the form's results is told, if one fits.
    pub result: Option<usize>,
}

impl Sheet {
    /// `template`, which stands at `place`, with its holes filled from `data`; without holes as it is.
    pub fn pipe(&self, template: &str, place: &str, data: &Value, language: &str) -> String {
        if !template.contains("{{") {
            return template.to_owned();
        }
        fill(template, &|name| self.said(name, place, data, language))
    }

    fn said(&self, name: &str, place: &str, data: &Value, language: &str) -> Option<String> {
        if let Some(of_quiz) = name.strip_prefix("quiz.") {
            let quiz = self.quiz(data)?;
            let points = match of_quiz {
                "total" => Some(quiz.total),
                "max" => quiz.max,
                _ => None,
            };
            return number::from_f64(points?).map(|points| points.to_string());
        }
        let answer = |path: String| {
            let value = pointer::get(data, &path)?;
            let label = self.field(&path)?.label(value, language);
            (!label.is_empty()).then_some(label)
        };
        if name.starts_with('/') {
            return answer(pointer::beside(name, place));
        }
        let row = place.rsplit_once('/').map_or("", |(row, _)| row);
        answer(pointer::join(row, name)).or_else(|| answer(pointer::join("", name)))
    }

    /// What the quiz comes to with the answers of `data`; `None` without a quiz, or while nothing of it is answered.
    pub fn quiz(&self, data: &Value) -> Option<QuizTotal> {
        let quiz = self.rules.quiz.as_ref()?;
        let total = quiz.total(data)?;
        Some(QuizTotal { total, max: quiz.most, result: quiz.result(total) })
    }
}
