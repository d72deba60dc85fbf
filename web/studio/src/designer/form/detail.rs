//! What only one kind of question has, to be set: steps, patterns, records, files, consent, formulas, rows and columns.

use std::sync::Arc;

use api_types::DefinitionKind;
use form_engine::{FieldKind, FormDefinition, compile};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{Button, Checkbox, Choice, Field, Icon, IconButton, Look, Select, Size};

use super::{Bench, logic::Conditions};
use crate::{
    api,
    designer::entry::{Entry, Fold},
    editor::form::{
        Detail, Edit, detail, kinds,
        list::lines,
        outline::Item,
        words::{Part, Words},
    },
    i18n::{common, designer as m, fill, hint, say, t},
    settings,
};

/// The panel of what only `kind` has.
pub fn of_kind(bench: Bench, path: StoredValue<String>, kind: FieldKind) -> Option<AnyView> {
    let is = |own: FieldKind| kind == own;
    let view = if is(FieldKind::Cascade) {
        view! { <Tree bench=bench path=path/> }.into_any()
    } else if is(FieldKind::SerialNumber) {
        view! { <Serial bench=bench path=path/> }.into_any()
    } else if is(FieldKind::File) || is(FieldKind::Image) {
        view! { <Files bench=bench path=path/> }.into_any()
    } else if is(FieldKind::Consent) {
        view! { <Version bench=bench path=path/> }.into_any()
    } else if is(FieldKind::Formula) {
        view! { <Formula bench=bench path=path/> }.into_any()
    } else if is(FieldKind::LinkedRecord) {
        view! { <Record bench=bench path=path/> }.into_any()
    } else if is(FieldKind::Matrix) {
        view! { <RowLines bench=bench path=path/> }.into_any()
    } else {
        return None;
    };
    Some(view)
}

fn read(bench: Bench, path: StoredValue<String>, place: &'static str) -> Signal<String> {
    Signal::derive(move || {
        let value =
            bench.desk.document.with(|document| path.with_value(|path| detail::read(document, path, place)));
        match value {
            Some(Value::String(text)) => text,
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        }
    })
}

fn set(bench: Bench, path: StoredValue<String>, detail: Detail) {
    bench.act(&Edit::SetDetail { field: path.get_value(), detail });
}

/// Lines that are taken when the field is left, so that half a line is nothing.
#[component]
fn Lines(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] note: Signal<Option<String>>,
    #[prop(into)] written: Signal<String>,
    on_take: Callback<String>,
) -> impl IntoView {
    let about = format!("{id}-note");
    let take = move |text: String| {
        if text != written.get_untracked() {
            on_take.run(text);
        }
    };
    view! {
        <Field id=id.clone() label=label hint=note>
            <textarea id=id class="textarea" rows="6" aria-describedby=about spellcheck="false" prop:value=written on:change=move |event| take(event_target_value(&event))></textarea>
        </Field>
    }
}

#[component]
fn Tree(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let written = Signal::derive(move || {
        let language = bench.language.get();
        bench
            .desk
            .document
            .with(|document| path.with_value(|path| detail::tree_lines(document, path, &language)))
    });
    let take =
        move |lines| set(bench, path, Detail::Tree { lines, language: bench.language.get_untracked() });
    view! { <Lines id="prop-tree" label=t(m::TREE) note=hint(m::TREE_HINT) written=written on_take=Callback::new(take)/> }
}

#[component]
fn RowLines(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let written = Signal::derive(move || {
        let rows =
            bench.desk.document.with(|document| path.with_value(|path| detail::members(document, path)));
        let title = |row: String| bench.shown(&Words::Field(row, Part::Title));
        rows.into_iter().map(title).collect::<Vec<_>>().join("\n")
    });
    let take = move |text: String| {
        let language = bench.language.get_untracked();
        bench.act(&Edit::SetMembers { field: path.get_value(), labels: lines(&text), language });
    };
    view! { <Lines id="prop-rows" label=t(m::MATRIX_ROWS) note=hint(m::MATRIX_ROWS_HINT) written=written on_take=Callback::new(take)/> }
}

