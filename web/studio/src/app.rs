//! Start, and the table of routes.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};
use web_ui::{Empty, Icon, LinkButton, Look, Toaster};

use crate::{
    i18n::{common, hint, shell as m, t},
    notify,
    pages::{
        board, boards, customer, customers, definition, definitions, forms, home, import, inbox, login,
        mailbox, settings as settings_page, submission, submissions,
    },
    session, settings,
    shell::Shell,
};

/// Mounts the studio on the page's body.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    settings::begin();
    leptos::mount::mount_to_body(App);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

#[component]
fn App() -> impl IntoView {
    session::begin();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=|| view! { <Redirect path="/s/home"/> }/>
                <Route path=path!("/login") view=login::Login/>
                <ParentRoute path=path!("/s") view=Shell>
                    <Route path=path!("") view=|| view! { <Redirect path="/s/home"/> }/>
                    <Route path=path!("home") view=home::Home/>
                    <Route path=path!("inbox/:view?/:ticket?") view=inbox::Inbox/>
                    <Route path=path!("forms") view=forms::Forms/>
                    <Route path=path!("forms/:key/submissions") view=submissions::Submissions/>
                    <Route path=path!("submissions/:id") view=submission::Submission/>
                    <Route path=path!("customers") view=customers::Customers/>
                    <Route path=path!("customers/:id") view=customer::Customer/>
                    <Route path=path!("dash") view=boards::Boards/>
                    <Route path=path!("dash/:key") view=board::Board/>
                    <Route path=path!("mailbox") view=mailbox::Mailbox/>
                    <Route path=path!("definitions") view=definitions::Definitions/>
                    <Route path=path!("definitions/:id") view=definition::Definition/>
                    <Route path=path!("import") view=import::Import/>
                    <Route path=path!("settings/:section?") view=settings_page::Settings/>
                    <Route path=path!("*any") view=NotFound/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toaster toasts=notify::toasts() close=t(common::CLOSE)/>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Empty icon=Icon::Search title=t(m::NOT_A_PAGE) hint=hint(m::NOT_A_PAGE_HINT)>
            <LinkButton label=t(m::TO_HOME) href="/s/home" look=Look::Primary/>
        </Empty>
    }
}
