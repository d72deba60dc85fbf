//! Where staff stand beside it: a tablet on site, filling in for somebody, a form for colleagues.

use leptos::prelude::*;
use web_ui::Card;

use super::{Address, Desk};
use crate::i18n::{share as m, t};

#[component]
pub fn OnSite(desk: Desk) -> impl IntoView {
    let with = move |query: &'static str| {
        Signal::derive(move || {
            desk.share.with(|share| format!("{}?{query}", share.url.as_deref().unwrap_or_default()))
        })
    };
    let inside = Signal::derive(move || desk.share.with(|share| share.inside.clone()));
    view! {
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
            <Card title=t(m::KIOSK)>
                <p class="mb-3 text-muted">{t(m::KIOSK_ABOUT)}</p>
                <Address name=t(m::KIOSK) address=with("kiosk=1") copy=m::COPY_LINK open=true/>
            </Card>
            <Card title=t(m::BEHALF)>
                <p class="mb-3 text-muted">{t(m::BEHALF_ABOUT)}</p>
                <Address name=t(m::BEHALF) address=with("behalf=1") copy=m::COPY_LINK open=true/>
            </Card>
            <Card title=t(m::INSIDE)>
                <p class="mb-3 text-muted">{t(m::INSIDE_ABOUT)}</p>
                <Address name=t(m::INSIDE) address=inside copy=m::COPY_LINK open=true/>
            </Card>
        </div>
    }
}
