//! The definition as JSON, in the editor that every definition has; what parses is drawn at once.

use form_engine::FormDefinition;
use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Notice, Tone};

use super::Bench;
use crate::{
    editor::{form::Edit, history::is_same},
    i18n::{designer as m, t},
    pages::definition::{editor::Editor, place},
};

#[component]
pub fn Json(bench: Bench) -> impl IntoView {
    let desk = bench.desk;
    let written =
        move || desk.document.with(|document| serde_json::to_string_pretty(document).unwrap_or_default());
    let text = RwSignal::new(
        desk.document.with_untracked(|document| serde_json::to_string_pretty(document).unwrap_or_default()),
    );
    let broken = RwSignal::new(None::<Vec<api_types::ProblemView>>);
    // What is typed here comes back as the same document; anything else (undo, a move) is written anew.
    Effect::new(move || {
        let now = written();
        let same = text.with_untracked(|text| {
            serde_json::from_str::<Value>(text)
                .is_ok_and(|value| desk.document.with_untracked(|document| is_same(&value, document)))
        });
        if !same && broken.with_untracked(Option::is_none) {
            text.set(now);
        }
    });
    let problems = Signal::derive(move || broken.get().unwrap_or_else(|| desk.problems.get()));
    let edit = move |typed: String| {
        text.set(typed.clone());
        let fault = match serde_json::from_str::<Value>(&typed) {
            Err(_) => place::json_fault(&typed).map(|problem| vec![problem]),
            Ok(document) => match FormDefinition::parse(&document) {
                Err(problems) => Some(problems.into_iter().map(Into::into).collect()),
                // A definition stays the one it is.
                Ok(form) if form.key != desk.key.get_value() => Some(vec![api_types::ProblemView {
                    path: "/key".to_owned(),
                    code: "definition.key".to_owned(),
                    message: format!("`{}` ≠ `{}`", form.key, desk.key.get_value()),
                }]),
                Ok(_) => {
                    bench.act(&Edit::Replace { document });
                    None
                }
            },
        };
        broken.set(fault);
    };
    view! {
        <Show when=move || broken.with(Option::is_some)><div class="p-2"><Notice tone=Tone::Warning>{t(m::JSON_BROKEN)}</Notice></div></Show>
        <Editor text=text problems=problems on_edit=Callback::new(edit)/>
    }
}
