//! Published forms, each with its count, its newest submission and the way to its share page.

use api_types::FormSummary;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_ui::{Badge, Card, Empty, Icon, LinkButton, Look, PageHead, Size, SkeletonLines, Table, Tone};

use crate::{
    api, format,
    i18n::{common, designer, forms as m, hint, say, t},
    live,
    load::load,
    session,
    shell::{Ago, page_title},
};

/// `/s/forms`
#[component]
pub fn Forms() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let forms = load(|| (), |()| async { api::forms().await });
    live::follow(forms, |change| matches!(change.entity.as_str(), "submission" | "definition"));
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)>
                <Show when=|| session::may(api_types::Role::Designer)>
                    <LinkButton label=t(designer::NEW_FORM) icon=Icon::Plus href="/s/forms/new" look=Look::Primary load=true/>
                </Show>
            </PageHead>
            <Card flush=true>
                {forms.view(
                    || view! { <SkeletonLines lines=4 line="h-14"/> },
                    move |list| view! {
                        <Show when=move || !list.with(Vec::is_empty) fallback=Nothing>
                            <Table label=t(m::TITLE) cards=true>
                                <thead><tr>
                                    <th scope="col">{t(m::FORM)}</th>
                                    <th scope="col" class="text-right">{t(m::COUNT)}</th>
                                    <th scope="col">{t(m::LAST)}</th>
                                    <th scope="col" class="hidden md:table-cell">{t(m::VERSION)}</th>
                                    <th scope="col"><span class="sr-only">{t(common::MORE)}</span></th>
                                </tr></thead>
                                <tbody>
                                    <For each=move || list.get() key=|form| (form.key.clone(), form.submissions, form.title.clone()) let:form><Line form=form/></For>
                                </tbody>
                            </Table>
                        </Show>
                    },
                )}
            </Card>
        </div>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty icon=Icon::Form title=t(m::NONE) hint=hint(m::NONE_HINT)>
            <Show when=|| session::may(api_types::Role::Designer)>
                <LinkButton label=t(designer::NEW_FORM) href="/s/forms/new" look=Look::Primary load=true/>
                <LinkButton label=t(m::TO_DEFINITIONS) href="/s/definitions"/>
                <LinkButton label=t(m::TO_IMPORT) href="/s/import"/>
            </Show>
        </Empty>
    }
}

#[component]
fn Line(form: FormSummary) -> impl IntoView {
    let navigate = use_navigate();
    let href = format!("/s/forms/{}/submissions", form.key);
    let go = href.clone();
    let design = format!("/s/forms/{}/build", form.key);
    let share = format!("/s/forms/{}/share", form.key);
    let public = form.url.is_some();
    let fill = form.inside.clone();
    view! {
        <tr class="cx-row" on:click=move |_| navigate(&go, Default::default())>
            <td class="cx-card-head"><div class="min-w-0">
                <a class="font-medium hover:underline" href=href>{form.title}</a>
                <span class="ml-2 inline-flex gap-1 align-middle">{form.ticket.then(|| view! { <Badge label=t(m::IS_TICKET) tone=Tone::Info/> })}</span>
                <p class="text-xs text-muted">{form.app} " / " {form.key}</p>
            </div></td>
            <td class="tabular text-right" data-label=t(m::COUNT)>{format::number(count(form.submissions), 0)}</td>
            <td class="text-muted" data-label=t(m::LAST)>{form.last_at.map_or_else(|| say(common::NOTHING).into_any(), |at| view! { <Ago at=at/> }.into_any())}</td>
            <td class="cx-card-none tabular hidden text-muted md:table-cell">"v"{form.version}</td>
            <td class="w-0 text-right max-sm:w-auto" on:click=|event| event.stop_propagation()>
                <span class="inline-flex gap-1">
                <Show when=|| session::may(api_types::Role::Designer)>
                    <LinkButton label=t(designer::DESIGN) icon=Icon::Form href=design.clone() size=Size::Small load=true/>
                </Show>
                {fill.map(|href| view! { <LinkButton label=t(m::FILL_IN) icon=Icon::Pen href=href size=Size::Small load=true/> })}
                {public.then(|| view! { <LinkButton label=t(m::SHARE) icon=Icon::Share href=share size=Size::Small load=true/> })}
                </span>
            </td>
        </tr>
    }
}

/// Counts of this product fit a float's whole numbers.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn count(value: u64) -> f64 {
    value as f64
}
