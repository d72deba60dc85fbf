//! What somebody sent, by its receipt: asked for, shown, erased. Works without script.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::words::put;
use crate::{Moment, OwnPage, OwnStep, Words};

/// The page as HTML.
pub fn own_page(page: &OwnPage) -> String {
    let words = Words::of(page.frame.language);
    let language = page.frame.language.as_str();
    let (title, switch, body) = match &page.step {
        OwnStep::Ask { code, contact, problem } => (
            words.own.title.to_owned(),
            Switch::Link,
            asked(words, language, code, contact, problem.is_some()),
        ),
        OwnStep::Shown { title, receipt, received, answers, edit, key } => {
            let head = head(page, title, receipt, received);
            let body = view! { {head} {told(words, answers)} {wishes(words, language, edit.clone(), key)} };
            (title.clone(), Switch::None, body.into_any())
        }
        OwnStep::Erased => {
            let body = view! {
                <div class="notice"><h1>{words.own.erased}</h1><p class="lead">{words.own.erased_text}</p></div>
            };
            (words.own.erased.to_owned(), Switch::None, body.into_any())
        }
    };
    document(&page.frame, &title, Script::None, &switch, body)
}

fn asked(words: &Words, language: &'static str, code: &str, contact: &str, wrong: bool) -> AnyView {
    let problem = wrong.then(|| {
        view! { <div class="note wrong" id="now" role="alert" tabindex="-1"><p><strong>{words.own.unknown}</strong></p><p>{words.own.unknown_text}</p></div> }
    });
    view! {
        <div class="intro"><h1>{words.own.title}</h1><p class="lead">{words.own.lead}</p></div>
        {problem}
        <form class="form last" method="post" action="/r#now">
            <input type="hidden" name="_language" value=language />
            <div class="question now">
                <label class="title" for="code">{words.own.code}</label>
                <div class="input">
                    <input class="field-line" id="code" name="code" type="text" required="required" maxlength="20" autocomplete="off" autocapitalize="characters" value=code.to_owned() />
                </div>
            </div>
            <div class="question now">
                <label class="title" for="contact">{words.own.contact}</label>
                <p class="help" id="contact-help">{words.own.contact_help}</p>
                <div class="input">
                    <input class="field-line" id="contact" name="contact" type="text" maxlength="200" aria-describedby="contact-help" value=contact.to_owned() />
                </div>
            </div>
            <div class="actions"><button class="button primary" type="submit">{words.own.look}</button></div>
        </form>
    }
    .into_any()
}

fn head(page: &OwnPage, title: &str, receipt: &str, received: &Moment) -> AnyView {
    let words = Words::of(page.frame.language);
    let when = put(words.own.received, &[("when", &received.words(page.frame.language))]);
    view! {
        <div class="intro"><h1>{title.to_owned()}</h1><p class="lead">{receipt.to_owned()}" · "{when}</p></div>
    }
    .into_any()
}

fn told(words: &Words, answers: &[(String, String)]) -> AnyView {
    let rows: Vec<_> = answers
        .iter()
        .map(|(question, answer)| view! { <div><dt>{question.clone()}</dt><dd>{answer.clone()}</dd></div> })
        .collect();
    view! { <section class="block"><h2>{words.progress.answers}</h2><dl class="answers">{rows}</dl></section> }
        .into_any()
}

/// To correct it, and to have it erased: that asks once more, without script.
fn wishes(words: &Words, language: &'static str, edit: Option<String>, key: &str) -> AnyView {
    let correct = edit
        .map(|address| view! { <p class="follow"><a class="button" href=address>{words.own.edit}</a></p> });
    view! {
        {correct}
        <details class="block fold">
            <summary>{words.own.erase}</summary>
            <p>{words.own.erase_text}</p>
            <form method="post" action="/r">
                <input type="hidden" name="_language" value=language />
                <input type="hidden" name="_key" value=key.to_owned() />
                <button class="button quiet" type="submit">{words.own.erase_now}</button>
            </form>
        </details>
    }
    .into_any()
}
