//! Half an answer is kept: where it goes on, and the code to type on another device.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::words::put;
use crate::{SavedPage, Words};

/// The page as HTML.
pub fn saved_page(page: &SavedPage) -> String {
    let words = Words::of(page.frame.language);
    let text = put(words.saved.text, &[("when", &page.until.words(page.frame.language))]);
    let body = view! {
        <section class="notice saved">
            <h1>{words.saved.title}</h1>
            <p class="lead">{text}</p>
            <label class="title" for="link">{words.saved.link}</label>
            <input class="field-line" id="link" type="text" readonly="readonly" value=page.url.clone() />
            <dl class="receipt">
                <div><dt>{words.saved.code}</dt><dd>{page.code.clone()}</dd></div>
            </dl>
            <p class="help">{put(words.saved.code_text, &[("url", &page.own)])}</p>
            <p class="follow"><a class="button" href=page.url.clone()>{words.saved.go_on}</a></p>
        </section>
    };
    document(&page.frame, words.saved.title, Script::None, &Switch::None, body)
}
