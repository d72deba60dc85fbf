//! What concerns me, newest first.

use api_types::{NotificationKind, NotificationPage, NotificationView, ReadNotifications};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Card, Empty, Glyph, Icon, LinkButton, Look, PageHead, Size, SkeletonLines};

use crate::{
    api,
    i18n::{common, hint, notifications as m, say, t},
    live,
    load::load,
    notify, session,
    shell::{Ago, page_title},
};

/// How many are shown before more are asked for.
const PAGE: u32 = 30;

/// `/s/notifications`
#[component]
pub fn Notifications() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let first = load(|| (), |()| async { api::notifications(PAGE, None).await });
    live::follow(first, |change| change.entity == "notification");
    // What was loaded after the first page; a new first page starts over.
    let later = RwSignal::new(Vec::<NotificationPage>::new());
    Effect::new(move || {
        first.with(|_| ());
        later.set(Vec::new());
    });
    let next = Memo::new(move |_| {
        later
            .with(|later| later.last().map(|page| page.next.clone()))
            .unwrap_or_else(|| first.with(|page| page.next.clone()).flatten())
    });
    let more = move |_| {
        let Some(cursor) = next.get_untracked() else { return };
        spawn_local(async move {
            match api::notifications(PAGE, Some(&cursor)).await {
                Ok(page) => later.update(|later| later.push(page)),
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    let all_read = Signal::derive(move || first.with(|page| page.unread).unwrap_or(0) == 0);
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)>
                <Button label=t(m::ALL_READ) icon=Icon::Check disabled=all_read on_press=|_| read(ReadNotifications::default())/>
                <LinkButton label=t(m::CHOOSE) icon=Icon::Settings href="/s/settings/personal" look=Look::Quiet/>
            </PageHead>
            <Card flush=true>
                {first.view(
                    || view! { <SkeletonLines lines=8 line="h-15"/> },
                    // Drawn as a whole: a list that is keyed would weigh more than it saves.
                    move |page| move || {
                        let mut all = page.get().items;
                        all.extend(later.get().into_iter().flat_map(|page| page.items));
                        if all.is_empty() {
                            return view! { <Empty icon=Icon::Bell title=t(m::NONE) hint=hint(m::NONE_HINT)/> }.into_any();
                        }
                        all.into_iter().map(line).collect_view().into_any()
                    },
                )}
                <Show when=move || next.with(Option::is_some)>
                    <div class="flex justify-center p-3"><Button label=t(common::LOAD_MORE) size=Size::Small on_press=more/></div>
                </Show>
            </Card>
        </div>
    }
}

/// Tells the server; the event that follows shows it.
pub fn read(which: ReadNotifications) {
    // A colleague's are looked at, not read for them.
    if session::seen_as().is_some() {
        return;
    }
    spawn_local(async move {
        if let Err(fault) = api::read_notifications(&which).await {
            notify::fault(&fault);
        }
    });
}

fn line(one: NotificationView) -> impl IntoView {
    let icon = match one.kind {
        NotificationKind::Assigned => Icon::UserCheck,
        NotificationKind::Task => Icon::Pen,
        NotificationKind::Customer => Icon::Message,
        NotificationKind::ClockWarned => Icon::Timer,
        NotificationKind::ClockBroken => Icon::Alert,
        NotificationKind::Decided => Icon::CircleCheck,
        NotificationKind::Mentioned => Icon::Note,
        NotificationKind::Imported => Icon::FileSheet,
    };
    let href = match (&one.submission, &one.form) {
        (Some(id), _) => format!("/s/submissions/{id}"),
        (None, Some(form)) => format!("/s/forms/{form}/submissions"),
        (None, None) => "/s/home".to_owned(),
    };
    let (unread, broken) = (!one.read, one.kind == NotificationKind::ClockBroken);
    let id = one.id;
    view! {
        <a class="cx-line flex items-start gap-3 px-4 py-2.5" href=href on:click=move |_| if unread { read(ReadNotifications { id: Some(id.clone()), submission: None }) }>
            <span class="pt-0.5" class:text-error=broken class:text-muted=!broken><Glyph icon=icon/></span>
            <span class="min-w-0 grow">
                <span class="block" class:font-medium=unread>{one.text}</span>
                <span class="flex flex-wrap gap-x-2 text-xs text-muted"><span>{one.about}</span><Ago at=one.at/></span>
            </span>
            {unread.then(|| view! { <span class="mt-1.5 size-2 shrink-0 rounded-full bg-primary"><span class="sr-only">{t(m::UNREAD)}</span></span> })}
        </a>
    }
}
