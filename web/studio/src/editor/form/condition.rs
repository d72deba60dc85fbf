//! A condition as chips: a field, an operator and a value each, all or any of which must hold. Pure.

use form_engine::{Field, FieldKind};
use serde_json::{Value, json};

use super::kinds;
use crate::i18n::{Message, designer as m, forms};

/// Said as `not` over `empty` in a condition, and as one chip here.
pub const ANSWERED: &str = "answered";

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Chip {
    /// JSON Pointer.
    pub field: String,
    /// As in the formats, or [`ANSWERED`].
    pub op: String,
    /// What it is compared with.
    pub value: Value,
}

/// What chips can say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chips {
    /// One of them is enough.
    pub any: bool,
    /// In order.
    pub chips: Vec<Chip>,
}

impl Chips {
    /// Takes a condition apart; none when it says more than chips can.
    #[must_use]
    pub fn of(condition: &Value) -> Option<Self> {
        if let Some(chip) = chip_of(condition) {
            return Some(Self { any: false, chips: vec![chip] });
        }
        let (word, any) = if condition.get("any").is_some() { ("any", true) } else { ("all", false) };
        let parts = condition.as_object().filter(|members| members.len() == 1)?.get(word)?.as_array()?;
        let chips = parts.iter().map(chip_of).collect::<Option<Vec<_>>>()?;
        Some(Self { any, chips })
    }

    /// The condition; none when there is nothing to say.
    #[must_use]
    pub fn condition(&self) -> Option<Value> {
        let mut parts: Vec<Value> = self.chips.iter().map(condition_of).collect();
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ if self.any => Some(json!({ "any": parts })),
            _ => Some(json!({ "all": parts })),
        }
    }
}

fn chip_of(condition: &Value) -> Option<Chip> {
    if let Some(inner) = condition.get("not") {
        let inner = chip_of(inner).filter(|chip| chip.op == "empty")?;
        return Some(Chip { op: ANSWERED.to_owned(), ..inner });
    }
    let field = condition.get("field")?.as_str()?.to_owned();
    let op = condition.get("op")?.as_str()?.to_owned();
    let value = condition.get("value").cloned().unwrap_or(Value::Null);
    (!value.is_object() && field.starts_with('/')).then_some(Chip { field, op, value })
}

fn condition_of(chip: &Chip) -> Value {
    match chip.op.as_str() {
        ANSWERED => json!({ "not": { "field": chip.field, "op": "empty" } }),
        "empty" => json!({ "field": chip.field, "op": "empty" }),
        op => json!({ "field": chip.field, "op": op, "value": chip.value }),
    }
}

/// How the value of a comparison is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// Not at all.
    None,
    /// A number.
    Number,
    /// One of the field's options.
    Option,
    /// Some of the field's options.
    Options,
    /// Yes or no.
    Truth,
    /// A text or a date.
    Text,
}

/// The operators that make sense for a field, with their words.
#[must_use]
pub fn operators(field: &Field) -> Vec<(&'static str, Message)> {
    let mut operators = if numeric(field) {
        vec![("lte", forms::OP_LTE), ("gte", forms::OP_GTE), ("eq", forms::OP_EQ), ("ne", forms::OP_NE)]
    } else if matches!(field.kind, FieldKind::Multiple | FieldKind::Ranking) {
        vec![("any_of", forms::OP_ANY_OF), ("all_of", forms::OP_ALL_OF), ("none_of", forms::OP_NONE_OF)]
    } else if !field.options.is_empty() {
        vec![("eq", forms::OP_EQ), ("ne", forms::OP_NE), ("in", forms::OP_IN), ("not_in", forms::OP_NOT_IN)]
    } else if matches!(field.kind, FieldKind::Boolean | FieldKind::Toggle | FieldKind::Consent) {
        vec![("eq", forms::OP_EQ)]
    } else if matches!(field.kind, FieldKind::Date | FieldKind::DateTime) {
        vec![("lte", m::OP_BEFORE), ("gte", m::OP_AFTER), ("eq", forms::OP_EQ)]
    } else {
        vec![
            ("eq", forms::OP_EQ),
            ("ne", forms::OP_NE),
            ("contains", forms::OP_CONTAINS),
            ("starts_with", forms::OP_STARTS),
        ]
    };
    operators.extend([(ANSWERED, forms::OP_NOT_EMPTY), ("empty", forms::OP_EMPTY)]);
    operators
}

fn numeric(field: &Field) -> bool {
    kinds::has_ends(field.kind) || field.kind == FieldKind::Number
}

/// How the value for `op` on a field is given.
#[must_use]
pub fn operand(field: &Field, op: &str) -> Operand {
    match op {
        "empty" | ANSWERED => Operand::None,
        "any_of" | "all_of" | "none_of" | "in" | "not_in" => Operand::Options,
        _ if numeric(field) => Operand::Number,
        _ if !field.options.is_empty() => Operand::Option,
        _ if matches!(field.kind, FieldKind::Boolean | FieldKind::Toggle | FieldKind::Consent) => {
            Operand::Truth
        }
        _ => Operand::Text,
    }
}

/// A comparison to begin with.
#[must_use]
pub fn first(field: &Field) -> Chip {
    let op = operators(field).first().map_or("empty", |(op, _)| op);
    Chip { field: field.path.clone(), op: op.to_owned(), value: first_value(field, op) }
}

/// A value that fits `op`.
#[must_use]
pub fn first_value(field: &Field, op: &str) -> Value {
    let option = || field.options.first().map_or(Value::Null, |option| option.value.clone());
    match operand(field, op) {
        Operand::None => Value::Null,
        Operand::Number => match (field.kind, field.scale()) {
            (FieldKind::Nps, _) => 6.into(),
            (_, Some((low, high))) => ((low + high) / 2).into(),
            (_, None) => 0.into(),
        },
        Operand::Option => option(),
        Operand::Options => json!([option()]),
        Operand::Truth => true.into(),
        Operand::Text => "".into(),
    }
}

/// A condition in words: `Score at most 6 and City is answered`.
#[must_use]
pub fn sentence(
    condition: &Value,
    fields: &[std::sync::Arc<Field>],
    language: crate::i18n::Language,
) -> String {
    let Some(chips) = Chips::of(condition) else {
        return m::COMPLEX.in_language(language).to_owned();
    };
    if chips.chips.is_empty() {
        return m::ALWAYS.in_language(language).to_owned();
    }
    let code = language.code();
    let words = |chip: &Chip| {
        let field = fields.iter().find(|field| field.path == chip.field);
        let title = field.map_or(chip.field.as_str(), |field| field.title.get(code));
        let known = field.map(|field| operators(field)).unwrap_or_default();
        let op = known.iter().find(|(op, _)| *op == chip.op).map(|(_, message)| *message);
        let op = op.or_else(|| crate::pages::submissions::filters::operator_name(&chip.op));
        let op = op.map_or(chip.op.as_str(), |message| message.in_language(language));
        let value = match (&chip.value, field) {
            (Value::Null, _) => String::new(),
            (Value::Bool(flag), _) => {
                let word = if *flag { crate::i18n::common::YES } else { crate::i18n::common::NO };
                word.in_language(language).to_owned()
            }
            (value, Some(field)) => field.label(value, code),
            (value, None) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        };
        format!("{title} {op} {value}").trim_end().to_owned()
    };
    let joint = if chips.any { m::OR } else { m::AND }.in_language(language);
    chips.chips.iter().map(words).collect::<Vec<_>>().join(&format!(" {joint} "))
}
