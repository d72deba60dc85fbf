//! API tokens: the secret shows once; revoking asks first.

use api_types::{CreatedToken, NewToken, TokenView};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{
    Button, Card, Dialog, DialogActions, Empty, Icon, Look, Notice, Size, SkeletonLines, Table, TextField,
    Tone,
};

use super::SectionHead;
use crate::{
    api,
    browser::select_all,
    i18n::{common, fill, hint, say, settings as m, t},
    load::{Loaded, load},
    notify,
    shell::{Ago, open_while},
};

#[component]
pub fn Tokens() -> impl IntoView {
    let tokens = load(|| (), |()| async { api::tokens().await });
    let adding = RwSignal::new(false);
    let revoking = RwSignal::new(None::<TokenView>);
    view! {
        <SectionHead title=m::TOKENS about=m::TOKENS_ABOUT>
            <Button label=t(m::ADD_TOKEN) icon=Icon::Plus look=Look::Primary on_press=move |_| adding.set(true)/>
        </SectionHead>
        <Card flush=true>
            {tokens.view(
                || view! { <SkeletonLines lines=3/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Key title=t(m::NO_TOKENS)/> }>
                        <Table label=t(m::TOKENS) cards=true>
                            <thead><tr><th scope="col">{t(m::TOKEN_FOR)}</th><th scope="col">{t(m::SECRET)}</th><th scope="col">{t(m::CREATED)}</th><th scope="col">{t(m::LAST_USED)}</th><th scope="col"><span class="sr-only">{t(m::REVOKE)}</span></th></tr></thead>
                            <tbody>
                                <For each=move || list.get() key=|token| (token.id.clone(), token.last_used_at.clone()) let:token>
                                    {
                                        let revoked = token.clone();
                                        view! {
                                            <tr>
                                                <td class="cx-card-head font-medium">{token.name}</td>
                                                <td data-label=t(m::SECRET)><code class="font-mono text-xs text-muted">{token.prefix}"…"</code></td>
                                                <td class="text-muted" data-label=t(m::CREATED)><Ago at=token.created_at/></td>
                                                <td class="text-muted" data-label=t(m::LAST_USED)>{token.last_used_at.map_or_else(|| t(m::NEVER_USED).into_any(), |at| view! { <Ago at=at/> }.into_any())}</td>
                                                <td class="text-right"><Button label=t(m::REVOKE) size=Size::Small look=Look::Quiet on_press=move |_| revoking.set(Some(revoked.clone()))/></td>
                                            </tr>
                                        }
                                    }
                                </For>
                            </tbody>
                        </Table>
                    </Show>
                },
            )}
        </Card>
        <Dialog open=adding title=t(m::ADD_TOKEN) close=t(common::CLOSE)><Adding adding=adding tokens=tokens/></Dialog>
        <Revoking token=revoking tokens=tokens/>
    }
}

#[component]
fn Adding(adding: RwSignal<bool>, tokens: Loaded<Vec<TokenView>>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let (tried, busy) = (RwSignal::new(false), RwSignal::new(false));
    let made = RwSignal::new(None::<CreatedToken>);
    let error = Signal::derive(move || {
        (tried.get() && name.with(|name| name.trim().is_empty())).then(|| say(m::NEEDED).to_owned())
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let token = NewToken { name: name.get_untracked().trim().to_owned() };
        if token.name.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::add_token(&token).await {
                Ok(token) => {
                    made.set(Some(token));
                    tokens.refresh();
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    move || {
        match made.get() {
        Some(made) => view! { <Secret made=made adding=adding/> }.into_any(),
        None => view! {
            <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                <TextField id="token-name" label=t(m::TOKEN_FOR) value=name hint=hint(m::TOKEN_FOR_HINT) required=true autofocus=true error=error/>
                <DialogActions>
                    <Button label=t(common::CANCEL) on_press=move |_| adding.set(false)/>
                    <Button label=t(m::ADD_TOKEN) look=Look::Primary submit=true busy=busy/>
                </DialogActions>
            </form>
        }.into_any(),
    }
    }
}

#[component]
fn Secret(made: CreatedToken, adding: RwSignal<bool>) -> impl IntoView {
    let copied = made.secret.clone();
    view! {
        <Notice tone=Tone::Warning>{t(m::SECRET_ONCE)}</Notice>
        <div class="mt-4 flex gap-2">
            <input class="input font-mono" readonly=true aria-label=t(m::SECRET) prop:value=made.secret on:focus=select_all/>
            <Button label=t(common::COPY) icon=Icon::Copy look=Look::Primary on_press=move |_| notify::copy(copied.clone())/>
        </div>
        <DialogActions><Button label=t(m::SECRET_DONE) on_press=move |_| adding.set(false)/></DialogActions>
    }
}

#[component]
fn Revoking(token: RwSignal<Option<TokenView>>, tokens: Loaded<Vec<TokenView>>) -> impl IntoView {
    let open = open_while(token);
    let revoke = move |_| {
        let Some(id) = token.with_untracked(|token| token.as_ref().map(|token| token.id.clone())) else {
            return;
        };
        open.set(false);
        spawn_local(async move {
            match api::drop_token(&id).await {
                Ok(()) => notify::success(m::REVOKED),
                Err(fault) => notify::fault(&fault),
            }
            tokens.refresh();
        });
    };
    let title = Signal::derive(move || {
        token
            .with(|token| token.as_ref().map(|token| fill(m::REVOKE_TITLE, &[("name", &token.name)])))
            .unwrap_or_default()
    });
    view! {
        <Dialog open=open title=title close=t(common::CLOSE)>
            <p>{t(m::REVOKE_ABOUT)}</p>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::REVOKE) look=Look::Danger on_press=revoke/>
            </DialogActions>
        </Dialog>
    }
}
