//! A tile as one large number, and any tile as a table.

use leptos::prelude::*;
use serde_json::Value;
use web_ui::Table;

use crate::{
    chart::ChartSpec,
    i18n::{board as m, t},
};

/// The first measure large, the others small below.
#[component]
pub fn Figure(spec: Memo<ChartSpec>, pick: Callback<Vec<Value>>, leads: bool) -> impl IntoView {
    let row = Memo::new(move |_| spec.with(|spec| spec.rows.last().cloned().unwrap_or_default()));
    let words = move |index: usize| {
        spec.with(|spec| {
            let column = spec.dimensions() + index;
            spec.words(column, row.get().get(column).unwrap_or(&Value::Null))
        })
    };
    view! {
        <button type="button" class="flex h-full w-full flex-col justify-center px-1 pb-2 text-left" class:cursor-pointer=leads disabled=!leads title=move || leads.then(|| t(m::SEE_ROWS).get()) on:click=move |_| pick.run(row.get_untracked())>
            <span class="tabular text-2xl font-semibold">{move || words(0)}</span>
            {move || (1..spec.with(|spec| spec.units.len())).map(|index| view! {
                <span class="tabular text-xs text-muted">{move || spec.with(|spec| spec.title(spec.dimensions() + index).to_owned())} " " {move || words(index)}</span>
            }).collect_view()}
        </button>
    }
}

/// Every row in words; a row leads where its mark leads.
#[component]
pub fn Rows(spec: Memo<ChartSpec>, pick: Callback<Vec<Value>>, leads: bool) -> impl IntoView {
    view! {
        {move || {
            let spec = spec.get();
            if spec.rows.is_empty() {
                return view! { <p class="grid h-full place-items-center p-4 text-muted">{t(m::NO_DATA)}</p> }.into_any();
            }
            let dimensions = spec.dimensions();
            view! {
                <Table label=t(m::AS_TABLE) class="h-full">
                    <thead><tr>{(0..spec.columns.len()).map(|column| view! { <th scope="col" class:text-right={column >= dimensions}>{spec.title(column).to_owned()}</th> }).collect_view()}</tr></thead>
                    <tbody>
                        {spec.rows.iter().map(|row| {
                            let cells = row.clone();
                            let words: Vec<(usize, String)> = row.iter().enumerate().map(|(column, value)| (column, spec.words(column, value))).collect();
                            view! {
                                <tr class:cx-row=leads on:click=move |_| if leads { pick.run(cells.clone()) }>
                                    {words.into_iter().map(|(column, words)| view! { <td class="tabular" class:text-right={column >= dimensions}>{words}</td> }).collect_view()}
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </Table>
            }.into_any()
        }}
    }
}
