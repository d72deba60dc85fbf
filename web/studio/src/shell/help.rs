//! The keys there are, on one page: `?` opens it, and so does the palette.

use leptos::prelude::*;
use web_ui::Dialog;

use super::on_key;
use crate::i18n::{Message, common, shell as m, t};

/// Keys and what they do.
const KEYS: [(&[&str], Message); 7] = [
    (&["Ctrl", "K"], m::PALETTE),
    (&["?"], m::KEYS),
    (&["J", "K"], m::KEY_MOVE),
    (&["Enter"], m::KEY_OPEN),
    (&["R"], m::KEY_REPLY),
    (&["N"], m::KEY_NOTE),
    (&["M"], m::KEY_MINE),
];

#[component]
pub fn Help(open: RwSignal<bool>) -> impl IntoView {
    on_key(move |key| {
        let asked = key == "?";
        if asked {
            open.set(true);
        }
        asked
    });
    view! {
        <Dialog open=open title=t(m::KEYS) close=t(common::CLOSE)>
            <dl>
                {KEYS.into_iter().map(|(keys, does)| view! {
                    <div class="flex items-center justify-between gap-3 border-b border-base-300 py-2 last:border-b-0">
                        <dt>{t(does)}</dt>
                        <dd class="flex gap-1">{keys.iter().map(|key| view! { <kbd class="cx-kbd">{*key}</kbd> }).collect_view()}</dd>
                    </div>
                }).collect_view()}
            </dl>
        </Dialog>
    }
}
