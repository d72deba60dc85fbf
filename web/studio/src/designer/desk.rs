//! The desk: one draft being edited, its undo, and how it gets to the server.
//!
//! Every change is kept in the browser at once and sent after a pause; what was not sent when the page went
//! away is there when it comes back.

use std::time::Duration;

use api_types::{DefinitionView, ProblemView, SaveDraft};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde_json::{Value, json};

use crate::{
    api, browser,
    editor::{
        form::starters::free_key,
        history::{History, is_same},
    },
    i18n::{designer as m, fill, say},
    notify,
};

/// A change is sent when nothing else follows for this long.
const PAUSE: Duration = Duration::from_millis(800);
/// Changes are kept in the browser this often at most; writing down a long undo takes a moment.
const KEEP: Duration = Duration::from_millis(300);
/// A server that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(5);

/// Where the draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// As on the server.
    Saved,
    /// Edited, waiting for a pause.
    Edited,
    /// On its way.
    Sending,
    /// The server did not answer; it is asked again.
    Offline,
    /// Somebody else saved in between.
    Conflict,
}

/// One draft being edited.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The definition's id.
    pub id: StoredValue<String>,
    /// Its key.
    pub key: StoredValue<String>,
    /// The draft.
    pub document: RwSignal<Value>,
    /// Counts saves.
    pub rev: RwSignal<u32>,
    /// Where it stands.
    pub saving: RwSignal<Saving>,
    /// When it was saved last here.
    pub saved_at: RwSignal<Option<i64>>,
    /// What stands against publishing, of the draft as last saved.
    pub problems: RwSignal<Vec<ProblemView>>,
    /// What is suspicious about it, but may be meant.
    pub warnings: RwSignal<Vec<ProblemView>>,
    /// What somebody else saved in between, when, and who.
    pub theirs: RwSignal<Option<(Value, String, Option<String>)>>,
    /// What is in force: its number and its document.
    pub live: RwSignal<Option<(u32, Value)>>,
    /// What is selected, by pointer.
    pub selected: RwSignal<Option<String>>,
    /// Said to those who do not see it.
    pub said: RwSignal<String>,
    /// Something can be taken back.
    pub can_undo: RwSignal<bool>,
    /// Something can be done again.
    pub can_redo: RwSignal<bool>,
    /// Only words changed since the last structural edit; whoever draws may take their time with the rest.
    pub writing: StoredValue<bool>,
    /// The change about to be made is of words only.
    pub of_words: StoredValue<bool>,
    history: StoredValue<History>,
    timer: StoredValue<Option<TimeoutHandle>>,
    keeping: StoredValue<bool>,
}

impl Desk {
    /// Opens a draft; what was kept in this browser and never saved comes back.
    pub fn open(view: &DefinitionView) -> Self {
        let id = view.summary.id.clone();
        let draft: Value = serde_json::from_str(&view.draft).unwrap_or(json!({}));
        let kept = kept(&id, view.rev).filter(|kept| !is_same(kept, &draft));
        let document = kept.clone().unwrap_or(draft);
        let history = browser::recall(&undo_name(&id)).and_then(|text| History::read(&text, &document));
        let history = history.unwrap_or_default();
        let desk = Self {
            id: StoredValue::new(id),
            key: StoredValue::new(view.summary.key.clone()),
            rev: RwSignal::new(view.rev),
            saving: RwSignal::new(if kept.is_some() { Saving::Edited } else { Saving::Saved }),
            saved_at: RwSignal::new(None),
            problems: RwSignal::new(view.problems.clone()),
            warnings: RwSignal::new(view.warnings.clone()),
            theirs: RwSignal::new(None),
            live: RwSignal::new(None),
            selected: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            can_undo: RwSignal::new(history.can_undo()),
            can_redo: RwSignal::new(history.can_redo()),
            document: RwSignal::new(document),
            writing: StoredValue::new(false),
            of_words: StoredValue::new(false),
            history: StoredValue::new(history),
            timer: StoredValue::new(None),
            keeping: StoredValue::new(false),
        };
        if kept.is_some() {
            notify::info(say(m::RESTORED).to_owned());
            desk.send();
        }
        desk.learn(view.summary.live);
        desk
    }

    /// Asks for what is in force.
    pub fn learn(self, live: Option<u32>) {
        let Some(number) = live else { return };
        let id = self.id.get_value();
        spawn_local(async move {
            if let Ok(version) = api::version(&id, number).await
                && let Ok(document) = serde_json::from_str(&version.document)
            {
                self.live.set(Some((number, document)));
            }
        });
    }

    /// The draft becomes `after`; undo takes it back.
    pub fn change(self, after: Value, group: Option<&str>) {
        self.document.with_untracked(|before| {
            self.history.update_value(|history| history.record(before, &after, group, browser::now_ms()));
        });
        self.put(after);
    }

    /// The draft, which was `before` when the change began, becomes `after` in one step.
    pub fn note(self, before: &Value, after: Value, group: Option<&str>) {
        self.history.update_value(|history| history.record(before, &after, group, browser::now_ms()));
        self.put(after);
    }

    /// Takes the last step back.
    pub fn undo(self) {
        let turned = self
            .document
            .with_untracked(|document| self.history.try_update_value(|history| history.undo(document)));
        if let Some(before) = turned.flatten() {
            self.put(before);
            self.said.set(say(m::SAY_UNDONE).to_owned());
        }
    }

    /// Does the step that was taken back again.
    pub fn redo(self) {
        let turned = self
            .document
            .with_untracked(|document| self.history.try_update_value(|history| history.redo(document)));
        if let Some(after) = turned.flatten() {
            self.put(after);
            self.said.set(say(m::SAY_REDONE).to_owned());
        }
    }

