//! Looking after a team: people, apps, definitions, settings. A program of its own, with the studio's frame.

use api_types::Program;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use web_ui::Toaster;

use crate::{
    app::{self, Elsewhere},
    i18n::{common, t},
    notify,
    pages::{apps, definition, definitions, door, import, mailbox, settings, share, start},
    session,
    shell::Shell,
};

/// Mounts the program on the page's body.
pub fn start() {
    app::begin(App);
}

#[component]
fn App() -> impl IntoView {
    session::begin();
    let elsewhere = || view! { <Elsewhere own=Program::Manage/> };
    view! {
        <Router>
            <Routes fallback=elsewhere>
                <Route path=path!("/forgot") view=door::Forgot/>
                <Route path=path!("/join/:token") view=door::Join/>
                <Route path=path!("/reset/:token") view=door::Reset/>
                <Route path=path!("/setup/:token") view=door::Setup/>
                <ParentRoute path=path!("/s") view=Shell>
                    <Route path=path!("apps") view=apps::Apps/>
                    <Route path=path!("apps/gallery") view=apps::gallery::Gallery/>
                    <Route path=path!("apps/import") view=apps::import::Import/>
                    <Route path=path!("forms/:key/share") view=share::SharePage/>
                    <Route path=path!("start") view=start::Start/>
                    <Route path=path!("mailbox") view=mailbox::Mailbox/>
                    <Route path=path!("definitions") view=definitions::Definitions/>
                    <Route path=path!("definitions/:id") view=definition::Definition/>
                    <Route path=path!("import") view=import::Import/>
                    <Route path=path!("settings/:section?") view=settings::Settings/>
                    <Route path=path!("*any") view=elsewhere/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toaster toasts=notify::toasts() close=t(common::CLOSE)/>
    }
}
