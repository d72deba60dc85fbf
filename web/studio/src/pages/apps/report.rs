//! What an import does, as a list people can read.

use api_types::{DefinitionKind, ImportItem, ImportReport, Mapped};
use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Glyph, Icon, Notice, Tone};

use crate::{
    editor::form::words::text_in,
    i18n::{Message, apps as m, common, designer, fill, say, t},
    pages::definitions::kind_name,
    settings,
};

/// Where an app keeps its things of a kind.
const LISTS: [(DefinitionKind, &str); 5] = [
    (DefinitionKind::Form, "forms"),
    (DefinitionKind::Flow, "flows"),
    (DefinitionKind::Dashboard, "dashboards"),
    (DefinitionKind::Calendar, "calendars"),
    (DefinitionKind::Role, "roles"),
];

/// What something in a list of an app is called; its key where the app does not say.
pub fn title_of(document: &Value, list: &str, key: &str) -> String {
    let all = document.get(list).and_then(Value::as_array);
    let found = all.into_iter().flatten().find(|one| one["key"] == key);
    let title = found.map(|one| text_in(&one["title"], settings::language_code()));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| key.to_owned())
}

/// A place of an app in words: `/forms/leave/title/en` is `Form “Leave request” · Title · English`.
pub fn place(document: &Value, path: &str) -> String {
    let mut parts = path.split('/').skip(1);
    let (list, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let kind = LISTS.iter().find(|(_, name)| *name == list).map_or(list, |(kind, _)| say(kind_name(*kind)));
    let title = title_of(document, list, key);
    let head = if key.is_empty() {
        kind.to_owned()
    } else {
        fill(m::PLACE_OF, &[("kind", kind), ("title", &title)])
    };
    let word = |part: &str| {
        let known = match part {
            "title" => m::PLACE_TITLE,
            "description" => m::PLACE_DESCRIPTION,
            "schema" => m::PLACE_DATA,
            "layout" => m::PLACE_LAYOUT,
            "rules" => m::PLACE_RULES,
            "publish" => m::PLACE_PUBLISH,
            "states" => m::PLACE_STATES,
            "zh" => designer::IN_ZH,
            "en" => designer::IN_EN,
            _ => return part.replace("~1", "/").replace("~0", "~"),
        };
        say(known).to_owned()
    };
    std::iter::once(head).chain(parts.map(word)).collect::<Vec<_>>().join(" · ")
}

/// Everything but what somebody has to decide.
#[component]
pub fn Report(
    #[prop(into)] report: Signal<ImportReport>,
    /// The app, which says what its things are called.
    #[prop(into)]
    document: Signal<Value>,
    /// Nobody is asked about departments: those that are missing are made.
    #[prop(optional)]
    makes_departments: bool,
) -> impl IntoView {
    move || {
        let report = report.get();
        let nothing = report.create.is_empty()
            && report.change.is_empty()
            && !report.about
            && report.problems.is_empty()
            && report.conflicts.is_empty();
        let document = document.get();
        // Here a thing may have another key than in its app.
        let named = |items: &[ImportItem]| -> Vec<(ImportItem, String)> {
            let with_title = |item: &ImportItem| {
                let list = LISTS.iter().find(|(kind, _)| *kind == item.kind).map_or("", |(_, list)| *list);
                let from = report.mapped.iter().find(|one| one.to == item.key).map(|one| one.from.as_str());
                (item.clone(), title_of(&document, list, from.unwrap_or(&item.key)))
            };
            items.iter().map(with_title).collect()
        };
        let missing = report.missing.iter().filter(|name| makes_departments && !name.contains(':'));
        let departments: Vec<(String, String)> =
            missing.map(|key| (key.clone(), title_of(&document, "departments", key))).collect();
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
                <Items title=m::MAKES icon=Icon::Plus items=named(&report.create)/>
                <Departments keys=departments/>
                <Items title=m::CHANGES icon=Icon::Refresh items=named(&report.change)/>
                {(report.about && !report.change.is_empty()).then(|| view! { <p class="text-muted">{t(m::ABOUT_CHANGES)}</p> })}
                <Names mapped=report.mapped.clone() document=document/>
            </div>
        }
    }
}

#[component]
fn Items(title: Message, icon: Icon, items: Vec<(ImportItem, String)>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section>
                <h3 class="mb-1 text-sm">{t(title)}</h3>
                <ul class="flex flex-col gap-1">
                    {items.into_iter().map(|(item, name)| view! {
                        <li class="flex flex-wrap items-center gap-x-2">
                            <span class="text-muted"><Glyph icon=icon/></span>
                            <span class="w-16 shrink-0 text-muted">{t(kind_name(item.kind))}</span>
                            <Named name=name key=item.key/>
                            {item.slug.map(|slug| view! { <span class="text-xs text-muted">{t(m::SLUG)} " /f/" {slug}</span> })}
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Departments(keys: Vec<(String, String)>) -> impl IntoView {
    (!keys.is_empty()).then(|| {
        view! {
            <ul class="-mt-3 flex flex-col gap-1">
                {keys.into_iter().map(|(key, name)| view! {
                    <li class="flex items-center gap-2">
                        <span class="text-muted"><Glyph icon=Icon::Plus/></span>
                        <span class="w-16 shrink-0 text-muted">{t(common::DEPARTMENT)}</span>
                        <Named name=name key=key/>
                    </li>
                }).collect_view()}
            </ul>
        }
    })
}

/// What a thing is called, and small beside it the key it goes by.
#[component]
fn Named(name: String, key: String) -> impl IntoView {
    let differs = name != key;
    view! { <span>{name}</span> {differs.then(|| view! { <code class="font-mono text-xs break-all text-muted">{key}</code> })} }
}

#[component]
fn Names(mapped: Vec<Mapped>, document: Value) -> impl IntoView {
    (!mapped.is_empty()).then(|| {
        view! {
            <section>
                <h3 class="mb-1 text-sm">{t(m::MAPPED)}</h3>
                <ul class="flex flex-col gap-1">
                    {mapped.into_iter().map(|one| {
                        let title = title_of(&document, &format!("{}s", one.what), &one.from);
                        view! {
                            <li class="flex flex-wrap items-center gap-2">
                                <span class="w-16 shrink-0 text-muted">{what(&one.what)}</span>
                                <Named name=title key=one.from/>
                                <Glyph icon=Icon::ArrowRight/>
                                <code class="font-mono text-xs">{one.to}</code>
                            </li>
                        }
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
