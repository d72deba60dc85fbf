//! One question on the canvas: its words to be written in place, its input as customers see it, and its tools.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use web_ui::{Glyph, Icon, IconButton, Menu, MenuItem, Size};

use super::{Bench, Spoken, body::Body, canvas::take_list, move_menu::MoveMenu, question_id};
use crate::{
    browser,
    designer::{drag::Load, entry::Written},
    editor::form::{
        Edit, kinds,
        outline::Item,
        step,
        words::{Part, Words},
    },
    editor::order::Place,
    i18n::{designer as m, fill, say, t},
};

#[component]
pub fn Question(
    bench: Bench,
    path: String,
    place: Signal<Place>,
    item: RwSignal<Arc<Item>>,
) -> impl IntoView {
    let path = StoredValue::new(path);
    let own = move || path.get_value();
    let id = question_id(&own());
    let chosen = bench.is_chosen(path);
    let gap = move || bench.drag.gap.get() == Some(place.get());
    let lifted = move || {
        bench
            .lifted
            .with(|lifted| path.with_value(|path| lifted.as_ref().is_some_and(|(own, _)| own == path)))
    };
    let wrong = Memo::new(move |_| {
        bench.desk.problems.with(|problems| {
            bench.desk.document.with_untracked(|document| {
                bench.outline.with_untracked(|outline| {
                    let about = problems
                        .iter()
                        .find(|problem| outline.at(&problem.path, document).as_deref() == Some(&own()));
                    about.map(|problem| problem.message.clone())
                })
            })
        })
    });
    let select = move || path.with_value(|path| bench.select(path));
    // What only whoever comes near can use is drawn after the frame that answers them.
    let (near, awake, over) = (RwSignal::new(false), RwSignal::new(false), StoredValue::new(false));
    let approach = move || {
        browser::after_frame(move || {
            let Some(over) = over.try_get_value() else { return };
            let is_near = over || chosen.get_untracked();
            if near.get_untracked() != is_near {
                near.set(is_near);
            }
            if is_near && !awake.get_untracked() {
                awake.set(true);
            }
        });
    };
    let hover = move |is_over: bool| {
        over.set_value(is_over);
        approach();
    };
    Effect::new(move || {
        if chosen.get() || near.get_untracked() {
            approach();
        }
    });
    let words = move |part| Words::Field(own(), part);
    let spoken = Spoken::of(bench, path);
    let title_id = format!("{id}-title");
    let kind = Memo::new(move |_| item.with(|item| item.kind));
    let required = Memo::new(move |_| item.with(|item| item.required));
    let ruled = Memo::new(move |_| item.with(|item| item.ruled));
    // What only the schema says shows until somebody writes there.
    let named = Memo::new(move |_| {
        let shown = spoken.shown(&words(Part::Title));
        if !shown.is_empty() {
            return shown;
        }
        item.track();
        bench.title(&own())
    });
    let shown = move || {
        let own = spoken.read(&words(Part::Title));
        let plain = own.is_empty() && spoken.shown(&words(Part::Title)).is_empty();
        if plain && !chosen.get() { named.get() } else { own }
    };
    let help = move || spoken.read(&words(Part::Help));
    let has_help = Memo::new(move |_| chosen.get() || !spoken.shown(&words(Part::Help)).is_empty());
    view! {
        <li
            id=id class="cx-question" class:cx-chosen=chosen class:cx-gap=gap class:cx-lifted=lifted class:cx-near=near class:cx-carried=move || path.with_value(|path| bench.drag.carries(path))
            tabindex="-1"
            data-path=own() on:pointerenter=move |_| hover(true) on:pointerleave=move |_| hover(false) on:focusin=move |_| select() on:click=move |_| select()
        >
            <div class="cx-question-head">
                <Handle bench=bench path=path named=named place=place/>
                <Written
                    id=title_id label=t(m::QUESTION_TITLE) value=Signal::derive(shown) placeholder=named class="cx-question-title"
                    on_input=move |text| bench.say(words(Part::Title), text)
                    on_lines=Callback::new(move |text: String| take_list(bench, &text))
                />
                <span class="cx-question-marks">
                    <Show when=move || ruled.get()><span class="cx-mark" title=t(m::SHOWN_WHEN)><Glyph icon=Icon::Filter/><span class="sr-only">{t(m::SHOWN_WHEN)}</span></span></Show>
                    {move || if required.get() { view! { <span class="text-error" title=t(m::REQUIRED)>"*"</span> }.into_any() } else { view! { <span class="cx-optional">{t(m::OPTIONAL)}</span> }.into_any() }}
                </span>
            </div>
            <Show when=move || has_help.get()>
                <Written label=t(m::QUESTION_HELP) value=Signal::derive(help) placeholder=spoken.stand_in(words(Part::Help), m::HELP_HINT) class="cx-question-help" lines=true on_input=move |text| bench.say(words(Part::Help), text)/>
            </Show>
            <Body bench=bench spoken=spoken path=path item=item named=named chosen=chosen awake=awake/>
            <Show when=move || wrong.with(Option::is_some)><p class="cx-question-wrong"><Glyph icon=Icon::CircleAlert/><span>{move || wrong.get().map(|text| text.replace('`', ""))}</span></p></Show>
            <Show when=move || chosen.get()>
                <div class="cx-adorner" role="toolbar" aria-label=t(m::TOOLS)>
                    <IconButton
                        label=Signal::derive(move || say(if required.get() { m::MAKE_OPTIONAL } else { m::MAKE_REQUIRED }).to_owned()) icon=Icon::Asterisk size=Size::Small tip="cx-tip-below"
                        pressed=Signal::derive(move || Some(required.get())) on_press=move |_| bench.act(&Edit::Require { field: own(), on: !required.get_untracked() })
                    />
                    <Menu label=t(m::CHANGE_KIND) icon=Icon::Sort quiet=true>
                        {kinds::offers().into_iter().map(|offer| view! {
                            <MenuItem label=t(offer.name) icon=offer.icon checked=Signal::derive(move || kind.get() == Some(offer.kind)) on_press=move |()| bench.act(&Edit::ChangeKind { field: own(), kind: offer.kind })/>
                        }).collect_view()}
                    </Menu>
                    <MoveMenu bench=bench path=path/>
                    <IconButton label=t(m::DUPLICATE) icon=Icon::Copy size=Size::Small tip="cx-tip-below" on_press=move |event: ev::MouseEvent| { event.stop_propagation(); bench.duplicate(&own()); }/>
                    <IconButton label=t(m::DELETE) icon=Icon::Trash size=Size::Small tip="cx-tip-below" on_press=move |event: ev::MouseEvent| { event.stop_propagation(); bench.remove(&own()); }/>
                </div>
            </Show>
        </li>
    }
}

