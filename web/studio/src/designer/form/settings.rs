//! What is said about the form as a whole: address, dates, quota, languages, the thank-you.

use api_types::{AA, Colour, contrasts, is_own};
use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Checkbox, Choice, Field, Glyph, Icon, Select};

use super::{
    Bench,
    endings::{Quiz, ThanksVariants},
};
use crate::{
    browser,
    designer::{
        entry::{Entry, Fold},
        preview::language_name,
        publish::told,
    },
    editor::form::{
        Edit, Setting,
        words::{self, Words},
    },
    format,
    i18n::{Message, designer as m, fill, hint, say, t},
};

#[component]
pub fn FormSettings(bench: Bench) -> impl IntoView {
    let desk = bench.desk;
    let set = move |setting: Setting| bench.act(&Edit::Publish { setting });
    let read = move |name: &'static str| {
        desk.document.with(|document| document.pointer("/publish")?.get(name).cloned())
    };
    let text = move |name: &'static str| {
        Signal::derive(move || match read(name) {
            Some(Value::String(text)) => text,
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        })
    };
    let moment = move |name: &'static str| Signal::derive(move || text(name).with(|at| local(at)));
    let one_per = Signal::derive(|| {
        [
            ("nobody", m::ONE_NOBODY),
            ("device", m::ONE_DEVICE),
            ("customer", m::ONE_CUSTOMER),
            ("invitation", m::ONE_INVITATION),
        ]
        .into_iter()
        .map(|(word, name)| Choice::new(word, say(name)))
        .collect::<Vec<_>>()
    });
    let who = Signal::derive(move || {
        let word = text("one_per").get();
        if word.is_empty() { "nobody".to_owned() } else { word }
    });
    let fixed = Signal::derive(move || {
        desk.document.with(|document| document.pointer("/layout/mode").is_some_and(|mode| mode == "fixed"))
    });
    view! {
        <section class="cx-props">
            <h3 class="text-xs font-medium text-muted">{t(m::FORM_SETTINGS)}</h3>
            <Slug bench=bench/>
            <Languages bench=bench/>
            <Entry id="set-opens" label=t(m::OPENS) kind="datetime-local" value=moment("opens") on_input=move |at: String| set(Setting::Opens(browser::instant(&at)))/>
            <Entry id="set-closes" label=t(m::CLOSES) kind="datetime-local" value=moment("closes") on_input=move |at: String| set(Setting::Closes(browser::instant(&at)))/>
            <Entry id="set-quota" label=t(m::QUOTA) hint=hint(m::QUOTA_HINT) kind="number" value=text("quota") on_input=move |count: String| set(Setting::Quota(count.parse().ok()))/>
            {[("captcha", m::CAPTCHA), ("save", m::SAVE_LATER), ("edit", m::EDIT_LATER)].map(|(name, label)| view! { <Checkbox label=t(label) checked=Signal::derive(move || read(name) == Some(Value::Bool(true))) on_change=move |on| set(Setting::Flag(name, on))/> })}
            <Field id="set-one" label=t(m::ONE_PER)><Select id="set-one" label=t(m::ONE_PER) choices=one_per value=who on_change=move |word: String| set(Setting::OnePer(Some(word).filter(|word| word != "nobody")))/></Field>
        </section>
        <Thanks bench=bench/>
        <Spread bench=bench/>
        <Quiz bench=bench/>
        <Look bench=bench/>
        <Fold label=t(m::ADVANCED)><Checkbox label=t(m::FIXED) checked=fixed on_change=move |fixed| bench.act(&Edit::SetFixed { fixed })/></Fold>
    }
}

/// The public address; what is none is shown as typed, and not taken.
#[component]
fn Slug(bench: Bench) -> impl IntoView {
    let stored = Memo::new(move |_| {
        bench.desk.document.with(|document| {
            document.pointer("/publish/slug").and_then(Value::as_str).unwrap_or_default().to_owned()
        })
    });
    let typed = RwSignal::new(stored.get_untracked());
    Effect::new(move || typed.set(stored.get()));
    let fine = |slug: &str| {
        let sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        slug.len() <= 64 && slug.chars().all(sign)
    };
    let write = move |slug: String| {
        typed.set(slug.clone());
        if fine(&slug) {
            bench.act(&Edit::Publish { setting: Setting::Slug(Some(slug).filter(|slug| !slug.is_empty())) });
        }
    };
    // The server knows which addresses are taken.
    let refused = move || {
        bench.desk.problems.with(|problems| problems.iter().find(|one| one.path == "/publish/slug").map(told))
    };
    let error = Signal::derive(move || {
        if typed.with(|slug| fine(slug)) {
            refused().map(|said| said.replace('`', ""))
        } else {
            Some(say(m::SLUG_BAD).to_owned())
        }
    });
    view! { <Entry id="set-slug" label=t(m::SLUG) hint=hint(m::SLUG_HINT) value=typed on_input=write error=error/> }
}

