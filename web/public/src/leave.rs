//! No more mails: asked, then done.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::words::put;
use crate::{LeavePage, Words};

/// The page as HTML.
pub fn leave_page(page: &LeavePage) -> String {
    let words = Words::of(page.frame.language);
    let said = if page.done { &words.leave.done } else { &words.leave.ask };
    let text = put(said.text, &[("address", &page.address)]);
    let button = (!page.done).then(|| {
        view! { <form method="post"><button class="button primary" type="submit">{words.leave.button}</button></form> }
    });
    let body = view! {
        <div class="notice">
            <h1>{said.title}</h1>
            <p class="lead">{text}</p>
            {button}
        </div>
    };
    let switch = if page.done { Switch::None } else { Switch::Link };
    document(&page.frame, said.title, Script::None, &switch, body)
}
