//! The inbox: views, tickets in order of urgency, and one of them open.

mod line;
pub mod model;
mod views;

use api_types::{InboxCount, InboxView, TicketLine};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use wasm_bindgen::JsCast;
use web_ui::{Button, Empty, Icon, LinkButton, Look, SearchField, Size, SkeletonLines};

use crate::{
    api,
    i18n::{common, fill, hint, inbox as m, say, t},
    live,
    load::load,
    notify,
    pages::ticket::Ticket,
    shell::{on_key, page_title},
};
use line::Line;
use model::{is_urgent, merge, view_key, view_of};
use views::{ViewChips, ViewRail};

/// `/s/inbox/:view?/:ticket?`
#[component]
pub fn Inbox() -> impl IntoView {
    let params = use_params_map();
    let view = Memo::new(move |_| view_of(params.with(|params| params.get("view")).as_deref()));
    let ticket = Memo::new(move |_| params.with(|params| params.get("ticket")).filter(|id| !id.is_empty()));
    page_title(move || say(model::view_name(view.get())).to_owned());
    let counts = RwSignal::new(Vec::<InboxCount>::new());
    move_by_keys();
    view! {
        <h1 class="sr-only">{t(m::TITLE)}</h1>
        <div class="cx-inbox" class:cx-has-ticket=move || ticket.get().is_some()>
            <ViewRail view=view counts=counts/>
            <section class="cx-inbox-list" aria-label=t(m::LIST)>
                <ViewChips view=view counts=counts/>
                {move || { let view = view.get(); view! { <List view=view ticket=ticket counts=counts/> } }}
            </section>
            <section class="cx-inbox-ticket" aria-label=t(m::TICKET)>
                <Show when=move || ticket.get().is_some() fallback=|| view! { <div class="grid h-full place-items-center"><Empty icon=Icon::Inbox title=t(m::PICK) hint=hint(m::PICK_HINT)/></div> }>
                    <Ticket
                        id=Signal::derive(move || ticket.get().unwrap_or_default())
                        back=Signal::derive(move || Some(format!("/s/inbox/{}", view_key(view.get()))))
                    />
                </Show>
            </section>
        </div>
    }
}

/// J and K walk the lines; Enter is the browser's own: a line is a link.
fn move_by_keys() {
    on_key(|key| {
        let step: i32 = match key {
            "j" | "J" => 1,
            "k" | "K" => -1,
            _ => return false,
        };
        let Ok(lines) = document().query_selector_all(".cx-inbox-list a.cx-line") else { return false };
        let count = i32::try_from(lines.length()).unwrap_or(0);
        let line = |at: i32| lines.get(at.unsigned_abs()).map(JsCast::unchecked_into::<web_sys::HtmlElement>);
        let focused = document().active_element();
        let at = (0..count).find(|&at| line(at).as_deref() == focused.as_ref()).or_else(|| {
            (0..count).find(|&at| {
                line(at).is_some_and(|line| line.get_attribute("aria-current").as_deref() == Some("true"))
            })
        });
        let next = at.map_or(0, |at| (at + step).clamp(0, count - 1));
        if let Some(line) = line(next) {
            let _ = line.focus();
        }
        true
    });
}

/// What the list shows: the lines as first drawn, later news waiting beside them.
#[derive(Clone, Copy)]
struct Lines {
    shown: RwSignal<Vec<TicketLine>>,
    waiting: RwSignal<Vec<TicketLine>>,
    next: RwSignal<Option<String>>,
}

