//! The input of a question as customers see it; options are written in place.

use std::sync::Arc;

use form_engine::{Field, FieldKind};
use leptos::prelude::*;
use web_ui::{Button, Glyph, Icon, IconButton, Look, Size};

use super::{Bench, Spoken, question_id};
use crate::{
    browser,
    designer::entry::{Tools, Written},
    editor::form::{
        Edit,
        list::lines,
        outline::Item,
        words::{Part, Words},
    },
    i18n::{common, designer as m, fill, say, t},
};

/// What an input looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A strip of numbers.
    Scale(i64, i64),
    /// So many stars.
    Stars(i64),
    /// Options to tap, with their mark.
    Options { mark: &'static str },
    /// A line with a knob.
    Slider,
    /// A list that opens.
    DropDown,
    /// Yes and no.
    Truth,
    /// A tick before its own words.
    Tick,
    /// One line with an icon of its kind.
    Line(Option<Icon>),
    /// Several lines.
    Lines,
    /// A table: rows by columns.
    Matrix,
    /// Rows that repeat.
    Rows,
    /// Not on the page.
    Nothing,
}

fn shape(field: &Field) -> Shape {
    let (low, high) = field.scale().unwrap_or((1, 5));
    match field.kind {
        FieldKind::Nps | FieldKind::Csat | FieldKind::Ces => Shape::Scale(low, high),
        FieldKind::Rating => Shape::Stars(high - low + 1),
        FieldKind::Single => Shape::Options { mark: "cx-dot" },
        FieldKind::Multiple => Shape::Options { mark: "cx-box" },
        FieldKind::Ranking => Shape::Options { mark: "cx-dash" },
        FieldKind::DropDown => Shape::DropDown,
        FieldKind::Boolean => Shape::Truth,
        FieldKind::Consent | FieldKind::Toggle => Shape::Tick,
        FieldKind::Slider => Shape::Slider,
        FieldKind::Text
        | FieldKind::Number
        | FieldKind::Contact
        | FieldKind::IdNumber
        | FieldKind::Formula
        | FieldKind::Any => Shape::Line(None),
        FieldKind::Email => Shape::Line(Some(Icon::Mail)),
        FieldKind::Phone => Shape::Line(Some(Icon::Phone)),
        FieldKind::Date => Shape::Line(Some(Icon::Calendar)),
        FieldKind::DateTime | FieldKind::Time => Shape::Line(Some(Icon::Clock)),
        FieldKind::File | FieldKind::Image => Shape::Line(Some(Icon::Upload)),
        FieldKind::Cascade
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::Matrix => Shape::Line(Some(Icon::ChevronDown)),
        FieldKind::LongText | FieldKind::Signature => Shape::Lines,
        FieldKind::Hidden | FieldKind::SerialNumber => Shape::Nothing,
    }
}

