//! What the customer said when it began: pinned on top of the thread.

use leptos::prelude::*;
use web_ui::Score;

use super::{Open, model};
use crate::{
    i18n::{common, inbox as m, t},
    settings,
};

#[component]
pub fn Answers(open: Open) -> impl IntoView {
    let answers = Memo::new(move |_| open.detail.with(|detail| model::answers(detail, settings::language())));
    view! {
        <section class="cx-card mb-5" aria-label=t(m::SAID)>
            <h3 class="px-4 pt-3 text-xs font-medium text-muted">{t(m::SAID)}</h3>
            <Show when=move || !answers.with(Vec::is_empty) fallback=|| view! { <p class="px-4 pt-1 pb-3 text-muted">{t(m::NO_ANSWERS)}</p> }>
                <dl class="grid gap-x-6 gap-y-3 px-4 pt-2 pb-4 sm:grid-cols-2">
                    {move || answers.get().into_iter().map(|(field, words)| {
                        let long = words.chars().count() > 40 || field.control == "long_text";
                        let score = (field.control == "nps").then(|| words.parse::<f64>().ok()).flatten();
                        view! {
                            <div class:sm:col-span-2=long class="min-w-0">
                                <dt class="text-xs text-muted">{field.title}</dt>
                                <dd class="mt-0.5 whitespace-pre-wrap">
                                    {match score {
                                        Some(score) => view! { <Score score=score label=t(common::SCORE_OF)/> }.into_any(),
                                        None => words.into_any(),
                                    }}
                                </dd>
                            </div>
                        }
                    }).collect_view()}
                </dl>
            </Show>
        </section>
    }
}
