//! One definition as JSON: problems at their place, saved by itself, published on purpose.

pub mod editor;
pub mod place;
mod publish;

use std::time::Duration;

use api_types::{DefinitionView, ProblemView, SaveDraft, VersionView};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use web_ui::{
    Badge, Button, Card, Icon, LinkButton, Look, Notice, PageHead, Quoting, Size, Skeleton, Tone, Up,
};

use crate::{
    api,
    holding::Held,
    i18n::{definitions as m, designer, fill, say, t},
    load::{Loaded, load},
    notify,
    pages::definitions::StateChips,
    shell::{Ago, page_title},
};
use editor::Editor;
use publish::PublishDialog;

/// Where the draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// As on the server.
    Saved,
    /// Edited, waiting for a pause.
    Edited,
    /// On its way.
    Sending,
    /// Cannot be saved: no JSON.
    NotJson,
    /// The server did not take it.
    Failed,
    /// Somebody else saved in between.
    Conflict,
}

/// The draft being edited.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The definition's id.
    pub id: StoredValue<String>,
    /// The text in the editor.
    pub text: RwSignal<String>,
    /// Sent with the next save.
    pub rev: RwSignal<u32>,
    /// Of the text as last checked.
    pub problems: RwSignal<Vec<ProblemView>>,
    /// Where it stands.
    pub saving: RwSignal<Saving>,
    /// The pause being waited for.
    timer: StoredValue<Option<TimeoutHandle>>,
}

const PAUSE: Duration = Duration::from_millis(800);

impl Draft {
    fn of(view: &DefinitionView) -> Self {
        Self {
            id: StoredValue::new(view.summary.id.clone()),
            text: RwSignal::new(view.draft.clone()),
            rev: RwSignal::new(view.rev),
            problems: RwSignal::new(view.problems.clone()),
            saving: RwSignal::new(Saving::Saved),
            timer: StoredValue::new(None),
        }
    }

    /// The text was changed: check at once that it is JSON, save after a pause.
    pub fn edit(self, text: String) {
        let fault = place::json_fault(&text);
        self.text.set(text);
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        if self.saving.get_untracked() == Saving::Conflict {
            return;
        }
        if let Some(problem) = fault {
            self.problems.set(vec![problem]);
            self.saving.set(Saving::NotJson);
            return;
        }
        self.saving.set(Saving::Edited);
        self.timer.set_value(set_timeout_with_handle(move || self.save(), PAUSE).ok());
    }

    /// Saves now; nothing to do when it is saved or cannot be.
    pub fn save(self) {
        if !matches!(self.saving.try_get_untracked(), Some(Saving::Edited | Saving::Failed)) {
            return;
        }
        let sent = self.text.get_untracked();
        let body = SaveDraft { rev: self.rev.get_untracked(), draft: sent.clone() };
        let id = self.id.get_value();
        self.saving.set(Saving::Sending);
        spawn_local(async move {
            let answer = api::save_draft(&id, &body).await;
            let Some(now) = self.text.try_get_untracked() else { return };
            match answer {
                Ok(saved) => {
                    self.rev.set(saved.rev);
                    if now == sent {
                        self.problems.set(saved.problems);
                        self.saving.set(Saving::Saved);
                    } else if place::json_fault(&now).is_none() {
                        self.saving.set(Saving::Edited);
                        self.save();
                    }
                }
                Err(fault) if fault.status == 409 => self.saving.set(Saving::Conflict),
                Err(fault) => {
                    notify::fault(&fault);
                    self.saving.set(Saving::Failed);
                }
            }
        });
    }
}

/// `/s/definitions/:id`
#[component]
pub fn Definition() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let definition = load(move || id.get(), |id| async move { api::definition(&id).await });
    page_title(move || definition.with(|view| view.summary.title.clone()).unwrap_or_default());
    let versions = load(move || id.get(), |id| async move { api::versions(&id).await });
    definition.view(
        || view! { <div class="cx-page flex flex-col gap-4"><Skeleton class="h-8 w-64"/><Skeleton class="h-96 w-full"/></div> },
        move |view| {
            let draft = Draft::of(&view.get_untracked());
            view! { <Page view=view draft=draft definition=definition versions=versions/> }
        },
    )
}

#[component]
fn Page(
    view: Signal<DefinitionView>,
    draft: Draft,
    definition: Loaded<DefinitionView>,
    versions: Loaded<Vec<VersionView>>,
) -> impl IntoView {
    let publishing = RwSignal::new(false);
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() {
            match event.key().as_str() {
                "s" => draft.save(),
                "Enter" => publishing.set(true),
                _ => return,
            }
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        keys.remove();
        // Leaving the page saves what the pause still held back.
        draft.save();
    });
    let summary = Memo::new(move |_| view.with(|view| view.summary.clone()));
    let title = Signal::derive(move || summary.get().title);
    let about = Signal::derive(move || Some(format!("{} / {}", summary.get().app, summary.get().key)));
    view! {
        <div class="cx-page cx-wide-page cx-fill">
            <Up href="/s/definitions" label=t(m::TITLE)/>
            <PageHead title=title about=about>
                <SavingChip draft=draft/>
                {move || view! { <StateChips live=summary.get().live changed=summary.get().changed || draft.saving.get() != Saving::Saved/> }}
                {move || (summary.get().kind == api_types::DefinitionKind::Form).then(|| view! {
                    <LinkButton label=t(designer::DESIGN) href=format!("/s/forms/{}/build", summary.get().key) icon=Icon::Form load=true/>
                })}
                <Button label=t(m::PUBLISH) look=Look::Primary icon=Icon::Send on_press=move |_| publishing.set(true)/>
            </PageHead>
            <Held id=draft.id.get_value()/>
            <Conflict draft=draft definition=definition/>
            <div class="cx-editor-page">
                <Editor text=draft.text problems=draft.problems on_edit=Callback::new(move |text| draft.edit(text))/>
                <div class="flex min-w-0 flex-col gap-4 lg:overflow-auto">
                    <Problems draft=draft/>
                    <Versions versions=versions/>
                </div>
            </div>
            <PublishDialog draft=draft open=publishing title=title done=Callback::new(move |()| { definition.refresh(); versions.refresh(); })/>
        </div>
    }
}

