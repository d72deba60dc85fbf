//! Submissions: from what people typed to a document.
//!
//! People's input goes through [`Sheet::coerce`] or [`Sheet::normalise`]: trimmed, what is empty is
//! missing. What programs send is judged as it is, so that the verdict is JSON Schema's.

#[cfg(feature = "schema")]
use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::{Map, Value};

#[cfg(feature = "schema")]
use crate::document::{Document, Place};
#[cfg(feature = "schema")]
use crate::fault::Fault;
#[cfg(feature = "schema")]
use crate::field::Choice;
use crate::field::{Field, FieldKind};
#[cfg(feature = "schema")]
use crate::form::Form;
#[cfg(feature = "schema")]
use crate::plan::{Telling, Told};
use crate::pointer;
#[cfg(feature = "schema")]
use crate::rule::Outcome;
use crate::sheet::Sheet;
#[cfg(feature = "schema")]
use crate::{Language, Problem, Text};

/// A form post names no more fields than this.
const MAX_PAIRS: usize = 5_000;
/// Problems told of one document.
#[cfg(feature = "schema")]
const MAX_FAULTS: usize = 50;
/// Names nest no deeper than this.
const MAX_DEPTH: usize = 16;

impl Sheet {
    /// A document as people mean it: texts trimmed, what is empty gone, hidden values dropped, rules settled.
    ///
    /// Idempotent. `null` stays where the schema takes it.
    pub fn normalise(&self, data: Value) -> Value {
        let tidy = self.tidy(data, &mut String::new()).unwrap_or_else(|| self.nothing());
        if self.rules.targets.is_empty() {
            return tidy;
        }
        let settled = self.apply_rules(tidy).data;
        // A rule may have left a group empty.
        self.tidy(settled, &mut String::new()).unwrap_or_else(|| self.nothing())
    }

    /// A document without an answer: an empty list where the form is one, an object where it asks for members.
    fn nothing(&self) -> Value {
        match self.field("") {
            _ if self.is_list("") => Value::Array(Vec::new()),
            None => Map::new().into(),
            Some(field) if field.types.array => Value::Array(Vec::new()),
            Some(field) if field.types.object => Map::new().into(),
            Some(_) => Value::Null,
        }
    }

    /// `None` when nothing is left.
    fn tidy(&self, value: Value, path: &mut String) -> Option<Value> {
        match value {
            Value::Null => self.field(path).filter(|field| field.types.null).map(|_| Value::Null),
            Value::String(text) => {
                let trimmed = text.trim();
                (!trimmed.is_empty()).then(|| trimmed.into())
            }
            Value::Array(items) => {
                let kept: Vec<Value> = items
                    .into_iter()
                    .enumerate()
                    .filter_map(|(index, item)| self.below(item, path, &index.to_string()))
                    .collect();
                (!kept.is_empty()).then_some(Value::Array(kept))
            }
            Value::Object(members) => {
                let kept: Map<String, Value> = members
                    .into_iter()
                    .filter_map(|(key, member)| {
                        let member = self.below(member, path, &pointer::escape(&key))?;
                        Some((key, member))
                    })
                    .collect();
                (!kept.is_empty()).then_some(Value::Object(kept))
            }
            scalar @ (Value::Bool(_) | Value::Number(_)) => Some(scalar),
        }
    }

    fn below(&self, value: Value, path: &mut String, token: &str) -> Option<Value> {
        let length = path.len();
        path.push('/');
        path.push_str(token);
        let kept = self.tidy(value, path);
        path.truncate(length);
        kept
    }

    /// The document of a plain form post: names are JSON Pointers, repeated names make lists, texts are read by
    /// the schema, what is empty is missing, rows close ranks. Names that are no pointers are not the form's.
    ///
    /// `_offset` (`+08:00`) says where browser times without an offset were read.
    pub fn coerce(&self, pairs: &[(String, String)]) -> Value {
        let mut given: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, text) in pairs.iter().take(MAX_PAIRS) {
            let nested = name.bytes().filter(|byte| *byte == b'/').count() > MAX_DEPTH;
            if (name.is_empty() || name.starts_with('/')) && !nested {
                given.entry(name).or_default().push(text);
            }
        }
        let offset =
            pairs.iter().find(|(name, _)| name == "_offset").map_or("Z", |(_, offset)| offset.as_str());
        let mut tree = Tree::default();
        for (name, texts) in given {
            let read = match self.field(name) {
                Some(field) => field.read(&texts).map(|value| with_offset(field, value, offset)),
                None => unknown(&texts),
            };
            if let Some(value) = read {
                tree.put(name, value);
            }
        }
        let document = tree.document(self, "");
        if document.is_null() { self.nothing() } else { document }
    }

    fn is_list(&self, path: &str) -> bool {
        let mut lists =
            self.lists.iter().map(|list| list.path.as_str()).chain(self.tuples.iter().map(String::as_str));
        lists.any(|pattern| pointer::matches(pattern, path))
    }
}

