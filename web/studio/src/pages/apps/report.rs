//! What an import does, as a list people can read.

use api_types::{ImportItem, ImportReport, Mapped};
use leptos::prelude::*;
use web_ui::{Glyph, Icon, Notice, Tone};

use crate::{
    i18n::{Message, apps as m, common, say, t},
    pages::definitions::kind_name,
};

/// Everything but what somebody has to decide.
#[component]
pub fn Report(#[prop(into)] report: Signal<ImportReport>) -> impl IntoView {
    move || {
        let report = report.get();
        let nothing = report.create.is_empty()
            && report.change.is_empty()
            && !report.about
            && report.problems.is_empty();
        view! {
            <div class="flex flex-col gap-4">
                {(!report.problems.is_empty()).then(|| view! {
                    <section>
                        <Notice tone=Tone::Error>{t(m::PROBLEMS)}</Notice>
                        <ul class="mt-2 flex flex-col gap-1">
                            {report.problems.iter().take(50).map(|problem| view! { <li><code class="mr-2 font-mono text-xs text-muted break-all">{problem.path.clone()}</code>{problem.message.clone()}</li> }).collect_view()}
                        </ul>
                    </section>
                })}
                {nothing.then(|| view! { <Notice tone=Tone::Info>{t(m::NOTHING_NEW)}</Notice> })}
                <Items title=m::MAKES icon=Icon::Plus items=report.create.clone()/>
                <Items title=m::CHANGES icon=Icon::Refresh items=report.change.clone()/>
                {(report.about && !report.change.is_empty()).then(|| view! { <p class="text-muted">{t(m::ABOUT_CHANGES)}</p> })}
                <Names mapped=report.mapped.clone()/>
            </div>
        }
    }
}

#[component]
fn Items(title: Message, icon: Icon, items: Vec<ImportItem>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section>
                <h3 class="mb-1 text-sm">{t(title)}</h3>
                <ul class="flex flex-col gap-1">
                    {items.into_iter().map(|item| view! {
                        <li class="flex items-center gap-2">
                            <span class="text-muted"><Glyph icon=icon/></span>
                            <span class="w-16 shrink-0 text-muted">{t(kind_name(item.kind))}</span>
                            <code class="font-mono text-xs break-all">{item.key}</code>
                            {item.slug.map(|slug| view! { <span class="text-xs text-muted">{t(m::SLUG)} " /f/" {slug}</span> })}
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Names(mapped: Vec<Mapped>) -> impl IntoView {
    (!mapped.is_empty()).then(|| {
        view! {
            <section>
                <h3 class="mb-1 text-sm">{t(m::MAPPED)}</h3>
                <ul class="flex flex-col gap-1">
                    {mapped.into_iter().map(|one| view! {
                        <li class="flex flex-wrap items-center gap-2">
                            <span class="w-16 shrink-0 text-muted">{what(&one.what)}</span>
                            <code class="font-mono text-xs">{one.from}</code>
                            <Glyph icon=Icon::ArrowRight/>
                            <code class="font-mono text-xs">{one.to}</code>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

fn what(word: &str) -> &'static str {
    use api_types::DefinitionKind as Kind;
    say(match word {
        "form" => kind_name(Kind::Form),
        "flow" => kind_name(Kind::Flow),
        "dashboard" => kind_name(Kind::Dashboard),
        "calendar" => kind_name(Kind::Calendar),
        "role" => kind_name(Kind::Role),
        "slug" => m::SLUG,
        "department" => common::DEPARTMENT,
        "sender" => m::SENDER,
        "template" => m::TEMPLATE,
        _ => m::APP,
    })
}
