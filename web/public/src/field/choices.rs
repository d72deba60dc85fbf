//! Rows to tap, one or several of which may be chosen.

use leptos::prelude::*;
use serde_json::Value;

use super::{Asked, text_of};

/// More rows than this stand in two columns on a wide screen, if all are short.
const MANY: usize = 6;
const SHORT: usize = 18;

/// The rows; `input_type` is `radio` or `checkbox`.
pub(super) fn view(asked: &Asked<'_>, input_type: &'static str) -> AnyView {
    let options = &asked.question.options;
    let many = options.len() > MANY && options.iter().all(|option| option.label.chars().count() <= SHORT);
    let rows: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let held = asked.question.held_back.contains(&index);
            let full = asked.question.more.full.contains(&index);
            let chosen = !held && !full && is_chosen(&asked.question.value, &option.value);
            row(asked, input_type, index, &text_of(&option.value), &option.label, chosen)
        })
        .collect();
    view! { <div class=if many { "options many" } else { "options" }>{rows}</div> }.into_any()
}

/// One row.
pub(super) fn row(
    asked: &Asked<'_>,
    input_type: &'static str,
    index: usize,
    value: &str,
    label: &str,
    chosen: bool,
) -> AnyView {
    let full = asked.question.more.full.contains(&index);
    let class = if full { "option full" } else { "option" };
    view! {
        <label class=class hidden=asked.question.held_back.contains(&index)>
            <input
                type=input_type
                id=format!("{}-{index}", asked.id)
                name=asked.question.path.clone()
                value=value.to_owned()
                checked=chosen
                disabled=full
            />
            <span class="words">{label.to_owned()}</span>
            {full.then(|| view! { <span class="tag">{asked.words.form.full}</span> })}
            <span class="glow"></span>
        </label>
    }
    .into_any()
}

/// Values posted without script are text until they are coerced, so texts are compared.
pub(super) fn is_chosen(value: &Value, option: &Value) -> bool {
    match value {
        Value::Array(chosen) => chosen.iter().any(|one| text_of(one) == text_of(option)),
        Value::Null => false,
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Object(_) => {
            text_of(value) == text_of(option)
        }
    }
}
