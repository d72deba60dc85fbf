//! Beside the preview: which rules fired for the answers given so far, and why; live as answers change.

use std::time::Duration;

use api_types::{FormTrace, RuleTrace, TraceForm};
use form_engine::FieldKind;
use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, closure::Closure};
use web_ui::{Button, Glyph, Icon, Size};

use super::{Bench, beyond::told};
use crate::{
    api,
    editor::form::{condition, logic},
    i18n::{Message, designer as m, fill, say, t},
    settings,
};

/// Answers are looked at when nothing else follows for this long.
const PAUSE: Duration = Duration::from_millis(120);

/// Ready answers to the questions that ask for a score.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    Detractor,
    Passive,
    Promoter,
}

impl As {
    const ALL: [(Self, Message); 3] = [
        (Self::Detractor, m::AS_DETRACTOR),
        (Self::Passive, m::AS_PASSIVE),
        (Self::Promoter, m::AS_PROMOTER),
    ];

    /// A score of a question between `low` and `high`.
    fn score(self, kind: FieldKind, low: i64, high: i64) -> i64 {
        match (self, kind) {
            (Self::Detractor, FieldKind::Nps) => 3,
            (Self::Passive, FieldKind::Nps) => 8,
            (Self::Detractor, _) => low,
            (Self::Passive, _) => low + (high - low) / 2,
            (Self::Promoter, _) => high,
        }
    }
}

#[component]
pub fn Trace(
    bench: Bench,
    /// The preview.
    frame: NodeRef<html::Iframe>,
    /// Counts how often it was loaded.
    loaded: RwSignal<u32>,
) -> impl IntoView {
    let found = RwSignal::new(None::<FormTrace>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        let Some(answers) = frame.try_get_untracked().flatten().and_then(|frame| answers(&frame)) else {
            return;
        };
        let Some(draft) = bench.desk.document.try_with_untracked(Value::to_string) else { return };
        spawn_local(async move {
            if let Ok(trace) = api::trace(&TraceForm { draft, answers }).await {
                found.try_set(Some(trace));
            }
        });
    };
    let later = move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
        timer.try_set_value(set_timeout_with_handle(ask, PAUSE).ok());
    };
    Effect::new(move || {
        if loaded.get() > 0
            && let Some(page) = frame.get_untracked().and_then(|frame| frame.content_document())
        {
            // It goes with the page in the frame.
            let listen = Closure::<dyn FnMut()>::new(later);
            for event in ["input", "change", "click"] {
                let _ = page.add_event_listener_with_callback(event, listen.as_ref().unchecked_ref());
            }
            listen.forget();
            later();
        }
    });
    let answer = move |role: As| {
        let Some(page) = frame.get_untracked().and_then(|frame| frame.content_document()) else { return };
        let scores = bench.outline.with_untracked(|outline| {
            let scored = outline.fields.iter().filter(|field| is_score(field.kind) && !field.in_rows());
            let bound = |bound: &Option<form_engine::Bound>, other: i64| {
                bound.as_ref().and_then(|bound| bound.limit.to_string().parse().ok()).unwrap_or(other)
            };
            scored
                .map(|field| {
                    (field.path.clone(), role.score(field.kind, bound(&field.min, 1), bound(&field.max, 5)))
                })
                .collect::<Vec<_>>()
        });
        for (path, score) in scores {
            let selector =
                format!("input[type=radio][name=\"{}\"][value=\"{score}\"]", path.replace('"', "\\\""));
            // Another window's elements are no instances of this one's classes.
            if let Some(input) = page.query_selector(&selector).ok().flatten() {
                input.unchecked_into::<web_sys::HtmlElement>().click();
            }
        }
        later();
    };
    let scored = Memo::new(move |_| {
        bench.outline.with(|outline| outline.fields.iter().any(|field| is_score(field.kind)))
    });
    view! {
        <aside class="cx-trace" aria-label=t(m::TRACE)>
            <h2 class="text-sm font-medium">{t(m::TRACE)}</h2>
            <Show when=move || scored.get()>
                <div class="flex flex-wrap gap-1" role="group" aria-label=t(m::ANSWER_AS)>
                    {As::ALL.map(|(role, name)| view! { <Button label=t(name) size=Size::Small on_press=move |_| answer(role)/> })}
                </div>
            </Show>
            <div class="cx-trace-rules" aria-live="polite">
                {move || {
                    bench.language.track();
                    let Some(trace) = found.get() else { return ().into_any() };
                    if trace.rules.is_empty() {
                        return view! { <p class="text-muted">{say(m::TRACE_NONE)}</p> }.into_any();
                    }
                    let lines = bench.desk.document.with_untracked(logic::lines);
                    let fired = trace.rules.iter().filter(|rule| rule.holds && rule.counts).count();
                    let of = trace.rules.len();
                    view! {
                        <p class="text-xs text-muted">{fill(m::TRACE_FIRED, &[("n", &fired.to_string()), ("m", &of.to_string())])}</p>
                        <ol class="grid gap-2">{trace.rules.iter().map(|rule| one(bench, rule, &lines, &trace.data)).collect_view()}</ol>
                    }.into_any()
                }}
            </div>
        </aside>
    }
}

