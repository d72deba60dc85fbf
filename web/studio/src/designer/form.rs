//! The form designer: a form's parts on the shared shell.

mod beyond;
mod body;
mod canvas;
mod detail;
mod endings;
mod graph;
mod json;
mod logic;
mod move_menu;
mod outline;
mod palette;
mod properties;
mod question;
mod settings;
mod trace;

use std::{collections::HashMap, sync::Arc};

use api_types::ProblemView;
use form_engine::FieldKind;
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, reactive::computed::Selector};
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_ui::{Button, Dialog, DialogActions, Look};

use super::desk::{Desk, Saving};
use super::drag::{Drag, Ghost, Load};
use super::finder::Finder;
use super::preview::Preview;
use super::shell::{Middle, Parts, Shell, Stage};
use super::versions::when;
use crate::{
    browser,
    editor::form::{
        Edit, NewQuestion, apply, compare, kinds,
        list::questions,
        outline::{Item, Outline, next_outline, outline},
        step,
        texts::{One, Texts},
        words::{self, Part, Words},
    },
    editor::order::{self, Place},
    i18n::{Message, common, designer as m, fill, say, t},
    notify, settings as chosen,
};

/// Names in lists and conditions follow what is written when nothing else is for this long.
const CATCH_UP: std::time::Duration = std::time::Duration::from_millis(250);

/// Shortcuts that only forms have.
const KEYS: &[(&str, Message)] = &[
    ("/", m::KEY_SEARCH),
    ("F2", m::KEY_RENAME),
    ("Ctrl D", m::KEY_DUPLICATE),
    ("Del", m::DELETE),
    ("Alt ↑ ↓", m::KEY_MOVE),
    ("Esc", m::KEY_ESCAPE),
];

/// What the parts of the form designer share.
#[derive(Clone, Copy)]
pub struct Bench {
    /// The draft.
    pub desk: Desk,
    /// The shell.
    pub stage: Stage,
    /// As it is drawn. It follows words a moment later, everything else at once.
    pub outline: Memo<Outline>,
    /// The words of its questions.
    pub texts: Memo<Texts>,
    /// The same, each told by itself.
    spoken: StoredValue<HashMap<String, ArcRwSignal<Option<Arc<One>>>>>,
    /// Whether a question is the one selected: what asks follows its own question.
    chosen: StoredValue<Selector<Option<String>>>,
    /// The outline is to catch up.
    late: RwSignal<u32>,
    catching: StoredValue<Option<TimeoutHandle>>,
    /// The language edited.
    pub language: RwSignal<String>,
    /// What is dragged.
    pub drag: Drag,
    /// A question lifted by keyboard: its pointer, and the draft before.
    pub lifted: RwSignal<Option<(String, Value)>>,
    /// Questions of a pasted list, to be asked about.
    pub pasted: RwSignal<Option<Vec<NewQuestion>>>,
    /// The search is open.
    pub finding: RwSignal<bool>,
}

impl Bench {
    /// Edits the draft.
    pub fn act(self, edit: &Edit) {
        let after = self.desk.document.with_untracked(|document| apply(document, edit));
        self.desk.of_words.set_value(edit.is_of_words());
        if edit.is_of_words() {
            self.catch_up();
        }
        self.desk.change(after, edit.group().as_deref());
    }

    /// The outline is made anew once nobody writes for a moment.
    fn catch_up(self) {
        if let Some(before) = self.catching.get_value() {
            before.clear();
        }
        let then = move || {
            if self.desk.writing.try_get_value() == Some(true) {
                self.desk.writing.set_value(false);
                self.late.update(|times| *times += 1);
            }
        };
        self.catching.set_value(set_timeout_with_handle(then, CATCH_UP).ok());
    }

    /// The text at `words` as written in the language edited; followed.
    pub fn read(self, words: &Words) -> String {
        self.language.with(|language| match self.texts.with(|texts| texts.about(words)) {
            Some(one) => one.written(words, language),
            None => self.desk.document.with(|document| words::written(document, words, language)),
        })
    }

    /// The text at `words` as customers read it, from another language if need be; followed.
    pub fn shown(self, words: &Words) -> String {
        self.language.with(|language| match self.texts.with(|texts| texts.about(words)) {
            Some(one) => one.read(words, language),
            None => self.desk.document.with(|document| words::read(document, words, language)),
        })
    }

    /// In the place of a text that is not written in this language yet.
    pub fn stand_in(self, words: Words, hint: Message) -> Signal<String> {
        Signal::derive(move || {
            let shown = self.shown(&words);
            if shown.is_empty() { say(hint).to_owned() } else { shown }
        })
    }