#[component]
fn Serial(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let (pattern, reset) = (read(bench, path, "serial/pattern"), read(bench, path, "serial/reset"));
    let write = move |pattern, reset| set(bench, path, Detail::Serial { pattern, reset });
    let resets = Signal::derive(|| {
        [("never", m::RESET_NEVER), ("year", m::RESET_YEAR), ("month", m::RESET_MONTH), ("day", m::RESET_DAY)]
            .map(|(word, name)| Choice::new(word, say(name)))
            .to_vec()
    });
    view! {
        <Entry id="prop-pattern" label=t(m::SERIAL_PATTERN) hint=hint(m::SERIAL_HINT) value=pattern on_input=move |text| write(text, reset.get_untracked())/>
        <Field id="prop-reset" label=t(m::SERIAL_RESET)><Select id="prop-reset" label=t(m::SERIAL_RESET) choices=resets value=reset on_change=move |word| write(pattern.get_untracked(), word)/></Field>
    }
}

#[component]
fn Files(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    const MEGABYTE: f64 = 1_000_000.0;
    let accept = Memo::new(move |_| {
        let accept = bench
            .desk
            .document
            .with(|document| path.with_value(|path| detail::read(document, path, "files/accept")));
        let words = accept.and_then(|accept| accept.as_array().cloned()).unwrap_or_default();
        words.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    });
    let bytes = Memo::new(move |_| {
        bench
            .desk
            .document
            .with(|document| path.with_value(|path| detail::read(document, path, "files/max_bytes")))?
            .as_f64()
    });
    let megabytes =
        Signal::derive(move || bytes.get().map(|bytes| (bytes / MEGABYTE).to_string()).unwrap_or_default());
    let write = move |accept: Vec<String>, bytes: Option<f64>| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be small and positive"
        )]
        let max_bytes = bytes.filter(|bytes| (1.0..1e12).contains(bytes)).map(|bytes| bytes as u64);
        set(bench, path, Detail::Files { accept, max_bytes });
    };
    let words = move |text: String| {
        let fine = |word: &str| word.starts_with('.') || word.contains('/');
        let split = text.split(|sign: char| sign.is_whitespace() || ",，;；、".contains(sign));
        split.map(|word| word.trim().to_owned()).filter(|word| fine(word)).collect::<Vec<_>>()
    };
    view! {
        <Field id="prop-accept" label=t(m::ACCEPT) hint=hint(m::ACCEPT_HINT)>
            <input id="prop-accept" class="input" autocomplete="off" aria-describedby="prop-accept-note" prop:value=move || accept.get().join(" ") on:change=move |event| write(words(event_target_value(&event)), bytes.get_untracked())/>
        </Field>
        <Entry id="prop-bytes" label=t(m::MAX_MEGABYTES) kind="number" value=megabytes on_input=move |text: String| write(accept.get_untracked(), text.trim().parse::<f64>().ok().map(|count| count * MEGABYTE))/>
    }
}

#[component]
fn Version(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    view! { <Entry id="prop-version" label=t(m::CONSENT_VERSION) hint=hint(m::CONSENT_VERSION_HINT) value=read(bench, path, "version") on_input=move |text| set(bench, path, Detail::Version(text))/> }
}

