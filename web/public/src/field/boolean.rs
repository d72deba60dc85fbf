//! Yes or no, as two rows: a lone checkbox could not tell "no" from "not answered".

use leptos::prelude::*;
use serde_json::Value;

use super::{Asked, choices};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let chosen = |flag: bool| asked.question.value == Value::Bool(flag) || asked.typed() == flag.to_string();
    let yes = choices::row(asked, "radio", 0, "true", asked.words.form.yes, chosen(true));
    let no = choices::row(asked, "radio", 1, "false", asked.words.form.no, chosen(false));
    view! { <div class="options two">{yes}{no}</div> }.into_any()
}