#[component]
pub fn Body(
    bench: Bench,
    spoken: Spoken,
    path: StoredValue<String>,
    item: RwSignal<Arc<Item>>,
    /// What the question is called.
    named: Memo<String>,
    chosen: Signal<bool>,
    /// Its tools are drawn.
    awake: RwSignal<bool>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        item.with(|item| match &item.field {
            Some(field) => Some(shape(field)),
            None if item.kind == Some(FieldKind::Matrix) => Some(Shape::Matrix),
            None if item.rows => Some(Shape::Rows),
            None => None,
        })
    });
    let members = move || {
        item.with(|item| {
            item.members
                .iter()
                .map(|field| field.title.get(&bench.language.get()).to_owned())
                .collect::<Vec<_>>()
        })
    };
    let text = move |part| Signal::derive(move || spoken.shown(&Words::Field(path.get_value(), part)));
    move || {
        match drawn.get() {
        None => {
            let members = members();
            let words = if members.is_empty() { say(m::UNREADABLE).to_owned() } else { fill(m::GROUP_OF, &[("n", &members.len().to_string())]) };
            view! { <p class="cx-shape-note">{words}</p> <p class="text-muted">{members.join(" · ")}</p> }.into_any()
        }
        Some(Shape::Scale(low, high)) => view! { <div class="cx-shape-scale" aria-hidden="true">{(low..=high).map(|score| view! { <span>{score}</span> }).collect_view()}</div> <Ends bench=bench spoken=spoken path=path chosen=chosen/> }.into_any(),
        Some(Shape::Stars(count)) => view! { <div class="cx-shape-stars" aria-hidden="true">{(0..count.min(20)).map(|_| view! { <Glyph icon=Icon::Star/> }).collect_view()}</div> <Ends bench=bench spoken=spoken path=path chosen=chosen/> }.into_any(),
        Some(Shape::Options { mark }) => view! { <Options bench=bench spoken=spoken path=path item=item mark=mark awake=awake/> }.into_any(),
        Some(Shape::Slider) => view! { <div class="cx-shape-slider" aria-hidden="true"><i></i></div> <Ends bench=bench spoken=spoken path=path chosen=chosen/> }.into_any(),
        Some(Shape::DropDown) => view! {
            <div class="cx-shape-line" aria-hidden="true"><span class="grow">{t(m::CHOOSE)}</span><Glyph icon=Icon::ChevronDown/></div>
            <Options bench=bench spoken=spoken path=path item=item mark="cx-dash" awake=awake/>
        }.into_any(),
        Some(Shape::Truth) => view! { <div class="cx-shape-options" aria-hidden="true"><span class="cx-shape-option"><i class="cx-dot"></i>{t(common::YES)}</span><span class="cx-shape-option"><i class="cx-dot"></i>{t(common::NO)}</span></div> }.into_any(),
        Some(Shape::Tick) => view! { <div class="cx-shape-option" aria-hidden="true"><i class="cx-box"></i><span class="text-muted">{named}</span></div> }.into_any(),
        Some(Shape::Line(icon)) => view! { <div class="cx-shape-line" aria-hidden="true"><span class="grow truncate">{text(Part::Placeholder)}</span>{icon.map(|icon| view! { <Glyph icon=icon/> })}</div> }.into_any(),
        Some(Shape::Lines) => view! { <div class="cx-shape-line cx-shape-lines" aria-hidden="true"><span>{text(Part::Placeholder)}</span></div> }.into_any(),
        Some(Shape::Matrix) => view! { <Matrix bench=bench item=item awake=awake/> <Options bench=bench spoken=spoken path=path item=item mark="cx-dash" awake=awake/> }.into_any(),
        Some(Shape::Rows) => view! { <Matrix bench=bench item=item awake=awake/> }.into_any(),
        Some(Shape::Nothing) => view! { <p class="cx-shape-note">{t(m::HIDDEN_NOTE)}</p> }.into_any(),
    }
    }
}

