//! Publishing: what it means, what stands against it, one button.

use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Dialog, DialogActions, Look, Notice, Quoting, Tone};

use super::{Draft, Saving};
use crate::{
    api,
    i18n::{common, definitions as m, fill, t},
    notify,
};

#[component]
pub fn PublishDialog(
    draft: Draft,
    open: RwSignal<bool>,
    title: Signal<String>,
    done: Callback<()>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let publish = move |_| {
        let (id, rev) = (draft.id.get_value(), draft.rev.get_untracked());
        busy.set(true);
        spawn_local(async move {
            match api::publish(&id, rev).await {
                Ok(version) => {
                    notify::info(fill(m::PUBLISHED, &[("n", &version.number.to_string())]));
                    open.set(false);
                    done.run(());
                }
                Err(fault) if fault.status == 409 => {
                    draft.saving.set(Saving::Conflict);
                    open.set(false);
                }
                Err(fault) => {
                    if !fault.problems.is_empty() {
                        draft.problems.set(fault.problems.clone());
                    }
                    notify::fault(&fault);
                }
            }
            busy.set(false);
        });
    };
    let count = move || draft.problems.with(Vec::len);
    let blocked = Signal::derive(move || count() > 0 || draft.saving.get() != Saving::Saved);
    view! {
        <Dialog open=open title=Signal::derive(move || fill(m::PUBLISH_TITLE, &[("name", &title.get())])) close=t(common::CLOSE)>
            <p>{t(m::PUBLISH_ABOUT)}</p>
            <Show when=move || { count() > 0 }>
                <div class="mt-4"><Notice tone=Tone::Error>{move || fill(m::PUBLISH_BLOCKED, &[("n", &count().to_string())])}</Notice></div>
                <ul class="mt-3 list-disc pl-5 text-muted">{move || draft.problems.get().into_iter().take(6).map(|problem| view! { <li><Quoting text=problem.message/></li> }).collect_view()}</ul>
            </Show>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::PUBLISH) look=Look::Primary busy=busy disabled=blocked on_press=publish/>
            </DialogActions>
        </Dialog>
    }
}
