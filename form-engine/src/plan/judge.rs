//! Going through a document once, as its plan says.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Check, Group, List, Node, NumberRule, Options, Others, Plan, TextRule, Told, Types};
use crate::document::{Place, Shape};
use crate::fault::Fault;
use crate::validator::Scalar;
use crate::{Language, Problem, number, pointer};

/// As many faults are told; with so many, jsonschema says which.
const MAX_FAULTS: usize = 50;
/// Longer lists are compared by jsonschema, which does not compare each item with each.
const MAX_COMPARED: usize = 32;
/// As many options are looked through one by one.
const FEW: usize = 8;

/// A document that a plan leaves to the whole schema's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Undecided;

/// A fault of a document.
#[derive(Debug)]
pub(crate) enum Found<'p> {
    /// Where there is but one such place.
    Fixed(&'p Check),
    Elsewhere(Box<(String, &'p Fault)>),
    /// What an author's control demands.
    Control(Box<(String, Fault)>),
}

impl<'p> Found<'p> {
    fn place(&self) -> &str {
        match self {
            Self::Fixed(check) => check.place(),
            Self::Elsewhere(there) => &there.0,
            Self::Control(there) => &there.0,
        }
    }

    /// Its pointer and what is wrong there.
    pub(crate) fn into_parts(self) -> (String, Fault) {
        match self {
            Self::Fixed(check) => (check.place().to_owned(), check.fault.clone()),
            Self::Elsewhere(there) => (there.0, there.1.clone()),
            Self::Control(there) => *there,
        }
    }

    /// What is told of it in `language`, worded by `tell`, which need not be asked twice about the same.
    pub(crate) fn told(self, language: Language, tell: impl FnOnce(&str, &Fault) -> Told) -> Telling<'p> {
        match self {
            Self::Fixed(check) => Telling::Again(check.told(language, tell)),
            Self::Elsewhere(there) => Telling::New(Box::new(tell(&there.0, there.1))),
            Self::Control(there) => Telling::New(Box::new(tell(&there.0, &there.1))),
        }
    }
}

/// What is told, perhaps not for the first time.
#[derive(Debug)]
pub(crate) enum Telling<'p> {
    Again(&'p Told),
    New(Box<Told>),
}

impl Telling<'_> {
    pub(crate) fn told(&self) -> &Told {
        match self {
            Self::Again(told) => told,
            Self::New(told) => told,
        }
    }

    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Again(told) => told.problem.clone(),
            Self::New(told) => told.problem,
        }
    }
}

impl Plan {
    /// Every fault of the document at `root`; with `controls` also those of the author's controls, which then are told
    /// instead of the schema's at the same place.
    pub(crate) fn judge<'d, P: Place<'d>>(
        &self,
        root: P,
        controls: bool,
    ) -> Result<Vec<Found<'_>>, Undecided> {
        let mut judge = Judge { found: Vec::new(), controls };
        judge.node(&self.root, root, &Way::Start)?;
        Ok(judge.found)
    }
}

struct Judge<'p> {
    found: Vec<Found<'p>>,
    controls: bool,
}

/// How a place was reached: spelled out only where something is wrong.
enum Way<'w> {
    Start,
    Name(&'w Way<'w>, &'w str),
    Index(&'w Way<'w>, usize),
}

impl Way<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Name(above, name) => pointer::join(&above.pointer(), name),
            Self::Index(above, index) => pointer::join(&above.pointer(), index),
        }
    }
}

type Judged = Result<(), Undecided>;

impl<'p> Judge<'p> {
    #[inline]
    fn node<'d, P: Place<'d>>(&mut self, node: &'p Node, place: P, way: &Way<'_>) -> Judged {
        let control = node.control.as_ref().filter(|_| self.controls);
        let Some(fault) = control.and_then(|field| field.control_fault(&place.to_value())) else {
            return self.asked(node, place, way);
        };
        // One fault a place is told; the author's control says it best.
        let (here, before) = (way.pointer(), self.found.len());
        self.asked(node, place, way)?;
        let others = self.found.split_off(before);
        self.found.extend(others.into_iter().filter(|found| found.place() != here));
        self.note(Found::Control(Box::new((here, fault))))
    }

