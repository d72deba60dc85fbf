//! The grid: columns of the form, one line per submission, page after page.

use api_types::{FieldView, FormView, SubmissionPage, SubmissionView};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_ui::{
    Badge, Button, Checkbox, Direction, Empty, Icon, IconButton, LinkButton, Look, Score, Size,
    SkeletonLines, SortHead, Table,
};

use super::{
    Asked,
    filters::{Filters, next_order},
};
use crate::{
    api, browser, format,
    i18n::{common, fill, forms as m, hint, say, t},
    live,
    load::{Loaded, load},
    settings,
    shell::{Ago, full_time},
};

const PAGE: u32 = 50;

/// Fields shown at first: more do not fit, and "columns" has them.
const AT_FIRST: usize = 6;

#[component]
pub fn Grid(
    form: Signal<FormView>,
    asked: Memo<Asked>,
    ask: Callback<Asked>,
    share: Signal<String>,
) -> impl IntoView {
    // Cursors of the pages before, the present one last.
    let cursors = RwSignal::new(Vec::<String>::new());
    let page = load(
        move || (asked.get(), cursors.get()),
        |(asked, cursors)| async move {
            api::submissions(
                &asked.form,
                asked.filters.condition().as_ref(),
                &asked.order,
                PAGE,
                cursors.last().map(String::as_str),
            )
            .await
        },
    );
    Effect::new(move |before: Option<Asked>| {
        let asked = asked.get();
        if before.is_some_and(|before| before != asked) {
            cursors.set(Vec::new());
        }
        asked
    });
    let fresh = RwSignal::new(false);
    live::listen(move |change| {
        if change.entity == "submission"
            && change
                .form
                .as_deref()
                .is_none_or(|form| form == asked.with_untracked(|asked| asked.form.clone()))
        {
            let _ = fresh.try_set(true);
        }
    });
    let hidden = hidden_columns(form);
    view! {
        <section class="cx-card cx-fill-card">
            <Show when=move || fresh.get()>
                <button type="button" class="cx-fresh" on:click=move |_| { fresh.set(false); cursors.set(Vec::new()); page.refresh(); }>{t(m::FRESH)}</button>
            </Show>
            {page.view(
                || view! { <SkeletonLines lines=12/> },
                move |rows| view! {
                    <Show when=move || !rows.with(|page| page.items.is_empty()) fallback=move || view! { <Nothing asked=asked ask=ask share=share public=form.with(|form| form.summary.url.is_some())/> }>
                        <Rows form=form asked=asked ask=ask rows=rows hidden=hidden/>
                    </Show>
                },
            )}
            <Foot form=form page=page cursors=cursors hidden=hidden/>
        </section>
    }
}

/// Which columns are off, remembered per form.
fn hidden_columns(form: Signal<FormView>) -> RwSignal<Vec<String>> {
    let key = form.with_untracked(|form| format!("columns:{}", form.summary.key));
    let stored = browser::recall(&key).and_then(|text| serde_json::from_str(&text).ok());
    let hidden = RwSignal::new(stored.unwrap_or_else(|| {
        form.with_untracked(|form| {
            form.fields.iter().skip(AT_FIRST).map(|field| field.path.clone()).collect()
        })
    }));
    Effect::new(move |before: Option<()>| {
        let now = hidden.get();
        if before.is_some() {
            browser::remember(&key, &serde_json::to_string(&now).unwrap_or_default());
        }
    });
    hidden
}

fn shown_fields(form: &FormView, hidden: &[String]) -> Vec<FieldView> {
    form.fields.iter().filter(|field| !hidden.contains(&field.path)).cloned().collect()
}

fn is_number(field: &FieldView) -> bool {
    matches!(field.value_type.as_str(), "integer" | "number")
        && field.control != "nps"
        && field.options.is_empty()
}

