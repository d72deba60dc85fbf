//! The form asks for a password before it shows anything.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::{GatePage, Words};

/// The page as HTML.
pub fn gate_page(page: &GatePage) -> String {
    let words = Words::of(page.frame.language);
    let problem = page.wrong.then_some(words.gate.wrong);
    let class = if page.wrong { "question now wrong" } else { "question now" };
    let body = view! {
        <div class="intro"><h1>{words.gate.title}</h1><p class="lead">{words.gate.lead}</p></div>
        <form class="form last" method="post">
            <input type="hidden" name="_lang" value=page.frame.language.as_str() />
            <div class=class>
                <label class="title" for="password">{words.gate.password}</label>
                <div class="input">
                    <input class="field-line" id="password" name="_password" type="password" required="required" maxlength="128" autocomplete="off" aria-invalid=problem.map(|_| "true") aria-describedby="password-problem" />
                </div>
                <p class="problem" id="password-problem" hidden=problem.is_none()>{problem}</p>
            </div>
            <div class="actions"><button class="button primary" type="submit">{words.gate.open}</button></div>
        </form>
    };
    document(&page.frame, words.gate.title, Script::None, &Switch::None, body)
}
