//! Home: what waits for me, and what customers say today.

pub mod model;

use api_types::{FormSummary, FormView, InboxPage, InboxView, QueryResult, StartView, SubmissionView};
use leptos::prelude::*;
use web_ui::{
    Avatar, Badge, Card, Empty, Glyph, Icon, LinkButton, Look, Score, Size, Skeleton, SkeletonLines, Tone,
};

use crate::{
    api, browser, format,
    i18n::{common, fill, hint, home as m, say, t},
    live,
    load::{Loaded, load},
    pages::{inbox::model::clock_words, start::follow_steps},
    session, settings,
    shell::{Ago, page_title},
};

/// `/s/home`
#[component]
pub fn Home() -> impl IntoView {
    page_title(|| say(crate::i18n::shell::HOME).to_owned());
    let greeting = move || {
        let now = settings::now();
        let hour = format::Moment::at(now, browser::offset_minutes(now)).hour;
        fill(
            model::greeting(hour),
            &[("name", &session::current().map(|session| session.user.name).unwrap_or_default())],
        )
    };
    let sees_tickets = session::may(api_types::Role::Viewer);
    view! {
        <div class="cx-page">
            <header class="mb-6">
                <h1 class="text-2xl">{greeting}</h1>
                <p class="mt-1 text-muted">{t(if sees_tickets { m::ABOUT } else { m::ABOUT_OWN })}</p>
            </header>
            {if sees_tickets { view! { <Today/> }.into_any() } else { view! { <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2"><MyTasks/><MyRequests/><Fillable/></div> }.into_any() }}
        </div>
    }
}

#[component]
fn Today() -> impl IntoView {
    let inbox = load(|| (), |()| async { api::inbox(InboxView::Mine, "", None).await });
    live::follow(inbox, |change| matches!(change.entity.as_str(), "submission" | "task" | "clock"));
    let count = move |view: InboxView| {
        Signal::derive(move || {
            inbox.with(|page| {
                page.counts.iter().find(|count| count.view == view).map_or(0, |count| count.tickets)
            })
        })
    };
    let heard = load(|| (), |()| hear());
    live::follow(heard, |change| change.entity == "submission");
    view! {
        {session::may(api_types::Role::Designer).then(|| view! { <FirstSteps/> })}
        <div class="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Voice heard=heard/>
            <Figure label=t(m::OPEN) value=count(InboxView::Open) href="/s/inbox/open"/>
            <Figure label=t(m::OVERDUE) value=count(InboxView::Breached) href="/s/inbox/breached" alarming=true/>
            <Figure label=t(m::UNASSIGNED) value=count(InboxView::Unassigned) href="/s/inbox/unassigned"/>
        </div>
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <Card flush=true>
                <header class="flex items-center justify-between border-b border-base-300 px-4 py-2.5">
                    <h2 class="text-sm">{t(m::WAITING)}</h2>
                    <a class="cx-link text-xs" href="/s/inbox/mine">{t(m::ALL_TICKETS)}</a>
                </header>
                {inbox.view(
                    || view! { <SkeletonLines lines=4 line="h-14"/> },
                    move |page| view! { <Waiting page=page/> },
                )}
            </Card>
            <Latest heard=heard/>
        </div>
    }
}

/// The way to the first steps, until all of them are done or the list was put away.
#[component]
fn FirstSteps() -> impl IntoView {
    let start = load(|| (), |()| async { api::start().await });
    follow_steps(start);
    let steps = Memo::new(move |_| {
        let count = |start: &StartView| {
            let done = start.steps.iter().filter(|step| step.done).count();
            (!start.dismissed && done < start.steps.len()).then_some((done, start.steps.len()))
        };
        start.with(count).flatten()
    });
    move || {
        steps.get().map(|(done, all)| {
            let words = match done {
                0 => say(m::FIRST).to_owned(),
                _ => fill(m::GO_ON, &[("n", &done.to_string()), ("all", &all.to_string())]),
            };
            view! { <a class="cx-card mb-4 block p-4 font-medium hover:border-edge" href="/s/start">{words}</a> }
        })
    }
}

#[component]
fn Waiting(page: Signal<InboxPage>) -> impl IntoView {
    let lines = Memo::new(move |_| page.with(|page| page.items.iter().take(8).cloned().collect::<Vec<_>>()));
    view! {
        <Show when=move || !lines.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::CircleCheck title=t(m::NONE) hint=hint(m::NONE_HINT)/> }>
            <For each=move || lines.get() key=|line| (line.id.clone(), line.summary.clone(), line.breached) let:line>
                {
                    let clock = line.clock.clone();
                    let clock = Memo::new(move |_| clock.as_ref().map(|clock| clock_words(clock, settings::now(), settings::language())));
                    view! {
                        <a class="cx-line flex items-center gap-3 px-4 py-2.5" href=format!("/s/inbox/mine/{}", line.id)>
                            {line.score.map(|score| view! { <Score score=score label=t(common::SCORE_OF)/> })}
                            <span class="min-w-0 grow">
                                <span class="block truncate font-medium">{line.customer} <span class="tabular ml-2 text-xs font-normal text-muted">{format::case_number(line.number)}</span></span>
                                <span class="block truncate text-muted">{line.summary}</span>
                            </span>
                            {move || clock.get().map(|(words, tone)| view! { <Badge label=words tone=tone icon=Icon::Timer/> })}
                            <span class="hidden text-xs text-muted sm:inline"><Ago at=line.created_at/></span>
                        </a>
                    }
                }
            </For>
        </Show>
    }
}

/// A number that is a link.
#[component]
fn Figure(
    #[prop(into)] label: Signal<String>,
    value: Signal<Option<u64>>,
    href: &'static str,
    #[prop(optional)] alarming: bool,
) -> impl IntoView {
    let loud = move || alarming && value.get().is_some_and(|value| value > 0);
    view! {
        <a class="cx-card block p-4 hover:border-edge" href=href>
            <p class="text-xs text-muted">{label}</p>
            <p class="tabular mt-1 text-2xl font-semibold" class:text-error=loud>
                {move || value.get().map_or_else(|| view! { <Skeleton class="h-9 w-12"/> }.into_any(), |value| format::number(crate::pages::forms::count(value), 0).into_any())}
            </p>
        </a>
    }
}

/// What customers say of late, in the most answered form that asks the recommendation question.
#[derive(Debug, Clone, PartialEq)]
struct Heard {
    form: FormView,
    path: String,
    today: QueryResult,
    week: QueryResult,
    latest: Vec<SubmissionView>,
}

/// How many of the newest answers are shown.
const LATEST: u32 = 6;

async fn hear() -> Result<Option<Heard>, api::Fault> {
    let mut forms = api::forms().await?;
    // The most answered first: one that somebody is only trying out would say nothing. Sorting would weigh more.
    while let Some(most) = (0..forms.len()).max_by_key(|at| forms[*at].submissions) {
        let form = api::form(&forms.swap_remove(most).key).await?;
        let Some(path) =
            form.fields.iter().find(|field| field.control == "nps").map(|field| field.path.clone())
        else {
            continue;
        };
        let now = browser::now_ms();
        let moment = format::Moment::at(now, browser::offset_minutes(now));
        let midnight = browser::local_midnight(
            i32::try_from(moment.year).unwrap_or(1970),
            u32::try_from(moment.month).unwrap_or(1),
            u32::try_from(moment.day).unwrap_or(1),
        );
        let key = &form.summary.key;
        let today = api::run_query(&model::score_since(key, &path, midnight)).await?;
        let week = api::run_query(&model::score_since(key, &path, midnight - 6 * 86_400_000)).await?;
        let latest = api::submissions(key, None, "-created_at", LATEST, None).await?.items;
        return Ok(Some(Heard { path, today, week, latest, form }));
    }
    Ok(None)
}

#[component]
fn Voice(heard: Loaded<Option<Heard>>) -> impl IntoView {
    view! {
        <a class="cx-card block p-4 hover:border-edge" href="/s/dash">
            <p class="text-xs text-muted">{t(m::SCORE)} " · " {t(m::TODAY)}</p>
            {heard.view(
                || view! { <Skeleton class="mt-1 h-9 w-16"/> },
                |found| move || match found.get() {
                    None => view! { <p class="mt-2 text-muted">{t(m::NO_ANSWERS)}</p> }.into_any(),
                    Some(Heard { today, week, .. }) => {
                        let ((score, answers), (week, _)) = (model::score_of(&today), model::score_of(&week));
                        view! {
                            <p class="tabular mt-1 text-2xl font-semibold">{score.map_or_else(|| say(common::NOTHING).to_owned(), |score| format::number(score, 0))}</p>
                            <p class="tabular text-xs text-muted">
                                {fill(m::ANSWERS, &[("n", &answers.to_string())])}
                                {week.map(|week| format!(" · {} {}", say(m::WEEK), format::number(week, 0)))}
                            </p>
                        }.into_any()
                    }
                },
            )}
        </a>
    }
}

/// The newest answers, score first.
#[component]
fn Latest(heard: Loaded<Option<Heard>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        heard
            .with(|found| {
                found.as_ref().map(|heard| (heard.latest.clone(), heard.form.clone(), heard.path.clone()))
            })
            .flatten()
    });
    let all = move || {
        lines.with(|found| {
            let key = found.as_ref().map_or("", |(_, form, _)| form.summary.key.as_str());
            format!("/s/forms/{}/submissions", browser::encode(key))
        })
    };
    view! {
        <Show when=move || lines.with(|found| found.as_ref().is_some_and(|(latest, ..)| !latest.is_empty()))>
            <Card flush=true>
                <header class="flex items-center justify-between border-b border-base-300 px-4 py-2.5">
                    <h2 class="text-sm">{t(m::LATEST)}</h2>
                    <a class="cx-link text-xs" href=all>{t(m::ALL_ANSWERS)}</a>
                </header>
                <For each=move || lines.get().map(|(latest, form, path)| model::voices(&latest, &form, &path)).unwrap_or_default() key=|line| line.clone() let:line>
                    <a class="cx-line flex items-start gap-3 px-4 py-2.5" href=format!("/s/submissions/{}", line.id)>
                        {line.score.map(|score| view! { <Score score=f64::from(score) label=t(common::SCORE_OF)/> })}
                        <span class="min-w-0 grow">
                            <span class="line-clamp-2 block" class:text-muted=line.said.is_none()>{line.said.clone().unwrap_or_else(|| say(m::NOTHING_SAID).to_owned())}</span>
                            {line.about.clone().map(|about| view! { <span class="block truncate text-xs text-muted">{about}</span> })}
                        </span>
                        <span class="shrink-0 text-xs text-muted"><Ago at=line.at.clone()/></span>
                    </a>
                </For>
            </Card>
        </Show>
    }
}