/// Lifts by keyboard, drags by pointer, opens the menu of moves by a click.
#[component]
fn Handle(
    bench: Bench,
    path: StoredValue<String>,
    named: Memo<String>,
    place: Signal<Place>,
) -> impl IntoView {
    let own = move || path.get_value();
    let id = format!("{}-handle", question_id(&own()));
    let label = Signal::derive(move || named.with(|title| fill(m::MOVE, &[("title", title)])));
    let press = move |event: ev::PointerEvent| {
        bench.drag.press(&event, Load::Standing(own(), place.get_untracked()), bench.title(&own()));
    };
    let click = move |event: ev::MouseEvent| {
        // Key presses are handled below.
        if event.detail() > 0 && !bench.drag.was_drag() {
            bench.select(&own());
            let id = question_id(&own());
            request_animation_frame(move || {
                let menu = document().query_selector(&format!("#{id} .cx-move-menu details")).ok().flatten();
                if let Some(menu) = menu {
                    let _ = menu.set_attribute("open", "");
                }
            });
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        if lift(bench, &own(), &event) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // Who leaves while it is lifted drops it where it is.
    let leave = move |_| {
        let id = format!("{}-handle", question_id(&own()));
        request_animation_frame(move || {
            let still = document().active_element().is_some_and(|focused| focused.id() == id);
            if !still
                && bench
                    .lifted
                    .with_untracked(|lifted| lifted.as_ref().is_some_and(|(lifted, _)| *lifted == own()))
            {
                settle(bench);
            }
        });
    };
    view! {
        <button id=id type="button" class="cx-handle" data-draggable="" aria-label=label on:pointerdown=press on:click=click on:keydown=keys on:blur=leave>
        </button>
    }
}

/// Enter or Space lifts and drops, arrows move, Escape puts back.
fn lift(bench: Bench, path: &str, event: &ev::KeyboardEvent) -> bool {
    let lifted = bench.lifted.with_untracked(|lifted| lifted.as_ref().is_some_and(|(own, _)| own == path));
    match (event.key().as_str(), lifted) {
        ("Enter" | " ", false) => {
            bench.lifted.set(Some((path.to_owned(), bench.desk.document.get_untracked())));
            bench.tell_place(m::SAY_LIFTED, path);
        }
        ("Enter" | " ", true) => {
            settle(bench);
            bench.tell_place(m::SAY_DROPPED, path);
        }
        ("Escape", true) => {
            if let Some((_, before)) = bench.lifted.get_untracked() {
                bench.lifted.set(None);
                bench.desk.restore(before);
                bench.desk.said.set(say(m::SAY_BACK).to_owned());
                back(path);
            }
        }
        ("ArrowUp" | "ArrowDown", true) => {
            let edit =
                bench.desk.document.with_untracked(|document| step(document, path, event.key() == "ArrowUp"));
            if let Some(edit) = edit {
                // Shown at once, and one step of undo when it is dropped.
                let after = bench
                    .desk
                    .document
                    .with_untracked(|document| crate::editor::form::apply(document, &edit));
                bench.desk.show(after);
                bench.tell_place(m::SAY_MOVED, path);
                back(path);
            }
        }
        (_, _) => return false,
    }
    true
}

/// What was lifted is put down where it is.
fn settle(bench: Bench) {
    if let Some((_, before)) = bench.lifted.get_untracked() {
        bench.lifted.set(None);
        bench.desk.note(&before, bench.desk.document.get_untracked(), None);
    }
}

/// The handle keeps the focus where its question goes.
fn back(path: &str) {
    let id = question_id(path);
    request_animation_frame(move || {
        browser::reveal(&id);
        browser::focus(&format!("{id}-handle"));
    });
}