/// A formula; what is wrong with it is told by the server, with the draft.
#[component]
fn Formula(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let script = Signal::derive(move || {
        bench.desk.document.with(|document| path.with_value(|path| detail::formula(document, path)))
    });
    let wrong = Signal::derive(move || {
        let own = path.get_value();
        bench.desk.problems.with(|problems| {
            let rules = bench
                .desk
                .document
                .with_untracked(|document| document.get("rules").cloned())
                .unwrap_or_default();
            let about = problems.iter().find(|problem| {
                let index = problem
                    .path
                    .strip_prefix("/rules/")
                    .and_then(|rest| rest.split('/').next()?.parse::<usize>().ok());
                index.and_then(|index| rules.get(index)?.get("set")).is_some_and(|set| *set == own)
            });
            about.map(|problem| problem.message.replace('`', ""))
        })
    });
    let names = move || {
        bench.outline.with(|outline| {
            let own = path.get_value();
            let fields = outline.fields.iter().filter(|field| field.path != own && !field.in_rows());
            fields.map(|field| field.path.trim_start_matches('/').replace('/', ".")).collect::<Vec<_>>()
        })
    };
    view! {
        <Field id="prop-formula" label=t(m::FORMULA_SCRIPT) hint=hint(m::FORMULA_HINT) error=wrong>
            <textarea id="prop-formula" class="textarea font-mono" rows="4" spellcheck="false" aria-describedby="prop-formula-note" aria-invalid=move || wrong.get().map(|_| "true") prop:value=script on:input=move |event| set(bench, path, Detail::Formula(event_target_value(&event)))></textarea>
        </Field>
        <p class="text-xs text-muted">{t(m::FORMULA_NAMES)} " " <code class="font-mono">{move || names().join(", ")}</code></p>
    }
}

/// Which form, what of its records is read, and which of them.
#[component]
fn Record(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let forms = RwSignal::new(Vec::<(String, String, String)>::new());
    spawn_local(async move {
        if let Ok(all) = api::definitions(Some(DefinitionKind::Form)).await {
            forms.try_set(all.into_iter().map(|form| (form.key, form.title, form.id)).collect());
        }
    });
    let (form, label) = (read(bench, path, "record/form"), read(bench, path, "record/label"));
    let fields = RwSignal::new(Vec::<Arc<form_engine::Field>>::new());
    Effect::new(move || {
        let wanted = form.get();
        let Some((_, _, id)) = forms.with(|forms| forms.iter().find(|(key, ..)| *key == wanted).cloned())
        else {
            return;
        };
        spawn_local(async move {
            let Ok(view) = api::definition(&id).await else { return };
            let draft = serde_json::from_str::<Value>(&view.draft).ok();
            let read = draft.and_then(|draft| compile(&FormDefinition::parse(&draft).ok()?).ok());
            fields.try_set(
                read.map(|form| form.fields().iter().filter(|field| !field.in_rows()).cloned().collect())
                    .unwrap_or_default(),
            );
        });
    });
    let filter = Memo::new(move |_| {
        bench
            .desk
            .document
            .with(|document| path.with_value(|path| detail::read(document, path, "record/where")))
    });
    let write = move |form: String, label: String, filter: Option<Value>| {
        let label = Some(label).filter(|label| !label.is_empty());
        set(bench, path, Detail::Record { form, label, filter });
    };
    let form_choices = Signal::derive(move || {
        let mut choices: Vec<Choice> =
            forms.get().into_iter().map(|(key, title, _)| Choice::new(key, title)).collect();
        let now = form.get();
        if !choices.iter().any(|choice| choice.value == now) {
            choices.insert(0, Choice::new(now.clone(), now));
        }
        choices
    });
    let label_choices = Signal::derive(move || {
        let code = settings::language_code();
        let mut choices = vec![Choice::new("", say(m::RECORD_NUMBER))];
        choices.extend(fields.with(|fields| {
            fields
                .iter()
                .map(|field| Choice::new(field.path.clone(), field.title.get(code)))
                .collect::<Vec<_>>()
        }));
        choices
    });
    let others = Memo::new(move |_| fields.get());
    view! {
        <Field id="prop-record" label=t(m::RECORD_FORM)><Select id="prop-record" label=t(m::RECORD_FORM) choices=form_choices value=form on_change=move |form| write(form, String::new(), None)/></Field>
        <Field id="prop-label" label=t(m::RECORD_LABEL)><Select id="prop-label" label=t(m::RECORD_LABEL) choices=label_choices value=label on_change=move |label| write(form.get_untracked(), label, filter.get_untracked())/></Field>
        <Conditions name=m::RECORD_WHERE when=filter others=others on_set=Callback::new(move |filter| write(form.get_untracked(), label.get_untracked(), filter))/>
    }
}