/// `2026-11-23T14:05` of an instant, for its input.
fn local(at: &str) -> String {
    format::parse_ms(at).map_or_else(String::new, |ms| {
        format::Moment::at(ms, browser::offset_minutes(ms)).full().replacen(' ', "T", 1)
    })
}

/// Which languages, at least one; the first is the author's own.
#[component]
fn Languages(bench: Bench) -> impl IntoView {
    let tags = Memo::new(move |_| bench.desk.document.with(words::languages));
    let offered = move || {
        let mut all = tags.get();
        all.extend(
            ["zh", "en"].map(str::to_owned).into_iter().filter(|tag| !all.contains(tag)).collect::<Vec<_>>(),
        );
        all.sort_unstable_by(|a, b| b.cmp(a));
        all
    };
    view! {
        <fieldset>
            <legend class="text-xs font-medium text-muted">{t(m::LANGUAGES)}</legend>
            {move || offered().into_iter().map(|tag| {
                let (own, toggled) = (tag.clone(), tag.clone());
                let on = Signal::derive(move || tags.with(|tags| tags.contains(&own)));
                let toggle = move |on: bool| {
                    let mut now = tags.get_untracked();
                    now.retain(|each| *each != toggled);
                    if on {
                        now.push(toggled.clone());
                    }
                    if !now.is_empty() {
                        bench.act(&Edit::Publish { setting: Setting::Languages(now) });
                    }
                };
                let last = Signal::derive({ let tag = tag.clone(); move || tags.with(|tags| tags.len() == 1 && tags[0] == tag) });
                view! { <Checkbox label=Signal::derive(move || language_name(&tag)) checked=on disabled=last on_change=toggle/> }
            }).collect_view()}
        </fieldset>
    }
}

/// The look of the public page: its colour, with how well it can be read, and who asks.
#[component]
fn Look(bench: Bench) -> impl IntoView {
    let read = move |name: &'static str| {
        Signal::derive(move || {
            let value = bench
                .desk
                .document
                .with(|document| document.get("theme")?.get(name)?.as_str().map(str::to_owned));
            value.unwrap_or_default()
        })
    };
    let (accent, logo) = (read("accent"), read("logo"));
    let colour = Memo::new(move |_| accent.with(|accent| Colour::parse(accent)));
    let paint = move |colour: String| {
        bench.act(&Edit::SetAccent { colour: Some(colour).filter(|colour| !colour.is_empty()) });
    };
    let ratio = move |name: Message, pick: fn((f64, f64)) -> f64| {
        move || {
            colour.get().map(|colour| {
                let ratio = pick(contrasts(colour));
                let fine = ratio >= AA;
                let icon = if fine { Icon::CircleCheck } else { Icon::Alert };
                let class = if fine { "text-success" } else { "text-warning" };
                let words = fill(if fine { m::CONTRAST_FINE } else { m::CONTRAST_LOW }, &[("what", say(name)), ("ratio", &format!("{ratio:.2}"))]);
                view! { <p class="flex items-start gap-1 text-xs"><span class=class><Glyph icon=icon/></span><span>{words}</span></p> }
            })
        }
    };
    let bad_colour = Signal::derive(move || {
        accent.with(|accent| {
            (!accent.is_empty() && Colour::parse(accent).is_none()).then(|| say(m::ACCENT_BAD).to_owned())
        })
    });
    let bad_logo = Signal::derive(move || {
        logo.with(|logo| (!logo.is_empty() && !is_own(logo)).then(|| say(m::LOGO_BAD).to_owned()))
    });
    view! {
        <section class="cx-props cx-props-line">
            <h3 class="text-xs font-medium text-muted">{t(m::LOOK)}</h3>
            <div class="flex items-end gap-2">
                <input type="color" class="input w-14 p-1" aria-label=t(m::ACCENT_PICK) prop:value=move || colour.get().map_or_else(|| "#2458d3".to_owned(), |colour| format!("#{}", colour.digits())) on:input=move |event| paint(event_target_value(&event))/>
                <div class="grow"><Entry id="set-accent" label=t(m::ACCENT) error=bad_colour value=accent on_input=paint/></div>
            </div>
            <div role="status">{ratio(m::CONTRAST_BUTTON, |(on, _)| on)} {ratio(m::CONTRAST_LINK, |(_, of)| of)}</div>
            <Entry id="set-brand" label=t(m::BRAND) hint=hint(m::BRAND_HINT) value=Signal::derive(move || bench.read(&Words::Brand)) on_input=move |text| bench.say(Words::Brand, text)/>
            <Entry id="set-logo" label=t(m::LOGO) hint=hint(m::LOGO_HINT) error=bad_logo value=logo on_input=move |address: String| bench.act(&Edit::SetLogo { address: Some(address).filter(|address| !address.is_empty()) })/>
        </section>
    }
}

