//! One keyword by itself, judged by jsonschema: what a pattern, a format or an odd multiple means is said in one place.
//!
//! A text or number stands alone in a representation of its own, so that nothing is copied to be looked at.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::OnceLock;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object};
use serde_json::{Map, Number, Value};

use super::{Assertions, options};

/// A keyword and its value, compiled when it first judges: most forms have many, and most of them few visitors.
#[derive(Debug)]
pub(crate) struct Keyword {
    name: &'static str,
    value: Value,
    assertions: Assertions,
    compiled: OnceLock<Option<jsonschema::Validator<Scalars>>>,
}

impl Keyword {
    pub(crate) fn new(name: &'static str, value: &Value, assertions: Assertions) -> Self {
        Self { name, value: value.clone(), assertions, compiled: OnceLock::new() }
    }

    /// Whether it takes `scalar`; `None` if it cannot tell by itself.
    pub(crate) fn takes(&self, scalar: Scalar<'_>) -> Option<bool> {
        let compile = || {
            let schema = Value::Object(Map::from_iter([(self.name.to_owned(), self.value.clone())]));
            options(self.assertions).build(&schema).ok()
        };
        Some(self.compiled.get_or_init(compile).as_ref()?.is_valid(scalar))
    }
}

/// A value with nothing in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scalar<'a> {
    Text(&'a str),
    Number(&'a Number),
}

#[derive(Debug)]
pub(crate) struct Scalars;

impl Json for Scalars {
    type Node<'a> = Scalar<'a>;
    type PreparedKey = ();
    type StringBuffer = ();

    fn prepare_key(_key: &str) {}

    fn with_string_node<T>(_buffer: &mut (), string: &str, f: impl FnOnce(Scalar<'_>) -> T) -> T {
        f(Scalar::Text(string))
    }
}

impl<'a> Node<'a, Scalars> for Scalar<'a> {
    type Object = Nothing<'a>;
    type Array = Nothing<'a>;
    type Number = &'a Number;

    fn as_object(&self) -> Option<Nothing<'a>> {
        None
    }

    fn as_array(&self) -> Option<Nothing<'a>> {
        None
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(_) => None,
        }
    }

    fn as_number(&self) -> Option<&'a Number> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        None
    }

    fn is_null(&self) -> bool {
        false
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Text(_) => JsonType::String,
            Self::Number(_) => JsonType::Number,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Text(text) => Value::from(*text),
            Self::Number(number) => Value::Number((*number).clone()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// What a scalar holds: there is no value of this type.
pub(crate) struct Nothing<'a> {
    never: Infallible,
    of: std::marker::PhantomData<&'a ()>,
}

impl<'a> Object<'a, Scalars> for Nothing<'a> {
    type Node = Scalar<'a>;
    type MemberName = &'a str;
    type MembersIter = std::iter::Empty<(&'a str, Scalar<'a>)>;

    fn len(&self) -> usize {
        match self.never {}
    }

    fn get(&self, _key: &()) -> Option<Scalar<'a>> {
        match self.never {}
    }

    fn members(&self) -> Self::MembersIter {
        match self.never {}
    }
}

impl<'a> Array<'a, Scalars> for Nothing<'a> {
    type Node = Scalar<'a>;
    type ElementsIter = std::iter::Empty<Scalar<'a>>;

    fn len(&self) -> usize {
        match self.never {}
    }

    fn elements(&self) -> Self::ElementsIter {
        match self.never {}
    }
}