/// The columns of a sub-form: each with its words, its kind and its options.
#[component]
pub fn Columns(bench: Bench, path: StoredValue<String>, item: Memo<Option<Arc<Item>>>) -> impl IntoView {
    let columns = move || {
        item.track();
        bench.desk.document.with_untracked(|document| path.with_value(|path| detail::members(document, path)))
    };
    let add = move |_| {
        let label = fill(m::COLUMN_N, &[("n", &(columns().len() + 1).to_string())]);
        bench.act(&Edit::AddMember {
            field: path.get_value(),
            label,
            language: bench.language.get_untracked(),
        });
    };
    view! {
        <h3 class="text-xs font-medium text-muted">{t(m::COLUMNS)}</h3>
        <For each=columns key=Clone::clone let:column><Column bench=bench path=column item=item/></For>
        <Button label=t(m::ADD_COLUMN) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=add/>
    }
}

#[component]
fn Column(bench: Bench, path: String, item: Memo<Option<Arc<Item>>>) -> impl IntoView {
    let path = StoredValue::new(path);
    let words = move || Words::Field(path.get_value(), Part::Title);
    let title = Signal::derive(move || bench.read(&words()));
    let shown = Signal::derive(move || bench.shown(&words()));
    let field = Memo::new(move |_| {
        let own = path.get_value();
        item.with(|item| {
            item.as_ref().and_then(|item| item.members.iter().find(|field| field.path == own).cloned())
        })
    });
    let kind = Memo::new(move |_| field.with(|field| field.as_ref().map(|field| field.kind)));
    let required =
        Signal::derive(move || field.with(|field| field.as_ref().is_some_and(|field| field.required)));
    let choices = Signal::derive(|| {
        let offers = kinds::offers().into_iter().filter(|offer| kinds::fits_rows(offer.kind));
        offers.map(|offer| Choice::new(offer.word, say(offer.name))).collect::<Vec<_>>()
    });
    let word = Signal::derive(move || kind.get().map(|kind| kind.control().to_owned()).unwrap_or_default());
    let recast = move |word: String| {
        if let Some(kind) = FieldKind::NAMED.into_iter().find(|kind| kind.control() == word) {
            bench.act(&Edit::ChangeKind { field: path.get_value(), kind });
        }
    };
    let options = Signal::derive(move || {
        let count = field.with(|field| field.as_ref().map_or(0, |field| field.options.len()));
        (0..count)
            .map(|index| bench.shown(&Words::Option(path.get_value(), index)))
            .collect::<Vec<_>>()
            .join("\n")
    });
    let take = move |text: String| {
        let language = bench.language.get_untracked();
        bench.act(&Edit::SetOptions { field: path.get_value(), labels: lines(&text), language });
    };
    let id =
        move |part: &str| format!("column{}-{part}", path.with_value(|path| path.replace(['/', '*'], "-")));
    view! {
        <Fold label=shown>
            <Entry id=id("title") label=t(m::QUESTION_TITLE) value=title on_input=move |text| bench.say(words(), text)/>
            <Select small=true label=t(m::KIND) choices=choices value=word on_change=recast/>
            <Checkbox label=t(m::REQUIRED) checked=required on_change=move |on| bench.act(&Edit::Require { field: path.get_value(), on })/>
            {move || kind.get().filter(|kind| kinds::has_options(*kind)).map(|_| view! {
                <Lines id=id("options") label=t(m::OPTIONS) note=hint(m::OPTIONS_HINT) written=options on_take=Callback::new(take)/>
            })}
            <div><IconButton label=Signal::derive(move || format!("{}: {}", say(common::DELETE), shown.get())) icon=Icon::Trash size=Size::Small tip="cx-tip-left" on_press=move |_| bench.act(&Edit::Remove { field: path.get_value() })/></div>
        </Fold>
    }
}
