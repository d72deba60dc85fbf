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
use crate::schema::draft::Draft;

/// A keyword and its value, compiled when it first judges: most forms have many, and most of them few visitors.
#[derive(Debug)]
pub(crate) struct Keyword {
    name: &'static str,
    value: Value,
    /// Most answers to a question for an address are plain ones.
    is_mail: bool,
    assertions: Assertions,
    compiled: OnceLock<Option<jsonschema::Validator<Scalars>>>,
}

impl Keyword {
    pub(crate) fn new(name: &'static str, value: &Value, assertions: Assertions) -> Self {
        let asserted = assertions.formats.unwrap_or(assertions.draft < Draft::Draft201909);
        let is_mail = name == "format" && value == "email" && asserted;
        Self { name, value: value.clone(), is_mail, assertions, compiled: OnceLock::new() }
    }

    /// Whether it takes `scalar`; `None` if it cannot tell by itself.
    pub(crate) fn takes(&self, scalar: Scalar<'_>) -> Option<bool> {
        if let (Scalar::Text(text), true) = (scalar, self.is_mail)
            && let Some(known) = is_plain_mail(text)
        {
            return Some(known);
        }
        let compile = || {
            let schema = Value::Object(Map::from_iter([(self.name.to_owned(), self.value.clone())]));
            options(self.assertions).build(&schema).ok()
        };
        Some(self.compiled.get_or_init(compile).as_ref()?.is_valid(scalar))
    }
}

/// Most addresses need no grammar to be one (`li.lei+hotel@mail.example.com`), and what holds no `@` is none; `None` for
/// all others.
fn is_plain_mail(text: &str) -> Option<bool> {
    let Some(at) = text.bytes().position(|byte| byte == b'@') else { return Some(false) };
    let (local, domain) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
    let word = |part: &[u8]| {
        let of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
        !part.is_empty() && part.iter().all(of_word)
    };
    // Two hyphens in a row may be Punycode, whose letters have rules of their own.
    let label = |part: &[u8]| {
        let mut after_hyphen = true;
        let fine = part.iter().all(|byte| {
            let is_hyphen = *byte == b'-';
            let fits = if is_hyphen { !after_hyphen } else { byte.is_ascii_alphanumeric() };
            after_hyphen = is_hyphen;
            fits
        });
        fine && !after_hyphen && part.len() <= 63
    };
    let top = domain.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let plain = local.len() <= 64
        && domain.len() <= 200
        && top.len() < domain.len()
        && top.iter().all(u8::is_ascii_alphabetic)
        && local.split(|byte| *byte == b'.').all(word)
        && domain.split(|byte| *byte == b'.').all(label);
    plain.then_some(true)
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
