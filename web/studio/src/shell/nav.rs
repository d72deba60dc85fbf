//! Navigation: a rail on the left that can be folded to icons, a bar below on a phone.

use api_types::{InboxPage, InboxView, ReadNotifications, Role};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use web_ui::{Avatar, Count, Glyph, Icon, IconButton, IconSize, MenuItem, Size, close_menus};

use crate::{
    api, browser,
    i18n::{Language, Message, shell as m, t},
    live,
    load::load,
    notify,
    pages::{notifications::read, role_name},
    session,
    settings::{self, Theme},
};

/// A place one can go to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where.
    pub href: &'static str,
    /// Its name.
    pub name: Message,
    /// Its icon.
    pub icon: Icon,
    /// Weakest role that sees it.
    pub least: Role,
    /// Stands under "build".
    pub design: bool,
}

/// Every place of the studio, in the order of the rail.
pub const PLACES: &[Place] = &[
    Place { href: "/s/home", name: m::HOME, icon: Icon::Home, least: Role::Member, design: false },
    Place {
        href: NOTIFICATIONS,
        name: m::NOTIFICATIONS,
        icon: Icon::Bell,
        least: Role::Member,
        design: false,
    },
    Place { href: "/s/inbox", name: m::INBOX, icon: Icon::Inbox, least: Role::Viewer, design: false },
    Place { href: "/s/customers", name: m::CUSTOMERS, icon: Icon::Users, least: Role::Viewer, design: false },
    Place { href: "/s/dash", name: m::BOARDS, icon: Icon::ChartBar, least: Role::Viewer, design: false },
    Place { href: "/s/forms", name: m::FORMS, icon: Icon::Form, least: Role::Member, design: false },
    Place { href: "/s/apps", name: m::APPS, icon: Icon::Board, least: Role::Designer, design: true },
    Place { href: "/s/mailbox", name: m::MAILBOX, icon: Icon::Mail, least: Role::Viewer, design: false },
    Place {
        href: "/s/definitions",
        name: m::DEFINITIONS,
        icon: Icon::Flow,
        least: Role::Designer,
        design: true,
    },
    Place { href: "/s/import", name: m::IMPORT, icon: Icon::FileSheet, least: Role::Designer, design: true },
    Place { href: "/s/settings", name: m::SETTINGS, icon: Icon::Settings, least: Role::Member, design: true },
];

/// On a phone these stand in the bar; the others behind "more".
const IN_BAR: [&str; 4] = ["/s/home", NOTIFICATIONS, "/s/inbox", "/s/forms"];

/// Where what concerns the caller is listed.
const NOTIFICATIONS: &str = "/s/notifications";

/// The places the caller's role sees.
pub fn places() -> Vec<Place> {
    PLACES.iter().copied().filter(|place| session::may(place.least)).collect()
}

fn places_where(keep: impl Fn(&Place) -> bool + Send + Sync + 'static) -> Signal<Vec<Place>> {
    Signal::derive(move || places().into_iter().filter(|place| keep(place)).collect())
}

