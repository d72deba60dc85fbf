//! The list of customers.

use api_types::{CustomerPage, CustomerView};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use web_ui::{
    Avatar, Badge, Button, Card, Empty, Icon, LinkButton, PageHead, Score, SearchField, Size, SkeletonLines,
    Table,
};

use crate::{
    api,
    i18n::{common, customers as m, hint, say, t},
    live,
    load::load,
    notify, session,
    shell::{Ago, page_title},
};

/// `/s/customers`
#[component]
pub fn Customers() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let search = RwSignal::new(String::new());
    let page = load(
        move || search.get().trim().to_owned(),
        |search| async move { api::customers(&search, None).await },
    );
    live::follow(page, |change| change.entity == "customer");
    // Pages after the first; a new first page starts over.
    let later = RwSignal::new(Vec::<CustomerPage>::new());
    Effect::new(move || {
        page.with(|_| ());
        later.set(Vec::new());
    });
    let next = Memo::new(move |_| {
        later
            .with(|later| later.last().map(|page| page.next.clone()))
            .unwrap_or_else(|| page.with(|page| page.next.clone()).flatten())
    });
    let busy = RwSignal::new(false);
    let more = move |_| {
        let Some(cursor) = next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match api::customers(search.get_untracked().trim(), Some(&cursor)).await {
                Ok(page) => later.update(|later| later.push(page)),
                Err(fault) => notify::fault(&fault),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)/>
            <div class="mb-3 max-w-sm"><SearchField label=t(m::SEARCH) value=search/></div>
            <Card flush=true>
                {page.view(
                    || view! { <SkeletonLines lines=8 line="h-12"/> },
                    move |first| view! {
                        <Show when=move || !first.with(|page| page.items.is_empty()) fallback=move || view! { <Nothing searching=!search.with(String::is_empty)/> }>
                            <Table label=t(m::TITLE) cards=true>
                                <thead><tr>
                                    <th scope="col">{t(m::NAME)}</th>
                                    <th scope="col" class="sm:hidden md:table-cell">{t(m::CONTACT)}</th>
                                    <th scope="col">{t(m::SCORE)}</th>
                                    <th scope="col" class="text-right">{t(m::SUBMISSIONS)}</th>
                                    <th scope="col" class="text-right">{t(m::OPEN)}</th>
                                    <th scope="col" class="sm:hidden lg:table-cell">{t(m::SINCE)}</th>
                                </tr></thead>
                                <tbody>
                                    <For each=move || { let mut all = first.get().items; all.extend(later.get().into_iter().flat_map(|page| page.items)); all } key=|customer| (customer.id.clone(), customer.submissions, customer.open_tickets) let:customer>
                                        <Line customer=customer/>
                                    </For>
                                </tbody>
                            </Table>
                        </Show>
                    },
                )}
                <Show when=move || next.get().is_some()>
                    <div class="flex justify-center p-3"><Button label=t(common::LOAD_MORE) size=Size::Small busy=busy on_press=more/></div>
                </Show>
            </Card>
        </div>
    }
}

#[component]
fn Nothing(searching: bool) -> impl IntoView {
    if searching {
        return view! { <Empty icon=Icon::Search title=t(m::NO_MATCH)/> }.into_any();
    }
    view! {
        <Empty icon=Icon::Users title=t(m::NONE) hint=hint(m::NONE_HINT)>
            <Show when=|| session::may(api_types::Role::Designer)><LinkButton label=t(m::IMPORT) href="/s/import" icon=Icon::Upload/></Show>
        </Empty>
    }
    .into_any()
}

#[component]
fn Line(customer: CustomerView) -> impl IntoView {
    let navigate = use_navigate();
    let href = format!("/s/customers/{}", customer.id);
    let go = href.clone();
    let contact =
        customer.identities.iter().map(|identity| identity.value.clone()).collect::<Vec<_>>().join(" · ");
    view! {
        <tr class="cx-row" on:click=move |_| navigate(&go, Default::default())>
            <td class="cx-card-head">
                <span class="flex items-center gap-2.5">
                    <Avatar name=customer.name.clone()/>
                    <a class="font-medium hover:underline" href=href>{customer.name}</a>
                    {customer.tier.map(|tier| view! { <Badge label=tier/> })}
                </span>
            </td>
            <td class="text-muted sm:hidden md:table-cell" data-label=t(m::CONTACT)>{contact}</td>
            <td data-label=t(m::SCORE)>{customer.last_score.map_or_else(|| say(common::NOTHING).into_any(), |score| view! { <Score score=score label=t(m::SCORE)/> }.into_any())}</td>
            <td class="tabular text-right" data-label=t(m::SUBMISSIONS)>{customer.submissions}</td>
            <td class="tabular text-right" data-label=t(m::OPEN) class:text-error=customer.open_tickets != 0>{customer.open_tickets}</td>
            <td class="text-muted sm:hidden lg:table-cell" data-label=t(m::SINCE)><Ago at=customer.created_at/></td>
        </tr>
    }
}
