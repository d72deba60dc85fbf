//! The public link, the short one with its code, one for each place; and the card that chat apps show.

use api_types::{NewShortLink, Role, ShortLinkView};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{
    Button, Card, Choice, Dialog, DialogActions, Empty, Icon, IconButton, LinkButton, Look, SelectField,
    Table, TextField,
};

use super::{Address, Code, Desk};
use crate::{
    api,
    i18n::{common, fill, hint, say, share as m, t},
    notify, session, settings,
    shell::open_while,
};

#[component]
pub fn Links(desk: Desk) -> impl IntoView {
    let url = Signal::derive(move || desk.share.with(|share| share.url.clone()).unwrap_or_default());
    let own = Memo::new(move |_| {
        desk.share.with(|share| share.links.iter().find(|link| link.label.is_none()).cloned())
    });
    view! {
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <div class="flex flex-col gap-4">
                <Card title=t(m::LINK)>
                    <p class="mb-2 text-muted">{t(m::LINK_HINT)}</p>
                    <Address name=t(m::LINK) address=url copy=m::COPY_LINK open=true/>
                    {move || own.get().map(|link| view! {
                        <h3 class="mt-6 text-sm">{t(m::SHORT)}</h3>
                        <p class="mb-2 text-muted">{t(m::SHORT_HINT)}</p>
                        <Address name=t(m::SHORT) address=link.url copy=m::COPY_SHORT/>
                    })}
                </Card>
                <Preview desk=desk/>
            </div>
            {move || own.get().map(|link| view! {
                <Card title=t(m::QR)>
                    <p class="mb-3 text-muted">{t(m::QR_HINT)}</p>
                    <Code picture=api::qr_address(&desk.key.get(), Some(&link.code)) file=format!("{}-qr.svg", desk.key.get())/>
                </Card>
            })}
        </div>
        <Show when=|| session::may(Role::Designer)><Places desk=desk/></Show>
    }
}

/// What chat apps show of the link.
#[component]
fn Preview(desk: Desk) -> impl IntoView {
    let card = move || {
        let tag = settings::language().code();
        let (title, text, picture, home) = desk.share.with(|share| {
            let text = share.card_text.as_ref().map(|text| text.get(tag).to_owned());
            (share.card_title.get(tag).to_owned(), text, share.card_picture.clone(), share.home.clone())
        });
        let host = home.split("://").nth(1).unwrap_or_default().to_owned();
        // Pictures of other hosts are not loaded here: the page's policy refuses them.
        let picture = picture.filter(|address| address.starts_with('/'));
        view! {
            <div class="overflow-hidden rounded-box border border-base-300">
                {picture.map(|address| view! { <img class="block max-h-48 w-full object-cover" src=address alt=""/> })}
                <div class="p-3">
                    <p class="font-medium">{title}</p>
                    {text.map(|text| view! { <p class="line-clamp-2 text-muted">{text}</p> })}
                    <p class="mt-1 text-xs text-muted">{host}</p>
                </div>
            </div>
        }
    };
    view! {
        <Card title=t(m::CARD)>
            <p class="mb-3 text-muted">{t(m::CARD_HINT)}</p>
            {card}
            <Show when=|| session::may(Role::Designer)>
                <div class="mt-3"><LinkButton label=t(m::LIMITS_EDIT) icon=Icon::Pen href=Signal::derive(move || desk.design()) load=true/></div>
            </Show>
        </Card>
    }
}

#[component]
fn Places(desk: Desk) -> impl IntoView {
    let removing = RwSignal::new(None::<ShortLinkView>);
    let links = Memo::new(move |_| {
        let placed = |link: &&ShortLinkView| link.label.is_some();
        desk.share.with(|share| share.links.iter().filter(placed).cloned().collect::<Vec<_>>())
    });
    view! {
        <Card title=t(m::PLACES) class="mt-4">
            <p class="mb-4 max-w-2xl text-muted">{t(m::PLACES_HINT)}</p>
            <Show when=move || !links.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::QrCode title=t(m::PLACES_NONE)/> }>
                <Table label=t(m::PLACES) cards=true>
                    <thead><tr><th scope="col">{t(m::PLACE)}</th><th scope="col">{t(m::SHORT)}</th><th scope="col" class="hidden md:table-cell">{t(m::FIELD)}</th><th scope="col"><span class="sr-only">{t(common::MORE)}</span></th></tr></thead>
                    <tbody><For each=move || links.get() key=|link| link.code.clone() let:link><Line desk=desk link=link removing=removing/></For></tbody>
                </Table>
            </Show>
            <Adding desk=desk/>
        </Card>
        <Removing desk=desk link=removing/>
    }
}

