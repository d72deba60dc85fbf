//! The import wizard: choose a file, correct the columns, watch it run, read what was refused.

mod check;
mod choose;
mod run;

use api_types::{ImportPreview, ImportProgress};
use leptos::prelude::*;
use web_ui::PageHead;

use crate::{
    i18n::{hint, import as m, say, t},
    shell::page_title,
};

/// Where the wizard stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// No file yet.
    Choose,
    /// Read; nothing is stored.
    Check(Box<ImportPreview>),
    /// Under way or over; the headers name the cells of refused rows.
    Run(Box<ImportProgress>, Vec<String>),
}

/// `/s/import`
#[component]
pub fn Import() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let step = RwSignal::new(Step::Choose);
    let at = Memo::new(move |_| {
        step.with(|step| match step {
            Step::Choose => 0_usize,
            Step::Check(_) => 1,
            Step::Run(..) => 2,
        })
    });
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)/>
            <ol class="mb-5 flex flex-wrap items-center gap-x-2 gap-y-1">
                {[m::STEP_FILE, m::STEP_CHECK, m::STEP_RUN].into_iter().enumerate().map(|(index, name)| view! {
                    <li class="flex items-center gap-2" aria-current=move || (at.get() == index).then_some("step")>
                        {(index > 0).then(|| view! { <span class="h-px w-6 bg-base-300" aria-hidden="true"></span> })}
                        <span class="grid size-6 place-items-center rounded-full text-xs font-semibold"
                            class:bg-primary=move || { index <= at.get() } class:text-primary-content=move || { index <= at.get() }
                            class:bg-tint-neutral=move || { index > at.get() } class:text-ink-neutral=move || { index > at.get() }
                        >{index + 1}</span>
                        <span class="sm:not-sr-only" class:sr-only=move || at.get() != index class:font-medium=move || at.get() == index class:text-muted=move || at.get() != index>{t(name)}</span>
                    </li>
                }).collect_view()}
            </ol>
            {move || match step.get() {
                Step::Choose => view! { <choose::Choose step=step/> }.into_any(),
                Step::Check(preview) => view! { <check::Check preview=*preview step=step/> }.into_any(),
                Step::Run(progress, headers) => view! { <run::Run first=*progress headers=headers step=step/> }.into_any(),
            }}
        </div>
    }
}