#[component]
fn Rows(
    form: Signal<FormView>,
    asked: Memo<Asked>,
    ask: Callback<Asked>,
    rows: Signal<SubmissionPage>,
    hidden: RwSignal<Vec<String>>,
) -> impl IntoView {
    let fields = Memo::new(move |_| form.with(|form| hidden.with(|hidden| shown_fields(form, hidden))));
    let ticket = form.with_untracked(|form| form.summary.ticket);
    let sorted = move |column: String| {
        Signal::derive(move || {
            asked.with(|asked| match asked.order.strip_prefix('-') {
                Some(order) => (order == column).then_some(Direction::Down),
                None => (asked.order == column).then_some(Direction::Up),
            })
        })
    };
    let sort = move |column: String| {
        Callback::new(move |()| {
            let now = asked.get_untracked();
            ask.run(Asked { order: next_order(&now.order, &column), ..now });
        })
    };
    view! {
        <Table label=t(m::ROWS) cards=true class="grow">
            <thead><tr>
                <th scope="col">{t(common::NUMBER)}</th>
                {move || fields.get().into_iter().map(|field| {
                    let number = is_number(&field);
                    view! { <SortHead label=field.title number=number sorted=sorted(field.path.clone()) on_sort=sort(field.path)/> }
                }).collect_view()}
                {ticket.then(|| view! { <SortHead label=t(common::STATE) sorted=sorted("state".to_owned()) on_sort=sort("state".to_owned())/> })}
                <th scope="col">{t(common::CHANNEL)}</th>
                <SortHead label=t(common::CREATED) sorted=sorted("created_at".to_owned()) on_sort=sort("created_at".to_owned())/>
            </tr></thead>
            <tbody>
                {move || {
                    let fields = fields.get();
                    rows.get().items.into_iter().map(|row| view! { <Row row=row fields=fields.clone() ticket=ticket/> }).collect_view()
                }}
            </tbody>
        </Table>
    }
}

#[component]
fn Row(row: SubmissionView, fields: Vec<FieldView>, ticket: bool) -> impl IntoView {
    let navigate = use_navigate();
    let href = format!("/s/submissions/{}", row.id);
    let go = href.clone();
    let language = settings::language();
    let channel =
        format::channel(&row.channel).map_or_else(|| row.channel.clone(), |name| say(name).to_owned());
    view! {
        <tr class="cx-row" on:click=move |_| navigate(&go, Default::default())>
            <td class="cx-card-head"><a class="cx-link tabular" href=href>{format::case_number(row.number)}</a></td>
            {fields.into_iter().map(|field| {
                let value = row.data.pointer(&field.path);
                let number = is_number(&field);
                let words = value.map(|value| format::value(&field, value, language)).unwrap_or_default();
                let label = (!words.is_empty()).then(|| field.title.clone());
                let score = (field.control == "nps").then(|| value.and_then(serde_json::Value::as_f64)).flatten();
                view! {
                    <td class:text-right=number class:tabular=number class:cx-card-none=words.is_empty() data-label=label>
                        {match score {
                            Some(score) => view! { <Score score=score label=t(common::SCORE_OF)/> }.into_any(),
                            None => view! { <span class="block max-w-72 truncate" title=words.clone()>{words.clone()}</span> }.into_any(),
                        }}
                    </td>
                }
            }).collect_view()}
            {ticket.then(|| view! { <td data-label=t(common::STATE)>{row.state.map(|state| view! { <Badge label=state/> })}</td> })}
            <td class="text-muted" data-label=t(common::CHANNEL)>{channel}</td>
            <td class="text-muted" data-label=t(common::CREATED)><Ago at=row.created_at/></td>
        </tr>
    }
}

