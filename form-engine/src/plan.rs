//! Plan: what a schema asks of each place, laid out so that a document is judged by going through it once.
//!
//! Most forms are groups and lists of plain fields: types, options, bounds, lengths, patterns, formats. For those
//! nothing has to be found out while a document is judged but its values, and every fault has its place, its field and
//! its words beforehand. A schema that says more (references, choices of shapes, conditions) has no plan, and a
//! document that is odd (the same name twice, dozens of faults) is not decided: the whole schema's verdict is then
//! jsonschema's. Where a plan decides, it decides as jsonschema does; `tests/it/roads.rs` compares the two.

mod build;
mod judge;

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use serde_json::{Number, Value};

use crate::fault::Fault;
use crate::field::Field;
use crate::validator::Keyword;
use crate::{Language, Problem};

pub(crate) use judge::{Found, Telling, Undecided};

/// A schema's whole plan.
#[derive(Debug)]
pub(crate) struct Plan {
    root: Node,
    /// Every control that demands something of its own has its place in the plan.
    pub(crate) has_controls: bool,
}

/// What is asked of one place. Nothing asked takes anything.
#[derive(Debug, Default)]
struct Node {
    types: Option<(Types, Check)>,
    options: Vec<(Options, Check)>,
    numbers: Vec<(NumberRule, Check)>,
    texts: Vec<(TextRule, Check)>,
    list: Option<Box<List>>,
    group: Option<Box<Group>>,
    /// The author's control, which demands more than the schema.
    control: Option<Arc<Field>>,
    /// This control, or one below.
    controlled: bool,
}

/// JSON types, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Types(u8);

impl Types {
    /// In the order in which they are told.
    const NAMED: [(&'static str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("integer", Self::INTEGER),
        ("number", Self::NUMBER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];
    const NULL: Self = Self(1);
    const BOOLEAN: Self = Self(2);
    const INTEGER: Self = Self(4);
    const NUMBER: Self = Self(8);
    const STRING: Self = Self(16);
    const ARRAY: Self = Self(32);
    const OBJECT: Self = Self(64);

    fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Values without anything in them, of which one is meant.
#[derive(Debug)]
struct Options {
    /// Sorted.
    texts: Vec<String>,
    others: Vec<Value>,
}

#[derive(Debug)]
enum NumberRule {
    /// Numbers that compare so to the limit are wrong; the limit itself too, where it is outside.
    Bound {
        limit: Number,
        wrong: Ordering,
        inclusive: bool,
    },
    Multiple(Keyword),
}

#[derive(Debug)]
enum TextRule {
    Least(u64),
    Most(u64),
    /// A pattern or format.
    Keyword(Keyword),
}

#[derive(Debug, Default)]
struct List {
    least: Option<(u64, Check)>,
    most: Option<(u64, Check)>,
    unique: Option<Check>,
    items: Option<Node>,
}

#[derive(Debug)]
struct Group {
    /// In the schema's order.
    members: Vec<Member>,
    /// Places in `members`, by name.
    by_name: Vec<u32>,
    /// Places in `members` of what must be there.
    required: Vec<(u32, Check)>,
    others: Others,
}

#[derive(Debug)]
struct Member {
    name: String,
    node: Node,
}

/// Members that the schema does not name.
#[derive(Debug)]
enum Others {
    Any,
    None,
    Each(Box<Node>),
}

/// Something that is asked of a place, and what is told when it is not met.
#[derive(Debug)]
pub(crate) struct Check {
    fault: Fault,
    /// Its pointer; `None` in rows, whose pointers differ.
    place: Option<String>,
    /// In each language, once somebody was told.
    told: [OnceLock<Box<Told>>; Language::ALL.len()],
}

/// A problem, and where it stands among others.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) rank: usize,
    pub(crate) order: u8,
    pub(crate) problem: Problem,
}

impl Check {
    fn new(fault: Fault, place: Option<&str>) -> Self {
        Self { fault, place: place.map(str::to_owned), told: Default::default() }
    }

    fn place(&self) -> &str {
        self.place.as_deref().unwrap_or("")
    }

    /// What is told of it in `language`, worded by `tell` the first time.
    fn told(&self, language: Language, tell: impl FnOnce(&str, &Fault) -> Told) -> &Told {
        self.told[language as usize].get_or_init(|| Box::new(tell(self.place(), &self.fault)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Form, FormDefinition, compile};

    fn planned(form: &Form) -> bool {
        form.validator.has_plan()
    }

    fn definition(text: &str) -> Form {
        let document: Value = serde_json::from_str(text).expect("a JSON file");
        compile(&FormDefinition::parse(&document).expect("a definition")).expect("it compiles")
    }

    fn schema(schema: Value) -> Form {
        compile(&FormDefinition::from_schema(schema)).expect("it compiles")
    }

    #[test]
    fn plain_forms_have_a_plan() {
        let sample: Value =
            serde_json::from_str(include_str!("../examples/twelve-fields.json")).expect("a JSON file");
        assert!(planned(&schema(sample["schema"].clone())));
        assert!(planned(&definition(include_str!("../tests/data/nps.json"))));
        assert!(planned(&definition(include_str!("../tests/data/kinds.json"))));
    }

    #[test]
    fn other_forms_have_none() {
        assert!(!planned(&schema(json!({"allOf": [true]}))), "the judge of `tests/it/roads.rs`");
        assert!(!planned(&schema(json!({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {}}}))));
        assert!(!planned(&schema(json!({"properties": {"*": {}}}))));
        assert!(!planned(&schema(json!({"minimum": 5, "exclusiveMinimum": true}))), "draft-04");
    }
}
