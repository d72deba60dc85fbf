//! Building a plan, or finding that a schema says more than a plan can.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Check, Group, List, Member, Node, NumberRule, Options, Others, Plan, TextRule, Types};
use crate::fault::Fault;
use crate::field::Field;
use crate::pointer;
use crate::schema::draft::Draft;
use crate::validator::{Assertions, Keyword, label};

/// Keywords of any draft that judge and that a plan does not know; all others say nothing about documents.
const BEYOND: [&str; 28] = [
    "$dynamicRef",
    "$recursiveRef",
    "$ref",
    "$schema",
    "additionalItems",
    "allOf",
    "anyOf",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "maxProperties",
    "minContains",
    "minProperties",
    "not",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl Plan {
    /// The plan of a schema that compiles; `None` where it says more than a plan can.
    pub(crate) fn build(schema: &Value, assertions: Assertions, fields: &[Arc<Field>]) -> Option<Self> {
        // There, limits may be flags beside others.
        if assertions.draft == Draft::Draft04 {
            return None;
        }
        let controls: Vec<&Arc<Field>> = fields.iter().filter(|field| field.explicit).collect();
        let mut builder = Builder { assertions, controls };
        let root = builder.node(schema, Place::Fixed(String::new()))?;
        Some(Self { root, has_controls: builder.controls.is_empty() })
    }
}

struct Builder<'s> {
    assertions: Assertions,
    /// Controls whose place was not met yet.
    controls: Vec<&'s Arc<Field>>,
}

/// Where the place that is planned stands.
#[derive(Clone)]
enum Place {
    Fixed(String),
    /// In rows: the pattern.
    Rows(String),
    /// Below members that the schema does not name.
    Unnamed,
}

impl Place {
    fn below(&self, name: &str) -> Self {
        match self {
            Self::Fixed(at) => Self::Fixed(pointer::join(at, name)),
            Self::Rows(pattern) => Self::Rows(pointer::join(pattern, name)),
            Self::Unnamed => Self::Unnamed,
        }
    }

    fn rows(&self) -> Self {
        match self {
            Self::Fixed(at) | Self::Rows(at) => Self::Rows(format!("{at}/*")),
            Self::Unnamed => Self::Unnamed,
        }
    }

    fn check(&self, fault: Fault) -> Check {
        match self {
            Self::Fixed(at) => Check::new(fault, Some(at)),
            Self::Rows(_) | Self::Unnamed => Check::new(fault, None),
        }
    }
}