    /// Writes a text in the language edited.
    pub fn say(self, words: Words, text: String) {
        self.act(&Edit::Say { words, language: self.language.get_untracked(), text });
    }

    /// Selects a question.
    pub fn select(self, path: &str) {
        if self.desk.selected.with_untracked(|chosen| chosen.as_deref() != Some(path)) {
            self.desk.selected.set(Some(path.to_owned()));
        }
    }

    /// A question is the one selected; followed.
    pub fn is_chosen(self, path: StoredValue<String>) -> Signal<bool> {
        Signal::derive(move || self.chosen.with_value(|chosen| chosen.selected(&Some(path.get_value()))))
    }

    /// What a question is called, in the language edited.
    pub fn title(self, path: &str) -> String {
        let own = untrack(|| self.shown(&Words::Field(path.to_owned(), Part::Title)));
        if !own.is_empty() {
            return own;
        }
        let field = self.outline.with_untracked(|outline| outline.item(path)?.field.clone());
        field.map_or_else(
            || path.trim_start_matches('/').to_owned(),
            |field| field.title.get(&self.language.get_untracked()).to_owned(),
        )
    }

    /// Where a new question goes: behind the selection, else to the end.
    fn behind(self) -> Place {
        let lengths = self.outline.with_untracked(Outline::lengths);
        let selected = self.desk.selected.get_untracked();
        let place = selected.and_then(|path| self.outline.with_untracked(|outline| outline.place(&path)));
        place.map_or_else(
            || {
                let page = lengths.len().saturating_sub(1);
                Place { page, index: lengths.last().copied().unwrap_or(0) }
            },
            |place| Place { index: place.index + 1, ..place },
        )
    }

    /// Adds questions, selects the first and says so.
    pub fn add(self, at: Place, questions: Vec<NewQuestion>) {
        self.act(&Edit::Add { at, questions, language: self.language.get_untracked() });
        let added = self.outline.with_untracked(|outline| {
            Some((outline.pages.get(at.page)?.get(at.index)?.path.clone(), outline.lengths()))
        });
        if let Some((path, lengths)) = added {
            self.stage.middle.set(Middle::Canvas);
            let (n, of) = order::counted(at, &lengths);
            self.tell(m::SAY_ADDED, &path, n, of);
            self.choose(&path, true);
        }
    }

    /// Adds one question of a kind behind the selection.
    pub fn add_kind(self, kind: FieldKind) {
        self.add(self.behind(), vec![NewQuestion::of(kind)]);
    }

    /// Adds rows that repeat, or words, at a place or behind the selection.
    pub fn add_extra(self, at: Option<Place>, extra: kinds::Extra) {
        let at = at.unwrap_or_else(|| self.behind());
        self.act(&match extra {
            kinds::Extra::Rows => Edit::AddRows { at },
            kinds::Extra::Text => Edit::AddText { at },
        });
        let added = self.outline.with_untracked(|outline| {
            Some((outline.pages.get(at.page)?.get(at.index)?.path.clone(), outline.lengths()))
        });
        if let Some((path, lengths)) = added {
            self.stage.middle.set(Middle::Canvas);
            let (n, of) = order::counted(at, &lengths);
            self.desk.said.set(fill(
                m::SAY_ADDED,
                &[("title", say(extra.name())), ("n", &n.to_string()), ("m", &of.to_string())],
            ));
            self.choose(&path, extra == kinds::Extra::Rows);
        }
    }

    /// Adds the questions of a pasted list behind the selection.
    pub fn add_list(self, questions: Vec<NewQuestion>) {
        self.add(self.behind(), questions);
    }

    /// Selects a question and brings it into view; `write` puts the cursor into its title.
    pub fn choose(self, path: &str, write: bool) {
        self.select(path);
        self.stage.uncover();
        let id = question_id(path);
        request_animation_frame(move || {
            browser::reveal(&id);
            if write {
                browser::focus(&format!("{id}-title"));
            }
        });
    }

