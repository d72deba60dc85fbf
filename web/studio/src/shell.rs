//! What stands around every page: navigation, banners, toasts, the command palette.

mod help;
mod keys;
mod nav;
mod opened;
mod palette;
mod time;

use leptos::{ev, prelude::*};
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;
use web_ui::{Button, Failed, Notice, Size, Skeleton, Tone, close_menus};

pub use keys::on_key;
pub use nav::{Mark, other_language};
pub use opened::open_while;
pub use time::{Ago, full_time};

use crate::{
    browser,
    i18n::{access, common, fill, say, shell as m, t},
    live,
    load::Closed,
    session::{self, Session},
};

/// Where the second step is switched on.
const PERSONAL: &str = "/s/settings/personal";

/// Puts the page's name into the tab.
pub fn page_title(title: impl Fn() -> String + 'static) {
    Effect::new(move || browser::set_title(&format!("{} · {}", title(), say(m::PRODUCT))));
}

/// The frame of every page under `/s`; sends whoever is not signed in to the sign-in page and back.
#[component]
pub fn Shell() -> impl IntoView {
    let navigate = use_navigate();
    let location = use_location();
    Effect::new(move || {
        if session::session() == Session::Nobody {
            let here = format!(
                "{}{}",
                location.pathname.get_untracked(),
                location.search.with_untracked(|search| if search.is_empty() {
                    String::new()
                } else {
                    format!("?{search}")
                })
            );
            navigate(&format!("/login?next={}", browser::encode(&here)), Default::default());
        }
    });
    let (to_personal, here) = (use_navigate(), use_location());
    Effect::new(move || {
        if session::owes_second_step() && here.pathname.get() != PERSONAL {
            to_personal(PERSONAL, Default::default());
        }
    });
    let elsewhere = window_event_listener(ev::mousedown, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        close_menus(target.as_ref());
    });
    on_cleanup(move || elsewhere.remove());

    let signed_in = Memo::new(|_| matches!(session::session(), Session::Of(_)));
    let team = Memo::new(|_| session::current().map(|session| session.team.id));
    let seen_as = Memo::new(|_| {
        session::current().filter(|session| session.seen_by.is_some()).map(|session| session.user.name)
    });
    let insecure = Memo::new(|_| {
        session::current()
            .is_some_and(|session| session.insecure_http && session.role <= api_types::Role::Admin)
    });
    let here = use_location().pathname;
    let barred = Memo::new(move |_| {
        let path = here.get();
        signed_in.get()
            && nav::PLACES.iter().any(|place| nav::is_here(&path, place.href) && !session::may(place.least))
    });
    view! {
        <Show when=move || signed_in.get() fallback=Waiting>
            <a href="#main" class="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:m-2 focus:rounded-field focus:bg-base-100 focus:p-2">{t(m::SKIP)}</a>
            <div class="cx-shell">
                <nav::Nav/>
                <div class="cx-stage">
                    <Show when=session::owes_second_step>
                        <div class="px-4 pt-3"><Notice tone=Tone::Warning>{t(m::OWES_SECOND_STEP)}</Notice></div>
                    </Show>
                    <Show when=move || !live::connected() && !session::owes_second_step()>
                        <div class="px-4 pt-3"><Notice tone=Tone::Warning>{t(m::OFFLINE)}</Notice></div>
                    </Show>
                    {move || seen_as.get().map(|name| view! {
                        <div class="px-4 pt-3"><Notice tone=Tone::Info>
                            <span class="flex flex-wrap items-center gap-x-3 gap-y-1"><span class="grow">{move || fill(access::SEEING_AS, &[("name", &name)])}</span><Button label=t(access::END_SIGHT) size=Size::Small on_press=|_| session::see_as(None)/></span>
                        </Notice></div>
                    })}
                    <Show when=move || insecure.get()>
                        <div class="px-4 pt-3"><Notice tone=Tone::Warning>{t(m::INSECURE)}</Notice></div>
                    </Show>
                    // Another team is another world: every page starts anew.
                    {move || { team.get(); view! { <main id="main" class="cx-main" tabindex="-1"><Show when=move || !barred.get() fallback=|| view! { <Closed forbidden=true/> }><Outlet/></Show></main> } }}
                </div>
            </div>
            <palette::Palette/>
        </Show>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let failed = Memo::new(|_| session::fault().is_some());
    view! {
      <Show when=move || !failed.get() fallback=|| view! {
        <main class="cx-login"><Failed message=|| session::fault().map(|fault| fault.in_words()).unwrap_or_default() again=t(common::AGAIN) on_again=|()| session::begin()/></main>
      }>
        <div class="cx-shell" aria-busy="true">
            <div class="cx-nav hidden flex-col gap-3 p-4 md:flex"><Skeleton class="h-5 w-24"/><Skeleton class="h-4 w-40"/><Skeleton class="h-4 w-32"/><Skeleton class="h-4 w-36"/></div>
            <div class="cx-stage"></div>
        </div>
      </Show>
    }
}
