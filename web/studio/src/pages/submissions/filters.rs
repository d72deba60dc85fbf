//! Filters as chips: the part of a condition that a person can read and change, the rest kept as it is. Pure.

use serde_json::{Value, json};

use crate::i18n::{Message, forms as m};

/// One condition on one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// JSON Pointer, or a column's word.
    pub field: String,
    /// As in the formats: `eq`, `gte` …
    pub op: String,
    /// What it is compared with.
    pub value: Value,
}

/// All of them must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Shown as chips.
    pub leaves: Vec<Leaf>,
    /// Conditions with `any` or `not`: kept, shown as one chip each.
    pub rest: Vec<Value>,
}

/// Operators with their words, in the order of the menu; the flag says whether numbers and times have it too.
pub const OPERATORS: [(&str, Message); 10] = [
    ("eq", m::OP_EQ),
    ("ne", m::OP_NE),
    ("contains", m::OP_CONTAINS),
    ("starts_with", m::OP_STARTS),
    ("gte", m::OP_GTE),
    ("lte", m::OP_LTE),
    ("gt", m::OP_GT),
    ("lt", m::OP_LT),
    ("empty", m::OP_EMPTY),
    (NOT_EMPTY, m::OP_NOT_EMPTY),
];

/// Said as `not` over `empty` in a condition, and as one chip here.
pub const NOT_EMPTY: &str = "not_empty";

/// The operators that make sense for a type of value.
#[must_use]
pub fn operators(value_type: &str, has_options: bool) -> Vec<(&'static str, Message)> {
    let fits = |op: &str| match (value_type, has_options) {
        ("list", _) => matches!(op, "contains" | "empty" | NOT_EMPTY),
        ("boolean", _) | (_, true) if value_type != "integer" => {
            matches!(op, "eq" | "ne" | "empty" | NOT_EMPTY)
        }
        ("integer" | "number" | "date" | "datetime", _) => !matches!(op, "contains" | "starts_with"),
        (_, _) => matches!(op, "eq" | "ne" | "contains" | "starts_with" | "empty" | NOT_EMPTY),
    };
    OPERATORS.into_iter().filter(|(op, _)| fits(op)).collect()
}

/// An operator in words, also those only boards and links use.
#[must_use]
pub fn operator_name(op: &str) -> Option<Message> {
    let more = [
        ("in", m::OP_IN),
        ("not_in", m::OP_NOT_IN),
        ("any_of", m::OP_ANY_OF),
        ("all_of", m::OP_ALL_OF),
        ("none_of", m::OP_NONE_OF),
        ("between", m::OP_BETWEEN),
    ];
    OPERATORS.into_iter().chain(more).find(|(name, _)| *name == op).map(|(_, message)| message)
}

impl Filters {
    /// Takes a condition apart as far as it is a list of leaves.
    #[must_use]
    pub fn of(condition: &Value) -> Self {
        let mut filters = Self::default();
        filters.take(condition);
        filters
    }

    fn take(&mut self, condition: &Value) {
        if let Some(all) = condition.get("all").and_then(Value::as_array) {
            for each in all {
                self.take(each);
            }
            return;
        }
        let inner = condition.get("not").unwrap_or(condition);
        let text = |key: &str| inner.get(key).and_then(Value::as_str);
        let op = match (condition.get("not").is_some(), text("op")) {
            (true, Some("empty")) => Some(NOT_EMPTY),
            (true, _) => None,
            (false, op) => op,
        };
        match (text("field"), op) {
            (Some(field), Some(op)) => {
                let leaf = Leaf {
                    field: field.to_owned(),
                    op: op.to_owned(),
                    value: inner.get("value").cloned().unwrap_or(Value::Null),
                };
                if !self.leaves.contains(&leaf) {
                    self.leaves.push(leaf);
                }
            }
            _ => {
                if condition.as_object().is_some_and(|object| !object.is_empty()) {
                    self.rest.push(condition.clone());
                }
            }
        }
    }

    /// The condition again; none without filters.
    #[must_use]
    pub fn condition(&self) -> Option<Value> {
        let leaves = self.leaves.iter().map(|leaf| {
            if leaf.op == NOT_EMPTY {
                json!({"not": {"field": leaf.field, "op": "empty"}})
            } else if leaf.value.is_null() {
                json!({"field": leaf.field, "op": leaf.op})
            } else {
                json!({"field": leaf.field, "op": leaf.op, "value": leaf.value})
            }
        });
        let mut all: Vec<Value> = leaves.chain(self.rest.iter().cloned()).collect();
        match all.len() {
            0 => None,
            1 => all.pop(),
            _ => Some(json!({ "all": all })),
        }
    }

    /// Is nothing filtered?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty() && self.rest.is_empty()
    }
}

/// What a click on a column's head asks for: up, down, up …; times start with the newest.
#[must_use]
pub fn next_order(order: &str, column: &str) -> String {
    if order == column {
        format!("-{column}")
    } else if order.strip_prefix('-') == Some(column) {
        column.to_owned()
    } else if matches!(column, "created_at" | "updated_at") {
        format!("-{column}")
    } else {
        column.to_owned()
    }
}
