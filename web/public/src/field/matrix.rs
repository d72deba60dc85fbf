//! One row of a matrix: a radio per column, the columns of all rows in line.
//!
//! Each row is a group with its own legend, so a screen reader says row and column; on a phone the columns wrap.

use leptos::prelude::*;
use serde_json::Value;

use super::{Asked, choices, text_of};
use crate::Choice;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    let columns: Vec<Choice> = match question.scale {
        Some((low, high)) if question.options.is_empty() => {
            (low..=high).map(|point| Choice { value: Value::from(point), label: point.to_string() }).collect()
        }
        Some(_) | None => question.options.clone(),
    };
    let input_type = if question.more.several { "checkbox" } else { "radio" };
    let cells: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let chosen = choices::is_chosen(&question.value, &column.value);
            choices::row(asked, input_type, index, &text_of(&column.value), &column.label, chosen)
        })
        .collect();
    view! { <div class="options columns">{cells}</div> }.into_any()
}
