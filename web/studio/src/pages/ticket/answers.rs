//! What the customer said when it began: pinned on top of the thread.

use api_types::FileView;
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
                <dl class="grid grid-cols-1 gap-x-6 gap-y-3 px-4 pt-2 pb-4 sm:grid-cols-2">
                    {move || answers.get().into_iter().map(|(field, words)| {
                        let long = words.chars().count() > 40 || field.control == "long_text";
                        let files = open.detail.with(|detail| model::files(detail, &field.path));
                        let score = (field.control == "nps").then(|| words.parse::<f64>().ok()).flatten();
                        view! {
                            <div class:sm:col-span-2=long class="min-w-0">
                                <dt class="text-xs text-muted">{field.title}</dt>
                                <dd class="mt-0.5 whitespace-pre-wrap">
                                    {match score {
                                        Some(score) => view! { <Score score=score label=t(common::SCORE_OF)/> }.into_any(),
                                        None if !files.is_empty() => files.into_iter().map(file).collect_view().into_any(),
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

/// A file to save; a picture is seen small, as the server has written it anew.
fn file(file: FileView) -> impl IntoView {
    let address = format!("/api/v1/files/{}", file.id);
    let small = file.media_type.starts_with("image/").then(|| {
        let small = format!("{address}?preview=true");
        view! { <img class="mb-1 max-h-48 rounded-md" src=small alt="" loading="lazy"/> }
    });
    let name = file.name.clone();
    view! {
        <a class="cx-link block w-fit" href=address download=name>{small}{file.name}</a>
    }
}