    /// Takes a question away and selects its neighbour.
    pub fn remove(self, path: &str) {
        let title = self.title(path);
        let neighbour = self.outline.with_untracked(|outline| {
            let all: Vec<&Arc<Item>> =
                outline.pages.iter().flatten().filter(|item| item.text.is_none()).collect();
            let at = all.iter().position(|item| item.path == path)?;
            let next = all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?))?;
            Some(next.path.clone())
        });
        let rules = move || {
            self.desk.document.with_untracked(|document| {
                document.get("rules").and_then(Value::as_array).map_or(0, Vec::len)
            })
        };
        let before = rules();
        self.act(&Edit::Remove { field: path.to_owned() });
        self.desk.said.set(fill(m::DELETED, &[("title", &title)]));
        let gone = before.saturating_sub(rules());
        if gone > 0 {
            let path = path.to_owned();
            let text = fill(m::RULES_GONE, &[("title", &title), ("n", &gone.to_string())]);
            notify::offer(text, m::UNDO, move |()| {
                // Until it is there again, whatever was done since.
                while self.desk.can_undo.get_untracked()
                    && self.outline.with_untracked(|outline| outline.place(&path).is_none())
                {
                    self.desk.undo();
                }
            });
        }
        match neighbour {
            Some(path) => self.choose(&path, true),
            None => self.desk.selected.set(None),
        }
    }

    /// Puts a copy behind a question and selects it.
    pub fn duplicate(self, path: &str) {
        let place = self.outline.with_untracked(|outline| outline.place(path));
        self.act(&Edit::Duplicate { field: path.to_owned() });
        let copy = place.and_then(|place| {
            self.outline.with_untracked(|outline| {
                Some(outline.pages.get(place.page)?.get(place.index + 1)?.path.clone())
            })
        });
        if let Some(copy) = copy {
            self.choose(&copy, true);
        }
    }

    /// One step up or down, across pages.
    pub fn step(self, path: &str, upwards: bool) {
        let edit = self.desk.document.with_untracked(|document| step(document, path, upwards));
        if let Some(edit) = edit {
            self.act(&edit);
            self.tell_place(m::SAY_MOVED, path);
            let id = question_id(path);
            request_animation_frame(move || browser::reveal(&id));
        }
    }

    /// To a place of the author's choice.
    pub fn send_to(self, path: &str, to: Place) {
        self.act(&Edit::Move { field: path.to_owned(), to });
        self.tell_place(m::SAY_MOVED, path);
        self.choose(path, false);
    }

    /// Says where a question stands now.
    pub fn tell_place(self, message: Message, path: &str) {
        let place = self.outline.with_untracked(|outline| Some((outline.place(path)?, outline.lengths())));
        if let Some((place, lengths)) = place {
            let (n, of) = order::counted(place, &lengths);
            self.tell(message, path, n, of);
        }
    }

    fn tell(self, message: Message, path: &str, n: usize, of: usize) {
        let title = self.title(path);
        self.desk
            .said
            .set(fill(message, &[("title", &title), ("n", &n.to_string()), ("m", &of.to_string())]));
    }

    /// Something was dropped into a gap.
    fn dropped(self, load: Load, gap: Place) {
        match load {
            Load::Standing(path, from) => {
                let index =
                    if from.page == gap.page { order::landing(from.index, gap.index) } else { gap.index };
                let to = Place { index, ..gap };
                if to != from {
                    self.send_to(&path, to);
                }
            }
            Load::Fresh(word) => {
                if let Some(kind) = FieldKind::NAMED.into_iter().find(|kind| kind.control() == word) {
                    self.add(gap, vec![NewQuestion::of(kind)]);
                } else if let Some(extra) = kinds::Extra::ALL.into_iter().find(|extra| extra.word() == word) {
                    self.add_extra(Some(gap), extra);
                }
            }
        }
    }

    /// A key outside of fields, or one that means the same in them.
    fn key(self, event: &ev::KeyboardEvent) -> bool {
        let selected = self.desk.selected.get_untracked();
        let strong = event.ctrl_key() || event.meta_key();
        let typing = browser::is_writing(event);
        match (event.key().as_str(), selected) {
            ("ArrowUp" | "ArrowDown", Some(path)) if event.alt_key() => {
                self.step(&path, event.key() == "ArrowUp")
            }
            ("d" | "D", Some(path)) if strong => self.duplicate(&path),
            ("F2", Some(_)) => self.rename(),
            // First out of the field, then out of the question.
            ("Escape", Some(path)) if typing => browser::focus(&question_id(&path)),
            ("Escape", Some(_)) if self.lifted.with_untracked(Option::is_none) => {
                self.drag.cancel();
                self.desk.selected.set(None);
            }
            ("Escape", None) => self.drag.cancel(),
            ("Delete" | "Backspace", Some(path)) if !typing && !strong => self.remove(&path),
            ("/", _) if !typing && !strong => self.finding.set(true),
            (_, _) => return false,
        }
        true
    }

    /// Opens the selected question's key to be changed.
    fn rename(self) {
        self.stage.right.set(true);
        request_animation_frame(|| {
            let Some(fold) = document().get_element_by_id("prop-advanced") else { return };
            if !fold.has_attribute("open")
                && let Ok(Some(summary)) = fold.query_selector("summary")
            {
                summary.unchecked_into::<web_sys::HtmlElement>().click();
            }
            request_animation_frame(|| browser::focus("prop-key"));
        });
    }

    /// A problem's question, or the panel its place is in.
    fn locate(self, problem: &ProblemView) {
        self.stage.middle.set(Middle::Canvas);
        let path = self.desk.document.with_untracked(|document| {
            self.outline.with_untracked(|outline| outline.at(&problem.path, document))
        });
        match path {
            Some(path) => self.choose(&path, true),
            None => {
                self.desk.selected.set(None);
                self.stage.right.set(true);
                // A setting of the form by its name, once the panel is drawn.
                let setting = problem.path.split('/').nth(2).map(|name| format!("set-{name}"));
                browser::after_frame(move || {
                    if let Some(id) = setting {
                        browser::reveal(&id);
                        browser::focus(&id);
                    }
                });
            }
        }
    }
}

