//! Every definition of the team.

use api_types::{DefinitionKind, DefinitionSummary};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_ui::{
    Badge, Card, Choice, Empty, Icon, LinkButton, PageHead, SearchField, Segmented, SkeletonLines, Table,
    Tone,
};

use crate::{
    api,
    i18n::{Message, common, definitions as m, fill, forms, hint, say, t},
    live,
    load::load,
    shell::{Ago, page_title},
};

const KINDS: [(&str, Message, Option<DefinitionKind>); 6] = [
    ("all", m::KIND_ALL, None),
    ("form", m::KIND_FORM, Some(DefinitionKind::Form)),
    ("flow", m::KIND_FLOW, Some(DefinitionKind::Flow)),
    ("dashboard", m::KIND_DASHBOARD, Some(DefinitionKind::Dashboard)),
    ("calendar", m::KIND_CALENDAR, Some(DefinitionKind::Calendar)),
    ("role", m::KIND_ROLE, Some(DefinitionKind::Role)),
];

/// What one of them is.
pub const fn kind_name(kind: DefinitionKind) -> Message {
    match kind {
        DefinitionKind::Form => m::ONE_FORM,
        DefinitionKind::Flow => m::ONE_FLOW,
        DefinitionKind::Dashboard => m::ONE_DASHBOARD,
        DefinitionKind::Calendar => m::ONE_CALENDAR,
        DefinitionKind::Role => m::ONE_ROLE,
    }
}

/// `/s/definitions`
#[component]
pub fn Definitions() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let list = load(|| (), |()| async { api::definitions(None).await });
    live::follow(list, |change| change.entity == "definition");
    let (kind, search) = (RwSignal::new("all".to_owned()), RwSignal::new(String::new()));
    let kinds = Signal::derive(|| {
        KINDS.into_iter().map(|(key, name, _)| Choice::new(key, say(name))).collect::<Vec<_>>()
    });
    let keep = move |definition: &DefinitionSummary| {
        let wanted =
            KINDS.iter().find(|(key, _, _)| kind.with(|kind| kind == key)).and_then(|(_, _, kind)| *kind);
        let words = search.with(|search| search.trim().to_lowercase());
        wanted.is_none_or(|kind| kind == definition.kind)
            && (words.is_empty()
                || definition.title.to_lowercase().contains(&words)
                || definition.key.contains(&words))
    };
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)/>
            <div class="mb-3 flex flex-wrap items-center gap-3">
                <Segmented label=t(m::KIND) choices=kinds value=kind on_change=move |chosen| kind.set(chosen)/>
                <div class="w-full sm:max-w-64"><SearchField label=t(m::SEARCH) value=search/></div>
            </div>
            <Card flush=true>
                {list.view(
                    || view! { <SkeletonLines lines=6 line="h-12"/> },
                    move |list| {
                        let shown = Memo::new(move |_| list.with(|list| list.iter().filter(|each| keep(each)).cloned().collect::<Vec<_>>()));
                        view! {
                            <Show when=move || !shown.with(Vec::is_empty) fallback=|| view! {
                                <Empty icon=Icon::Flow title=t(m::NONE) hint=hint(m::NONE_HINT)><LinkButton label=t(forms::TO_IMPORT) href="/s/import" icon=Icon::Upload/></Empty>
                            }>
                                <Table label=t(m::TITLE) cards=true>
                                    <thead><tr>
                                        <th scope="col">{t(m::NAME)}</th>
                                        <th scope="col">{t(m::KIND)}</th>
                                        <th scope="col">{t(common::STATE)}</th>
                                        <th scope="col" class="hidden md:table-cell">{t(common::UPDATED)}</th>
                                    </tr></thead>
                                    <tbody><For each=move || shown.get() key=|each| (each.id.clone(), each.live, each.changed, each.title.clone()) let:each><Line definition=each/></For></tbody>
                                </Table>
                            </Show>
                        }
                    },
                )}
            </Card>
        </div>
    }
}

#[component]
fn Line(definition: DefinitionSummary) -> impl IntoView {
    let navigate = use_navigate();
    let href = format!("/s/definitions/{}", definition.id);
    let go = href.clone();
    view! {
        <tr class="cx-row" on:click=move |_| navigate(&go, Default::default())>
            <td class="cx-card-head"><div class="min-w-0"><a class="font-medium hover:underline" href=href>{definition.title}</a><p class="text-xs text-muted">{definition.app} " / " {definition.key}</p></div></td>
            <td class="text-muted" data-label=t(m::KIND)>{t(kind_name(definition.kind))}</td>
            <td data-label=t(common::STATE)><StateChips live=definition.live changed=definition.changed/></td>
            <td class="hidden text-muted md:table-cell" data-label=t(common::UPDATED)><Ago at=definition.updated_at/></td>
        </tr>
    }
}

/// Live or not, and whether the draft differs.
#[component]
pub fn StateChips(live: Option<u32>, changed: bool) -> impl IntoView {
    view! {
        <span class="inline-flex flex-wrap gap-1">
            {match live {
                Some(number) => view! { <Badge label=Signal::derive(move || fill(m::LIVE, &[("n", &number.to_string())])) tone=Tone::Success/> }.into_any(),
                None => view! { <Badge label=t(m::NEVER)/> }.into_any(),
            }}
            {(changed && live.is_some()).then(|| view! { <Badge label=t(m::CHANGED) tone=Tone::Warning/> })}
        </span>
    }
}
