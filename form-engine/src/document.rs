//! Document: a JSON text that was read, and not yet made into values.
//!
//! Judging needs to look at every value once, in order; a tree of maps, whose keys are copied and hashed, costs more
//! than all the looking. So a text is read onto one flat list that borrows from it, and becomes a [`Value`] only where
//! somebody goes on with it. What it takes is what `serde_json` takes, in the same meaning: of members with one name
//! the last counts, and whatever is refused is refused by `serde_json` itself, in its words. What values mean it does
//! not know.

mod read;

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

/// A text as a flat list: each value, then what is in it. Members are a text, the name, before their value.
#[derive(Debug, Clone)]
pub(crate) struct Document<'t> {
    entries: Vec<Entry<'t>>,
    /// Some text in it holds U+0000.
    pub(crate) has_nul: bool,
}

#[derive(Debug, Clone)]
enum Entry<'t> {
    Null,
    Truth(bool),
    Number(Number),
    Text(Cow<'t, str>),
    /// `end` is the place after the last of what is in it.
    List {
        end: u32,
    },
    Group {
        end: u32,
        len: u32,
    },
}

impl<'t> Document<'t> {
    /// Reads `text`; `None` where it is none, or an odd one: `serde_json` then has the word.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        read::read(text)
    }

    /// The whole document as a place.
    pub(crate) fn root(&self) -> Spot<'_> {
        Spot { entries: &self.entries, at: 0 }
    }

    /// The document as values.
    pub(crate) fn into_value(self) -> Value {
        let mut entries = self.entries.into_iter();
        entries.next().map_or(Value::Null, |entry| value(entry, &mut entries, 0).0)
    }
}

/// The value that starts with `entry`, whose place is `at`, and the place after it.
fn value<'t>(entry: Entry<'t>, rest: &mut impl Iterator<Item = Entry<'t>>, at: usize) -> (Value, usize) {
    let mut next = at + 1;
    let value = match entry {
        Entry::Null => Value::Null,
        Entry::Truth(truth) => Value::Bool(truth),
        Entry::Number(number) => Value::Number(number),
        Entry::Text(text) => Value::String(text.into_owned()),
        Entry::List { end } => {
            let mut items = Vec::new();
            while next < end as usize {
                let Some(entry) = rest.next() else { break };
                let (item, after) = value(entry, rest, next);
                items.push(item);
                next = after;
            }
            Value::Array(items)
        }
        Entry::Group { end, len } => {
            let mut members = Map::with_capacity(len as usize);
            while next < end as usize {
                let (Some(Entry::Text(name)), Some(entry)) = (rest.next(), rest.next()) else { break };
                let (member, after) = value(entry, rest, next + 1);
                members.insert(name.into_owned(), member);
                next = after;
            }
            Value::Object(members)
        }
    };
    (value, next)
}

/// A place in a document, whoever holds it.
pub(crate) trait Place<'d>: Copy {
    /// Members of one group have different names: the reader saw to it.
    const DISTINCT: bool;
    type List: Iterator<Item = Self> + Clone;
    type Group: Iterator<Item = (&'d str, Self)>;

    /// What stands there.
    fn shape(self) -> Shape<'d, Self>;
    /// The same as a value of its own.
    fn to_value(self) -> Value;
}

/// What stands at a place.
pub(crate) enum Shape<'d, P: Place<'d>> {
    Null,
    Truth(bool),
    Number(&'d Number),
    Text(&'d str),
    List(P::List),
    Group(P::Group),
}

impl<'d> Place<'d> for &'d Value {
    const DISTINCT: bool = true;
    type List = std::slice::Iter<'d, Value>;
    type Group = Members<'d>;

    fn shape(self) -> Shape<'d, Self> {
        match self {
            Value::Null => Shape::Null,
            Value::Bool(truth) => Shape::Truth(*truth),
            Value::Number(number) => Shape::Number(number),
            Value::String(text) => Shape::Text(text),
            Value::Array(items) => Shape::List(items.iter()),
            Value::Object(members) => Shape::Group(Members(members.iter())),
        }
    }

    fn to_value(self) -> Value {
        self.clone()
    }
}

/// The members of an object.
pub(crate) struct Members<'d>(serde_json::map::Iter<'d>);

impl<'d> Iterator for Members<'d> {
    type Item = (&'d str, &'d Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name.as_str(), value))
    }
}

/// A place in a [`Document`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot<'d> {
    entries: &'d [Entry<'d>],
    at: usize,
}

impl<'d> Place<'d> for Spot<'d> {
    const DISTINCT: bool = false;
    type List = Spots<'d>;
    type Group = NamedSpots<'d>;

    fn shape(self) -> Shape<'d, Self> {
        let inside = |end: u32| Spots { entries: self.entries, at: self.at + 1, end: end as usize };
        match &self.entries[self.at] {
            Entry::Null => Shape::Null,
            Entry::Truth(truth) => Shape::Truth(*truth),
            Entry::Number(number) => Shape::Number(number),
            Entry::Text(text) => Shape::Text(text),
            Entry::List { end } => Shape::List(inside(*end)),
            Entry::Group { end, .. } => Shape::Group(NamedSpots(inside(*end))),
        }
    }

    fn to_value(self) -> Value {
        let mut entries = self.entries[self.at..].iter().cloned();
        entries.next().map_or(Value::Null, |entry| value(entry, &mut entries, self.at).0)
    }
}

/// The items of a list.
#[derive(Debug, Clone)]
pub(crate) struct Spots<'d> {
    entries: &'d [Entry<'d>],
    at: usize,
    end: usize,
}

impl<'d> Iterator for Spots<'d> {
    type Item = Spot<'d>;

    fn next(&mut self) -> Option<Spot<'d>> {
        if self.at >= self.end {
            return None;
        }
        let spot = Spot { entries: self.entries, at: self.at };
        self.at = match &self.entries[self.at] {
            Entry::List { end } | Entry::Group { end, .. } => *end as usize,
            Entry::Null | Entry::Truth(_) | Entry::Number(_) | Entry::Text(_) => self.at + 1,
        };
        Some(spot)
    }
}

/// The members of a group.
#[derive(Debug, Clone)]
pub(crate) struct NamedSpots<'d>(Spots<'d>);

impl<'d> Iterator for NamedSpots<'d> {
    type Item = (&'d str, Spot<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.at >= self.0.end {
            return None;
        }
        let Entry::Text(name) = &self.0.entries[self.0.at] else { return None };
        self.0.at += 1;
        Some((name, self.0.next()?))
    }
}