/// The words of one question: what reads them follows them alone, so that a letter of one is nothing to the others.
#[derive(Clone, Copy)]
pub struct Spoken {
    bench: Bench,
    own: RwSignal<Option<Arc<One>>>,
}

impl Spoken {
    /// Of the question at `path`.
    pub fn of(bench: Bench, path: StoredValue<String>) -> Self {
        let path = path.get_value();
        let now = bench.texts.with_untracked(|texts| texts.one(&path));
        let known = bench
            .spoken
            .try_update_value(|spoken| spoken.entry(path).or_insert_with(|| ArcRwSignal::new(None)).clone());
        let own = known.unwrap_or_else(|| ArcRwSignal::new(None));
        tell(&own, now.as_ref());
        Self { bench, own: own.into() }
    }

    /// As [`Bench::read`].
    pub fn read(self, words: &Words) -> String {
        let language = self.bench.language;
        let known = |one: &Option<Arc<One>>| {
            one.as_ref().map(|one| language.with(|language| one.written(words, language)))
        };
        self.own.with(known).unwrap_or_else(|| self.bench.read(words))
    }

    /// As [`Bench::shown`].
    pub fn shown(self, words: &Words) -> String {
        let language = self.bench.language;
        let known = |one: &Option<Arc<One>>| {
            one.as_ref().map(|one| language.with(|language| one.read(words, language)))
        };
        self.own.with(known).unwrap_or_else(|| self.bench.shown(words))
    }

    /// As [`Bench::stand_in`].
    pub fn stand_in(self, words: Words, hint: Message) -> Signal<String> {
        Signal::derive(move || {
            let shown = self.shown(&words);
            if shown.is_empty() { say(hint).to_owned() } else { shown }
        })
    }
}

/// Says what the words of a question are now, unless that is known.
fn tell(known: &ArcRwSignal<Option<Arc<One>>>, now: Option<&Arc<One>>) {
    if known.with_untracked(|known| known.as_ref() != now) {
        known.set(now.cloned());
    }
}

/// The id of a question on the canvas.
pub fn question_id(path: &str) -> String {
    format!("question{}", path.replace('/', "-"))
}