    /// What the schema asks of a place.
    fn asked<'d, P: Place<'d>>(&mut self, node: &'p Node, place: P, way: &Way<'_>) -> Judged {
        let shape = place.shape();
        if let Some((types, check)) = &node.types
            && !types.meet(types_of(&shape))
        {
            self.fault(check, way)?;
        }
        for (options, check) in &node.options {
            if !options.hold(&shape) {
                self.fault(check, way)?;
            }
        }
        match shape {
            Shape::Null | Shape::Truth(_) => Ok(()),
            Shape::Number(number) => self.number(node, number, way),
            Shape::Text(text) => self.text(node, text, way),
            // Where rows are expected and members stand, or the other way, paths of fields may still lead somewhere.
            Shape::List(_) if node.controlled && node.group.is_some() => Err(Undecided),
            Shape::Group(_) if node.controlled && node.list.is_some() => Err(Undecided),
            Shape::List(items) => node.list.as_ref().map_or(Ok(()), |list| self.list::<P>(list, items, way)),
            Shape::Group(members) => {
                node.group.as_ref().map_or(Ok(()), |group| self.group::<P>(group, members, way))
            }
        }
    }

    fn fault(&mut self, check: &'p Check, way: &Way<'_>) -> Judged {
        self.note(match &check.place {
            Some(_) => Found::Fixed(check),
            None => Found::Elsewhere(Box::new((way.pointer(), &check.fault))),
        })
    }

    fn note(&mut self, found: Found<'p>) -> Judged {
        if self.found.is_empty() {
            self.found.reserve(8);
        }
        self.found.push(found);
        if self.found.len() < MAX_FAULTS { Ok(()) } else { Err(Undecided) }
    }

