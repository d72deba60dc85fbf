//! The audit log: lines newest first, with before and after, and the check of its chain.

pub mod model;

use std::collections::HashMap;

use api_types::{AuditView, ChainView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Badge, Button, Card, Empty, Icon, LinkButton, Look, Notice, SkeletonLines, Table, Tone};

use super::SectionHead;
use crate::{
    api,
    i18n::{Message, access as m, fill, say, t},
    load::load,
    notify, settings,
    shell::full_time,
};
use model::{changes, did, on};

#[component]
pub fn Audit() -> impl IntoView {
    let first = load(|| (), |()| async { api::audit(None).await });
    // Lines hold ids; people are read by name.
    let members = load(|| (), |()| async { api::members().await });
    let people = Memo::new(move |_| {
        let members = members.get().unwrap_or_default().into_iter();
        members.map(|member| (member.id, member.name)).collect::<HashMap<_, _>>()
    });
    // What was loaded after the first page.
    let more = RwSignal::new(Vec::<AuditView>::new());
    let next = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(page) = first.get() {
            more.set(Vec::new());
            next.set(page.next);
        }
    });
    let go_on = move |_| {
        let Some(cursor) = next.get_untracked() else { return };
        spawn_local(async move {
            match api::audit(Some(&cursor)).await {
                Ok(page) => {
                    more.update(|lines| lines.extend(page.items));
                    next.set(page.next);
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    let (checked, busy) = (RwSignal::new(None::<ChainView>), RwSignal::new(false));
    let check = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::check_audit().await {
                Ok(chain) => checked.set(Some(chain)),
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <SectionHead title=m::AUDIT about=m::AUDIT_ABOUT>
            <Button label=t(m::CHECK) icon=Icon::Shield busy=busy on_press=check/>
        </SectionHead>
        {move || checked.get().map(|chain| view! { <div class="mb-4"><Verdict chain=chain/></div> })}
        <Card flush=true>
            {first.view(
                || view! { <SkeletonLines lines=8/> },
                move |page| {
                    let lines = Signal::derive(move || {
                        let mut lines = page.with(|page| page.items.clone());
                        lines.extend(more.get());
                        lines
                    });
                    view! {
                        <Show when=move || !lines.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::History title=t(m::NO_LINES)/> }>
                            <Table label=t(m::AUDIT) cards=true>
                                <thead><tr><th scope="col">{t(m::WHEN)}</th><th scope="col">{t(m::BY)}</th><th scope="col">{t(m::DEED)}</th><th scope="col">{t(m::CHANGES)}</th></tr></thead>
                                <tbody><For each=move || lines.get() key=|line| line.seq let:line><Line line=line people=people/></For></tbody>
                            </Table>
                        </Show>
                    }
                },
            )}
        </Card>
        <Show when=move || next.with(Option::is_some)>
            <div class="mt-3"><Button label=t(m::MORE_LINES) look=Look::Quiet on_press=go_on/></div>
        </Show>
        <div class="mt-8">
            <SectionHead title=m::TAKEOUT about=m::TAKEOUT_ABOUT>
                <LinkButton label=t(m::TAKEOUT_GET) icon=Icon::Download href="/api/v1/takeout.zip" load=true/>
            </SectionHead>
        </div>
    }
}

#[component]
fn Verdict(chain: ChainView) -> impl IntoView {
    let (tone, words) = match chain.broken_at {
        None => (Tone::Success, fill(m::CHAIN_HOLDS, &[("n", &chain.lines.to_string())])),
        Some(line) => (Tone::Error, fill(m::CHAIN_BROKEN, &[("n", &line.to_string())])),
    };
    view! { <Notice tone=tone>{words} " " <code class="font-mono text-xs break-all">{chain.head}</code></Notice> }
}

#[component]
fn Line(line: AuditView, people: Memo<HashMap<String, String>>) -> impl IntoView {
    let (did, on) = (did(&line.action), on(&line.kind));
    let (action, kind) = (line.action.clone(), line.kind.clone());
    let what = Signal::derive(move || {
        let word = |message: Option<Message>, stored: &str| {
            message.map_or_else(|| stored.to_owned(), |message| say(message).to_owned())
        };
        format!("{} {}", word(did, &action), word(on, &kind))
    });
    let (before, after) = (line.before, line.after);
    let changes =
        Memo::new(move |_| changes(before.as_ref(), after.as_ref(), &people.get(), settings::language()));
    let at = line.at.clone();
    // Who erases what they sent is no member and not named.
    let nobody = line.actor.is_none() && line.actor_name.is_empty();
    view! {
        <tr>
            <td class="tabular whitespace-nowrap text-muted" data-label=t(m::WHEN)>{move || full_time(&at)}</td>
            <td class="whitespace-nowrap" data-label=t(m::BY)>{if nobody { t(m::BY_SENDER).into_any() } else { line.actor_name.into_any() }} {(line.via == "token").then(|| view! { " " <Badge label=t(m::BY_TOKEN)/> })}</td>
            <td class="sm:min-w-64" data-label=t(m::DEED)><span><span>{what}</span> " " <span class="font-medium">{line.title}</span></span></td>
            <td class="min-w-56" class:cx-card-none=move || changes.with(Vec::is_empty) data-label=t(m::CHANGES)>
                <ul class="min-w-0 text-xs">{move || changes.get().into_iter().map(|(name, before, after)| view! {
                    <li><span class="text-muted">{name}</span> " " <span class="break-words">{before.map(|before| view! { <del class="text-muted">{before}</del> " → " })} {after}</span></li>
                }).collect_view()}</ul>
            </td>
        </tr>
    }
}
