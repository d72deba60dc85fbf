//! What every program of the studio does at its start, and the table of routes for daily work.

use std::time::Duration;

use api_types::Program;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    hooks::use_location,
    path,
};
use web_ui::{Empty, Icon, LinkButton, Look, Toaster};

use crate::{
    browser,
    i18n::{common, hint, say, shell as m, t},
    notify,
    pages::{
        board, boards, customer, customers, forms, home, inbox, login, notifications, submission, submissions,
    },
    session, settings,
    shell::{Shell, page_title},
};

/// Mounts daily work on the page's body.
pub fn start() {
    begin(App);
}

/// Mounts a program on the page's body.
pub fn begin<V: IntoView + 'static>(program: impl FnOnce() -> V + 'static) {
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    settings::begin();
    leptos::mount::mount_to_body(program);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

#[component]
fn App() -> impl IntoView {
    session::begin();
    let elsewhere = || view! { <Elsewhere own=Program::Studio/> };
    view! {
        <Router>
            <Routes fallback=elsewhere>
                <Route path=path!("/") view=|| view! { <Redirect path="/s/home"/> }/>
                <Route path=path!("/login") view=login::Login/>
                <ParentRoute path=path!("/s") view=Shell>
                    <Route path=path!("") view=|| view! { <Redirect path="/s/home"/> }/>
                    <Route path=path!("home") view=home::Home/>
                    <Route path=path!("notifications") view=notifications::Notifications/>
                    <Route path=path!("inbox/:view?/:ticket?") view=inbox::Inbox/>
                    <Route path=path!("forms") view=forms::Forms/>
                    <Route path=path!("forms/:key/submissions") view=submissions::Submissions/>
                    <Route path=path!("submissions/:id") view=submission::Submission/>
                    <Route path=path!("customers") view=customers::Customers/>
                    <Route path=path!("customers/:id") view=customer::Customer/>
                    <Route path=path!("dash") view=boards::Boards/>
                    <Route path=path!("dash/:key") view=board::Board/>
                    <Route path=path!("*any") view=elsewhere/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toaster toasts=notify::toasts() close=t(common::CLOSE)/>
    }
}

/// An address that is not in a program's table: another program's, which is loaded in its place, or nobody's.
#[component]
pub fn Elsewhere(own: Program) -> impl IntoView {
    if Program::of(&use_location().pathname.get_untracked()) != own {
        // The router writes the address down after this page is drawn.
        set_timeout(browser::reload, Duration::ZERO);
        return ().into_any();
    }
    page_title(|| say(m::NOT_A_PAGE).to_owned());
    view! {
        <h1 class="sr-only">{t(m::NOT_A_PAGE)}</h1>
        <Empty icon=Icon::Search title=t(m::NOT_A_PAGE) hint=hint(m::NOT_A_PAGE_HINT)>
            <LinkButton label=t(m::TO_HOME) href="/s/home" look=Look::Primary/>
        </Empty>
    }
    .into_any()
}
