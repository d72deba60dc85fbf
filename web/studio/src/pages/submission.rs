//! One submission on its own page.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{forms as m, say, t},
    pages::ticket::Ticket,
    shell::page_title,
};

/// `/s/submissions/:id`
#[component]
pub fn Submission() -> impl IntoView {
    page_title(|| say(m::SUBMISSION).to_owned());
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    view! {
        <h1 class="sr-only">{t(m::SUBMISSION)}</h1>
        <div class="cx-solo"><Ticket id=id/></div>
    }
}
