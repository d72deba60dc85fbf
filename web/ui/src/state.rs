//! What a page shows when it has nothing to show: empty, loading, failed.

use leptos::prelude::*;

use crate::{Button, Glyph, Icon, IconSize};

/// Nothing here yet: says why, and what to do about it.
#[component]
pub fn Empty(
    /// Above the words.
    icon: Icon,
    /// What is not here.
    #[prop(into)]
    title: Signal<String>,
    /// How it gets here.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// A button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-1 px-6 py-14 text-center">
            <span class="mb-2 grid size-14 place-items-center rounded-full bg-tint-neutral text-ink-neutral"><Glyph icon=icon size=IconSize::Huge/></span>
            <p class="text-base font-semibold">{title}</p>
            <p class="max-w-md text-muted empty:hidden">{hint}</p>
            {children.map(|children| view! { <div class="mt-4 flex flex-wrap justify-center gap-2">{children()}</div> })}
        </div>
    }
}

/// It did not work: says what, and offers to try again.
#[component]
pub fn Failed(
    /// What happened, in words.
    #[prop(into)]
    message: Signal<String>,
    /// The words on the button.
    #[prop(into)]
    again: Signal<String>,
    /// Try again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-1 px-6 py-14 text-center" role="alert">
            <span class="mb-2 grid size-14 place-items-center rounded-full bg-tint-error text-ink-error"><Glyph icon=Icon::CircleAlert size=IconSize::Huge/></span>
            <p class="max-w-md">{message}</p>
            <div class="mt-4"><Button label=again icon=Icon::Refresh on_press=move |_| on_again.run(())/></div>
        </div>
    }
}

/// Lines of the height that the real ones will have, so that nothing jumps.
#[component]
pub fn SkeletonLines(
    /// How many.
    #[prop(default = 6)]
    lines: usize,
    /// Classes of one line's height: `h-16` for a ticket.
    #[prop(default = "h-10")]
    line: &'static str,
) -> impl IntoView {
    let widths = ["w-3/4", "w-1/2", "w-2/3", "w-5/6", "w-3/5"];
    view! {
        <div aria-hidden="true">
            {(0..lines).map(|index| view! {
                <div class=format!("flex flex-col justify-center gap-2 border-b border-base-300 px-4 {line}")>
                    <div class=format!("skeleton h-3 {}", widths[index % widths.len()])></div>
                </div>
            }).collect_view()}
        </div>
    }
}

/// A block of a given size.
#[component]
pub fn Skeleton(
    /// Its classes of width and height.
    class: &'static str,
) -> impl IntoView {
    view! { <div class=format!("skeleton {class}") aria-hidden="true"></div> }
}

/// A thin bar of how far something is.
#[component]
pub fn Progress(
    /// What is going on.
    #[prop(into)]
    label: Signal<String>,
    /// 0–1.
    #[prop(into)]
    value: Signal<f64>,
) -> impl IntoView {
    view! { <progress class="progress progress-primary w-full" max="100" aria-label=label value=move || format!("{:.0}", value.get() * 100.0)></progress> }
}