    fn number(&mut self, node: &'p Node, number: &Number, way: &Way<'_>) -> Judged {
        for (rule, check) in &node.numbers {
            let met = match rule {
                NumberRule::Bound { limit, wrong, inclusive } => {
                    let order = number::compare(number, limit).ok_or(Undecided)?;
                    order != *wrong && (*inclusive || order != Ordering::Equal)
                }
                NumberRule::Multiple(keyword) => keyword.takes(Scalar::Number(number)).ok_or(Undecided)?,
            };
            if !met {
                self.fault(check, way)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, node: &'p Node, text: &str, way: &Way<'_>) -> Judged {
        for (rule, check) in &node.texts {
            let met = match rule {
                TextRule::Least(least) => has_at_least(text, *least),
                TextRule::Most(most) => {
                    text.len() as u64 <= *most || !has_at_least(text, most.saturating_add(1))
                }
                TextRule::Keyword(keyword) => keyword.takes(Scalar::Text(text)).ok_or(Undecided)?,
            };
            if !met {
                self.fault(check, way)?;
            }
        }
        Ok(())
    }

    // Apart, since most places are neither lists nor groups, and pay for all that `asked` keeps at hand.
    #[inline(never)]
    fn list<'d, P: Place<'d>>(&mut self, list: &'p List, items: P::List, way: &Way<'_>) -> Judged {
        let (mut count, mut repeated) = (0, false);
        let all = items.clone();
        for item in items {
            if let Some(row) = &list.items {
                self.node(row, item, &Way::Index(way, count))?;
            }
            if list.unique.is_some() && !repeated {
                if count >= MAX_COMPARED {
                    return Err(Undecided);
                }
                for earlier in all.clone().take(count) {
                    repeated |= same(earlier, item)?;
                }
            }
            count += 1;
        }
        let few = list.least.as_ref().filter(|(least, _)| (count as u64) < *least).map(|(_, check)| check);
        let many = list.most.as_ref().filter(|(most, _)| (count as u64) > *most).map(|(_, check)| check);
        let twice = list.unique.as_ref().filter(|_| repeated);
        [few, many, twice].into_iter().flatten().try_for_each(|check| self.fault(check, way))
    }

    #[inline(never)]
    fn group<'d, P: Place<'d>>(&mut self, group: &'p Group, members: P::Group, way: &Way<'_>) -> Judged {
        let (mut few, mut many) = ([0_u64; 4], Vec::new());
        let seen = if group.members.len() <= few.len() * 64 {
            &mut few[..]
        } else {
            many.resize(group.members.len().div_ceil(64), 0);
            &mut many[..]
        };
        let mut unnamed: Vec<&str> = Vec::new();
        let mut expected = 0;
        for (name, place) in members {
            let way = Way::Name(way, name);
            if let Some(at) = group.find(name, expected) {
                let (word, bit) = (at / 64, 1 << (at % 64));
                // Of two members with one name the last counts, and has the place of the first.
                if !P::DISTINCT && seen[word] & bit != 0 {
                    return Err(Undecided);
                }
                seen[word] |= bit;
                expected = at + 1;
                self.node(&group.members[at].node, place, &way)?;
                continue;
            }
            if matches!(group.others, Others::Any) {
                continue;
            }
            if !P::DISTINCT {
                if unnamed.len() >= MAX_COMPARED || unnamed.contains(&name) {
                    return Err(Undecided);
                }
                unnamed.push(name);
            }
            match &group.others {
                Others::Any => {}
                Others::None => {
                    self.note(Found::Elsewhere(Box::new((way.pointer(), &Fault::UnknownMember))))?
                }
                Others::Each(node) => self.node(node, place, &way)?,
            }
        }
        for (at, check) in &group.required {
            let (word, bit) = (*at as usize / 64, 1 << (at % 64));
            if seen[word] & bit == 0 {
                self.fault(check, &Way::Name(way, &group.members[*at as usize].name))?;
            }
        }
        Ok(())
    }
}

impl Group {
    /// The place of the member `name`, which most often is `expected`: documents come in the schema's order.
    fn find(&self, name: &str, expected: usize) -> Option<usize> {
        if self.members.get(expected).is_some_and(|member| is(&member.name, name)) {
            return Some(expected);
        }
        let by_name = |at: &u32| self.members[*at as usize].name.as_str().cmp(name);
        self.by_name.binary_search_by(by_name).ok().map(|at| self.by_name[at] as usize)
    }
}

impl Options {
    fn hold<'d, P: Place<'d>>(&self, shape: &Shape<'d, P>) -> bool {
        match shape {
            Shape::Text(text) if self.texts.len() <= FEW => self.texts.iter().any(|option| is(option, text)),
            Shape::Text(text) => self.texts.binary_search_by(|option| option.as_str().cmp(text)).is_ok(),
            Shape::Null => self.others.iter().any(Value::is_null),
            Shape::Truth(truth) => self.others.iter().any(|option| option == truth),
            Shape::Number(number) => {
                let mut numbers = self.others.iter().filter_map(Value::as_number);
                numbers.any(|option| number::compare(option, number) == Some(Ordering::Equal))
            }
            Shape::List(_) | Shape::Group(_) => false,
        }
    }
}

/// Equality of names, which are short: looked at in two halves that may overlap, where a call would cost more.
fn is(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        8..=16 => a.first_chunk::<8>() == b.first_chunk() && a.last_chunk::<8>() == b.last_chunk(),
        4..8 => a.first_chunk::<4>() == b.first_chunk() && a.last_chunk::<4>() == b.last_chunk(),
        2..4 => a.first_chunk::<2>() == b.first_chunk() && a.last_chunk::<2>() == b.last_chunk(),
        _ => a == b,
    }
}

/// Whether two values are one, as far as they hold no others.
fn same<'d, P: Place<'d>>(a: P, b: P) -> Result<bool, Undecided> {
    Ok(match (a.shape(), b.shape()) {
        (Shape::Null, Shape::Null) => true,
        (Shape::Truth(a), Shape::Truth(b)) => a == b,
        (Shape::Number(a), Shape::Number(b)) => number::compare(a, b) == Some(Ordering::Equal),
        (Shape::Text(a), Shape::Text(b)) => a == b,
        (Shape::List(_), Shape::List(_)) | (Shape::Group(_), Shape::Group(_)) => return Err(Undecided),
        (_, _) => false,
    })
}

fn types_of<'d, P: Place<'d>>(shape: &Shape<'d, P>) -> Types {
    match shape {
        Shape::Null => Types::NULL,
        Shape::Truth(_) => Types::BOOLEAN,
        Shape::Text(_) => Types::STRING,
        Shape::List(_) => Types::ARRAY,
        Shape::Group(_) => Types::OBJECT,
        Shape::Number(number) => {
            let is_whole = number.is_i64()
                || number.is_u64()
                || number.as_f64().is_some_and(|number| number.fract() == 0.0);
            if is_whole { Types(Types::INTEGER.0 | Types::NUMBER.0) } else { Types::NUMBER }
        }
    }
}

/// Whether `text` has so many characters; no more of it is counted than needed.
fn has_at_least(text: &str, least: u64) -> bool {
    // A character has one to four bytes.
    let bytes = text.len() as u64;
    bytes / 4 >= least || (bytes >= least && text.chars().count() as u64 >= least)
}
