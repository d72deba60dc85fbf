//! The chip that says how the draft stands.

use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Badge, Button, Notice, Size, Tone};

use super::desk::{Desk, Saving};
use super::versions::when;
use crate::{
    browser, format,
    i18n::{designer as m, fill, say, t},
    settings,
};

/// `Live v3, 5 changes not live · Saved 3 s ago`
#[component]
pub fn StateChips(desk: Desk, changes: Signal<usize>) -> impl IntoView {
    // Counts along while somebody looks.
    let now = RwSignal::new(browser::now_ms());
    let ticking =
        set_interval_with_handle(move || now.set(browser::now_ms()), std::time::Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let standing = move || {
        let problems = desk.problems.with(Vec::len);
        let live = desk.live.with(|live| live.as_ref().map(|(number, _)| *number));
        match (problems, live, changes.get()) {
            (1.., _, _) => (fill(m::STATE_PROBLEMS, &[("n", &problems.to_string())]), Tone::Error),
            (0, None, _) => (say(m::STATE_DRAFT).to_owned(), Tone::Neutral),
            (0, Some(number), 0) => (fill(m::STATE_LIVE, &[("n", &number.to_string())]), Tone::Success),
            (0, Some(number), changes) => {
                let values = [("n", number.to_string()), ("m", changes.to_string())];
                (fill(m::STATE_CHANGES, &[("n", &values[0].1), ("m", &values[1].1)]), Tone::Warning)
            }
        }
    };
    let standing = Memo::new(move |_| standing());
    let saving = move || match desk.saving.get() {
        Saving::Saved => match desk.saved_at.get() {
            Some(at) => fill(m::SAVED_AT, &[("ago", &ago(at, now.get()))]),
            None => say(m::SAVED_NOW).to_owned(),
        },
        Saving::Edited => say(m::UNSAVED).to_owned(),
        Saving::Sending => say(m::SAVING).to_owned(),
        Saving::Offline => say(m::OFFLINE).to_owned(),
        Saving::Conflict => say(m::CONFLICT).to_owned(),
    };
    view! {
        <span class="cx-designer-state" role="status">
            <Badge label=Signal::derive(move || standing.get().0) tone=Signal::derive(move || standing.get().1)/>
            <span class="truncate text-xs text-muted" class:text-error=move || matches!(desk.saving.get(), Saving::Offline | Saving::Conflict)>{saving}</span>
        </span>
    }
}

fn ago(at: i64, now: i64) -> String {
    let seconds = (now - at).max(0) / 1_000;
    if seconds < 60 {
        return fill(m::SECONDS_AGO, &[("n", &seconds.to_string())]);
    }
    format::ago(at, now, browser::offset_minutes(at), settings::language())
}

/// Somebody else saved: when, what differs, and what is to become of this one.
#[component]
pub fn Conflict(desk: Desk, differences: Callback<(Value, Value), Vec<String>>) -> impl IntoView {
    let conflict = move || desk.saving.get() == Saving::Conflict;
    let at = move || {
        desk.theirs.get().map(|(_, at, by)| match by {
            Some(name) => fill(m::SAVED_ELSEWHERE, &[("name", &name), ("at", &when(&at))]),
            None => fill(m::THEIRS_SAVED, &[("at", &when(&at))]),
        })
    };
    let said = Memo::new(move |_| {
        let theirs = desk.theirs.get()?;
        Some(differences.run((theirs.0, desk.document.get())))
    });
    view! {
        <Show when=conflict>
            <div class="px-3 pt-3">
                <Notice tone=Tone::Warning>
                    <div class="flex flex-wrap items-center gap-2">
                        <span class="grow">{t(m::CONFLICT)} " " {at}</span>
                        <Button label=t(m::TAKE_THEIRS) size=Size::Small on_press=move |_| desk.settle(false)/>
                        <Button label=t(m::KEEP_COPY) size=Size::Small on_press=move |_| desk.set_aside()/>
                        <Button label=t(m::KEEP_MINE) size=Size::Small on_press=move |_| desk.settle(true)/>
                    </div>
                    {move || said.get().filter(|said| !said.is_empty()).map(|said| view! {
                        <details class="mt-2">
                            <summary class="cursor-pointer">{fill(m::MINE_AGAINST_THEIRS, &[("n", &said.len().to_string())])}</summary>
                            <ul class="cx-scroll mt-1 max-h-40 list-disc pl-5">{said.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                        </details>
                    })}
                </Notice>
            </div>
        </Show>
    }
}
