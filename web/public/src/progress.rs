//! The customer's page of one case: where it stands, what was promised, what was said.
//!
//! Plain forms and links only. The small refresher script replaces the marked blocks while the
//! page is open; without it, "refresh" is a link.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::words::put;
use crate::{Kept, Message, Outcome, ProgressPage, ProgressStep, Promise, Standing, Words};

/// The page as HTML.
pub fn progress_page(page: &ProgressPage) -> String {
    let words = Words::of(page.frame.language);
    let language = page.frame.language;
    let received = page.received.words(language);
    let meta = format!("{} · {received}", page.number);
    let body = view! {
        <h1>{page.title.clone()}</h1>
        <p class="meta">{meta}</p>
        {outcome(page, words)}
        <div id="live" data-live="">
            {steps(page, words)}
            {promises(page, words)}
            {survey(page, words)}
            {conversation(page, words)}
            {settle(page, words)}
        </div>
        {write(page, words)}
        {answers(page, words)}
        <p class="fresh">
            <span id="as-of">{put(words.progress.as_of, &[("when", &page.as_of.words(language))])}</span>
            <a href=page.address.clone() id="refresh">{words.progress.refresh}</a>
        </p>
    };
    document(&page.frame, &page.title, Script::Progress, &Switch::Link, body)
}

fn outcome(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    let text = match page.outcome? {
        Outcome::Sent => words.progress.sent,
        Outcome::Confirmed => words.progress.confirmed,
        Outcome::Rejected => words.progress.rejected,
        Outcome::TooLate => words.progress.too_late,
        // Said at the box itself.
        Outcome::Empty | Outcome::TooLong => return None,
    };
    Some(view! { <p class="note outcome" role="status">{text}</p> }.into_any())
}

fn steps(page: &ProgressPage, words: &Words) -> AnyView {
    let steps: Vec<_> = page.steps.iter().map(|step| one_step(page, step, words)).collect();
    view! {
        <section class="block">
            <h2>{words.progress.steps}</h2>
            <ol class="path">{steps}</ol>
        </section>
    }
    .into_any()
}

fn one_step(page: &ProgressPage, step: &ProgressStep, words: &Words) -> AnyView {
    let (class, standing) = match step.standing {
        Standing::Done => ("done", words.progress.step_done),
        Standing::Current => ("current", words.progress.step_current),
        Standing::Ahead => ("ahead", words.progress.step_ahead),
    };
    let current = (step.standing == Standing::Current).then_some("step");
    let when = step.at.as_ref().map(|at| at.words(page.frame.language));
    let detail: Vec<String> = step.detail.iter().cloned().chain(when).collect();
    let detail = (!detail.is_empty()).then(|| view! { <span class="detail">{detail.join(" · ")}</span> });
    view! {
        <li class=class aria-current=current>
            <span class="step">{step.title.clone()}</span>
            <span class="unseen">{format!("({standing})")}</span>
            {detail}
        </li>
    }
    .into_any()
}

fn promises(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    if page.promises.is_empty() {
        return None;
    }
    let rows: Vec<_> = page.promises.iter().map(|promise| one_promise(page, promise, words)).collect();
    Some(
        view! {
            <section class="block">
                <h2>{words.progress.promises}</h2>
                <dl>{rows}</dl>
            </section>
        }
        .into_any(),
    )
}

fn one_promise(page: &ProgressPage, promise: &Promise, words: &Words) -> AnyView {
    let said = &words.progress;
    let at = |sentence: &str, moment: &crate::Moment| {
        put(sentence, &[("when", &moment.words(page.frame.language))])
    };
    let (class, text) = match &promise.kept {
        Kept::Due(due) => ("promise", at(said.due, due)),
        Kept::Paused => ("promise", said.paused.to_owned()),
        Kept::Met(when) => ("promise met", at(said.met, when)),
        Kept::Late => ("promise late", said.late.to_owned()),
        Kept::MetLate(when) => ("promise", at(said.met_late, when)),
    };
    view! { <div class=class><dt>{promise.title.clone()}</dt><dd>{text}</dd></div> }.into_any()
}

fn survey(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    page.survey.clone().map(|address| {
        view! {
            <section class="block ask">
                <h2>{words.progress.survey}</h2>
                <p class="settle"><a class="button" href=address>{words.progress.survey_go}</a></p>
            </section>
        }
        .into_any()
    })
}

