//! Single-key commands: only outside of fields, and only while the component that asked is on the page.

use leptos::{ev, prelude::*};

use crate::browser;

/// Calls `then` with each key pressed outside of fields; `true` says the key was used.
pub fn on_key(then: impl Fn(&str) -> bool + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if !browser::is_typing(&event) && then(&event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
