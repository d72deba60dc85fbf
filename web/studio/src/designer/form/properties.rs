//! The right panel: the selected question, or the form when nothing is selected.

use std::sync::Arc;

use api_types::{DefinitionKind, FieldUse};
use form_engine::{Bound, FieldKind};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Checkbox, Choice, Field, Select};

use super::{
    Bench,
    detail::{self, Columns},
    logic::Logic,
    settings::FormSettings,
};
use crate::{
    api, browser,
    designer::entry::{Entry, Fold},
    editor::form::{
        Edit, Limit, kinds,
        list::lines,
        outline::Item,
        schema,
        words::{Part, Words},
    },
    i18n::{Message, designer as m, fill, hint, say, t},
};

#[component]
pub fn Properties(bench: Bench) -> impl IntoView {
    let path = Memo::new(move |_| {
        let chosen = bench.desk.selected.get();
        chosen.filter(|path| bench.outline.with(|outline| outline.item(path).is_some()))
    });
    // What is selected is marked at once; its panel is drawn after the frame that shows the mark.
    let shown = RwSignal::new(path.get_untracked());
    Effect::new(move || {
        let wanted = path.get();
        let then = move || {
            let still = path.try_get_untracked().is_some_and(|path| path == wanted);
            if still && shown.with_untracked(|shown| *shown != wanted) {
                shown.set(wanted.clone());
            }
        };
        browser::after_frame(then);
    });
    move || match shown.get() {
        Some(path) => view! { <OfQuestion bench=bench path=path/> }.into_any(),
        None => view! { <FormSettings bench=bench/> }.into_any(),
    }
}

#[component]
fn OfQuestion(bench: Bench, path: String) -> impl IntoView {
    let path = StoredValue::new(path);
    let own = move || path.get_value();
    let item = Memo::new(move |before: Option<&Option<Arc<Item>>>| {
        bench.outline.with(|outline| outline.item(&own()).cloned()).or_else(|| before.cloned().flatten())
    });
    let kind = Memo::new(move |_| item.with(|item| item.as_ref().and_then(|item| item.kind)));
    let rows = Memo::new(move |_| item.with(|item| item.as_ref().is_some_and(|item| item.rows)));
    let required = Signal::derive(move || item.with(|item| item.as_ref().is_some_and(|item| item.required)));
    let choices = Signal::derive(|| {
        kinds::offers().into_iter().map(|offer| Choice::new(offer.word, say(offer.name))).collect::<Vec<_>>()
    });
    let word = Signal::derive(move || kind.get().map(|kind| kind.control().to_owned()).unwrap_or_default());
    let recast = move |word: String| {
        if let Some(kind) = FieldKind::NAMED.into_iter().find(|kind| kind.control() == word) {
            bench.act(&Edit::ChangeKind { field: own(), kind });
        }
    };
    view! {
        <section class="cx-props">
            <Show when=move || kind.get().is_some()>
                <Field id="prop-kind" label=t(m::KIND)><Select id="prop-kind" label=t(m::KIND) choices=choices value=word on_change=recast/></Field>
                <Checkbox label=t(m::REQUIRED) checked=required on_change=move |on| bench.act(&Edit::Require { field: own(), on })/>
            </Show>
            {move || kind.get().map(|kind| view! { <OfKind bench=bench path=path item=item kind=kind/> })}
            {move || rows.get().then(|| view! {
                <Checkbox label=t(m::REQUIRED) checked=required on_change=move |on| bench.act(&Edit::Require { field: own(), on })/>
                <RowCounts bench=bench path=path/>
                <Columns bench=bench path=path item=item/>
            })}
        </section>
        <Logic bench=bench path=path/>
        <Fold id="prop-advanced" label=t(m::ADVANCED)><Key bench=bench path=path/></Fold>
    }
}