/// The rows of a matrix, or the columns of a sub-form, written in place.
#[component]
fn Matrix(bench: Bench, item: RwSignal<Arc<Item>>, awake: RwSignal<bool>) -> impl IntoView {
    let paths =
        move || item.with(|item| item.members.iter().map(|field| field.path.clone()).collect::<Vec<_>>());
    view! {
        <ul class="cx-shape-options" aria-label=t(m::MATRIX_ROWS)>
            <For each=paths key=Clone::clone let:path>
                {
                    let path = StoredValue::new(path);
                    let words = move || Words::Field(path.get_value(), Part::Title);
                    let spoken = Spoken::of(bench, path);
                    view! {
                        <li class="cx-shape-option">
                            <Glyph icon=Icon::Columns/>
                            <Written label=t(m::QUESTION_TITLE) value=Signal::derive(move || spoken.read(&words())) placeholder=Signal::derive(move || spoken.shown(&words())) class="grow" on_input=move |text| bench.say(words(), text)/>
                            <Tools awake=awake><IconButton label=t(m::DELETE) icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| bench.act(&Edit::Remove { field: path.get_value() })/></Tools>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}

/// Words under the ends of a scale.
#[component]
fn Ends(bench: Bench, spoken: Spoken, path: StoredValue<String>, chosen: Signal<bool>) -> impl IntoView {
    let read = move |part| spoken.read(&Words::Field(path.get_value(), part));
    let shown =
        Memo::new(move |_| chosen.get() || !read(Part::Low).is_empty() || !read(Part::High).is_empty());
    view! {
        <Show when=move || shown.get()>
            <div class="cx-ends">
                <Written label=t(m::LOW) value=Signal::derive(move || read(Part::Low)) placeholder=spoken.stand_in(Words::Field(path.get_value(), Part::Low), m::LOW) class="cx-end" on_input=move |text| bench.say(Words::Field(path.get_value(), Part::Low), text)/>
                <Written label=t(m::HIGH) value=Signal::derive(move || read(Part::High)) placeholder=spoken.stand_in(Words::Field(path.get_value(), Part::High), m::HIGH) class="cx-end cx-end-high" on_input=move |text| bench.say(Words::Field(path.get_value(), Part::High), text)/>
            </div>
        </Show>
    }
}

#[component]
fn Options(
    bench: Bench,
    spoken: Spoken,
    path: StoredValue<String>,
    item: RwSignal<Arc<Item>>,
    mark: &'static str,
    awake: RwSignal<bool>,
) -> impl IntoView {
    let own = move || path.get_value();
    let count = Memo::new(move |_| item.with(|item| item.options));
    let id = move |index: usize| format!("{}-option-{index}", question_id(&own()));
    let write = move |index: usize| request_animation_frame(move || browser::focus(&id(index)));
    let add = move || {
        let at = count.get_untracked();
        let label = say(m::OPTION_N).replace("{n}", &(at + 1).to_string());
        bench.act(&Edit::AddOption { field: own(), label, language: bench.language.get_untracked() });
        write(at);
    };
    let paste = move |index: usize, text: &str| {
        let read = |index| spoken.shown(&Words::Option(own(), index));
        let mut labels: Vec<String> = (0..count.get_untracked()).map(read).collect();
        // The lines take the place of the option they were pasted into, unless it says something.
        let stock = spoken.read(&Words::Option(own(), index)).is_empty();
        let at = if stock { index } else { index + 1 };
        if stock && index < labels.len() {
            labels.remove(index);
        }
        labels.splice(at.min(labels.len())..at.min(labels.len()), lines(text));
        bench.act(&Edit::SetOptions { field: own(), labels, language: bench.language.get_untracked() });
    };
    view! {
        <ul class="cx-shape-options" aria-label=t(m::OPTIONS)>
            <For each=move || 0..count.get() key=|index| *index let:index>
                <li class="cx-shape-option">
                    <i class=mark aria-hidden="true"></i>
                    <Written
                        id=id(index) label=Signal::derive(move || fill(m::OPTION_N, &[("n", &(index + 1).to_string())])) value=Signal::derive(move || spoken.read(&Words::Option(own(), index))) placeholder=Signal::derive(move || spoken.shown(&Words::Option(own(), index))) class="grow"
                        on_input=move |text| bench.say(Words::Option(own(), index), text)
                        on_enter=Callback::new(move |()| if index + 1 < count.get_untracked() { write(index + 1) } else { add() })
                        on_lines=Callback::new(move |text: String| { paste(index, &text); true })
                    />
                    <Tools awake=awake>
                        <IconButton label=t(m::MOVE_UP) icon=Icon::ArrowUp size=Size::Small tip="cx-tip-left" disabled=index == 0 on_press=move |_| { bench.act(&Edit::MoveOption { field: own(), from: index, to: index - 1 }); write(index - 1); }/>
                        <IconButton label=Signal::derive(move || fill(m::REMOVE_OPTION, &[("n", &(index + 1).to_string())])) icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| bench.act(&Edit::RemoveOption { field: own(), index })/>
                    </Tools>
                </li>
            </For>
        </ul>
        <Button label=t(m::ADD_OPTION) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=move |_| add()/>
    }
}