#[component]
fn SavingChip(draft: Draft) -> impl IntoView {
    move || {
        let (words, tone) = match draft.saving.get() {
            Saving::Saved => (m::SAVED, Tone::Neutral),
            Saving::Edited => (m::UNSAVED, Tone::Neutral),
            Saving::Sending => (m::SAVING, Tone::Neutral),
            Saving::NotJson => (m::NOT_JSON, Tone::Warning),
            Saving::Failed => (m::SAVE_FAILED, Tone::Error),
            Saving::Conflict => (m::CONFLICT, Tone::Error),
        };
        view! { <span aria-live="polite"><Badge label=t(words) tone=Signal::stored(tone)/></span> }
    }
}

#[component]
fn Conflict(draft: Draft, definition: Loaded<DefinitionView>) -> impl IntoView {
    let settle = move |keep_mine: bool| {
        let id = draft.id.get_value();
        spawn_local(async move {
            match api::definition(&id).await {
                Ok(newest) => {
                    draft.rev.set(newest.rev);
                    if keep_mine {
                        draft.saving.set(Saving::Edited);
                        draft.save();
                    } else {
                        draft.text.set(newest.draft.clone());
                        draft.problems.set(newest.problems.clone());
                        draft.saving.set(Saving::Saved);
                    }
                    definition.set(newest);
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    view! {
        <Show when=move || draft.saving.get() == Saving::Conflict>
            <div class="mb-3">
                <Notice tone=Tone::Warning>
                    <div class="flex flex-wrap items-center gap-2">
                        <span class="grow">{t(m::CONFLICT)}</span>
                        <Button label=t(m::TAKE_THEIRS) size=Size::Small on_press=move |_| settle(false)/>
                        <Button label=t(m::KEEP_MINE) size=Size::Small on_press=move |_| settle(true)/>
                    </div>
                </Notice>
            </div>
        </Show>
    }
}

#[component]
fn Problems(draft: Draft) -> impl IntoView {
    let lines = Memo::new(move |_| {
        draft.text.with(|text| draft.problems.with(|problems| place::lines_of(text, problems)))
    });
    let count = move || draft.problems.with(Vec::len);
    view! {
        <Card title=Signal::derive(move || if count() == 0 { say(m::PROBLEMS).to_owned() } else { fill(m::PROBLEMS_N, &[("n", &count().to_string())]) }) flush=true>
            <Show when=move || { count() > 0 } fallback=|| view! { <p class="flex items-center gap-2 px-4 py-3 text-muted"><span class="text-success"><web_ui::Glyph icon=Icon::CircleCheck/></span>{t(m::NO_PROBLEMS)}</p> }>
                <ul>
                    {move || draft.problems.get().into_iter().zip(lines.get()).map(|(problem, line)| view! {
                        <li>
                            <button type="button" class="cx-line block w-full cursor-pointer px-4 py-2 text-left" on:click=move |_| editor::jump(line)>
                                <span class="block"><Quoting text=problem.message/></span>
                                <span class="block text-xs text-muted">{fill(m::LINE, &[("n", &line.to_string())])} " · " <code class="font-mono">{problem.path}</code></span>
                            </button>
                        </li>
                    }).collect_view()}
                </ul>
            </Show>
        </Card>
    }
}

#[component]
fn Versions(versions: Loaded<Vec<VersionView>>) -> impl IntoView {
    view! {
        <Card title=t(m::VERSIONS) flush=true>
            {versions.view(
                || view! { <div class="p-4"><Skeleton class="h-4 w-40"/></div> },
                |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <p class="px-4 py-3 text-muted">{t(m::NO_VERSIONS)}</p> }>
                        <ul>
                            <For each=move || list.get() key=|version| (version.number, version.live) let:version>
                                <li class="flex items-center gap-2 border-b border-base-300 px-4 py-2 last:border-b-0">
                                    <span class="tabular font-medium">"v"{version.number}</span>
                                    {version.live.then(|| view! { <Badge label=t(m::IN_FORCE) tone=Tone::Success/> })}
                                    <span class="min-w-0 grow truncate text-xs text-muted">{version.published_by.map(|name| fill(m::BY, &[("name", &name)]))}</span>
                                    <span class="text-xs text-muted"><Ago at=version.published_at/></span>
                                </li>
                            </For>
                        </ul>
                    </Show>
                },
            )}
        </Card>
    }
}
