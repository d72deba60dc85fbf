//! What is told at the end: thank-yous that depend on answers, and the results of a quiz.

use std::sync::Arc;

use form_engine::Field;
use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Button, Choice, Field as Labelled, Icon, IconButton, Look, Select, Size};

use super::{Bench, logic::Conditions};
use crate::{
    designer::entry::Entry,
    editor::form::{Edit, Ending, endings, words::Words},
    i18n::{Message, common, designer as m, fill, hint, say, t},
};

/// Thank-yous for some answers only, before the one for everybody.
#[component]
pub fn ThanksVariants(bench: Bench) -> impl IntoView {
    let ruled = Memo::new(move |_| bench.desk.document.with(endings::ruled));
    let fields = Memo::new(move |_| {
        bench.outline.with(|outline| {
            outline.fields.iter().filter(|field| !field.in_rows()).cloned().collect::<Vec<Arc<Field>>>()
        })
    });
    let add = move |_| {
        let first = fields.with_untracked(|fields| {
            fields.first().map(|field| crate::editor::form::condition::first(field))
        });
        let chips = crate::editor::form::condition::Chips { any: false, chips: first.into_iter().collect() };
        bench.act(&Edit::AddEnding { ending: Ending::Thanks { when: chips.condition() } });
    };
    view! {
        {move || ruled.get().into_iter().enumerate().map(|(number, index)| view! {
            <Variant bench=bench index=index number=number fields=fields/>
        }).collect_view()}
        <Show when=move || fields.with(|fields| !fields.is_empty())>
            <div><Button label=t(m::ADD_THANKS) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=add/></div>
        </Show>
    }
}

#[component]
fn Variant(bench: Bench, index: usize, number: usize, fields: Memo<Vec<Arc<Field>>>) -> impl IntoView {
    let when = Memo::new(move |_| {
        bench
            .desk
            .document
            .with(|document| document.pointer(&format!("/publish/thanks/{index}/when")).cloned())
    });
    let link = Signal::derive(move || {
        bench.desk.document.with(|document| {
            let url = document.pointer(&format!("/publish/thanks/{index}/link/url"));
            url.and_then(Value::as_str).unwrap_or_default().to_owned()
        })
    });
    let entry = move |part: &'static str, name: Message| {
        let words = move || Words::Ending("thanks", index, part);
        view! { <Entry id=format!("thanks-{index}-{part}") label=t(name) value=Signal::derive(move || bench.read(&words())) on_input=move |text| bench.say(words(), text)/> }
    };
    let text = Signal::derive(move || bench.read(&Words::Ending("thanks", index, "text")));
    let area = format!("thanks-{index}-text");
    view! {
        <fieldset class="cx-rule">
            <legend>{fill(m::THANKS_N, &[("n", &(number + 1).to_string())])}</legend>
            <Conditions name=m::THANKS_WHEN when=when others=fields on_set=Callback::new(move |when: Option<Value>| bench.act(&Edit::SetEnding { ending: Ending::Thanks { when }, index }))/>
            {entry("title", m::THANKS_TITLE)}
            <Labelled id=area.clone() label=t(m::THANKS_TEXT)>
                <textarea id=area class="textarea" rows="2" prop:value=text on:input=move |event| bench.say(Words::Ending("thanks", index, "text"), event_target_value(&event))></textarea>
            </Labelled>
            <Entry id=format!("thanks-{index}-url") label=t(m::THANKS_LINK) hint=hint(m::THANKS_LINK_HINT) value=link on_input=move |url: String| bench.act(&Edit::SetEnding { ending: Ending::Link { url }, index })/>
            <Show when=move || link.with(|link| !link.is_empty())>
                {entry("link", m::THANKS_LINK_LABEL)}
            </Show>
            <Tools bench=bench list="thanks" index=index number=number/>
        </fieldset>
    }
}