/// For members: their own tasks.
#[component]
fn MyTasks() -> impl IntoView {
    let tasks = load(|| (), |()| async { api::my_tasks().await });
    live::follow(tasks, |change| change.entity == "task");
    view! {
        <Card title=t(m::TASKS) flush=true>
            {tasks.view(
                || view! { <SkeletonLines lines=4 line="h-14"/> },
                |page| view! {
                    <Show when=move || !page.with(|page| page.items.is_empty()) fallback=|| view! {
                        <Empty icon=Icon::CircleCheck title=t(m::NONE) hint=hint(m::NO_TASKS_HINT)><LinkButton label=t(m::FORMS) href="/s/forms" look=Look::Primary size=Size::Medium/></Empty>
                    }>
                        <For each=move || page.get().items key=|task| task.id.clone() let:task>
                            <a class="cx-line flex items-center gap-3 px-4 py-3" href=format!("/s/submissions/{}", task.submission)>
                                <span class="min-w-0 grow truncate">{task.title}</span>
                                {task.assignee_name.map(|name| view! { <Avatar name=name alone=true/> })}
                                <span class="text-xs text-muted"><Ago at=task.created_at/></span>
                            </a>
                        </For>
                    </Show>
                },
            )}
        </Card>
    }
}

/// Forms one may fill in oneself.
#[component]
fn Fillable() -> impl IntoView {
    let forms = load(|| (), |()| async { api::forms().await });
    live::follow(forms, |change| change.entity == "definition");
    let open = Memo::new(move |_| {
        let way = |form: &FormSummary| Some((form.inside.clone()?, form.title.clone()));
        forms.with(|forms| forms.iter().filter_map(way).collect::<Vec<_>>()).unwrap_or_default()
    });
    view! {
        <Show when=move || !open.with(Vec::is_empty)>
            <Card title=t(m::FILL_IN) flush=true>
                <For each=move || open.get() key=Clone::clone let:form>
                    <a class="cx-line flex items-center gap-3 px-4 py-3" rel="external" href=form.0><Glyph icon=Icon::Pen/><span class="min-w-0 grow truncate">{form.1}</span></a>
                </For>
            </Card>
        </Show>
    }
}

