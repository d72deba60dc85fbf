//! What concerns only the person at this browser: language, appearance, the safety of their account.

use leptos::prelude::*;
use web_ui::{Card, Choice, Segmented};

use super::{SectionHead, choices::Choices, second_step::Step, security::Security};
use crate::{
    i18n::{Language, say, settings as m, shell as words, t},
    session,
    settings::{self, Theme},
};

const THEMES: [(&str, Theme); 3] =
    [("system", Theme::System), ("light", Theme::Light), ("dark", Theme::Dark)];

#[component]
pub fn Personal() -> impl IntoView {
    let themes = Signal::derive(|| {
        vec![
            Choice::new("system", say(words::THEME_SYSTEM)),
            Choice::new("light", say(words::THEME_LIGHT)),
            Choice::new("dark", say(words::THEME_DARK)),
        ]
    });
    let theme = Signal::derive(|| {
        THEMES
            .into_iter()
            .find(|(_, theme)| *theme == settings::theme())
            .map_or("system", |(key, _)| key)
            .to_owned()
    });
    let languages = Signal::stored(vec![Choice::new("zh", "中文"), Choice::new("en", "English")]);
    let language = Signal::derive(|| settings::language().code().to_owned());
    view! {
        <SectionHead title=m::PERSONAL about=m::PERSONAL_ABOUT/>
        <Card>
            <div class="flex flex-wrap items-center justify-between gap-2 border-b border-base-300 pb-4">
                <span class="font-medium">{t(m::LANGUAGE)}</span>
                <Segmented label=t(m::LANGUAGE) choices=languages value=language on_change=|code: String| session::switch_language(Language::of(&code))/>
            </div>
            <div class="flex flex-wrap items-center justify-between gap-2 pt-4">
                <span class="font-medium">{t(words::THEME)}</span>
                <Segmented label=t(words::THEME) choices=themes value=theme on_change=|key: String| if let Some((_, theme)) = THEMES.into_iter().find(|(each, _)| *each == key) { settings::set_theme(theme) }/>
            </div>
        </Card>
        // Until it is on, the server answers whoever owes the second step nothing of this.
        <Show when=|| !session::owes_second_step()>
            <Choices/>
            <Security/>
        </Show>
        <Step/>
    }
}
