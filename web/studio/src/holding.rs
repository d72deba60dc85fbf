//! "Li is editing": who else is at a draft, and who saved it last. A soft lock: nobody is kept out, nobody is surprised.

use std::time::Duration;

use api_types::Holding;
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Button, Notice, Size, Tone};

use crate::{
    api, browser, format,
    i18n::{designer as m, fill, t},
    settings,
};

/// How often somebody says that they are still there.
const BEAT: Duration = Duration::from_secs(12);

/// The banner above a draft; says on the way that the reader is at it.
#[component]
pub fn Held(
    /// The definition.
    id: String,
    /// A line of space around it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let told = RwSignal::new(None::<Holding>);
    let had = RwSignal::new(false);
    let ask = move |take: bool| {
        spawn_local(async move {
            let Some(id) = id.try_get_value() else { return };
            if let Ok(holding) = api::hold(&id, take).await {
                if holding.by.is_none() {
                    had.try_set(true);
                }
                told.try_set(Some(holding));
            }
        });
    };
    ask(false);
    let beat = set_interval_with_handle(
        move || {
            if !document().hidden() {
                ask(false);
            }
        },
        BEAT,
    );
    let leave = move || {
        if told.try_with_untracked(|told| told.as_ref().is_some_and(|told| told.by.is_none())) == Some(true)
            && let Some(id) = id.try_get_value()
        {
            spawn_local(async move {
                let _ = api::release(&id).await;
            });
        }
    };
    let gone = window_event_listener(ev::pagehide, move |_| leave());
    on_cleanup(move || {
        leave();
        gone.remove();
        if let Ok(beat) = beat {
            beat.clear();
        }
    });
    let words = move || {
        let told = told.get()?;
        let by = told.by?;
        let saved = told
            .saved_by
            .zip(told.saved_at)
            .map(|(who, at)| fill(m::SAVED_BY, &[("name", &who), ("ago", &ago(&at))]));
        let head = fill(if had.get() { m::TOOK_OVER } else { m::IS_EDITING }, &[("name", &by)]);
        Some((head, saved))
    };
    view! {
        {move || words().map(|(head, saved)| view! {
            <div class=class>
                <Notice tone=Tone::Info>
                    <div class="flex flex-wrap items-center gap-2">
                        <span class="grow"><b>{head}</b> " " {saved}</span>
                        <Button label=t(m::TAKE_OVER) size=Size::Small on_press=move |_| ask(true)/>
                    </div>
                </Notice>
            </div>
        })}
    }
}

/// "3 minutes ago" of an instant of the server's.
fn ago(at: &str) -> String {
    let now = browser::now_ms();
    format::parse_ms(at).map_or_else(
        || at.to_owned(),
        |ms| format::ago(ms, now.max(ms), browser::offset_minutes(ms), settings::language()),
    )
}