#[component]
fn Nothing(asked: Memo<Asked>, ask: Callback<Asked>, share: Signal<String>, public: bool) -> impl IntoView {
    if asked.with_untracked(|asked| !asked.filters.is_empty()) {
        return view! {
            <Empty icon=Icon::Filter title=t(m::NO_MATCH)>
                <Button label=t(m::CLEAR) on_press=move |_| ask.run(Asked { filters: Filters::default(), ..asked.get_untracked() })/>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty icon=Icon::Form title=t(m::NO_ROWS) hint=hint(m::NO_ROWS_HINT)>
            {public.then(|| view! { <LinkButton label=t(m::SHARE) icon=Icon::Share look=Look::Primary href=share load=true/> })}
        </Empty>
    }
    .into_any()
}

#[component]
fn Foot(
    form: Signal<FormView>,
    page: Loaded<SubmissionPage>,
    cursors: RwSignal<Vec<String>>,
    hidden: RwSignal<Vec<String>>,
) -> impl IntoView {
    let count = move || page.with(|page| page.items.len()).unwrap_or(0);
    let next = move || page.with(|page| page.next.clone()).flatten();
    let range = move || {
        let before = cursors.with(Vec::len) * PAGE as usize;
        fill(m::PAGE_OF, &[("from", &(before + 1).to_string()), ("to", &(before + count()).to_string())])
    };
    let export = move |_| {
        let Some(page) = page.get_untracked() else { return };
        let form = form.get_untracked();
        browser::download(
            &format!("{}.csv", form.summary.key),
            "text/csv;charset=utf-8",
            &csv(&form, &page.items),
        );
    };
    view! {
        <footer class="flex flex-wrap items-center gap-2 border-t border-base-300 px-3 py-2">
            <details class="cx-menu cx-menu-up">
                <summary class="btn btn-ghost btn-sm"><web_ui::Glyph icon=Icon::Columns/>{t(m::COLUMNS)}</summary>
                <div class="cx-menu-list px-3">
                    {move || form.with(|form| form.fields.clone()).into_iter().map(|field| {
                        let path = field.path.clone();
                        let shown = { let path = path.clone(); Signal::derive(move || hidden.with(|hidden| !hidden.contains(&path))) };
                        view! { <Checkbox label=field.title checked=shown on_change=move |on: bool| hidden.update(|hidden| {
                            hidden.retain(|each| *each != path);
                            if !on { hidden.push(path.clone()); }
                        })/> }
                    }).collect_view()}
                </div>
            </details>
            <Show when=move || { count() > 0 }><Button label=t(m::EXPORT) icon=Icon::Download look=Look::Quiet size=Size::Small on_press=export/></Show>
            <span class="grow"></span>
            <Show when=move || { count() > 0 }><span class="tabular text-xs text-muted">{range}</span></Show>
            <IconButton label=t(m::PREVIOUS) icon=Icon::ChevronLeft size=Size::Small disabled=Signal::derive(move || cursors.with(Vec::is_empty)) on_press=move |_| cursors.update(|cursors| { cursors.pop(); })/>
            <IconButton label=t(m::NEXT) icon=Icon::ChevronRight size=Size::Small tip="cx-tip-left" disabled=Signal::derive(move || next().is_none()) on_press=move |_| if let Some(next) = next() { cursors.update(|cursors| cursors.push(next)); }/>
        </footer>
    }
}

/// The page as CSV, with a byte order mark so that spreadsheets read it as UTF-8.
fn csv(form: &FormView, rows: &[SubmissionView]) -> String {
    let language = settings::language();
    let mut head: Vec<String> = vec![say(common::NUMBER).to_owned()];
    head.extend(form.fields.iter().map(|field| field.title.clone()));
    head.push(say(common::CREATED).to_owned());
    let mut text = format!("\u{feff}{}", format::csv_line(&head));
    for row in rows {
        let mut cells = vec![row.number.to_string()];
        cells.extend(form.fields.iter().map(|field| {
            row.data
                .pointer(&field.path)
                .map(|value| format::value(field, value, language))
                .unwrap_or_default()
        }));
        cells.push(full_time(&row.created_at));
        text.push_str(&format::csv_line(&cells));
    }
    text
}