/// What one has handed in oneself, and how it stands.
#[component]
fn MyRequests() -> impl IntoView {
    let requests = load(|| (), |()| async { api::requests().await });
    live::follow(requests, |change| change.entity == "submission");
    view! {
        <Card title=t(m::REQUESTS) flush=true>
            {requests.view(
                || view! { <SkeletonLines lines=4 line="h-14"/> },
                |page| view! {
                    <Show when=move || !page.with(|page| page.items.is_empty()) fallback=|| view! {
                        <Empty icon=Icon::Send title=t(m::NO_REQUESTS) hint=hint(m::NO_REQUESTS_HINT)><LinkButton label=t(m::FORMS) href="/s/forms" size=Size::Medium/></Empty>
                    }>
                        <For each=move || page.get().items key=|one| (one.id.clone(), one.state_title.clone(), one.assignee_name.clone()) let:one>
                            <a class="cx-line flex items-center gap-3 px-4 py-3" href=format!("/s/submissions/{}", one.id)>
                                <span class="min-w-0 grow truncate">{one.form_title} <span class="tabular ml-2 text-xs text-muted">{format::case_number(one.number)}</span></span>
                                {one.assignee_name.map(|name| view! { <Avatar name=name alone=true/> })}
                                {one.state_title.map(|state| view! { <Badge label=state tone=if one.open { Tone::Info } else { Tone::Success }/> })}
                                <span class="text-xs text-muted"><Ago at=one.created_at/></span>
                            </a>
                        </For>
                    </Show>
                },
            )}
        </Card>
    }
}
