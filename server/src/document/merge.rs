//! Three-way merge: what the template was, what became of it here, what it is now.
//!
//! Pure. Objects are merged by member; lists of things with a key (or `field`, `name` …) by that key; other lists are
//! one value. Equal changes are one change, and only what both sides changed differently is a conflict.

use std::collections::{BTreeMap, BTreeSet};

use form_engine::pointer;
use serde_json::{Map, Value};

/// Whose change holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was changed here.
    Mine,
    /// What the template says now.
    Theirs,
}

/// What both sides changed, each in its own way. None: it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Where: like a JSON Pointer, with the key of a thing instead of its place in a list.
    pub path: String,
    /// As both had it once.
    pub base: Option<Value>,
    /// As it is here.
    pub mine: Option<Value>,
    /// As the template has it.
    pub theirs: Option<Value>,
    /// Who was said to hold; until then `mine` does.
    pub resolved: Option<Side>,
}

/// Decisions by path; one for a path holds for all that lies below it.
pub type Decisions = BTreeMap<String, Side>;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The document, or none where it was taken away.
    pub value: Option<Value>,
    /// In document order.
    pub conflicts: Vec<Conflict>,
}

/// Brings `mine` and `theirs` together, which both came from `base`. `path` is where the value stands.
pub fn merge(
    base: Option<&Value>,
    mine: Option<&Value>,
    theirs: Option<&Value>,
    path: &str,
    decisions: &Decisions,
) -> Merged {
    let mut merger = Merger { decisions, conflicts: Vec::new() };
    let value = merger.any(base, mine, theirs, path);
    Merged { value, conflicts: merger.conflicts }
}

struct Merger<'d> {
    decisions: &'d Decisions,
    conflicts: Vec<Conflict>,
}

/// Members that name a thing among its like, the most telling first.
const IDENTITIES: [&str; 9] = ["key", "field", "name", "set", "event", "form", "value", "id", "delay"];

impl Merger<'_> {
    fn any(
        &mut self,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
        path: &str,
    ) -> Option<Value> {
        if is_same(mine, theirs) || is_same(base, theirs) {
            return mine.cloned();
        }
        if is_same(base, mine) {
            return theirs.cloned();
        }
        match (base, mine, theirs) {
            (None | Some(Value::Object(_)), Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(self.objects(base.and_then(Value::as_object), mine, theirs, path))
            }
            (None | Some(Value::Array(_)), Some(Value::Array(mine)), Some(Value::Array(theirs))) => {
                let old = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                match named(&[old, mine, theirs]) {
                    Some(lists) => Some(self.lists(&lists, path)),
                    None => self.decide(
                        base,
                        Some(&Value::Array(mine.clone())),
                        Some(&Value::Array(theirs.clone())),
                        path,
                    ),
                }
            }
            (_, mine, theirs) => self.decide(base, mine, theirs, path),
        }
    }

    fn objects(
        &mut self,
        base: Option<&Map<String, Value>>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
        path: &str,
    ) -> Value {
        let none = Map::new();
        let base = base.unwrap_or(&none);
        let names = |members: &Map<String, Value>| members.keys().cloned().collect::<Vec<String>>();
        let mut merged = Map::new();
        for name in order(&names(base), &names(mine), &names(theirs)) {
            let value =
                self.any(base.get(&name), mine.get(&name), theirs.get(&name), &pointer::join(path, &name));
            if let Some(value) = value {
                merged.insert(name, value);
            }
        }
        Value::Object(merged)
    }

    fn lists(&mut self, lists: &[Named<'_>; 3], path: &str) -> Value {
        let [base, mine, theirs] = lists;
        let names = |list: &Named<'_>| list.iter().map(|(name, _)| name.clone()).collect::<Vec<String>>();
        let find = |list: &Named<'_>, name: &str| {
            list.iter().find(|(known, _)| known == name).map(|(_, value)| (*value).clone())
        };
        let mut merged = Vec::new();
        for name in order(&names(base), &names(mine), &names(theirs)) {
            let (base, mine, theirs) = (find(base, &name), find(mine, &name), find(theirs, &name));
            merged.extend(self.any(
                base.as_ref(),
                mine.as_ref(),
                theirs.as_ref(),
                &pointer::join(path, &name),
            ));
        }
        Value::Array(merged)
    }

    fn decide(
        &mut self,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
        path: &str,
    ) -> Option<Value> {
        let resolved = decided(self.decisions, path);
        self.conflicts.push(Conflict {
            path: path.to_owned(),
            base: base.cloned(),
            mine: mine.cloned(),
            theirs: theirs.cloned(),
            resolved,
        });
        match resolved {
            Some(Side::Theirs) => theirs.cloned(),
            Some(Side::Mine) | None => mine.cloned(),
        }
    }
}