fn conversation(page: &ProgressPage, words: &Words) -> AnyView {
    let messages: Vec<_> = page.messages.iter().map(|message| one_message(page, message, words)).collect();
    let said = if messages.is_empty() {
        view! { <p class="lead">{words.progress.no_reply_yet}</p> }.into_any()
    } else {
        view! { <ol class="said">{messages}</ol> }.into_any()
    };
    view! { <section class="block" id="conversation"><h2>{words.progress.conversation}</h2>{said}</section> }
        .into_any()
}

fn one_message(page: &ProgressPage, message: &Message, words: &Words) -> AnyView {
    let from = match (&message.from, message.own) {
        (_, true) => words.progress.you.to_owned(),
        (Some(name), false) => name.clone(),
        (None, false) => page.frame.team.clone().unwrap_or_default(),
    };
    let from = if message.call { format!("{from} · {}", words.progress.called) } else { from };
    view! {
        <li class=if message.own { "own" } else { "ours" }>
            <p class="who">
                <b>{from}</b>
                <time datetime=message.at.iso.clone()>{message.at.words(page.frame.language)}</time>
            </p>
            <p class="bubble">{message.text.clone()}</p>
        </li>
    }
    .into_any()
}

/// "Is it solved?": one tap to confirm; saying no may say why.
fn settle(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    if !page.may_confirm && !page.may_reject {
        return None;
    }
    let confirm = page.may_confirm.then(|| {
        view! { <button class="button" type="submit" name="action" value="confirm">{words.progress.confirm}</button> }
    });
    let reject = page.may_reject.then(|| {
        view! {
            <details class="fold not-yet">
                <summary>{words.progress.reject}</summary>
                <label class="unseen" for="why">{words.progress.reject_why}</label>
                <textarea class="field-line" id="why" name="text" rows="3" maxlength="4000" placeholder=words.progress.reject_why></textarea>
                <button class="button quiet" type="submit" name="action" value="reject">{words.progress.reject}</button>
            </details>
        }
    });
    Some(
        view! {
            <section class="block ask">
                <h2>{words.progress.ask}</h2>
                <p>{words.progress.ask_text}</p>
                <form method="post" action=page.address.clone()>
                    <input type="hidden" name="_language" value=page.frame.language.as_str() />
                    <div class="settle">{confirm}</div>
                    {reject}
                </form>
            </section>
        }
        .into_any(),
    )
}

fn write(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    if !page.may_write {
        return None;
    }
    let problem = match page.outcome {
        Some(Outcome::Empty) => Some(words.progress.empty),
        Some(Outcome::TooLong) => Some(words.progress.too_long),
        Some(Outcome::Sent | Outcome::Confirmed | Outcome::Rejected | Outcome::TooLate) | None => None,
    };
    let class = if problem.is_some() { "question wrong" } else { "question" };
    Some(
        view! {
            <section class="block" id="write">
                <h2>{words.progress.write}</h2>
                <form class="write" method="post" action=page.address.clone()>
                    <input type="hidden" name="_language" value=page.frame.language.as_str() />
                    <div class=class>
                        <label class="unseen" for="text">{words.progress.message}</label>
                        <textarea
                            class="field-line"
                            id="text"
                            name="text"
                            rows="4"
                            placeholder=words.progress.message
                            aria-invalid=problem.map(|_| "true")
                            aria-describedby="text-problem"
                            autofocus=problem.is_some()
                        >
                            {crate::escape::area(&page.typed)}
                        </textarea>
                        <p class="problem" id="text-problem" hidden=problem.is_none()>{problem}</p>
                    </div>
                    <button class="button quiet" type="submit" name="action" value="message">{words.progress.send}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn answers(page: &ProgressPage, words: &Words) -> Option<AnyView> {
    if page.answers.is_empty() {
        return None;
    }
    let rows: Vec<_> = page
        .answers
        .iter()
        .map(|(question, answer)| view! { <div><dt>{question.clone()}</dt><dd>{answer.clone()}</dd></div> })
        .collect();
    Some(
        view! {
            <details class="block fold">
                <summary>{words.progress.answers}</summary>
                <dl class="answers">{rows}</dl>
            </details>
        }
        .into_any(),
    )
}
