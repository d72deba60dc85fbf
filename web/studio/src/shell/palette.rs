//! The command palette: Ctrl/Cmd+K, type, Enter.

use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_navigate;
use web_ui::{Glyph, Icon};

use super::{
    help::Help,
    nav::{other_language, places},
};
use crate::{
    api, browser,
    i18n::{say, shell as m, t},
    pages::settings::SECTIONS,
    session,
    settings::{self, Theme},
};

/// What choosing a line does.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    Go(String),
    Language,
    Theme(Theme),
    Keys,
    SignOut,
}

#[derive(Debug, Clone, PartialEq)]
struct Command {
    icon: Icon,
    name: String,
    group: String,
    deed: Deed,
}

/// Do the signs of `wanted` appear in `name` in this order? Case does not matter.
#[must_use]
pub fn matches(name: &str, wanted: &str) -> bool {
    let mut signs = name.chars().flat_map(char::to_lowercase);
    wanted
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|sign| !sign.is_whitespace())
        .all(|sign| signs.any(|found| found == sign))
}

/// The dialog and the key that opens it.
#[component]
pub fn Palette() -> impl IntoView {
    let (open, help) = (RwSignal::new(false), RwSignal::new(false));
    let listener = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || listener.remove());
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    view! {
        <dialog node_ref=node class="cx-dialog cx-palette" aria-label=t(m::PALETTE) on:close=move |_| open.set(false)>
            <Show when=move || open.get()><Search open=open help=help/></Show>
        </dialog>
        <Help open=help/>
    }
}

fn standing_commands() -> Vec<Command> {
    let go = |icon, name: &str, href: &str| Command {
        icon,
        name: name.to_owned(),
        group: say(m::GO_TO).to_owned(),
        deed: Deed::Go(href.to_owned()),
    };
    let mut all: Vec<Command> =
        places().into_iter().map(|place| go(place.icon, say(place.name), place.href)).collect();
    let look = |icon, name, theme| Command {
        icon,
        name: say(name).to_owned(),
        group: say(m::THEME).to_owned(),
        deed: Deed::Theme(theme),
    };
    all.push(look(Icon::Sun, m::THEME_LIGHT, Theme::Light));
    all.push(look(Icon::Moon, m::THEME_DARK, Theme::Dark));
    all.push(Command {
        icon: Icon::Languages,
        name: say(m::LANGUAGE_OTHER).to_owned(),
        group: say(m::LANGUAGE_SWITCH).to_owned(),
        deed: Deed::Language,
    });
    all.push(Command {
        icon: Icon::Command,
        name: say(m::KEYS).to_owned(),
        group: "?".to_owned(),
        deed: Deed::Keys,
    });
    all.push(Command {
        icon: Icon::LogOut,
        name: say(m::SIGN_OUT).to_owned(),
        group: say(m::ACCOUNT).to_owned(),
        deed: Deed::SignOut,
    });
    let seen = SECTIONS.into_iter().filter(|(_, _, least)| session::may(*least));
    all.extend(seen.map(|(key, name, _)| Command {
        group: say(m::SETTINGS).to_owned(),
        ..go(Icon::Settings, say(name), &format!("/s/settings/{key}"))
    }));
    all
}

/// Forms and boards by name.
async fn named_commands() -> Vec<Command> {
    let mut found = Vec::new();
    for form in api::forms().await.unwrap_or_default() {
        found.push(Command {
            icon: Icon::Form,
            name: form.title,
            group: say(m::FORMS).to_owned(),
            deed: Deed::Go(format!("/s/forms/{}/submissions", form.key)),
        });
    }
    for board in api::dashboards().await.unwrap_or_default() {
        found.push(Command {
            icon: Icon::ChartBar,
            name: board.title,
            group: say(m::BOARDS).to_owned(),
            deed: Deed::Go(format!("/s/dash/{}", board.key)),
        });
    }
    found
}

#[component]
fn Search(open: RwSignal<bool>, help: RwSignal<bool>) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let named = RwSignal::new(Vec::<Command>::new());
    leptos::task::spawn_local(async move {
        let _ = named.try_set(named_commands().await);
    });
    let shown = Memo::new(move |_| {
        let wanted = wanted.get();
        standing_commands()
            .into_iter()
            .chain(named.get())
            .filter(|command| matches(&command.name, &wanted))
            .take(12)
            .collect::<Vec<_>>()
    });
    Effect::new(move || {
        wanted.track();
        at.set(0);
    });
    let navigate = StoredValue::new_local(use_navigate());
    let run = move |command: Command| {
        open.set(false);
        match command.deed {
            Deed::Go(href) => navigate.with_value(|navigate| navigate(&href, Default::default())),
            Deed::Language => session::switch_language(other_language()),
            Deed::Theme(theme) => settings::set_theme(theme),
            Deed::Keys => help.set(true),
            Deed::SignOut => session::leave(),
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = shown.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" if !event.is_composing() => {
                if let Some(command) = shown.with_untracked(|shown| shown.get(at.get_untracked()).cloned()) {
                    run(command);
                }
            }
            _ => return,
        }
        event.prevent_default();
        browser::reveal(&format!("command-{}", at.get_untracked()));
    };
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| request_animation_frame(move || drop(input.focus())));
    view! {
        <label class="flex items-center gap-3 border-b border-base-300 px-4">
            <span class="text-muted"><Glyph icon=Icon::Search/></span>
            <input
                node_ref=input type="text" class="h-12 min-w-0 grow bg-transparent text-base outline-none" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="commands"
                aria-label=t(m::PALETTE) placeholder=t(m::PALETTE_HINT) aria-activedescendant=move || format!("command-{}", at.get()) bind:value=wanted on:keydown=keys
            />
            <kbd class="cx-kbd">"Esc"</kbd>
        </label>
        <div id="commands" role="listbox" aria-label=t(m::PALETTE) class="cx-scroll max-h-96 p-2">
            {move || {
                let shown = shown.get();
                if shown.is_empty() {
                    return view! { <p class="px-2 py-6 text-center text-muted">{t(m::PALETTE_NONE)}</p> }.into_any();
                }
                shown.into_iter().enumerate().map(|(index, command)| {
                    let chosen = command.clone();
                    view! {
                        <div
                            id=format!("command-{index}") role="option" class="cx-menu-item cursor-pointer" class:bg-selected=move || at.get() == index
                            aria-selected=move || (at.get() == index).to_string()
                            on:click=move |_| run(chosen.clone())
                        >
                            <Glyph icon=command.icon/>
                            <span class="grow truncate">{command.name}</span>
                            <span class="text-xs text-muted">{command.group}</span>
                        </div>
                    }
                }).collect_view().into_any()
            }}
        </div>
    }
}