/// The form designer.
#[component]
pub fn FormDesigner(desk: Desk) -> impl IntoView {
    let stage = Stage::new();
    let bench = StoredValue::new(None::<Bench>);
    let drag = Drag::new(move |load, gap| {
        if let Some(bench) = bench.get_value() {
            bench.dropped(load, gap);
        }
    });
    let languages = Memo::new(move |_| desk.document.with(words::languages));
    let own = chosen::language_code().to_owned();
    let first =
        languages.with_untracked(|tags| tags.iter().find(|tag| **tag == own).or(tags.first()).cloned());
    let late = RwSignal::new(0_u32);
    let outline = Memo::new(move |before: Option<&Outline>| {
        late.track();
        desk.document.track();
        match before {
            Some(before) if desk.writing.get_value() => before.clone(),
            Some(before) => desk.document.with_untracked(|document| next_outline(document, before)),
            None => desk.document.with_untracked(outline),
        }
    });
    let made = Bench {
        desk,
        stage,
        outline,
        texts: Memo::new(move |before: Option<&Texts>| {
            desk.document.with(|document| Texts::of(document, before))
        }),
        spoken: StoredValue::new(HashMap::new()),
        chosen: StoredValue::new(Selector::new(move || desk.selected.get())),
        late,
        catching: StoredValue::new(None),
        language: RwSignal::new(first.unwrap_or(own)),
        drag,
        lifted: RwSignal::new(None),
        pasted: RwSignal::new(None),
        finding: RwSignal::new(false),
    };
    bench.set_value(Some(made));
    Effect::new(move || {
        made.texts.with(|texts| {
            made.spoken.with_value(|spoken| {
                spoken.iter().for_each(|(path, known)| tell(known, texts.one(path).as_ref()));
            });
        });
    });
    paste_anywhere(made);
    // A language that is no longer offered is no longer edited.
    Effect::new(move || {
        let tags = languages.get();
        if !tags.contains(&made.language.get_untracked())
            && let Some(first) = tags.first()
        {
            made.language.set(first.clone());
        }
    });
    // Counted when it is saved, not with each letter.
    let changes = Memo::new(move |before: Option<&Vec<String>>| {
        let language = chosen::language();
        let saved = desk.saving.get() == Saving::Saved;
        desk.live.with(|live| match (before, live) {
            (Some(before), Some(_)) if !saved => before.clone(),
            (_, Some((_, live))) => {
                desk.document.with_untracked(|document| compare::differences(live, document, language, when))
            }
            (_, None) => Vec::new(),
        })
    });
    let differences = Callback::new(move |(old, new): (Value, Value)| {
        compare::differences(&old, &new, chosen::language(), when)
    });
    let address = Memo::new(move |_| {
        let slug =
            desk.document.with(|document| document.pointer("/publish/slug")?.as_str().map(str::to_owned));
        slug.map(|slug| format!("/f/{slug}"))
    });
    let parts = Parts {
        name: Signal::derive(move || {
            let name = made.shown(&Words::Title);
            if name.is_empty() { desk.key.get_value() } else { name }
        }),
        rename: Callback::new(move |text| made.say(Words::Title, text)),
        changes: changes.into(),
        differences,
        address: address.into(),
        locate: Callback::new(move |problem| made.locate(&problem)),
        key: Callback::new(move |event| made.key(&event)),
        keys: KEYS,
    };
    view! {
        <div class="contents" on:pointermove=move |event| drag.shift(&event) on:pointerup=move |_| drag.release() on:pointercancel=move |_| drag.cancel()>
            <Shell
                desk=desk stage=stage parts=parts
                add=move || view! { <palette::Palette bench=made/> }
                outline=move || view! { <outline::OutlineList bench=made/> }
                logic=move || view! { <beyond::AllLogic bench=made/> }
                canvas=move || view! { <canvas::Canvas bench=made languages=languages.into()/> }
                preview=move || {
                    let (frame, loaded) = (NodeRef::new(), RwSignal::new(0));
                    view! {
                        <div class="cx-preview-both">
                            <Preview desk=desk device=stage.device languages=languages.into() language=made.language frame=frame loaded=loaded/>
                            <trace::Trace bench=made frame=frame loaded=loaded/>
                        </div>
                    }
                }
                json=move || view! { <json::Json bench=made/> }
                properties=move || view! { <properties::Properties bench=made/> }
            />
            <Ghost drag=drag/>
            <Finder open=made.finding on_pick=Callback::new(move |offer: kinds::Offer| made.add_kind(offer.kind))/>
            <Pasted bench=made/>
        </div>
    }
}

/// A numbered list pasted anywhere outside of fields offers to become questions.
fn paste_anywhere(bench: Bench) {
    let listener = window_event_listener(ev::paste, move |event| {
        if event.default_prevented() || browser::is_field(event.target()) {
            return;
        }
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if let Some(found) = questions(&text) {
            event.prevent_default();
            bench.pasted.set(Some(found));
        }
    });
    on_cleanup(move || listener.remove());
}

/// "Create n questions?"
#[component]
fn Pasted(bench: Bench) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(bench.pasted.with(Option::is_some)));
    let count = move || bench.pasted.with(|found| found.as_ref().map_or(0, Vec::len)).to_string();
    let create = move |_| {
        open.set(false);
        if let Some(found) = bench.pasted.get_untracked() {
            bench.pasted.set(None);
            bench.add_list(found);
        }
    };
    let titles = move || bench.pasted.get().unwrap_or_default().into_iter();
    view! {
        <Dialog open=open title=t(m::PASTE_TITLE) close=t(common::CLOSE)>
            <p>{move || fill(m::PASTE_ABOUT, &[("n", &count())])}</p>
            <ol class="mt-3 list-decimal pl-5">
                {move || titles().map(|question| view! { <li>{question.title} " " <span class="text-xs text-muted">{say(kinds::offer(question.kind).name)}</span></li> }).collect_view()}
            </ol>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| { open.set(false); bench.pasted.set(None); }/>
                <Button label=Signal::derive(move || fill(m::PASTE_CREATE, &[("n", &count())])) look=Look::Primary on_press=create/>
            </DialogActions>
        </Dialog>
    }
}
