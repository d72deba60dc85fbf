//! Toasts: short news at the edge, read out by screen readers, gone by themselves.

use std::time::Duration;

use leptos::prelude::*;

use crate::{Button, Glyph, Icon, IconButton, Size, Tone};

/// One piece of news.
#[derive(Debug, Clone)]
pub struct Toast {
    /// Counts up; tells toasts apart.
    pub id: u64,
    /// What it means.
    pub tone: Tone,
    /// The words.
    pub text: String,
    /// What can be done about it: a button's name, and what it does.
    pub deed: Option<(String, Callback<()>)>,
}

/// Newest last.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    list: ArcRwSignal<Vec<Toast>>,
    count: ArcRwSignal<u64>,
}

impl Toasts {
    /// Shows `text` for some seconds; errors stay longer.
    pub fn show(&self, tone: Tone, text: String) {
        self.show_with(tone, text, None);
    }

    /// The same with something to do about it, for which there is more time.
    pub fn show_with(&self, tone: Tone, text: String, deed: Option<(String, Callback<()>)>) {
        let id = self.count.get_untracked() + 1;
        self.count.set(id);
        let seconds = if tone == Tone::Error || deed.is_some() { 9 } else { 4 };
        self.list.update(|list| list.push(Toast { id, tone, text, deed }));
        let list = self.list.clone();
        set_timeout(
            move || list.update(|list| list.retain(|toast| toast.id != id)),
            Duration::from_secs(seconds),
        );
    }

    fn dismiss(&self, id: u64) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where toasts appear; once per page.
#[component]
pub fn Toaster(
    /// What to show.
    toasts: Toasts,
    /// Name of the closing cross.
    #[prop(into)]
    close: Signal<String>,
) -> impl IntoView {
    let list = toasts.list.clone();
    view! {
        <div class="toast toast-top toast-center" aria-live="polite">
            <For each=move || list.get() key=|toast| toast.id let:toast>
                {
                    let (toasts, mine) = (toasts.clone(), toasts.clone());
                    let (icon, mark) = match toast.tone {
                        Tone::Neutral | Tone::Info => (Icon::Info, "text-info"),
                        Tone::Success => (Icon::CircleCheck, "text-success"),
                        Tone::Warning => (Icon::Alert, "text-warning"),
                        Tone::Error => (Icon::CircleAlert, "text-error"),
                    };
                    view! {
                        <div class="flex w-80 max-w-[calc(100vw-2rem)] items-start gap-2 rounded-box border border-base-300 bg-base-100 py-2 pr-2 pl-3 whitespace-normal shadow-overlay">
                            <span class=format!("pt-1.5 {mark}")><Glyph icon=icon/></span>
                            <p class="grow py-1">{toast.text}</p>
                            {toast.deed.map(|(name, deed)| view! { <Button label=Signal::stored(name) size=Size::Small on_press=move |_| { deed.run(()); mine.dismiss(toast.id); }/> })}
                            <IconButton label=close icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| toasts.dismiss(toast.id)/>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
