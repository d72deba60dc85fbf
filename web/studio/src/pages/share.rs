//! How a form gets to people: addresses and codes, other websites, invitations, what stands before it, staff.

mod access;
mod embed;
mod invite;
mod links;
mod on_site;
pub mod snippet;

use api_types::{Role, ShareView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use web_ui::{Button, Choice, Glyph, Icon, LinkButton, Notice, PageHead, SkeletonLines, Tabs, Tone, Up};

use crate::{
    api,
    browser::{self, select_all},
    i18n::{Message, fill, forms, hint, say, share as m, t},
    load::{Loaded, load},
    notify, session,
    shell::page_title,
};

/// Parts of the page with the weakest role that sees them.
const PARTS: [(&str, Message, Role); 5] = [
    ("link", m::PART_LINK, Role::Member),
    ("embed", m::PART_EMBED, Role::Designer),
    ("invite", m::PART_INVITE, Role::Designer),
    ("access", m::PART_ACCESS, Role::Designer),
    ("staff", m::PART_STAFF, Role::Member),
];

/// What the parts share.
#[derive(Clone, Copy)]
struct Desk {
    key: Memo<String>,
    share: Signal<ShareView>,
    loaded: Loaded<ShareView>,
}

impl Desk {
    /// Address of the designer.
    fn design(self) -> String {
        format!("/s/forms/{}/build", browser::encode(&self.key.get()))
    }
}

/// `/s/forms/:key/share`
#[component]
pub fn SharePage() -> impl IntoView {
    let params = use_params_map();
    let key = Memo::new(move |_| params.with(|params| params.get("key").unwrap_or_default()));
    let loaded = load(move || key.get(), |key| async move { api::share(&key).await });
    let name = move || loaded.with(|share| share.title.clone()).unwrap_or_default();
    page_title(move || fill(m::TITLE, &[("form", &name())]));
    view! {
        <div class="cx-page">
            {loaded.view(
                || view! { <div class="cx-card"><SkeletonLines lines=8/></div> },
                move |share| view! { <Page desk=Desk { key, share, loaded }/> },
            )}
        </div>
    }
}

#[component]
fn Page(desk: Desk) -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("part"));
    let part = RwSignal::new(asked.unwrap_or_else(|| "link".to_owned()));
    let tabs = Signal::derive(|| {
        let seen = PARTS.into_iter().filter(|(_, _, least)| session::may(*least));
        seen.map(|(key, name, _)| Choice::new(key, say(name))).collect::<Vec<_>>()
    });
    let submissions =
        Signal::derive(move || format!("/s/forms/{}/submissions", browser::encode(&desk.key.get())));
    let title =
        Signal::derive(move || fill(m::TITLE, &[("form", &desk.share.with(|share| share.title.clone()))]));
    let is_public = Memo::new(move |_| desk.share.with(|share| share.url.is_some()));
    view! {
        <Up href="/s/forms" label=t(forms::TITLE)/>
        <PageHead title=title about=hint(m::ABOUT)>
            <LinkButton label=t(m::SUBMISSIONS) icon=Icon::Table href=submissions load=true/>
            <Show when=|| session::may(Role::Designer)>
                <LinkButton label=t(m::DESIGN) icon=Icon::Form href=Signal::derive(move || desk.design()) load=true/>
            </Show>
        </PageHead>
        <Show when=move || is_public.get() fallback=move || view! { <NoPage desk=desk/> }>
            <Tabs label=t(m::PARTS) tabs=tabs value=part on_change=move |chosen| part.set(chosen)/>
            <div class="mt-5" role="tabpanel">
                {move || match part.get().as_str() {
                    "embed" => view! { <embed::Embed desk=desk/> }.into_any(),
                    "invite" => view! { <invite::Invite desk=desk/> }.into_any(),
                    "access" => view! { <access::Access desk=desk/> }.into_any(),
                    "staff" => view! { <on_site::OnSite desk=desk/> }.into_any(),
                    _ => view! { <links::Links desk=desk/> }.into_any(),
                }}
            </div>
        </Show>
    }
}

#[component]
fn NoPage(desk: Desk) -> impl IntoView {
    let inside = Signal::derive(move || desk.share.with(|share| share.inside.clone()));
    view! {
        <Notice tone=Tone::Info>{t(m::NO_PAGE)}</Notice>
        <Show when=|| session::may(Role::Designer)>
            <div class="mt-3"><LinkButton label=t(m::TO_DESIGNER) icon=Icon::Form href=Signal::derive(move || desk.design()) load=true/></div>
        </Show>
        <div class="cx-card mt-6 p-4">
            <p class="mb-2">{t(m::NO_PAGE_STAFF)}</p>
            <Address name=t(m::INSIDE) address=inside copy=m::COPY_LINK open=true/>
        </div>
    }
}

/// An address to copy, and perhaps to open.
#[component]
fn Address(
    /// Its name, for screen readers.
    #[prop(into)]
    name: Signal<String>,
    /// It.
    #[prop(into)]
    address: Signal<String>,
    /// Words on the button.
    copy: Message,
    /// With a way to it.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    view! {
        <input class="input mb-2 w-full font-mono text-xs" readonly=true aria-label=name prop:value=address on:focus=select_all/>
        <div class="flex flex-wrap gap-2">
            <Button label=t(copy) icon=Icon::Copy on_press=move |_| notify::copy(address.get_untracked())/>
            {open.then(|| view! { <LinkButton label=t(m::OPEN_FORM) icon=Icon::External href=address outside=true/> })}
        </div>
    }
}

/// A code to print, and its file.
#[component]
fn Code(#[prop(into)] picture: Signal<String>, file: String) -> impl IntoView {
    view! {
        <div class="inline-block rounded-box border border-base-300 bg-white p-3"><img class="block size-56" width="224" height="224" src=picture alt=t(m::QR_ALT)/></div>
        <div class="mt-3"><a class="btn" href=picture download=file rel="external"><Glyph icon=Icon::Download/><span>{t(m::DOWNLOAD_QR)}</span></a></div>
    }
}