/// How many rows a sub-form takes.
#[component]
fn RowCounts(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let count = move |limit: Limit, label: Message| {
        let value = Signal::derive(move || {
            let count = bench.desk.document.with(|document| {
                path.with_value(|path| schema::property(document, path)?.get(limit.keyword())?.as_u64())
            });
            count.map(|count| count.to_string()).unwrap_or_default()
        });
        let set = move |text: String| {
            bench.act(&Edit::SetLimit { field: path.get_value(), limit, value: text.trim().parse().ok() })
        };
        view! { <Entry id=format!("prop-{}", limit.keyword()) label=t(label) kind="number" value=value on_input=set/> }
    };
    view! { <div class="grid grid-cols-2 gap-2">{count(Limit::MinItems, m::MIN_ROWS)}{count(Limit::MaxItems, m::MAX_ROWS)}</div> }
}

/// What only some kinds have.
#[component]
fn OfKind(
    bench: Bench,
    path: StoredValue<String>,
    item: Memo<Option<Arc<Item>>>,
    kind: FieldKind,
) -> impl IntoView {
    let text = move |part: Part, label: Message| {
        let words = move || Words::Field(path.get_value(), part);
        let id = format!("prop-{}", part.member());
        view! { <Entry id=id label=t(label) value=Signal::derive(move || bench.read(&words())) on_input=move |text| bench.say(words(), text)/> }
    };
    let bound =
        |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.limit.to_string()).unwrap_or_default();
    let limit = move |limit: Limit, label: Message| {
        let read = move |item: &Arc<Item>| {
            let Some(field) = &item.field else { return String::new() };
            let count = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
            match limit {
                Limit::Min => bound(&field.min),
                Limit::Max => bound(&field.max),
                Limit::MinLength => count(field.min_length),
                Limit::MaxLength => count(field.max_length),
                Limit::MinItems => count(field.min_items),
                Limit::MaxItems => count(field.max_items),
            }
        };
        let value = Signal::derive(move || item.with(|item| item.as_ref().map(read).unwrap_or_default()));
        let set = move |text: String| {
            bench.act(&Edit::SetLimit { field: path.get_value(), limit, value: text.trim().parse().ok() })
        };
        view! { <Entry id=format!("prop-{}", limit.keyword()) label=t(label) kind="number" value=value on_input=set/> }
    };
    let pair = move |low: (Limit, Message), high: (Limit, Message)| view! { <div class="grid grid-cols-2 gap-2">{limit(low.0, low.1)}{limit(high.0, high.1)}</div> };
    view! {
        {kinds::has_placeholder(kind).then(|| text(Part::Placeholder, m::PLACEHOLDER))}
        {kinds::has_ends(kind).then(|| view! { {text(Part::Low, m::LOW)} {text(Part::High, m::HIGH)} })}
        {kinds::has_limits(kind).then(|| pair((Limit::Min, m::MIN), (Limit::Max, m::MAX)))}
        {kinds::has_steps(kind).then(|| limit(Limit::Max, m::STEPS))}
        {kinds::has_length(kind).then(|| pair((Limit::MinLength, m::MIN_LENGTH), (Limit::MaxLength, m::MAX_LENGTH)))}
        {kinds::has_counts(kind).then(|| pair((Limit::MinItems, m::MIN_ITEMS), (Limit::MaxItems, m::MAX_ITEMS)))}
        {detail::of_kind(bench, path, kind)}
        {kinds::has_options(kind).then(|| view! { <OptionLines bench=bench path=path item=item/> })}
    }
}

/// All options as lines; taken when the field is left, so that half a line is no option.
#[component]
fn OptionLines(bench: Bench, path: StoredValue<String>, item: Memo<Option<Arc<Item>>>) -> impl IntoView {
    let written = Signal::derive(move || {
        let count = item.with(|item| item.as_ref().map_or(0, |item| item.options));
        (0..count)
            .map(|index| bench.shown(&Words::Option(path.get_value(), index)))
            .collect::<Vec<_>>()
            .join("\n")
    });
    let take = move |text: String| {
        if text != written.get_untracked() {
            bench.act(&Edit::SetOptions {
                field: path.get_value(),
                labels: lines(&text),
                language: bench.language.get_untracked(),
            });
        }
    };
    view! {
        <Field id="prop-options" label=t(m::OPTIONS) hint=hint(m::OPTIONS_HINT)>
            <textarea id="prop-options" class="textarea" rows="5" aria-describedby="prop-options-note" prop:value=written on:change=move |event| take(event_target_value(&event))></textarea>
        </Field>
    }
}

