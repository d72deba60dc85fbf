//! Toasts from anywhere in the studio.

use std::sync::LazyLock;

use leptos::prelude::Callback;
use web_ui::{Toasts, Tone};

use crate::{
    api::Fault,
    browser,
    i18n::{Message, common, say},
};

static TOASTS: LazyLock<Toasts> = LazyLock::new(Toasts::default);

/// For the one place that shows them.
pub fn toasts() -> Toasts {
    TOASTS.clone()
}

/// It worked.
pub fn success(message: Message) {
    TOASTS.show(Tone::Success, say(message).to_owned());
}

/// Something to know.
pub fn info(text: String) {
    TOASTS.show(Tone::Info, text);
}

/// Something to know, and what can be done about it.
pub fn offer(text: String, name: Message, deed: impl Fn(()) + Send + Sync + 'static) {
    TOASTS.show_with(Tone::Info, text, Some((say(name).to_owned(), Callback::new(deed))));
}

/// It did not work, and why.
pub fn fault(fault: &Fault) {
    // Problems quote with backticks; here nothing draws them as code.
    TOASTS.show(Tone::Error, fault.in_words().replace('`', ""));
}

/// Copies `text` and says so.
pub fn copy(text: String) {
    browser::copy(text, |worked| {
        if worked {
            success(common::COPIED);
        } else {
            TOASTS.show(Tone::Error, say(common::COPY_REFUSED).to_owned());
        }
    });
}
