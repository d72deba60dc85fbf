//! Pages that have one thing to say: why there is no form, and what the reader can do.

use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::words::{Said, put};
use crate::{Notice, NoticePage, Words};

/// The page as HTML.
pub fn notice_page(page: &NoticePage) -> String {
    let words = Words::of(page.frame.language);
    let said = said(&page.notice, words);
    let text = match &page.notice {
        Notice::NotOpen(opens) => put(said.text, &[("when", &opens.words(page.frame.language))]),
        Notice::Unknown
        | Notice::Closed
        | Notice::Invitation
        | Notice::QuotaFull
        | Notice::Answered
        | Notice::SentBefore { .. }
        | Notice::TooLarge
        | Notice::Busy
        | Notice::Fault => said.text.to_owned(),
    };
    let body = view! {
        <div class="notice">
            <h1>{said.title}</h1>
            <p class="lead">{text}</p>
            {remedy(&page.notice, words)}
        </div>
    };
    document(&page.frame, said.title, Script::None, &Switch::Link, body)
}

fn said<'a>(notice: &Notice, words: &'a Words) -> &'a Said {
    match notice {
        Notice::Unknown => &words.notice.unknown,
        Notice::Closed => &words.notice.closed,
        Notice::NotOpen(_) => &words.notice.not_open,
        Notice::Invitation => &words.notice.invitation,
        Notice::QuotaFull => &words.notice.quota,
        Notice::Answered => &words.notice.answered,
        Notice::SentBefore { .. } => &words.notice.sent_before,
        Notice::TooLarge => &words.notice.too_large,
        Notice::Busy => &words.notice.busy,
        Notice::Fault => &words.notice.error,
    }
}

/// What the reader can do at once.
fn remedy(notice: &Notice, words: &Words) -> Option<AnyView> {
    match notice {
        Notice::SentBefore { slug } => {
            let address = format!("/f/{slug}");
            Some(view! { <p><a class="button quiet" href=address>{words.notice.again}</a></p> }.into_any())
        }
        Notice::Unknown
        | Notice::Closed
        | Notice::NotOpen(_)
        | Notice::Invitation
        | Notice::QuotaFull
        | Notice::Answered
        | Notice::TooLarge
        | Notice::Busy
        | Notice::Fault => None,
    }
}