#[component]
pub fn Nav() -> impl IntoView {
    let folded = RwSignal::new(browser::recall("nav").is_some_and(|nav| nav == "folded"));
    let fold = move |_| {
        folded.update(|folded| *folded = !*folded);
        browser::remember("nav", if folded.get_untracked() { "folded" } else { "open" });
    };
    // Whoever sees no tickets has no inbox.
    let waiting = load(
        || session::user_id().filter(|_| session::may(Role::Viewer)),
        |user| async move {
            match user {
                Some(_) => api::inbox(InboxView::Mine, "", None).await,
                None => Ok(InboxPage { counts: Vec::new(), items: Vec::new(), next: None }),
            }
        },
    );
    live::follow(waiting, |change| matches!(change.entity.as_str(), "submission" | "task"));
    let mine = Signal::derive(move || {
        waiting
            .with(|page| {
                page.counts
                    .iter()
                    .find(|count| count.view == InboxView::Mine)
                    .map_or(0, |count| count.tickets)
            })
            .unwrap_or(0)
    });
    let unread = unread();
    // The number beside a place.
    let counts = Counts::new(move |href: &'static str| match href {
        "/s/inbox" => mine.get(),
        NOTIFICATIONS => unread.get(),
        _ => 0,
    });
    let fold_label =
        Signal::derive(move || if folded.get() { t(m::EXPAND).get() } else { t(m::COLLAPSE).get() });
    view! {
        <nav class="cx-nav" class:cx-folded=folded aria-label=t(m::NAVIGATION)>
            <div class="flex h-13 shrink-0 items-center gap-2 px-3">
                <Mark/>
                <span class="cx-nav-word grow truncate text-base font-semibold">{move || session::current().map(|session| session.team.name)}</span>
            </div>
            <div class="cx-scroll flex grow flex-col gap-0.5 px-2">
                <Group places=places_where(|place| !place.design) counts=counts/>
                <p class="cx-nav-word px-2 pt-5 pb-1 text-xs font-medium text-muted">{t(m::GROUP_DESIGN)}</p>
                <Group places=places_where(|place| place.design) counts=counts/>
            </div>
            <div class="cx-nav-foot flex items-center gap-1 border-t border-base-300 p-2">
                <Account/>
                <IconButton label=fold_label icon=Icon::PanelLeft size=Size::Small tip="cx-tip-right" on_press=fold/>
            </div>
        </nav>
        <BottomBar counts=counts/>
    }
}

/// How many wait at a place.
type Counts = Callback<&'static str, u64>;

/// How many notifications are unread; news are shown for a moment, and whoever looks at what one is about has read it.
fn unread() -> Signal<u64> {
    let bell = load(session::user_id, |_| async { api::notifications(1, None).await });
    live::follow(bell, |change| change.entity == "notification");
    let path = use_location().pathname;
    let newest = StoredValue::new(None::<String>);
    Effect::new(move || {
        let Some(page) = bell.get() else { return };
        let first = page.items.into_iter().next();
        let id = first.as_ref().map(|one| one.id.clone()).unwrap_or_default();
        let before = newest.try_update_value(|newest| newest.replace(id.clone())).flatten();
        let is_later = before.is_some_and(|before| before < id);
        if let Some(one) = first.filter(|one| is_later && !one.read && path.get_untracked() != NOTIFICATIONS)
        {
            notify::info(format!("{}: {}", one.about, one.text));
        }
    });
    let unread = Signal::derive(move || bell.with(|page| u64::from(page.unread)).unwrap_or(0));
    Effect::new(move || {
        let path = path.get();
        let last = path.rsplit('/').next().unwrap_or_default();
        if unread.get() > 0 && last.len() == 36 && !path.starts_with("/s/customers") {
            read(ReadNotifications { id: None, submission: Some(last.to_owned()) });
        }
    });
    unread
}

/// The product's mark: four bars of a voice.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="size-7 shrink-0" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" class="fill-primary"></rect>
            <path d="M8 19v-6M13 23V9M18.5 20v-8M24 17.5v-3" class="stroke-primary-content" stroke-width="3" stroke-linecap="round" fill="none"></path>
        </svg>
    }
}

pub fn is_here(path: &str, href: &str) -> bool {
    path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}

#[component]
fn Group(places: Signal<Vec<Place>>, counts: Counts) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <For each=move || places.get() key=|place| place.href let:place>
            <a href=place.href class="cx-nav-item" aria-current=move || is_here(&path.get(), place.href).then_some("page") title=t(place.name)>
                <Glyph icon=place.icon/>
                <span class="cx-nav-word grow truncate">{t(place.name)}</span>
                <span class="cx-nav-count"><Count value=Signal::derive(move || counts.run(place.href))/></span>
            </a>
        </For>
    }
}

#[component]
fn Account() -> impl IntoView {
    let name = Signal::derive(|| session::current().map(|session| session.user.name).unwrap_or_default());
    view! {
        <details class="cx-menu cx-menu-up min-w-0 grow">
            <summary class="cx-nav-item">
                <span class="sr-only">{t(m::ACCOUNT)}</span>
                <Avatar name=name/>
                <span class="cx-nav-word grow truncate">{name}</span>
            </summary>
            <div class="cx-menu-list"><AccountItems/></div>
        </details>
    }
}

