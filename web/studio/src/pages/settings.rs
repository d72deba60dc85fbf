//! Settings: personal, members, departments, people from files, API tokens, files that verify the site.

pub mod audit;
mod choices;
mod departments;
mod members;
mod people_file;
mod personal;
pub mod roles;
mod second_step;
mod security;
mod site;
mod tokens;

use api_types::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use web_ui::PageHead;

use crate::{
    browser,
    i18n::{Message, access, people, say, settings as m, share, t},
    session,
    shell::page_title,
};

/// Sections with the weakest role that sees them.
pub const SECTIONS: [(&str, Message, Role); 8] = [
    ("personal", m::PERSONAL, Role::Member),
    ("members", m::MEMBERS, Role::Viewer),
    ("departments", m::DEPARTMENTS, Role::Viewer),
    ("people", people::FILE, Role::Admin),
    ("roles", access::ROLES, Role::Admin),
    ("audit", access::AUDIT, Role::Admin),
    ("tokens", m::TOKENS, Role::Admin),
    ("site", share::SITE, Role::Admin),
];

/// `/s/settings/:section?`
#[component]
pub fn Settings() -> impl IntoView {
    let params = use_params_map();
    let section = Memo::new(move |_| {
        let asked = params.with(|params| params.get("section"));
        let seen = |(key, _, least): &&(&str, Message, Role)| {
            session::may(*least) && asked.as_deref().is_none_or(|asked| asked == *key)
        };
        let first = if asked.is_none() && session::may(Role::Admin) { Some(&SECTIONS[1]) } else { None };
        first.or_else(|| SECTIONS.iter().find(seen)).map_or("personal", |(key, _, _)| key)
    });
    page_title(move || {
        let name = SECTIONS.iter().find(|(key, _, _)| *key == section.get()).map_or(m::PERSONAL, |one| one.1);
        format!("{} · {}", say(name), say(m::TITLE))
    });
    // On a phone the row of sections is wider than the page.
    Effect::new(move || {
        let id = format!("section-{}", section.get());
        request_animation_frame(move || browser::reveal(&id));
    });
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE)/>
            <div class="grid grid-cols-1 items-start gap-6 md:grid-cols-[11rem_minmax(0,1fr)]">
                <nav class="flex gap-1 overflow-x-auto md:flex-col" aria-label=t(m::SECTIONS)>
                    {move || SECTIONS.into_iter().filter(|(_, _, least)| session::may(*least)).map(|(key, name, _)| view! {
                        <a id=format!("section-{key}") class="cx-nav-item shrink-0" href=format!("/s/settings/{key}") aria-current=move || (section.get() == key).then_some("page")>{t(name)}</a>
                    }).collect_view()}
                </nav>
                <div class="min-w-0">
                    {move || match section.get() {
                        "members" => view! { <members::Members/> }.into_any(),
                        "departments" => view! { <departments::Departments/> }.into_any(),
                        "people" => view! { <people_file::PeopleFile/> }.into_any(),
                        "roles" => view! { <roles::Roles/> }.into_any(),
                        "audit" => view! { <audit::Audit/> }.into_any(),
                        "tokens" => view! { <tokens::Tokens/> }.into_any(),
                        "site" => view! { <site::Site/> }.into_any(),
                        _ => view! { <personal::Personal/> }.into_any(),
                    }}
                </div>
            </div>
        </div>
    }
}

/// The head of a section, its button on the right.
#[component]
fn SectionHead(
    title: Message,
    about: Message,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="mb-4 flex flex-wrap items-start gap-3">
            <div class="min-w-0 grow basis-72"><h2 class="text-base">{t(title)}</h2><p class="text-muted">{t(about)}</p></div>
            {children.map(|children| children())}
        </header>
    }
}
