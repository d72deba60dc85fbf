//! The document around every page: head, team, language switch, foot.
//!
//! Nothing inline: style and script are files, so the strict policy of the server holds.

use form_engine::Language;
use leptos::prelude::*;

use crate::{Frame, Words};

/// How a page lets its reader change the language.
pub(crate) enum Switch {
    /// By posting the form, so that nothing typed is lost.
    Post,
    /// By a link.
    Link,
    /// Not on this page: reading it again would do something again.
    None,
}

/// Which script a page carries.
pub(crate) enum Script {
    /// The form's loader.
    Loader,
    /// The progress page's refresher.
    Progress,
    /// None.
    None,
}

/// The whole document as text.
pub(crate) fn document(
    frame: &Frame,
    title: &str,
    script: Script,
    switch: &Switch,
    body: impl IntoView,
) -> String {
    let words = Words::of(frame.language);
    // Only a page that nothing is typed into may leave by itself.
    let kind = if matches!(script, Script::None) { Kind::Done } else { Kind::Asked };
    let heading = match &frame.team {
        Some(team) => format!("{title} · {team}"),
        None => title.to_owned(),
    };
    let source = match &script {
        Script::Loader => frame.assets.loader.clone(),
        Script::Progress => frame.assets.progress.clone(),
        Script::None => None,
    };
    let page = match script {
        Script::Loader => frame.assets.page.clone(),
        Script::Progress | Script::None => None,
    };
    let page = page.map(|page| view! { <script src=page defer></script> });
    // The loader stands before the stylesheet: it then waits for no style, and can choose the
    // one-question layout before the first paint, so that nothing jumps.
    let script = source.map(|source| view! { <script src=source></script> });
    let style = frame.assets.css.clone().map(|css| view! { <link rel="stylesheet" href=css /> });
    let theme = frame.assets.theme.clone().map(|css| view! { <link rel="stylesheet" href=css /> });
    // The name beside it says whose it is.
    let logo = frame.logo.clone().map(|source| view! { <img class="logo" src=source alt="" /> });
    let document = view! {
        <html lang=words.tag>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="format-detection" content="telephone=no" />
                <meta name="robots" content="noindex" />
                <meta name="color-scheme" content="light dark" />
                <title>{heading}</title>
                {card(frame)}
                {matches!(kind, Kind::Done).then(|| again(frame))}
                {script}
                {style}
                {theme}
                {page}
                <link rel="icon" href=ICON />
            </head>
            <body>
                <header class="top">
                    <span class="team">{logo} {frame.team.clone()}</span>
                    {languages(frame, switch)}
                </header>
                <main class="sheet">{body.into_any()}</main>
                <footer class="foot">{words.colophon}</footer>
            </body>
        </html>
    };
    format!("<!doctype html>{}", document.to_html())
}

enum Kind {
    Asked,
    Done,
}

/// What messengers show of a link (the Open Graph protocol's names).
fn card(frame: &Frame) -> Option<AnyView> {
    let share = frame.share.as_ref()?;
    let property = |name: &'static str, content: String| {
        leptos::html::meta().attr("property", name).content(content).into_any()
    };
    let mut card = vec![
        property("og:type", "website".to_owned()),
        property("og:title", share.title.clone()),
        property("og:url", share.url.clone()),
    ];
    if let Some(text) = &share.description {
        card.push(view! { <meta name="description" content=text.clone() /> }.into_any());
        card.push(property("og:description", text.clone()));
    }
    card.extend(share.picture.clone().map(|picture| property("og:image", picture)));
    Some(card.into_any())
}

/// Seconds a thank-you stands at a device that many people use.
const KIOSK_S: u32 = 15;

fn again(frame: &Frame) -> Option<AnyView> {
    let address = frame.again.as_ref()?;
    let content = format!("{KIOSK_S};url={address}");
    Some(view! { <meta http-equiv="refresh" content=content /> }.into_any())
}

/// A button or link to each other language.
fn languages(frame: &Frame, switch: &Switch) -> Vec<AnyView> {
    let others = frame.languages.iter().copied().filter(|language| *language != frame.language);
    others.filter_map(|language| language_button(language, switch)).collect()
}

fn language_button(language: Language, switch: &Switch) -> Option<AnyView> {
    let words = Words::of(language);
    let name = words.own_name;
    let button = match switch {
        Switch::None => return None,
        Switch::Post => view! {
            <button class="language" type="submit" form="form" name="_lang" value=language.as_str() lang=words.tag>
                {name}
            </button>
        }
        .into_any(),
        Switch::Link => {
            let address = format!("?lang={}", language.as_str());
            view! { <a class="language" href=address lang=words.tag hreflang=words.tag>{name}</a> }.into_any()
        }
    };
    Some(button)
}

/// Two arcs, a call and its echo, in the accent blue.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%232458d3'/%3E%3Cg fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round'%3E%3Cpath d='M10 20a6 6 0 1 1 8-8'/%3E%3Cpath d='M22 12a6 6 0 1 1-8 8'/%3E%3C/g%3E%3C/svg%3E";
