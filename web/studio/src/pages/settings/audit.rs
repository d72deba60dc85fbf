//! The audit log: lines newest first, with before and after, and the check of its chain.

use api_types::{AuditView, ChainView};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{Badge, Button, Card, Empty, Icon, Look, Notice, SkeletonLines, Table, Tone};

use super::SectionHead;
use crate::{
    api,
    i18n::{Message, access as m, fill, say, t},
    load::load,
    notify,
    shell::full_time,
};

#[component]
pub fn Audit() -> impl IntoView {
    let first = load(|| (), |()| async { api::audit(None).await });
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
                            <Table label=t(m::AUDIT)>
                                <thead><tr><th scope="col">{t(m::WHEN)}</th><th scope="col">{t(m::BY)}</th><th scope="col">{t(m::DEED)}</th><th scope="col">{t(m::CHANGES)}</th></tr></thead>
                                <tbody><For each=move || lines.get() key=|line| line.seq let:line><Line line=line/></For></tbody>
                            </Table>
                        </Show>
                    }
                },
            )}
        </Card>
        <Show when=move || next.with(Option::is_some)>
            <div class="mt-3"><Button label=t(m::MORE_LINES) look=Look::Quiet on_press=go_on/></div>
        </Show>
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
fn Line(line: AuditView) -> impl IntoView {
    let (did, on) = (did(&line.action), on(&line.kind));
    let (action, kind) = (line.action.clone(), line.kind.clone());
    let what = Signal::derive(move || {
        let word = |message: Option<Message>, stored: &str| {
            message.map_or_else(|| stored.to_owned(), |message| say(message).to_owned())
        };
        format!("{} {}", word(did, &action), word(on, &kind))
    });
    let changes = changes(line.before.as_ref(), line.after.as_ref());
    let at = line.at.clone();
    // Who erases what they sent is no member and not named.
    let nobody = line.actor.is_none() && line.actor_name.is_empty();
    view! {
        <tr>
            <td class="tabular whitespace-nowrap text-muted">{move || full_time(&at)}</td>
            <td class="whitespace-nowrap">{if nobody { t(m::BY_SENDER).into_any() } else { line.actor_name.into_any() }} {(line.via == "token").then(|| view! { " " <Badge label=t(m::BY_TOKEN)/> })}</td>
            <td><span>{what}</span> " " <span class="font-medium">{line.title}</span></td>
            <td class="min-w-56">
                <ul class="text-xs">{changes.into_iter().map(|(name, before, after)| view! {
                    <li class="break-all"><code class="font-mono text-muted">{name}</code> " " {before.map(|before| view! { <del class="text-muted">{before}</del> " → " })} {after}</li>
                }).collect_view()}</ul>
            </td>
        </tr>
    }
}

/// What changed, member by member: its name, what stood there, what stands there now.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<(String, Option<String>, String)> {
    let names =
        [before, after].into_iter().flatten().filter_map(Value::as_object).flat_map(|members| members.keys());
    let mut seen: Vec<&String> = Vec::new();
    names.for_each(|name| {
        if !seen.contains(&name) {
            seen.push(name)
        }
    });
    let text = |value: Option<&Value>, name: &str| match value.and_then(|value| value.get(name)) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    let line = |name: &String| (name.clone(), text(before, name), text(after, name));
    let lines = seen.into_iter().map(line).filter(|(_, before, after)| before != after);
    lines.map(|(name, before, after)| (name, before, after.unwrap_or_else(|| "—".to_owned()))).collect()
}

fn did(action: &str) -> Option<Message> {
    Some(match action {
        "created" => m::DID_CREATED,
        "joined" => m::DID_JOINED,
        "made_link" => m::DID_MAKE_LINK,
        "switched_off" => m::DID_SWITCH_OFF,
        "handed_over" => m::DID_HAND_OVER,
        "removed" => m::DID_REMOVE,
        "imported" => m::DID_IMPORT,
        "changed" => m::DID_CHANGED,
        "published" => m::DID_PUBLISHED,
        "erased" => m::DID_ERASED,
        "exported" => m::DID_EXPORTED,
        "revoked" => m::DID_REVOKED,
        "seen_as" => m::DID_SEEN_AS,
        "installed" => m::DID_INSTALLED,
        "invited" => m::DID_INVITE,
        "reminded" => m::DID_REMIND,
        "renewed" => m::DID_RENEW,
        "set_password" => m::DID_SET_PASSWORD,
        _ => return None,
    })
}

fn on(kind: &str) -> Option<Message> {
    Some(match kind {
        "member" => m::ON_MEMBER,
        "definition" => m::ON_DEFINITION,
        "submission" => m::ON_SUBMISSION,
        "form" => m::ON_FORM,
        "token" => m::ON_TOKEN,
        "app" => m::ON_APP,
        "team" => m::ON_TEAM,
        "department" => m::ON_DEPARTMENT,
        "invitation" => m::ON_INVITATION,
        "people" => m::ON_PEOPLE,
        "recipients" => m::ON_RECIPIENTS,
        "short_link" => m::ON_SHORT_LINK,
        _ => return None,
    })
}