#[component]
fn Line(desk: Desk, link: ShortLinkView, removing: RwSignal<Option<ShortLinkView>>) -> impl IntoView {
    let label = link.label.clone().unwrap_or_default();
    let named = move |message| {
        let label = label.clone();
        Signal::derive(move || fill(message, &[("label", &label)]))
    };
    let answers = desk.share.with_untracked(|share| {
        let source = share.sources.iter().find(|source| Some(&source.path) == link.field.as_ref());
        source.map(|source| source.title.clone())
    });
    let picture = api::qr_address(&desk.key.get_untracked(), Some(&link.code));
    let file = format!("{}-{}-qr.svg", desk.key.get_untracked(), link.code);
    let (copied, removed) = (link.url.clone(), link.clone());
    view! {
        <tr>
            <td class="cx-card-head font-medium">{link.label}</td>
            <td><code class="font-mono text-xs break-all text-muted">{link.url}</code></td>
            <td class="hidden text-muted md:table-cell" data-label=t(m::FIELD)>{answers.unwrap_or_else(|| say(common::NOTHING).to_owned())}</td>
            <td class="w-0 max-sm:w-auto"><span class="flex justify-end gap-1">
                <IconButton label=named(m::COPY_OF) icon=Icon::Copy tip="cx-tip-left" on_press=move |_| notify::copy(copied.clone())/>
                <a class="btn btn-ghost btn-square cx-tip cx-tip-left" href=picture download=file rel="external" aria-label=named(m::QR_OF)><web_ui::Glyph icon=Icon::QrCode/></a>
                <IconButton label=named(m::REMOVE_OF) icon=Icon::Trash tip="cx-tip-left" on_press=move |_| removing.set(Some(removed.clone()))/>
            </span></td>
        </tr>
    }
}

#[component]
fn Adding(desk: Desk) -> impl IntoView {
    let label = RwSignal::new(String::new());
    let sources = desk.share.with_untracked(|share| share.sources.clone());
    let field = RwSignal::new(sources.first().map(|source| source.path.clone()).unwrap_or_default());
    let (tried, busy) = (RwSignal::new(false), RwSignal::new(false));
    let error = Signal::derive(move || {
        (tried.get() && label.with(|label| label.trim().is_empty())).then(|| say(m::PLACE_NEEDED).to_owned())
    });
    let has_sources = !sources.is_empty();
    let choices = Signal::derive(move || {
        let named = sources.iter().map(|source| Choice::new(source.path.clone(), source.title.clone()));
        named.chain([Choice::new("", say(m::FIELD_NONE))]).collect::<Vec<_>>()
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let link = NewShortLink {
            label: label.get_untracked().trim().to_owned(),
            field: Some(field.get_untracked()).filter(|path| !path.is_empty()),
        };
        if link.label.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::add_link(&desk.key.get_untracked(), &link).await {
                Ok(_) => {
                    notify::success(m::PLACE_ADDED);
                    tried.set(false);
                    label.set(String::new());
                    desk.loaded.refresh();
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="mt-4 grid grid-cols-1 items-start gap-3 sm:grid-cols-2" novalidate=true on:submit=send>
            <TextField id="place-label" label=t(m::PLACE) value=label error=error/>
            {if has_sources {
                view! { <SelectField id="place-field" label=t(m::FIELD) choices=choices value=field/> }.into_any()
            } else {
                view! { <p class="text-xs text-muted sm:pt-6">{hint(m::FIELD_HINT)} " " <a class="cx-link" rel="external" href=desk.design()>{t(m::DESIGN)}</a></p> }.into_any()
            }}
            <div><Button label=t(m::ADD_PLACE) icon=Icon::Plus look=Look::Primary submit=true busy=busy/></div>
        </form>
    }
}

#[component]
fn Removing(desk: Desk, link: RwSignal<Option<ShortLinkView>>) -> impl IntoView {
    let open = open_while(link);
    let title = Signal::derive(move || {
        let label = link.with(|link| link.as_ref()?.label.clone()).unwrap_or_default();
        fill(m::REMOVE_TITLE, &[("label", &label)])
    });
    let remove = move |_| {
        let Some(code) = link.with_untracked(|link| Some(link.as_ref()?.code.clone())) else { return };
        open.set(false);
        spawn_local(async move {
            match api::drop_link(&desk.key.get_untracked(), &code).await {
                Ok(()) => notify::success(m::REMOVED),
                Err(fault) => notify::fault(&fault),
            }
            desk.loaded.refresh();
        });
    };
    view! {
        <Dialog open=open title=title close=t(common::CLOSE)>
            <p>{t(m::REMOVE_ABOUT)}</p>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(common::DELETE) look=Look::Danger on_press=remove/>
            </DialogActions>
        </Dialog>
    }
}