/// "Used in 3 places": what follows when the key changes. Asked for once the key is looked at.
#[component]
fn Uses(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let uses = RwSignal::new(None::<Vec<FieldUse>>);
    // What was renamed since is known to the server by its old name.
    let known = bench.desk.document.with_untracked(|document| {
        let live = bench
            .desk
            .live
            .with_untracked(|live| live.as_ref().map_or(0, |(_, live)| form_engine::renamings(live).len()));
        let since = form_engine::renamings(document).into_iter().skip(live).rev();
        since.fold(path.get_value(), |path, renaming| renaming.turned().path(&path).unwrap_or(path))
    });
    let saved = known == path.get_value();
    spawn_local(async move {
        let Some(id) = bench.desk.id.try_get_value() else { return };
        let found = api::uses(&id, &known).await.unwrap_or_default();
        // Its own form's rules are in the draft under the new name already.
        let found = found.into_iter().filter(|one| saved || !one.places.is_empty()).collect();
        uses.try_set(Some(found));
    });
    let count = move || {
        uses.with(|uses| uses.as_ref().map(|uses| uses.iter().map(|one| one.places.len()).sum::<usize>()))
    };
    view! {
        {move || count().map(|count| if count == 0 {
            view! { <p class="text-xs text-muted">{say(m::USED_NOWHERE)}</p> }.into_any()
        } else {
            let several = uses.get().unwrap_or_default();
            view! {
                <div class="text-xs" id="prop-key-uses">
                    <p class="text-muted">{fill(m::USED_IN, &[("n", &count.to_string())])}</p>
                    <ul class="list-disc pl-5">{several.into_iter().map(|one| {
                        let places = one.places.len().to_string();
                        view! { <li>{fill(m::USED_BY, &[("kind", say(kind_name(one.kind))), ("title", &one.title), ("n", &places)])}</li> }
                    }).collect_view()}</ul>
                </div>
            }.into_any()
        })}
    }
}

const fn kind_name(kind: DefinitionKind) -> Message {
    use crate::i18n::definitions as words;
    match kind {
        DefinitionKind::Form => words::KIND_FORM,
        DefinitionKind::Flow => words::KIND_FLOW,
        DefinitionKind::Dashboard => words::KIND_DASHBOARD,
        DefinitionKind::Calendar => words::KIND_CALENDAR,
        DefinitionKind::Role => words::KIND_ROLE,
    }
}

/// The field's key; taken when it is left, and only when it is one.
#[component]
fn Key(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let key = path.with_value(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
    let typed = RwSignal::new(key.clone());
    let refused = Memo::new(move |_| {
        let typed = typed.get();
        let path = path.get_value();
        let edit = Edit::RenameKey { field: path.clone(), key: typed.clone(), since: None };
        let same = path.rsplit('/').next() == Some(typed.as_str());
        !same && bench.desk.document.with(|document| crate::editor::form::apply(document, &edit) == *document)
    });
    let take = move |_| {
        let (old, new) = (path.get_value(), typed.get_untracked());
        if refused.get_untracked() || old.rsplit('/').next() == Some(new.as_str()) {
            return;
        }
        let above = old.rsplit_once('/').map_or("", |(above, _)| above);
        let renamed = form_engine::pointer::join(above, &new);
        // Answers and other definitions follow when the form is published, if it ever was.
        let since = bench
            .desk
            .live
            .with_untracked(|live| live.as_ref().map(|(_, live)| form_engine::renamings(live).len()));
        bench.act(&Edit::RenameKey { field: old, key: new, since });
        bench.desk.selected.set(Some(renamed));
    };
    view! {
        <Uses bench=bench path=path/>
        <Field id="prop-key" label=t(m::KEY) hint=hint(m::KEY_HINT) error=Signal::derive(move || refused.get().then(|| say(m::KEY_BAD).to_owned()))>
            <input
                id="prop-key" class="input font-mono" autocomplete="off" spellcheck="false" aria-describedby="prop-key-note" aria-invalid=move || refused.get().then_some("true")
                prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) on:change=take
            />
        </Field>
    }
}
