//! The thank-you: what the author says for this score, the receipt, the way to the progress page.
//!
//! One body for both ways of sending: written with its receipt by the server, or waiting hidden
//! in the form page for the browser module to fill in.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::{Frame, QuizText, Thanks, ThanksPage, Words};

/// The page as HTML.
pub fn thanks_page(page: &ThanksPage) -> String {
    let words = Words::of(page.frame.language);
    let edit = page.edit.as_ref().map(|address| format!("{address}&lang={}", page.frame.language.as_str()));
    let body = view! {
        <section class="thanks">
            {body(&page.thanks, words, Some(page.receipt.clone()), page.progress.clone(), edit)}
            {again(&page.frame, words)}
        </section>
    };
    let title = page.thanks.title.clone().unwrap_or_else(|| words.thanks.title.to_owned());
    document(&page.frame, &title, Script::None, &Switch::Link, body)
}

/// The thank-you; without a receipt it is a mould whose marked places the module fills.
pub(crate) fn body(
    thanks: &Thanks,
    words: &Words,
    receipt: Option<String>,
    progress: Option<String>,
    edit: Option<String>,
) -> AnyView {
    let mould = receipt.is_none();
    let (opened, fixed) = (progress.is_some(), edit.is_none());
    let title = thanks.title.clone().unwrap_or_else(|| words.thanks.title.to_owned());
    let text = match &thanks.text {
        Some(text) => view! { <p class="lead">{text.clone()}</p> }.into_any(),
        None if mould => view! {
            <p class="lead" data-plain="">{words.thanks.text}</p>
            <p class="lead" data-opened="">{words.thanks.text_opened}</p>
        }
        .into_any(),
        None if opened => view! { <p class="lead">{words.thanks.text_opened}</p> }.into_any(),
        None => view! { <p class="lead">{words.thanks.text}</p> }.into_any(),
    };
    let link = thanks.link.clone().filter(|(_, address)| leads_out(address)).map(|(label, address)| {
        view! { <p class="follow"><a class="button quiet" href=address rel="noopener">{label}</a></p> }
    });
    view! {
        <svg class="mark" viewBox="0 0 56 56" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <circle cx="28" cy="28" r="26"></circle>
            <path d="M18 28.8l6.8 6.8L38.6 21.6"></path>
        </svg>
        <h1>{title}</h1>
        {text}
        {results(thanks)}
        <dl class="receipt">
            <div><dt>{words.thanks.receipt}</dt><dd data-receipt="">{receipt.clone()}</dd></div>
        </dl>
        <div class="follow" data-follow="" hidden=!opened>
            <a class="button" data-progress="" href=progress>{words.thanks.follow}</a>
            <p>{words.thanks.keep}</p>
        </div>
        <p class="follow" data-change="" hidden=fixed>
            <a class="button quiet" data-edit="" href=edit>{words.thanks.edit}</a>
        </p>
        {link}
        {thanks.own.then(|| own(words, receipt))}
    }
    .into_any()
}

/// The way to look it up again. Posted, so that the receipt stands in no address and no log.
fn own(words: &Words, receipt: Option<String>) -> AnyView {
    view! {
        <form class="own" method="post" action="/r">
            <input type="hidden" name="_language" value=words.tag />
            <input type="hidden" name="code" data-receipt="" value=receipt />
            <button type="submit" name="_step" value="ask">{words.thanks.own}</button>
        </form>
    }
    .into_any()
}

/// At a device that many people use: the way to the next one's empty form; for a member, back to their work.
pub(crate) fn again(frame: &Frame, words: &Words) -> Option<AnyView> {
    if let Some(address) = frame.back.clone() {
        let link = view! { <p class="follow"><a class="button" href=address>{words.thanks.back}</a></p> };
        return Some(link.into_any());
    }
    let address = frame.again.clone()?;
    Some(
        view! { <p class="follow"><a class="button" id="again" href=address>{words.thanks.again}</a></p> }
            .into_any(),
    )
}

/// The quiz's results; in a mould all of them stand hidden, and the page's script shows the one that fits.
fn results(thanks: &Thanks) -> Vec<AnyView> {
    let one = |(index, (result, fits)): (usize, &(QuizText, bool))| {
        let title = result.title.clone().map(|title| view! { <h2>{title}</h2> });
        let text = result.text.clone().map(|text| view! { <p>{text}</p> });
        view! { <div class="result" data-result=index.to_string() hidden=!fits>{title}{text}</div> }
            .into_any()
    };
    thanks.results.iter().enumerate().map(one).collect()
}

/// Authors link to pages, never to script.
fn leads_out(address: &str) -> bool {
    ["https://", "http://", "/", "tel:", "mailto:"].iter().any(|start| address.starts_with(start))
}