/// A document that a form takes, as it was read.
#[cfg(feature = "schema")]
#[derive(Debug)]
pub struct Accepted<'t>(Taken<'t>);

#[cfg(feature = "schema")]
#[derive(Debug)]
enum Taken<'t> {
    /// No rule changed it.
    AsSent(Document<'t>),
    Settled(Value),
}

#[cfg(feature = "schema")]
impl Accepted<'_> {
    /// The document with the rules settled, to go on with.
    pub fn into_value(self) -> Value {
        match self.0 {
            Taken::AsSent(document) => document.into_value(),
            Taken::Settled(data) => data,
        }
    }
}

/// Why a text is no submission.
#[cfg(feature = "schema")]
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is no JSON.
    #[error("the text is no JSON")]
    Malformed(#[source] serde_json::Error),
    /// It is, and the form does not take it: every problem, as [`Form::validate`] tells them.
    #[error("{} problems", .0.len())]
    Invalid(Vec<Problem>),
}

#[cfg(feature = "schema")]
impl Form {
    /// Judges the JSON `text` as [`Form::validate`] judges the document in it, and as soon as it is read: where no rule
    /// changes documents, values are made only of what goes on.
    ///
    /// # Errors
    ///
    /// What is no JSON, and every problem of what is.
    pub fn validate_json<'t>(&self, text: &'t str, language: Language) -> Result<Accepted<'t>, Refused> {
        let Some(document) = Document::read(text) else {
            let data = serde_json::from_str(text).map_err(Refused::Malformed)?;
            return self.settled(data, language);
        };
        // What is stored holds no U+0000, and where one stands is seen in values.
        let judged = if document.has_nul { None } else { self.judged(document.root(), language) };
        match judged {
            Some(Ok(())) => Ok(Accepted(Taken::AsSent(document))),
            Some(Err(problems)) => Err(Refused::Invalid(problems)),
            None => self.settled(document.into_value(), language),
        }
    }

    fn settled(&self, data: Value, language: Language) -> Result<Accepted<'static>, Refused> {
        let settled = self.validate(data, language).map_err(Refused::Invalid)?;
        Ok(Accepted(Taken::Settled(settled)))
    }

    /// Judges a document and answers it with the rules settled: hidden values gone, computed ones in.
    ///
    /// # Errors
    ///
    /// Every problem, in field order, in the reader's language and with the fields' titles; never an empty list.
    pub fn validate(&self, data: Value, language: Language) -> Result<Value, Vec<Problem>> {
        // What is stored holds no U+0000; a schema alone stores nothing, and allows it.
        let nul = if self.definition.bare { None } else { crate::definition::nul(&data) };
        if let Some(path) = nul {
            let title = self.title_at(&path, language);
            return Err(vec![Fault::Nul.at(path, &title, language)]);
        }
        if let Some(judged) = self.judged(&data, language) {
            return judged.map(|()| data);
        }
        let outcome = self.apply_rules(data);
        let mut faults: Vec<(String, Fault)> = Vec::new();
        let missing = |place: &&String| {
            pointer::get(&outcome.data, place)
                .is_none_or(|value| value.is_null() || value.as_str() == Some(""))
        };
        faults.extend(outcome.required.iter().filter(missing).map(|place| (place.clone(), Fault::Required)));
        for field in self.fields.iter().filter(|field| field.explicit) {
            for (place, value) in pointer::resolve(&outcome.data, &field.path) {
                faults.extend(field.control_fault(value).map(|fault| (place, fault)));
            }
        }
        for (place, _) in &outcome.offered {
            let given = pointer::get(&outcome.data, place).filter(|value| !value.is_null());
            let fault = given.and_then(|value| self.offer_fault(&outcome, place, value));
            faults.extend(fault.map(|fault| (place.clone(), fault)));
        }
        if let Err(found) = self.validator.verdict(&outcome.data) {
            // One fault a place is told; the author's control says it best.
            let known: Vec<String> = faults.iter().map(|(place, _)| place.clone()).collect();
            faults.extend(found.into_iter().filter(|(place, _)| !known.contains(place)));
        }
        if faults.is_empty() {
            return Ok(outcome.data);
        }
        let tell = |(place, fault): (String, Fault)| {
            Telling::New(Box::new(self.told(&place, &fault, &outcome, language)))
        };
        Err(in_order(faults.into_iter().map(tell).collect()))
    }

    /// Judges what stands at `root` in one go, where that can be done: no rule changes it, the plan holds all that is
    /// asked, and there are not too many problems.
    fn judged<'d, P: Place<'d>>(&self, root: P, language: Language) -> Option<Result<(), Vec<Problem>>> {
        if !self.takes_as_sent {
            return None;
        }
        let found = self.validator.planned(root).ok()?;
        if found.is_empty() {
            return Some(Ok(()));
        }
        // No title says an answer, so that what is told does not depend on the document.
        let outcome = Outcome::of(Value::Null);
        let tell = |place: &str, fault: &Fault| self.told(place, fault, &outcome, language);
        Some(Err(in_order(found.into_iter().map(|found| found.told(language, tell)).collect())))
    }

    /// A fault in words, and its place among others; choices by the labels people see.
    fn told(&self, place: &str, fault: &Fault, outcome: &Outcome, language: Language) -> Told {
        let mut problem = self.worded(place, fault, outcome, language);
        if place.is_empty() {
            problem.message = crate::fault::of_form(&problem.message, language);
        }
        Told { rank: self.rank(place), order: fault.order(), problem }
    }

    fn worded(&self, place: &str, fault: &Fault, outcome: &Outcome, language: Language) -> Problem {
        if *fault == Fault::UnknownMember {
            // What is no field has no title; its own name says which it is.
            let name = pointer::unescape(place.rsplit('/').next().unwrap_or(""));
            return fault.at(place, &name, language);
        }
        let title = self.called(place, outcome, language);
        if matches!(fault, Fault::NoShape | Fault::SeveralShapes)
            && let Some(known) = self.alternatives(place, language)
        {
            let filled = self.alternatives_filled(place, &outcome.data);
            let message = crate::fault::alternatives(&known, filled, &title, language);
            return Problem::new(fault.code(), place, message);
        }
        let branches = self.branches.iter().find(|(path, _)| pointer::matches(path, place));
        if let (Fault::NoShape, Some((_, branches))) = (fault, branches) {
            let message = crate::fault::no_branch(branches, &title, language);
            return Problem::new(fault.code(), place, message);
        }
        if let Fault::Together(names) = fault {
            let titles = names.iter().map(|name| self.called(&pointer::join(place, name), outcome, language));
            return Fault::Together(titles.collect()).at(place, &title, language);
        }
        let pattern =
            self.field(place).filter(|_| *fault == Fault::Pattern).and_then(|field| field.pattern.as_deref());
        if let Some(digits) = pattern.and_then(crate::fault::Digits::read) {
            return Problem::new(fault.code(), place, digits.told(&title, language));
        }
        self.relabelled(fault, place, outcome).at(place, &title, language)
    }

    /// What people call a place; nothing for a form as a whole that has no title, since nobody who fills it knows its key.
    fn called(&self, place: &str, outcome: &Outcome, language: Language) -> String {
        let is_named = || self.definition.title != Text::Plain(self.definition.key.clone());
        match self.field(place).map(|field| field.title.get("")) {
            None | Some("#") if place.is_empty() && !is_named() => String::new(),
            Some("#") if place.is_empty() => self.title().get(language.as_str()).to_owned(),
            Some(_) | None => self.title_in(place, &outcome.data, language),
        }
    }

    /// A choice that the schema tells by its values, with the labels people see of what is offered and would do.
    fn relabelled<'f>(&self, fault: &'f Fault, place: &str, outcome: &Outcome) -> Cow<'f, Fault> {
        let Fault::Choice(would_do) = fault else { return Cow::Borrowed(fault) };
        let above = place.rsplit_once('/').map_or("", |(above, _)| above);
        let field = self.field(place).or_else(|| self.field(above)).filter(|field| !field.options.is_empty());
        let Some(field) = field else { return Cow::Borrowed(fault) };
        let offered = outcome.offered(place).or_else(|| outcome.offered(above));
        let is_offered = |index: &usize| offered.is_none_or(|offered| offered.contains(index));
        let options = || field.options.iter().enumerate().filter(|(index, _)| is_offered(index));
        let does = |option: &Choice| {
            let value = Text::Plain(option.text());
            would_do.iter().any(|label| *label == value || *label == option.label)
        };
        // A schema may tell its values otherwise than the field does (`1.0`): then all that is offered is told.
        let fits: Vec<Text> =
            options().filter(|(_, option)| does(option)).map(|(_, option)| option.label.clone()).collect();
        let all = || options().map(|(_, option)| option.label.clone()).collect();
        Cow::Owned(Fault::Choice(if fits.is_empty() { all() } else { fits }))
    }
}

