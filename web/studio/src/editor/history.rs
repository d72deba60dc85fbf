//! Undo and redo: a list of edits, each kept as the smallest change of the text of the places it touched.
//!
//! Kept with a mark of the document it belongs to, so that it survives a reload and is dropped when
//! somebody else has changed the draft since.

use form_engine::pointer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Text edits of the same place closer than this are one step.
const TOGETHER_MS: i64 = 1_000;
/// More steps than this are not kept.
const STEPS: usize = 500;
/// What is written to the browser's memory stays below this many characters.
const KEPT: usize = 1_500_000;

/// What one edit did to the text at one place of the document, by its JSON Pointer; no text is no member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Hunk {
    #[serde(rename = "p")]
    path: String,
    #[serde(rename = "a")]
    at: usize,
    #[serde(rename = "-")]
    removed: String,
    #[serde(rename = "+")]
    added: String,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Step {
    #[serde(rename = "h")]
    hunks: Vec<Hunk>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(rename = "t")]
    at_ms: i64,
}

/// What was done, and what of it was taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The document before the last step, while others may still join it: each letter would read it anew.
    base: Option<Value>,
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.done == other.done && self.undone == other.undone
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    mark: u64,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Equal in every sign: the order of members counts, which `==` does not look at.
#[must_use]
pub fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((name, a), (also, b))| name == also && is_same(a, b))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b))
        }
        (one, other) => one == other,
    }
}

impl History {
    /// Something can be taken back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Something can be done again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// How many steps can be taken back.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.done.len()
    }

    /// Nothing was done yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Notes that `before` became `after`; edits of the same `group` shortly after each other are one.
    pub fn record(&mut self, before: &Value, after: &Value, group: Option<&str>, now_ms: i64) {
        if is_same(before, after) {
            return;
        }
        self.undone.clear();
        let joins = self.done.last().is_some_and(|last| {
            last.group.is_some() && last.group.as_deref() == group && now_ms - last.at_ms < TOGETHER_MS
        });
        let last = joins.then(|| self.done.pop()).flatten();
        let kept = self.base.take().filter(|_| last.is_some());
        let first = kept.or_else(|| last.and_then(|last| last.turn(before, false)));
        let mut hunks = Vec::new();
        differences("", first.as_ref().unwrap_or(before), after, &mut hunks);
        self.base = group.map(|_| first.unwrap_or_else(|| before.clone()));
        self.done.push(Step { hunks, group: group.map(str::to_owned), at_ms: now_ms });
        let over = self.done.len().saturating_sub(STEPS);
        self.done.drain(..over);
    }

    /// The document before the last step.
    pub fn undo(&mut self, document: &Value) -> Option<Value> {
        self.base = None;
        let step = self.done.pop()?;
        let turned = step.turn(document, false);
        self.undone.push(Step { group: None, ..step });
        turned
    }

    /// The document with the step that was taken back.
    pub fn redo(&mut self, document: &Value) -> Option<Value> {
        self.base = None;
        let step = self.undone.pop()?;
        let turned = step.turn(document, true);
        self.done.push(step);
        turned
    }

    /// For the browser's memory; the oldest steps go when it would be too long.
    #[must_use]
    pub fn written(&self, document: &Value) -> String {
        let weight = |step: &Step| {
            step.hunks.iter().map(|hunk| hunk.removed.len() + hunk.added.len() + 60).sum::<usize>()
        };
        let mut room = KEPT.saturating_sub(self.undone.iter().map(weight).sum());
        let kept = self.done.iter().rev().take_while(|step| {
            let fits = weight(step) <= room;
            room = room.saturating_sub(weight(step));
            fits
        });
        let from = self.done.len() - kept.count();
        let stored =
            Stored { mark: mark(document), done: self.done[from..].to_vec(), undone: self.undone.clone() };
        serde_json::to_string(&stored).expect("texts and numbers")
    }

    /// What was kept, if it belongs to `document`.
    #[must_use]
    pub fn read(text: &str, document: &Value) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        (stored.mark == mark(document)).then_some(Self {
            done: stored.done,
            undone: stored.undone,
            base: None,
        })
    }
}

impl Step {
    /// The document with this step done (`forward`) or taken back; none when it does not fit.
    fn turn(&self, document: &Value, forward: bool) -> Option<Value> {
        let mut document = document.clone();
        for hunk in &self.hunks {
            let (old, new) =
                if forward { (&hunk.removed, &hunk.added) } else { (&hunk.added, &hunk.removed) };
            let text = document.pointer(&hunk.path).map(Value::to_string).unwrap_or_default();
            let end = hunk.at.checked_add(old.len())?;
            if text.get(hunk.at..end)? != old {
                return None;
            }
            let text = format!("{}{new}{}", &text[..hunk.at], &text[end..]);
            if text.is_empty() {
                pointer::remove(&mut document, &hunk.path)?;
            } else if !pointer::set(&mut document, &hunk.path, serde_json::from_str(&text).ok()?) {
                return None;
            }
        }
        Some(document)
    }
}

/// The changes between two documents, each as deep as it can be put back by itself: an edit of one question is not to
/// read and write all the others.
fn differences(path: &str, before: &Value, after: &Value, found: &mut Vec<Hunk>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if let Some(names) = touched(old, new) => {
            for name in names {
                let path = pointer::join(path, name);
                match old.get(name) {
                    Some(old) => differences(&path, old, &new[name], found),
                    None => found.push(hunk(path, "", &new[name].to_string())),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if let Some(index) = only_one(old, new) => {
            differences(&pointer::join(path, index), &old[index], &new[index], found);
        }
        (_, _) => found.push(hunk(path.to_owned(), &before.to_string(), &after.to_string())),
    }
}

/// The only element that differs.
fn only_one(old: &[Value], new: &[Value]) -> Option<usize> {
    let mut differing = (0..old.len().min(new.len())).filter(|index| !is_same(&old[*index], &new[*index]));
    let index = differing.next().filter(|_| old.len() == new.len())?;
    differing.next().is_none().then_some(index)
}

/// The members that differ, when each can be put back by itself: nothing was removed or reordered, and new ones stand at the end.
fn touched<'m>(old: &Map<String, Value>, new: &'m Map<String, Value>) -> Option<Vec<&'m str>> {
    let same_order = old.keys().zip(new.keys()).all(|(a, b)| a == b) && old.len() <= new.len();
    same_order.then(|| {
        let differs = |name: &str, value: &Value| old.get(name).is_none_or(|before| !is_same(before, value));
        new.iter().filter(|(name, value)| differs(name, value)).map(|(name, _)| name.as_str()).collect()
    })
}

fn hunk(path: String, before: &str, after: &str) -> Hunk {
    let mut at = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(at) || !after.is_char_boundary(at) {
        at -= 1;
    }
    let (old, new) = (&before[at..], &after[at..]);
    let mut tail = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - tail) || !new.is_char_boundary(new.len() - tail) {
        tail -= 1;
    }
    Hunk { path, at, removed: old[..old.len() - tail].to_owned(), added: new[..new.len() - tail].to_owned() }
}

/// FNV-1a over the document's text.
fn mark(document: &Value) -> u64 {
    document.to_string().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