/// How it travels: the card that chat apps show, and sites that may show the form itself.
#[component]
fn Spread(bench: Bench) -> impl IntoView {
    let read = move |words: Words| Signal::derive(move || bench.read(&words));
    let picture = Signal::derive(move || {
        let found = bench.desk.document.with(|document| {
            document.pointer("/publish/share/picture").and_then(Value::as_str).map(str::to_owned)
        });
        found.unwrap_or_default()
    });
    let stored = Memo::new(move |_| {
        bench.desk.document.with(|document| {
            let list = document.pointer("/publish/embed").and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        })
    });
    let listed = |typed: &str| typed.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    // As typed while somebody types: an empty line is no origin, and no reason to take it away again.
    let typed = RwSignal::new(stored.get_untracked());
    Effect::new(move || {
        let stored = stored.get();
        if listed(&typed.get_untracked()).join("\n") != stored {
            typed.set(stored);
        }
    });
    let name_sites = move |text: String| {
        bench.act(&Edit::Publish { setting: Setting::Embed(listed(&text)) });
        typed.set(text);
    };
    view! {
        <section class="cx-props cx-props-line">
            <h3 class="text-xs font-medium text-muted">{t(m::SPREAD)}</h3>
            <Entry id="set-card" label=t(m::CARD_TITLE) hint=hint(m::CARD_HINT) value=read(Words::ShareTitle) on_input=move |text| bench.say(Words::ShareTitle, text)/>
            <Entry id="set-card-text" label=t(m::CARD_TEXT) value=read(Words::ShareText) on_input=move |text| bench.say(Words::ShareText, text)/>
            <Entry id="set-card-picture" label=t(m::CARD_PICTURE) hint=hint(m::CARD_PICTURE_HINT) value=picture on_input=move |address: String| bench.act(&Edit::Publish { setting: Setting::Picture(Some(address.trim().to_owned())) })/>
            <Field id="set-embed" label=t(m::EMBED) hint=hint(m::EMBED_HINT)>
                <textarea id="set-embed" class="textarea" rows="2" spellcheck="false" placeholder="https://shop.example" aria-describedby="set-embed-note" prop:value=typed on:input=move |event| name_sites(event_target_value(&event))></textarea>
            </Field>
        </section>
    }
}

/// The thank-you for everybody.
#[component]
fn Thanks(bench: Bench) -> impl IntoView {
    let text = Signal::derive(move || bench.read(&Words::ThanksText));
    view! {
        <section class="cx-props cx-props-line">
            <h3 class="text-xs font-medium text-muted">{t(m::THANKS)}</h3>
            <Entry id="set-thanks" label=t(m::THANKS_TITLE) value=Signal::derive(move || bench.read(&Words::ThanksTitle)) on_input=move |text| bench.say(Words::ThanksTitle, text)/>
            <Field id="set-thanks-text" label=t(m::THANKS_TEXT)>
                <textarea id="set-thanks-text" class="textarea" rows="3" prop:value=text on:input=move |event| bench.say(Words::ThanksText, event_target_value(&event))></textarea>
            </Field>
            <ThanksVariants bench=bench/>
        </section>
    }
}