/// What was decided for `path`, or for something it lies in.
fn decided(decisions: &Decisions, path: &str) -> Option<Side> {
    let mut at = path;
    loop {
        if let Some(side) = decisions.get(at) {
            return Some(*side);
        }
        at = &at[..at.rfind('/')?];
    }
}

/// The same also in the order of members: order is meaning.
pub fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.all(|((name, value), (known, other))| name == known && is_equal(value, other))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (one, other) => one == other,
    }
}

fn is_same(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => is_equal(one, other),
        (_, _) => false,
    }
}

type Named<'v> = Vec<(String, &'v Value)>;

/// The items of three lists with the name of each, where one member names them all.
fn named<'v>(lists: &[&'v [Value]; 3]) -> Option<[Named<'v>; 3]> {
    let texts = |item: &'v Value| item.as_str().map(str::to_owned);
    if let Some(named) = all_named(lists, &texts) {
        return Some(named);
    }
    for identity in IDENTITIES {
        let is_used = lists.iter().any(|list| list.iter().any(|item| item.get(identity).is_some()));
        // A heading between questions has no field; it is what it says.
        let name = |item: &'v Value| match item.get(identity) {
            Some(Value::String(name)) => Some(name.clone()),
            Some(other) if item.is_object() => Some(other.to_string()),
            Some(_) | None => item.is_object().then(|| item.to_string()),
        };
        if is_used && let Some(named) = all_named(lists, &name) {
            return Some(named);
        }
    }
    // The same number of things without names: each is still what it was.
    let [base, mine, theirs] = lists;
    let same = base.len() == mine.len() && mine.len() == theirs.len();
    let objects = lists.iter().all(|list| list.iter().all(Value::is_object));
    let numbered =
        |list: &&'v [Value]| list.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect();
    (same && objects).then(|| [numbered(base), numbered(mine), numbered(theirs)])
}

fn all_named<'v>(
    lists: &[&'v [Value]; 3],
    name: &dyn Fn(&'v Value) -> Option<String>,
) -> Option<[Named<'v>; 3]> {
    let list = |items: &&'v [Value]| -> Option<Named<'v>> {
        let named: Named<'v> = items.iter().map(|item| Some((name(item)?, item))).collect::<Option<_>>()?;
        let names: BTreeSet<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
        (names.len() == named.len()).then_some(named)
    };
    let [base, mine, theirs] = lists;
    Some([list(base)?, list(mine)?, list(theirs)?])
}

/// Every name of `mine` and `theirs` in one order: that of the side that moved things, and what only the other has
/// after whatever it follows there. Where both moved things, the template's order holds.
fn order(base: &[String], mine: &[String], theirs: &[String]) -> Vec<String> {
    let has_moved = |side: &[String]| {
        let old: BTreeSet<&String> = base.iter().collect();
        let new: BTreeSet<&String> = side.iter().collect();
        let kept = side.iter().filter(|name| old.contains(name));
        kept.ne(base.iter().filter(|name| new.contains(name)))
    };
    let (first, second) = if has_moved(mine) && !has_moved(theirs) { (mine, theirs) } else { (theirs, mine) };
    let known: BTreeSet<&String> = first.iter().collect();
    // What stands in front of everything known comes first.
    let mut followers: BTreeMap<Option<&String>, Vec<&String>> = BTreeMap::new();
    let mut before = None;
    for name in second {
        if known.contains(name) {
            before = Some(name);
        } else {
            followers.entry(before).or_default().push(name);
        }
    }
    let mut all: Vec<String> = Vec::with_capacity(first.len() + second.len());
    for place in std::iter::once(None).chain(first.iter().map(Some)) {
        all.extend(place.cloned());
        all.extend(followers.get(&place).into_iter().flatten().map(|name| (*name).clone()));
    }
    all
}
