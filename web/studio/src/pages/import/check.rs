//! Step two: what the file holds, and what each column becomes.

use api_types::{ImportColumn, ImportPreview, RunImport};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Card, Choice, Icon, Look, Notice, Quoting, Select, Table, TextField, Tone};

use super::Step;
use crate::{
    api, format,
    i18n::{Message, fill, hint, import as m, say, t},
    notify,
    pages::forms::count,
};

/// What a column can become, in the order of the menu.
const KINDS: [(&str, Message); 12] = [
    ("text", m::KIND_TEXT),
    ("long_text", m::KIND_LONG_TEXT),
    ("integer", m::KIND_INTEGER),
    ("number", m::KIND_NUMBER),
    ("boolean", m::KIND_BOOLEAN),
    ("date", m::KIND_DATE),
    ("datetime", m::KIND_DATETIME),
    ("single", m::KIND_SINGLE),
    ("multiple", m::KIND_MULTIPLE),
    ("email", m::KIND_EMAIL),
    ("phone", m::KIND_PHONE),
    ("skip", m::KIND_SKIP),
];

/// Is `key` a key: lower-case letters, digits and hyphens, a letter first? Letters of other scripts count.
fn is_key(key: &str) -> bool {
    key.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_uppercase())
        && key
            .chars()
            .all(|sign| sign == '-' || sign == '_' || sign.is_alphanumeric() && !sign.is_uppercase())
}

#[component]
pub fn Check(preview: ImportPreview, step: RwSignal<Step>) -> impl IntoView {
    let ImportPreview { id, file, encoding, rows, columns, sample, problems, form, title } = preview;
    let kinds: Vec<(ImportColumn, RwSignal<String>)> = columns
        .into_iter()
        .map(|column| {
            let kind = RwSignal::new(column.kind.clone());
            (column, kind)
        })
        .collect();
    let (form, title, app) = (RwSignal::new(form), RwSignal::new(title), RwSignal::new("imports".to_owned()));
    let busy = RwSignal::new(false);
    let key_wrong =
        Signal::derive(move || form.with(|form| !is_key(form)).then(|| say(m::KEY_WRONG).to_owned()));
    let title_wrong = Signal::derive(move || {
        title.with(|title| title.trim().is_empty()).then(|| say(m::TITLE_EMPTY).to_owned())
    });
    let chosen = kinds.clone();
    let run_id = id.clone();
    let start = move |_| {
        let run = RunImport {
            form: form.get_untracked(),
            title: title.get_untracked().trim().to_owned(),
            app: app.get_untracked(),
            columns: chosen
                .iter()
                .map(|(column, kind)| ImportColumn { kind: kind.get_untracked(), ..column.clone() })
                .collect(),
        };
        let headers = run.columns.iter().map(|column| column.header.clone()).collect();
        let id = run_id.clone();
        busy.set(true);
        spawn_local(async move {
            match api::run_import(&id, &run).await {
                Ok(progress) => step.set(Step::Run(Box::new(progress), headers)),
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let other = move |_| {
        let id = id.clone();
        spawn_local(async move { drop(api::drop_import(&id).await) });
        step.set(Step::Choose);
    };
    let more = problems.len().saturating_sub(8);
    view! {
        <div class="flex flex-col gap-4">
            <Card>
                <p class="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1"><span class="font-medium">{file}</span><span class="tabular text-muted">{fill(m::ROWS, &[("n", &format::number(count(rows), 0))])}</span><span class="text-muted">{encoding}</span></p>
                <div class="grid grid-cols-1 gap-4 md:grid-cols-3">
                    <TextField id="import-title" label=t(m::FORM_TITLE) value=title error=title_wrong required=true/>
                    <TextField id="import-key" label=t(m::FORM_KEY) value=form hint=hint(m::FORM_KEY_HINT) error=key_wrong required=true/>
                    <TextField id="import-app" label=t(m::APP) value=app required=true/>
                </div>
            </Card>
            {(!problems.is_empty()).then(|| view! {
                <Notice tone=Tone::Warning>
                    <p class="font-medium">{t(m::WARNINGS)}</p>
                    <p class="mb-2">{t(m::WARNINGS_HINT)}</p>
                    <ul class="list-disc pl-5">
                        {problems.into_iter().take(8).map(|problem| view! { <li><code class="mr-2 font-mono text-xs">{problem.path}</code><Quoting text=problem.message/></li> }).collect_view()}
                        {(more > 0).then(|| view! { <li>{fill(m::MORE_WARNINGS, &[("n", &more.to_string())])}</li> })}
                    </ul>
                </Notice>
            })}
            <Card flush=true>
                <Table label=t(m::COLUMNS) cards=true class="sm:max-h-[32rem]">
                    <thead><tr><th scope="col">{t(m::HEADER)}</th><th scope="col">{t(m::KIND)}</th><th scope="col" class="text-right">{t(m::FILLED)}</th><th scope="col">{t(m::EXAMPLE)}</th></tr></thead>
                    <tbody>
                        {kinds.into_iter().enumerate().map(|(index, (column, kind))| {
                            let label = column.header.clone();
                            let examples: Vec<String> = sample.iter().filter_map(|row| row.get(index)).filter(|cell| !cell.is_empty()).take(3).cloned().collect();
                            let choices = Signal::derive(|| KINDS.into_iter().map(|(key, name)| Choice::new(key, say(name))).collect::<Vec<_>>());
                            view! {
                                <tr class:opacity-50=move || kind.with(|kind| kind == "skip")>
                                    <td class="cx-card-head max-w-80"><span class="line-clamp-2 max-sm:font-medium">{column.header}</span></td>
                                    <td class="w-44 max-sm:w-auto" data-label=t(m::KIND)><Select label=label small=true choices=choices value=kind on_change=move |chosen| kind.set(chosen)/></td>
                                    <td class="tabular text-right text-muted" data-label=t(m::FILLED)>{format::number(count(column.filled), 0)}</td>
                                    <td class="max-w-80 text-muted" data-label=t(m::EXAMPLE)><span class="line-clamp-2">{examples.join(" · ")}</span></td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </Table>
            </Card>
            <div class="flex flex-wrap justify-end gap-2">
                <Button label=t(m::OTHER_FILE) on_press=other/>
                <Button label=t(m::START) icon=Icon::Upload look=Look::Primary busy=busy disabled=Signal::derive(move || key_wrong.get().is_some() || title_wrong.get().is_some()) on_press=start/>
            </div>
        </div>
    }
}