/// A rule: whether it fired, what it does, and each comparison with what it read.
fn one(bench: Bench, rule: &RuleTrace, lines: &[logic::Line], data: &Value) -> AnyView {
    let Some(line) = lines.iter().find(|line| line.index == rule.rule) else { return ().into_any() };
    let fired = rule.holds && rule.counts;
    let (verdict, icon) = match (rule.holds, rule.counts) {
        (true, true) => (m::TRACE_YES, Icon::CircleCheck),
        (true, false) => (m::TRACE_PASSED, Icon::Circle),
        (false, _) => (m::TRACE_NO, Icon::Circle),
    };
    let path = line.does.iter().flat_map(logic::Does::fields).next();
    let go = move |_| {
        if let Some(path) = &path {
            bench.stage.middle.set(crate::designer::shell::Middle::Canvas);
            bench.choose(path, false);
        }
    };
    // What a rule filled in.
    let given = line.does.iter().filter(|_| fired).find_map(|does| {
        let logic::Does::Set(field, _) = does else { return None };
        let value = form_engine::pointer::get(data, field)?;
        Some(fill(m::TRACE_GAVE, &[("value", &shown(bench, field, value))]))
    });
    let number = (rule.rule + 1).to_string();
    let row =
        rule.row.as_deref().and_then(row_number).map(|row| fill(m::TRACE_ROW, &[("n", &row.to_string())]));
    view! {
        <li class="cx-rule cx-trace-rule" class:cx-fired=fired>
            <button type="button" class="cursor-pointer text-left" on:click=go>
                <span class="cx-trace-head"><Glyph icon=icon/><b>{say(verdict)}</b><span class="text-xs text-muted">{fill(m::TRACE_RULE, &[("n", &number)])} " " {row}</span></span>
                {line.does.iter().map(|does| view! { <span class="block">{told(bench, does)}</span> }).collect_view()}
            </button>
            {given.map(|given| view! { <p class="text-xs">{given}</p> })}
            {match &rule.why {
                Some(why) => view! { <ul class="cx-trace-why">{part(bench, why)}</ul> }.into_any(),
                None => view! { <p class="text-xs text-muted">{say(m::ALWAYS)}</p> }.into_any(),
            }}
        </li>
    }
    .into_any()
}

fn row_number(place: &str) -> Option<usize> {
    place.split('/').find_map(|token| token.parse::<usize>().ok()).map(|row| row + 1)
}

/// A part of a condition in plain words, with its verdict and what it read.
fn part(bench: Bench, why: &Value) -> AnyView {
    let holds = why.get("holds").and_then(Value::as_bool).unwrap_or_default();
    let mark = || {
        let (icon, words) = if holds { (Icon::Check, m::TRACE_TRUE) } else { (Icon::Close, m::TRACE_FALSE) };
        view! { <span class="cx-trace-mark" class:text-success=holds><Glyph icon=icon/><span class="sr-only">{say(words)}</span></span> }
    };
    match why.get("kind").and_then(Value::as_str) {
        Some("leaf") => {
            let field = why.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
            let leaf = json!({"field": field, "op": why.get("op"), "value": why.get("value")});
            let sentence = bench
                .outline
                .with_untracked(|outline| condition::sentence(&leaf, &outline.fields, settings::language()));
            let read = why.get("found").and_then(Value::as_array).cloned().unwrap_or_default();
            let read = if read.is_empty() {
                say(m::TRACE_NOTHING).to_owned()
            } else {
                let read =
                    read.iter().map(|value| shown(bench, &field, value)).collect::<Vec<_>>().join(", ");
                fill(m::TRACE_READ, &[("value", &read)])
            };
            view! { <li>{mark()}<span>{sentence} <span class="block text-muted">{read}</span></span></li> }
                .into_any()
        }
        Some(kind) => {
            let words = match kind {
                "all" => m::ALL_OF,
                "any" => m::ANY_OF,
                _ => m::TRACE_NOT,
            };
            let parts: Vec<Value> = match why.get("parts").and_then(Value::as_array) {
                Some(parts) => parts.clone(),
                None => why.get("part").cloned().into_iter().collect(),
            };
            view! {
                <li>{mark()}<span class="grow">{say(words)}<ul class="cx-trace-why">{parts.iter().map(|inner| part(bench, inner)).collect_view()}</ul></span></li>
            }
            .into_any()
        }
        None => ().into_any(),
    }
}

/// An answer as people see it.
fn shown(bench: Bench, path: &str, value: &Value) -> String {
    let label = bench.outline.with_untracked(|outline| {
        let field = outline.fields.iter().find(|field| field.path == path)?;
        Some(field.label(value, &bench.language.get_untracked()))
    });
    let plain = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    label.filter(|label| !label.is_empty()).unwrap_or_else(plain)
}

const fn is_score(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Nps | FieldKind::Csat | FieldKind::Ces | FieldKind::Rating)
}

/// What stands in the form in the frame: names and texts, files left out.
fn answers(frame: &web_sys::HtmlIFrameElement) -> Option<Vec<(String, String)>> {
    let form = frame.content_document()?.query_selector("form").ok()??;
    let data = web_sys::FormData::new_with_form(form.unchecked_ref()).ok()?;
    let mut found = Vec::new();
    for entry in js_sys::try_iter(&data).ok()?? {
        let pair = js_sys::Array::from(&entry.ok()?);
        if let (Some(name), Some(text)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            found.push((name, text));
        }
    }
    Some(found)
}
