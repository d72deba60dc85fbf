//! Step three: how far it is; then what was stored, and every refused row with its reason.

use std::time::Duration;

use api_types::{ImportProgress, RefusedRow};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Card, Icon, LinkButton, Look, Notice, Progress, Quoting, Table, Tone};

use super::Step;
use crate::{
    api, browser, format,
    i18n::{fill, import as m, say, t},
    live, notify,
    pages::forms::count,
};

fn is_over(progress: &ImportProgress) -> bool {
    matches!(progress.status.as_str(), "done" | "cancelled" | "failed")
}

#[component]
pub fn Run(first: ImportProgress, headers: Vec<String>, step: RwSignal<Step>) -> impl IntoView {
    let id = StoredValue::new(first.id.clone());
    let progress = RwSignal::new(first);
    let ask = move || {
        if progress.try_with_untracked(is_over) == Some(false) {
            spawn_local(async move {
                if let Ok(newer) = api::import_progress(&id.get_value()).await {
                    let _ = progress.try_set(newer);
                }
            });
        }
    };
    if let Ok(poll) = set_interval_with_handle(ask, Duration::from_millis(700)) {
        on_cleanup(move || poll.clear());
    }
    live::listen_calmly(|change| change.entity == "import", ask);
    let over = Memo::new(move |_| progress.with(is_over));
    view! {
        <div class="flex flex-col gap-4">
            <Show when=move || over.get() fallback=move || view! { <Running progress=progress id=id/> }>
                <Over progress=progress step=step/>
            </Show>
            <Refused progress=progress headers=headers.clone()/>
        </div>
    }
}

#[component]
fn Running(progress: RwSignal<ImportProgress>, id: StoredValue<String>) -> impl IntoView {
    let share = Signal::derive(move || {
        progress.with(
            |progress| if progress.rows == 0 { 0.0 } else { count(progress.done) / count(progress.rows) },
        )
    });
    let words = move || {
        progress.with(|progress| {
            fill(
                m::OF_ROWS,
                &[
                    ("done", &format::number(count(progress.done), 0)),
                    ("rows", &format::number(count(progress.rows), 0)),
                ],
            )
        })
    };
    let stop = move |_| {
        spawn_local(async move {
            if let Err(fault) = api::drop_import(&id.get_value()).await {
                notify::fault(&fault);
            }
        });
    };
    view! {
        <Card>
            <div class="mb-3 flex items-center gap-3">
                <p class="grow font-medium">{t(m::RUNNING)} <span class="tabular ml-2 font-normal text-muted">{words}</span></p>
                <Button label=t(m::STOP) on_press=stop/>
            </div>
            <Progress label=t(m::RUNNING) value=share/>
        </Card>
    }
}

#[component]
fn Over(progress: RwSignal<ImportProgress>, step: RwSignal<Step>) -> impl IntoView {
    let end = progress.get_untracked();
    let (words, tone) = match end.status.as_str() {
        "done" => (m::DONE, Tone::Success),
        "cancelled" => (m::CANCELLED, Tone::Warning),
        _ => (m::FAILED, Tone::Error),
    };
    view! {
        <Notice tone=tone><p class="font-medium">{t(words)}</p></Notice>
        <div class="grid grid-cols-2 gap-3 md:max-w-md">
            <div class="cx-card p-4"><p class="text-xs text-muted">{t(m::IMPORTED)}</p><p class="tabular text-2xl font-semibold">{format::number(count(end.imported), 0)}</p></div>
            <div class="cx-card p-4"><p class="text-xs text-muted">{t(m::REFUSED)}</p><p class="tabular text-2xl font-semibold" class:text-error=end.refused != 0>{format::number(count(end.refused), 0)}</p></div>
        </div>
        <div class="flex flex-wrap gap-2">
            {end.form.map(|form| view! { <LinkButton label=t(m::SEE) icon=Icon::Form look=Look::Primary href=format!("/s/forms/{form}/submissions")/> })}
            <Button label=t(m::AGAIN) icon=Icon::Upload on_press=move |_| step.set(Step::Choose)/>
        </div>
    }
}

fn reasons(row: &RefusedRow) -> String {
    row.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
}

/// The refused rows as a file that can be corrected and imported again: the reason stands last.
fn refused_csv(headers: &[String], rows: &[RefusedRow]) -> String {
    let mut head = headers.to_vec();
    head.push(say(m::REASON).to_owned());
    let mut text = format!("\u{feff}{}", format::csv_line(&head));
    for row in rows {
        let mut cells = row.cells.clone();
        cells.resize(headers.len(), String::new());
        cells.push(reasons(row));
        text.push_str(&format::csv_line(&cells));
    }
    text
}

#[component]
fn Refused(progress: RwSignal<ImportProgress>, headers: Vec<String>) -> impl IntoView {
    let rows = Memo::new(move |_| progress.with(|progress| progress.refusals.clone()));
    let headers = StoredValue::new(headers);
    let download = move |_| {
        let text = headers.with_value(|headers| refused_csv(headers, &rows.get_untracked()));
        browser::download("refused.csv", "text/csv;charset=utf-8", &text);
    };
    view! {
        <Show when=move || !rows.with(Vec::is_empty)>
            <Card flush=true>
                <header class="flex flex-wrap items-center gap-2 border-b border-base-300 px-4 py-2.5">
                    <div class="grow"><h2 class="text-sm">{t(m::REFUSED_ROWS)}</h2><p class="text-xs text-muted">{t(m::REFUSED_HINT)}</p></div>
                    <Button label=t(m::DOWNLOAD) icon=Icon::Download on_press=download/>
                </header>
                <Table label=t(m::REFUSED_ROWS) class="max-h-96">
                    <thead><tr><th scope="col">{t(m::ROW)}</th><th scope="col">{t(m::REASON)}</th><th scope="col">{t(m::CELLS)}</th></tr></thead>
                    <tbody>
                        {move || rows.get().into_iter().map(|row| view! {
                            <tr><td class="tabular">{row.row}</td><td class="min-w-56 text-error"><Quoting text=reasons(&row)/></td><td class="text-muted"><span class="line-clamp-2">{row.cells.join(" · ")}</span></td></tr>
                        }).collect_view()}
                    </tbody>
                </Table>
            </Card>
        </Show>
    }
}