    /// The draft is again what it was before something that is no step of undo.
    pub fn restore(self, document: Value) {
        self.put(document);
    }

    fn put(self, document: Value) {
        self.history.with_value(|history| {
            self.can_undo.set(history.can_undo());
            self.can_redo.set(history.can_redo());
        });
        self.show(document);
        if !self.keeping.get_value() {
            self.keeping.set_value(true);
            // When nothing else is to be done: writing it down takes longer than a letter.
            set_timeout(move || request_idle_callback(move || self.keep()), KEEP);
        }
        if self.saving.get_untracked() == Saving::Conflict {
            return;
        }
        if self.saving.get_untracked() != Saving::Sending {
            self.saving.set(Saving::Edited);
        }
        self.later(PAUSE);
    }

    /// Draws a document that is no step of undo yet.
    pub fn show(self, document: Value) {
        self.writing.set_value(self.of_words.get_value());
        self.of_words.set_value(false);
        self.document.set(document);
    }

    fn later(self, pause: Duration) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer.set_value(set_timeout_with_handle(move || self.send(), pause).ok());
    }

    /// In the browser's memory, until the server has it.
    fn keep(self) {
        self.keeping.set_value(false);
        let kept = self.document.with_untracked(
            |document| json!({ "rev": self.rev.get_untracked(), "draft": document.to_string() }),
        );
        self.id.with_value(|id| browser::remember(&draft_name(id), &kept.to_string()));
        let history = self
            .document
            .with_untracked(|document| self.history.with_value(|history| history.written(document)));
        self.id.with_value(|id| browser::remember(&undo_name(id), &history));
    }

    /// Sends what is not saved; nothing to do when there is nothing.
    pub fn send(self) {
        if !matches!(self.saving.get_untracked(), Saving::Edited | Saving::Offline) {
            return;
        }
        self.keep();
        let sent = self.document.get_untracked();
        let draft = serde_json::to_string_pretty(&sent).expect("a JSON value can be written");
        let body = SaveDraft { rev: self.rev.get_untracked(), draft };
        let id = self.id.get_value();
        self.saving.set(Saving::Sending);
        spawn_local(async move {
            match api::save_draft(&id, &body).await {
                Ok(saved) => {
                    self.rev.set(saved.rev);
                    self.saved_at.set(Some(browser::now_ms()));
                    self.problems.set(saved.problems);
                    self.warnings.set(saved.warnings);
                    if self.document.with_untracked(|now| is_same(now, &sent)) {
                        self.saving.set(Saving::Saved);
                        browser::forget(&draft_name(&id));
                    } else {
                        self.saving.set(Saving::Edited);
                        self.keep();
                        self.later(PAUSE);
                    }
                }
                Err(fault) if fault.status == 409 => self.meet(),
                Err(fault) => {
                    if fault.status != 0 {
                        notify::fault(&fault);
                    }
                    self.saving.set(Saving::Offline);
                    self.later(AGAIN);
                }
            }
        });
    }

    /// Somebody else saved in between: what they made of it is looked at before anything is decided.
    pub fn meet(self) {
        self.saving.set(Saving::Conflict);
        let id = self.id.get_value();
        spawn_local(async move {
            match api::definition(&id).await {
                Ok(newest) => {
                    let theirs = serde_json::from_str(&newest.draft).ok();
                    self.theirs
                        .set(theirs.map(|theirs| (theirs, newest.summary.updated_at, newest.saved_by)));
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    }

    /// This one becomes a form of its own, without a public address; then theirs is loaded.
    pub fn set_aside(self) {
        let id = self.id.get_value();
        spawn_local(async move {
            let all = api::definitions(None).await.unwrap_or_default();
            let Some(home) = all.iter().find(|one| one.id == id).map(|one| one.app.clone()) else { return };
            let taken: Vec<String> = all.into_iter().map(|one| one.key).collect();
            let key = free_key(&self.key.get_value(), &taken);
            let mut copy = self.document.get_untracked();
            copy["key"] = key.clone().into();
            // One address leads to one form.
            if let Some(publish) = copy.get_mut("publish").and_then(Value::as_object_mut) {
                publish.shift_remove("slug");
            }
            match api::create_definition(home, copy).await {
                Ok(_) => {
                    notify::info(fill(m::KEPT_AS, &[("key", &key)]));
                    self.settle(false);
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    }

    /// After somebody else saved: theirs is loaded, or this one put over it.
    pub fn settle(self, keep_mine: bool) {
        let id = self.id.get_value();
        spawn_local(async move {
            match api::definition(&id).await {
                Ok(newest) => {
                    self.rev.set(newest.rev);
                    self.theirs.set(None);
                    if keep_mine {
                        self.saving.set(Saving::Edited);
                        self.send();
                    } else if let Ok(theirs) = serde_json::from_str(&newest.draft) {
                        self.change(theirs, None);
                        self.problems.set(newest.problems.clone());
                        self.warnings.set(newest.warnings.clone());
                        self.saving.set(Saving::Saved);
                        browser::forget(&draft_name(&id));
                    }
                    self.learn(newest.summary.live);
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    }
}

fn draft_name(id: &str) -> String {
    format!("designer:draft:{id}")
}

fn undo_name(id: &str) -> String {
    format!("designer:undo:{id}")
}

/// What was kept and never saved, if nobody saved since.
fn kept(id: &str, rev: u32) -> Option<Value> {
    let kept: Value = serde_json::from_str(&browser::recall(&draft_name(id))?).ok()?;
    let same = kept.get("rev").and_then(Value::as_u64) == Some(u64::from(rev));
    serde_json::from_str(kept.get("draft")?.as_str().filter(|_| same)?).ok()
}