/// Points, the field that holds them, and what is told for which sum.
#[component]
pub fn Quiz(bench: Bench) -> impl IntoView {
    let is_quiz = Memo::new(move |_| bench.desk.document.with(crate::editor::form::logic::is_quiz));
    let count = Memo::new(move |_| bench.desk.document.with(endings::results));
    let total = Signal::derive(move || {
        bench.desk.document.with(|document| {
            document.pointer("/quiz/total").and_then(Value::as_str).unwrap_or_default().to_owned()
        })
    });
    let most = Memo::new(move |_| bench.desk.document.with(endings::most_points));
    let holders = Signal::derive(move || {
        bench.language.track();
        let mut choices = vec![Choice::new("", say(m::QUIZ_TOTAL_NONE))];
        bench.outline.with(|outline| {
            let numbers = outline.fields.iter().filter(|field| {
                matches!(
                    field.kind,
                    form_engine::FieldKind::Formula
                        | form_engine::FieldKind::Number
                        | form_engine::FieldKind::Hidden
                )
            });
            choices.extend(numbers.map(|field| Choice::new(field.path.clone(), bench.title(&field.path))));
        });
        choices
    });
    view! {
        <Show when=move || is_quiz.get()>
            <section class="cx-props cx-props-line">
                <h3 class="text-xs font-medium text-muted">{t(m::QUIZ)}</h3>
                <p class="text-xs text-muted">{move || fill(m::QUIZ_MOST, &[("n", &most.get().to_string())])}</p>
                <Labelled id="quiz-total" label=t(m::QUIZ_TOTAL)><Select id="quiz-total" label=t(m::QUIZ_TOTAL) choices=holders value=total on_change=move |path: String| bench.act(&Edit::SetTotal { field: Some(path).filter(|path| !path.is_empty()) })/></Labelled>
                {move || (0..count.get()).map(|index| view! { <Outcome bench=bench index=index/> }).collect_view()}
                <div><Button label=t(m::ADD_RESULT) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=move |_| bench.act(&Edit::AddEnding { ending: Ending::Range { from: None, to: None } })/></div>
            </section>
        </Show>
    }
}

#[component]
fn Outcome(bench: Bench, index: usize) -> impl IntoView {
    let bound = move |name: &'static str| {
        bench
            .desk
            .document
            .with(|document| document.pointer(&format!("/quiz/results/{index}/{name}"))?.as_f64())
    };
    let text = move |name: &'static str| {
        Signal::derive(move || bound(name).map(|bound| bound.to_string()).unwrap_or_default())
    };
    let set = move |from: Option<f64>, to: Option<f64>| {
        bench.act(&Edit::SetEnding { ending: Ending::Range { from, to }, index });
    };
    let words = Signal::derive(move || bench.read(&Words::Ending("results", index, "text")));
    let area = format!("result-{index}-text");
    view! {
        <fieldset class="cx-rule">
            <legend>{fill(m::RESULT_N, &[("n", &(index + 1).to_string())])}</legend>
            <div class="grid grid-cols-2 gap-2">
                <Entry id=format!("result-{index}-from") label=t(m::RESULT_FROM) kind="number" value=text("from") on_input=move |text: String| set(text.trim().parse().ok(), untrack(|| bound("to")))/>
                <Entry id=format!("result-{index}-to") label=t(m::RESULT_TO) kind="number" value=text("to") on_input=move |text: String| set(untrack(|| bound("from")), text.trim().parse().ok())/>
            </div>
            <Entry id=format!("result-{index}-title") label=t(m::THANKS_TITLE) value=Signal::derive(move || bench.read(&Words::Ending("results", index, "title"))) on_input=move |text| bench.say(Words::Ending("results", index, "title"), text)/>
            <Labelled id=area.clone() label=t(m::THANKS_TEXT) hint=hint(m::RESULT_HINT)>
                <textarea id=area class="textarea" rows="2" prop:value=words on:input=move |event| bench.say(Words::Ending("results", index, "text"), event_target_value(&event))></textarea>
            </Labelled>
            <Tools bench=bench list="results" index=index number=index/>
        </fieldset>
    }
}

/// Sooner, and away: the first that fits is told.
#[component]
fn Tools(bench: Bench, list: &'static str, index: usize, number: usize) -> impl IntoView {
    view! {
        <div class="flex gap-1">
            {(number > 0).then(|| view! { <IconButton label=t(m::ENDING_SOONER) icon=Icon::ArrowUp size=Size::Small tip="cx-tip-right" on_press=move |_| bench.act(&Edit::SoonerEnding { list, index })/> })}
            <IconButton label=Signal::derive(move || format!("{} {}", say(common::DELETE), number + 1)) icon=Icon::Trash size=Size::Small tip="cx-tip-right" on_press=move |_| bench.act(&Edit::RemoveEnding { list, index })/>
        </div>
    }
}