/// Team, language, theme, sign-out.
#[component]
fn AccountItems() -> impl IntoView {
    let is = |theme: Theme| Signal::derive(move || settings::theme() == theme);
    view! {
        <p class="truncate px-2 pt-1.5 font-medium">{move || session::current().map(|session| session.user.name)}</p>
        <p class="truncate px-2 pb-1.5 text-xs text-muted">
            {move || session::current().map(|session| format!("{} · {}", role_name(session.role).in_language(settings::language()), session.user.email.unwrap_or_default()))}
        </p>
        <Show when=|| session::current().is_some_and(|session| session.teams.len() > 1)>
            <p class="border-t border-base-300 px-2 pt-2 pb-1 text-xs text-muted">{t(m::TEAM)}</p>
            {move || session::current().map(|session| session.teams.into_iter().map(|team| {
                let (id, own) = (team.id.clone(), team.id == session.team.id);
                view! { <MenuItem label=team.name checked=Signal::stored(own) on_press=move |()| session::switch_team(id.clone())/> }
            }).collect_view())}
        </Show>
        <p class="border-t border-base-300 px-2 pt-2 pb-1 text-xs text-muted">{t(m::THEME)}</p>
        <MenuItem label=t(m::THEME_SYSTEM) icon=Icon::Settings checked=is(Theme::System) on_press=|()| settings::set_theme(Theme::System)/>
        <MenuItem label=t(m::THEME_LIGHT) icon=Icon::Sun checked=is(Theme::Light) on_press=|()| settings::set_theme(Theme::Light)/>
        <MenuItem label=t(m::THEME_DARK) icon=Icon::Moon checked=is(Theme::Dark) on_press=|()| settings::set_theme(Theme::Dark)/>
        <div class="my-1 border-t border-base-300"></div>
        <MenuItem label=t(m::LANGUAGE_OTHER) icon=Icon::Languages on_press=|()| session::switch_language(other_language())/>
        <MenuItem label=t(m::SIGN_OUT) icon=Icon::LogOut on_press=|()| session::leave()/>
    }
}

/// The one that is not in use.
pub fn other_language() -> Language {
    match settings::language() {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    }
}

#[component]
fn BottomBar(counts: Counts) -> impl IntoView {
    let path = use_location().pathname;
    let few = places_where(|place| IN_BAR.contains(&place.href));
    let rest = places_where(|place| !IN_BAR.contains(&place.href));
    let navigate = StoredValue::new_local(use_navigate());
    view! {
        <nav class="cx-bottom" aria-label=t(m::NAVIGATION)>
            <For each=move || few.get() key=|place| place.href let:place>
                <a href=place.href class="cx-bottom-item" aria-current=move || is_here(&path.get(), place.href).then_some("page")>
                    <span class="relative">
                        <Glyph icon=place.icon size=IconSize::Large/>
                        <Show when=move || { counts.run(place.href) > 0 }><span class="absolute -top-0.5 -right-1 size-2 rounded-full bg-error"></span></Show>
                    </span>
                    <span class="truncate">{t(place.name)}</span>
                </a>
            </For>
            <div class="cx-bottom-more">
                <details class="cx-menu cx-menu-end cx-menu-up">
                    <summary class="cx-bottom-item"><Glyph icon=Icon::Menu size=IconSize::Large/><span class="truncate">{t(crate::i18n::common::MORE)}</span></summary>
                    <div class="cx-menu-list" on:click=|_| close_menus(None)>
                        <For each=move || rest.get() key=|place| place.href let:place>
                            <MenuItem label=t(place.name) icon=place.icon on_press=move |()| navigate.with_value(|navigate| navigate(place.href, Default::default()))/>
                        </For>
                        <div class="my-1 border-t border-base-300"></div>
                        <AccountItems/>
                    </div>
                </details>
            </div>
        </nav>
    }
}