/// As many problems as are told, in field order: by place in a field, and at one place what says most first.
#[cfg(feature = "schema")]
fn in_order(mut telling: Vec<Telling<'_>>) -> Vec<Problem> {
    telling.sort_by(|a, b| {
        let (a, b) = (a.told(), b.told());
        let places = || pointer::order(&a.problem.path, &b.problem.path);
        a.rank.cmp(&b.rank).then_with(places).then(a.order.cmp(&b.order))
    });
    telling.truncate(MAX_FAULTS);
    let mut problems = Vec::with_capacity(telling.len());
    problems.extend(telling.into_iter().map(Telling::into_problem));
    problems.dedup();
    problems
}

/// A name outside the form is kept as text, for the schema to allow or refuse.
fn unknown(texts: &[&str]) -> Option<Value> {
    let mut given = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let first = given.next()?;
    let rest: Vec<Value> = given.map(Value::from).collect();
    if rest.is_empty() {
        Some(first.into())
    } else {
        Some(std::iter::once(first.into()).chain(rest).collect())
    }
}

/// A time without an offset, as browsers write it, gets the one it was read in.
fn with_offset(field: &Field, value: Value, offset: &str) -> Value {
    let timed = field.kind == FieldKind::Time && field.format.as_deref() == Some("time");
    if field.kind != FieldKind::DateTime && !timed {
        return value;
    }
    // A time alone is read on any day; only `format: time` asks where it was read.
    let day = if timed { "2000-01-01T" } else { "" };
    let Some(text) = value.as_str().map(|text| format!("{day}{text}")) else { return value };
    let behind = text.get(10..).unwrap_or("");
    let bare = text.len() >= 19 && !text.ends_with(['Z', 'z']) && !behind.contains(['+', '-']);
    let placed = format!("{text}{offset}");
    if bare && crate::moment::parse(&placed).is_some() { placed[day.len()..].into() } else { value }
}

/// What was given, before lists are told from groups.
#[derive(Default)]
struct Tree {
    value: Option<Value>,
    below: IndexMap<String, Tree>,
}

impl Tree {
    fn put(&mut self, name: &str, value: Value) {
        let mut place = self;
        for token in pointer::tokens(name).into_iter().flatten() {
            place = place.below.entry(token.into_owned()).or_default();
        }
        place.value = Some(value);
    }

    fn document(mut self, sheet: &Sheet, path: &str) -> Value {
        if self.below.is_empty() {
            return self.value.unwrap_or(Value::Null);
        }
        let rows = self.below.keys().all(|key| key.parse::<usize>().is_ok());
        if rows && sheet.is_list(path) {
            self.below.sort_by_key(|key, _| key.parse::<usize>().unwrap_or(usize::MAX));
            let rows =
                self.below.into_iter().map(|(key, tree)| tree.document(sheet, &pointer::join(path, key)));
            return rows.collect();
        }
        let members = self.below.into_iter().map(|(key, tree)| {
            let value = tree.document(sheet, &pointer::join(path, &key));
            (key, value)
        });
        Value::Object(members.collect())
    }
}