#[component]
fn List(view: InboxView, ticket: Memo<Option<String>>, counts: RwSignal<Vec<InboxCount>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let page = load(
        move || search.get().trim().to_owned(),
        move |search| async move { api::inbox(view, &search, None).await },
    );
    live::follow(page, |change| matches!(change.entity.as_str(), "submission" | "task" | "clock"));
    let lines = Lines {
        shown: RwSignal::new(Vec::new()),
        waiting: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
    };
    Effect::new(move |asked: Option<String>| {
        let now_asked = search.get_untracked();
        let Some(page) = page.get() else { return asked.unwrap_or(now_asked) };
        counts.set(page.counts);
        // Another search, or nothing there to jump: show what came. Otherwise news waits.
        if asked.as_ref() != Some(&now_asked) || lines.shown.with_untracked(Vec::is_empty) {
            lines.shown.set(page.items);
            lines.waiting.set(Vec::new());
            lines.next.set(page.next);
        } else {
            let open = ticket.get_untracked();
            let merged = lines.shown.with_untracked(|shown| {
                merge(shown, &page.items, lines.next.with_untracked(Option::is_some), open.as_deref())
            });
            lines.shown.set(merged.shown);
            lines.waiting.set(if merged.fresh > 0 { page.items } else { Vec::new() });
        }
        now_asked
    });
    let fresh = move || {
        lines.shown.with(|shown| {
            lines.waiting.with(|waiting| {
                waiting.iter().filter(|line| !shown.iter().any(|old| old.id == line.id)).count()
            })
        })
    };
    view! {
        <div class="border-b border-base-300 p-2"><SearchField label=t(m::SEARCH) value=search/></div>
        <Show when=move || { fresh() > 0 }>
            <button type="button" class="cx-fresh" on:click=move |_| lines.shown.set(lines.waiting.get_untracked())>
                {move || fill(m::FRESH, &[("n", &fresh().to_string())])}
            </button>
        </Show>
        <div class="cx-scroll grow" id="ticket-list">
            {page.view(
                || view! { <SkeletonLines lines=8 line="h-[5.25rem]"/> },
                move |_| view! {
                    <Show when=move || lines.shown.with(Vec::is_empty)><Nothing view=view search=search/></Show>
                    <For each=move || lines.shown.get() key=|line| line.id.clone() let:line>
                        {
                            let id = line.id.clone();
                            let now = Memo::new(move |before: Option<&TicketLine>| lines.shown.with(|shown| shown.iter().find(|line| line.id == id).cloned()).or_else(|| before.cloned()).unwrap_or_else(|| line.clone()));
                            view! { <Line view=view line=now ticket=ticket/> }
                        }
                    </For>
                    <More view=view search=search lines=lines/>
                },
            )}
        </div>
        <p class="hidden border-t border-base-300 px-4 py-1.5 text-xs text-muted lg:block">{t(m::KEYS)}</p>
    }
}

#[component]
fn More(view: InboxView, search: RwSignal<String>, lines: Lines) -> impl IntoView {
    let busy = RwSignal::new(false);
    let load_more = move |_| {
        let Some(cursor) = lines.next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match api::inbox(view, search.get_untracked().trim(), Some(&cursor)).await {
                Ok(page) => {
                    lines.shown.update(|shown| {
                        let known: std::collections::HashSet<String> =
                            shown.iter().map(|line| line.id.clone()).collect();
                        shown.extend(page.items.into_iter().filter(|line| !known.contains(&line.id)));
                    });
                    lines.next.set(page.next);
                }
                Err(fault) => notify::fault(&fault),
            }
            busy.set(false);
        });
    };
    view! {
        <Show when=move || lines.next.get().is_some()>
            <div class="flex justify-center p-3"><Button label=t(common::LOAD_MORE) size=Size::Small busy=busy on_press=load_more/></div>
        </Show>
    }
}

#[component]
fn Nothing(view: InboxView, search: RwSignal<String>) -> impl IntoView {
    move || {
        if !search.with(|search| search.trim().is_empty()) {
            view! { <Empty icon=Icon::Search title=t(m::EMPTY_SEARCH)/> }.into_any()
        } else if view == InboxView::Mine {
            view! { <Empty icon=Icon::CircleCheck title=t(m::EMPTY_MINE) hint=hint(m::EMPTY_MINE_HINT)/> }
                .into_any()
        } else if is_urgent(view) || view == InboxView::Closed {
            view! { <Empty icon=Icon::CircleCheck title=t(m::EMPTY_VIEW)/> }.into_any()
        } else {
            view! {
                <Empty icon=Icon::Inbox title=t(m::EMPTY_VIEW) hint=hint(m::EMPTY_VIEW_HINT)>
                    <LinkButton label=t(m::SHARE_FORM) href="/s/forms" look=Look::Primary/>
                </Empty>
            }
            .into_any()
        }
    }
}