impl Builder<'_> {
    fn node(&mut self, schema: &Value, place: Place) -> Option<Node> {
        let members = match schema {
            Value::Bool(true) => return Some(Node::default()),
            Value::Object(members) => members,
            Value::Bool(false) | Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return None;
            }
        };
        if members.keys().any(|keyword| BEYOND.contains(&keyword.as_str())) {
            return None;
        }
        let mut node = Node { control: self.control(&place), ..Node::default() };
        for (keyword, value) in members {
            match keyword.as_str() {
                "type" => node.types = Some(types(value, &place)?),
                "const" => {
                    let options = Options::of(std::slice::from_ref(value))?;
                    node.options.push((options, place.check(Fault::Constant(value.clone()))));
                }
                "enum" => {
                    let values = value.as_array().filter(|values| !values.is_empty())?;
                    let labels = Fault::Choice(values.iter().map(label).collect());
                    node.options.push((Options::of(values)?, place.check(labels)));
                }
                _ => {}
            }
        }
        node.numbers = self.numbers(members, &place)?;
        node.texts = self.texts(members, &place)?;
        node.list = self.list(members, &place)?;
        node.group = self.group(members, &place)?;
        let in_rows =
            node.list.as_ref().and_then(|list| list.items.as_ref()).is_some_and(|row| row.controlled);
        let in_members = node
            .group
            .as_ref()
            .is_some_and(|group| group.members.iter().any(|member| member.node.controlled));
        node.controlled = node.control.is_some() || in_rows || in_members;
        Some(node)
    }

    fn control(&mut self, place: &Place) -> Option<Arc<Field>> {
        let (Place::Fixed(path) | Place::Rows(path)) = place else { return None };
        let at = self.controls.iter().position(|field| field.path == *path)?;
        Some(self.controls.swap_remove(at).clone())
    }

    fn numbers(&self, members: &Map<String, Value>, place: &Place) -> Option<Vec<(NumberRule, Check)>> {
        let mut rules = Vec::new();
        let bounds = [
            ("minimum", Ordering::Less, true),
            ("maximum", Ordering::Greater, true),
            ("exclusiveMinimum", Ordering::Less, false),
            ("exclusiveMaximum", Ordering::Greater, false),
        ];
        for (keyword, wrong, inclusive) in bounds {
            let Some(limit) = members.get(keyword) else { continue };
            let limit = limit.as_number()?.clone();
            let fault = match wrong {
                Ordering::Less => Fault::Below { limit: limit.clone(), inclusive },
                Ordering::Equal | Ordering::Greater => Fault::Above { limit: limit.clone(), inclusive },
            };
            rules.push((NumberRule::Bound { limit, wrong, inclusive }, place.check(fault)));
        }
        if let Some(step) = members.get("multipleOf") {
            let fault = crate::number::from_f64(step.as_f64()?).map_or(Fault::Unmet, Fault::MultipleOf);
            let rule = NumberRule::Multiple(Keyword::new("multipleOf", step, self.assertions));
            rules.push((rule, place.check(fault)));
        }
        Some(rules)
    }

    fn texts(&self, members: &Map<String, Value>, place: &Place) -> Option<Vec<(TextRule, Check)>> {
        let mut rules = Vec::new();
        if let Some(least) = count(members, "minLength")? {
            rules.push((TextRule::Least(least), place.check(Fault::TooShort(least))));
        }
        if let Some(most) = count(members, "maxLength")? {
            rules.push((TextRule::Most(most), place.check(Fault::TooLong(most))));
        }
        for keyword in ["pattern", "format"] {
            let Some(value) = members.get(keyword) else { continue };
            let fault = match keyword {
                "pattern" => Fault::Pattern,
                _ => Fault::Format(value.as_str()?.to_owned()),
            };
            let rule = TextRule::Keyword(Keyword::new(keyword, value, self.assertions));
            rules.push((rule, place.check(fault)));
        }
        Some(rules)
    }

    /// What is asked of lists; the outer `None` if it is more than a plan can hold.
    fn list(&mut self, members: &Map<String, Value>, place: &Place) -> Option<Option<Box<List>>> {
        let least = count(members, "minItems")?.map(|least| (least, place.check(Fault::TooFewItems(least))));
        let most = count(members, "maxItems")?.map(|most| (most, place.check(Fault::TooManyItems(most))));
        let unique = match members.get("uniqueItems") {
            Some(unique) => unique.as_bool()?.then(|| place.check(Fault::Repeated)),
            None => None,
        };
        let items = match members.get("items") {
            Some(items) => Some(self.node(items, place.rows())?),
            None => None,
        };
        let asks = least.is_some() || most.is_some() || unique.is_some() || items.is_some();
        Some(asks.then(|| Box::new(List { least, most, unique, items })))
    }

    fn group(&mut self, schema: &Map<String, Value>, place: &Place) -> Option<Option<Box<Group>>> {
        let mut members = Vec::new();
        if let Some(named) = schema.get("properties") {
            for (name, schema) in named.as_object()? {
                // A field's path could not tell it from rows.
                if name == "*" {
                    return None;
                }
                members.push(Member { name: name.clone(), node: self.node(schema, place.below(name))? });
            }
        }
        let others = match schema.get("additionalProperties") {
            None | Some(Value::Bool(true)) => Others::Any,
            // Beside no `properties` it is another keyword, with another fault.
            Some(Value::Bool(false)) if members.is_empty() => return None,
            Some(Value::Bool(false)) => Others::None,
            Some(each) => Others::Each(Box::new(self.node(each, Place::Unnamed)?)),
        };
        let mut required = Vec::new();
        if let Some(names) = schema.get("required") {
            for name in names.as_array()? {
                let name = name.as_str()?;
                let known = members.iter().position(|member| member.name == name);
                let at = match (known, &others) {
                    (Some(at), _) => at,
                    (None, Others::Any) => {
                        members.push(Member { name: name.to_owned(), node: Node::default() });
                        members.len() - 1
                    }
                    (None, Others::None | Others::Each(_)) => return None,
                };
                required.push((u32::try_from(at).ok()?, place.below(name).check(Fault::Required)));
            }
        }
        if members.is_empty() && matches!(others, Others::Any) {
            return Some(None);
        }
        let mut by_name: Vec<u32> = (0..u32::try_from(members.len()).ok()?).collect();
        by_name.sort_by(|a, b| members[*a as usize].name.cmp(&members[*b as usize].name));
        Some(Some(Box::new(Group { members, by_name, required, others })))
    }
}

impl Options {
    /// `None` where one of them holds others.
    fn of(values: &[Value]) -> Option<Self> {
        let mut options = Self { texts: Vec::new(), others: Vec::new() };
        for value in values {
            match value {
                Value::String(text) => options.texts.push(text.clone()),
                Value::Null | Value::Bool(_) | Value::Number(_) => options.others.push(value.clone()),
                Value::Array(_) | Value::Object(_) => return None,
            }
        }
        options.texts.sort_unstable();
        Some(options)
    }
}

fn types(value: &Value, place: &Place) -> Option<(Types, Check)> {
    let names = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut taken = Types(0);
    for name in names {
        let (_, one) = Types::NAMED.into_iter().find(|(known, _)| name == known)?;
        taken.0 |= one.0;
    }
    let alone = names.len() == 1;
    let told =
        |(name, one): (&'static str, Types)| (taken.meet(one) && (alone || name != "null")).then_some(name);
    let fault = Fault::Type(Types::NAMED.into_iter().filter_map(told).collect());
    Some((taken, place.check(fault)))
}

/// A count, if the keyword is there; the outer `None` if it is written as something else.
fn count(members: &Map<String, Value>, keyword: &str) -> Option<Option<u64>> {
    members.get(keyword).map_or(Some(None), |value| value.as_u64().map(Some))
}
