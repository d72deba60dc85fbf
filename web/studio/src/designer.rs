//! The designers: a program of its own, so that the studio's first load does not carry them.
//!
//! It is one page at two addresses, `/s/forms/new` and `/s/forms/KEY/build`, and knows no router: every way out of
//! it loads the studio.

mod desk;
mod drag;
mod each;
mod entry;
mod finder;
pub mod form;
mod new;
mod preview;
mod publish;
mod shell;
mod state;
mod versions;

use api_types::{DefinitionKind, Role};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Failed, Skeleton, Toaster};

use crate::{
    api, app, browser,
    i18n::{common, designer as m, say, shell as words, t},
    notify,
    session::{self, Session},
};
use desk::Desk;

/// Mounts the designers on the page's body.
pub fn start() {
    app::begin(App);
}

#[component]
fn App() -> impl IntoView {
    session::begin();
    let path = window().location().pathname().unwrap_or_default();
    let key =
        path.strip_prefix("/s/forms/").and_then(|rest| rest.strip_suffix("/build")).map(browser::decode);
    Effect::new({
        let path = path.clone();
        move || {
            if session::session() == Session::Nobody {
                let _ = window().location().set_href(&format!("/login?next={}", browser::encode(&path)));
            }
        }
    });
    let known = Memo::new(|_| matches!(session::session(), Session::Of(_)));
    let may = Memo::new(|_| session::may(Role::Designer));
    view! {
        {move || match (known.get(), may.get()) {
            (false, _) => view! { <Waiting/> }.into_any(),
            (true, false) => view! { <main class="cx-page"><Failed message=t(common::FAULT_FORBIDDEN) again=t(common::BACK) on_again=|()| leave()/></main> }.into_any(),
            (true, true) => match key.clone() {
                Some(key) => view! { <Form key=key/> }.into_any(),
                None => view! { <new::NewForm/> }.into_any(),
            },
        }}
        <Toaster toasts=notify::toasts() close=t(common::CLOSE)/>
    }
}

/// Back to the list of forms, in the studio.
fn leave() {
    let _ = window().location().set_href("/s/forms");
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="cx-designer" aria-busy="true">
            <div class="cx-designer-top"><Skeleton class="h-5 w-48"/></div>
            <div class="flex justify-center p-8"><Skeleton class="h-96 w-full max-w-2xl"/></div>
        </div>
    }
}

/// Looks the form up by its key, and opens it.
#[component]
fn Form(key: String) -> impl IntoView {
    let opened = RwSignal::new(None::<Result<Desk, String>>);
    Effect::new(move || browser::set_title(&format!("{} · {}", say(m::TITLE), say(words::PRODUCT))));
    spawn_local(async move {
        let found = async {
            let list = api::definitions(Some(DefinitionKind::Form)).await?;
            let id = list.into_iter().find(|one| one.key == key).map(|one| one.id);
            // A key nobody has is answered like an id nobody has.
            api::definition(&id.unwrap_or_else(|| "00000000-0000-0000-0000-000000000000".to_owned())).await
        };
        let answer = found.await.map_err(|fault| fault.in_words());
        opened.set(Some(answer.map(|view| Desk::open(&view))));
    });
    move || {
        match opened.get() {
        None => view! { <Waiting/> }.into_any(),
        Some(Err(words)) => view! { <main class="cx-page"><Failed message=words again=t(common::BACK) on_again=|()| leave()/></main> }.into_any(),
        Some(Ok(desk)) => view! { <form::FormDesigner desk=desk/> }.into_any(),
    }
    }
}
