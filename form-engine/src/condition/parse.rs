//! From JSON to a [`Condition`], with every problem addressed.

use serde_json::{Map, Value};

use super::{CallerPart, Condition, FieldPath, Operand, Operator};
use crate::{Problem, pointer};

/// Conditions nested deeper than this are refused; nobody can read them, and recursion stays bounded.
const MAX_DEPTH: usize = 16;
/// More leaves than this are refused.
const MAX_LEAVES: usize = 500;
/// A list longer than this is refused.
const MAX_LIST: usize = 10_000;

impl Condition {
    /// Reads a condition that stands at `path` of its document.
    ///
    /// # Errors
    ///
    /// All problems, in document order, with codes `condition.…`; never an empty list.
    pub fn parse(value: &Value, path: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader { problems: Vec::new(), leaves: 0 };
        match reader.condition(value, path, 0) {
            Some(condition) if reader.problems.is_empty() => Ok(condition),
            _ => Err(reader.problems),
        }
    }
}

struct Reader {
    problems: Vec<Problem>,
    leaves: usize,
}

impl Reader {
    /// `None` only after a problem was noted.
    fn condition(&mut self, value: &Value, path: &str, depth: usize) -> Option<Condition> {
        if depth > MAX_DEPTH {
            return self.refuse(
                "condition.too_deep",
                path,
                format!("conditions nest at most {MAX_DEPTH} deep"),
            );
        }
        let Value::Object(members) = value else {
            return self.refuse(
                "condition.shape",
                path,
                format!("expected a condition object, found {}", kind(value)),
            );
        };
        let kinds: Vec<&str> =
            ["field", "all", "any", "not"].into_iter().filter(|key| members.contains_key(*key)).collect();
        let [one] = kinds[..] else {
            let message = "expected exactly one of `field`, `all`, `any` and `not` in a condition";
            return self.refuse("condition.shape", path, message);
        };
        let allowed: &[&str] = if one == "field" { &["field", "op", "value"] } else { &[one] };
        for key in members.keys().filter(|key| !allowed.contains(&key.as_str())) {
            self.note(
                "condition.unknown_member",
                pointer::join(path, key),
                format!("unknown member `{key}`"),
            );
        }
        let (below, at) = (&members[one], pointer::join(path, one));
        match one {
            "field" => self.leaf(members, path),
            "not" => Some(Condition::Not(Box::new(self.condition(below, &at, depth + 1)?))),
            "all" => Some(Condition::All(self.parts(below, &at, depth)?)),
            _ => Some(Condition::Any(self.parts(below, &at, depth)?)),
        }
    }

    fn parts(&mut self, value: &Value, path: &str, depth: usize) -> Option<Vec<Condition>> {
        let Value::Array(items) = value else {
            return self.refuse(
                "condition.shape",
                path,
                format!("expected a list of conditions, found {}", kind(value)),
            );
        };
        // All parts are read before any is given up, so that every problem is found.
        let parts: Vec<Option<Condition>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.condition(item, &pointer::join(path, index), depth + 1))
            .collect();
        parts.into_iter().collect()
    }

    fn leaf(&mut self, members: &Map<String, Value>, path: &str) -> Option<Condition> {
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            return self.refuse(
                "condition.too_large",
                path,
                format!("a condition holds at most {MAX_LEAVES} comparisons"),
            );
        }
        let field = self.field(&members["field"], &pointer::join(path, "field"));
        let op = self.operator(members.get("op"), path);
        let op = op?;
        let at = pointer::join(path, "value");
        let value = match members.get("value") {
            None | Some(Value::Null | Value::Bool(true)) if op == Operator::Empty => {
                Some(Operand::Literal(Value::Null))
            }
            None => self.refuse("condition.value_missing", &at, format!("`{}` needs a `value`", op.as_str())),
            Some(_) if op == Operator::Empty => {
                self.refuse("condition.value", &at, "`empty` takes no `value`; `not` turns it round")
            }
            Some(value) => self.operand(value, op, &at),
        };
        Some(Condition::Leaf { field: field?, op, value: value? })
    }

    fn operator(&mut self, op: Option<&Value>, path: &str) -> Option<Operator> {
        let at = pointer::join(path, "op");
        let Some(op) = op else {
            return self.refuse("condition.op_missing", &at, "a comparison needs an `op`");
        };
        match serde_json::from_value(op.clone()) {
            Ok(op) => Some(op),
            Err(_) => {
                let message = format!(
                    "unknown operator {}; expected one of `eq ne lt lte gt gte in not_in contains starts_with between empty any_of all_of none_of`",
                    quote(op)
                );
                self.refuse("condition.op_unknown", &at, message)
            }
        }
    }

    fn field(&mut self, value: &Value, path: &str) -> Option<FieldPath> {
        let Value::String(text) = value else {
            return self.refuse(
                "condition.field",
                path,
                format!("expected a field path, found {}", kind(value)),
            );
        };
        let field = FieldPath::parse(text);
        let fine = match &field {
            FieldPath::Document(text) => pointer::is_pointer(text),
            FieldPath::Column(text) => is_column(text),
        };
        if fine {
            return Some(field);
        }
        self.refuse("condition.field", path, format!("`{text}` is neither a JSON Pointer nor a column name"))
    }

    fn operand(&mut self, value: &Value, op: Operator, path: &str) -> Option<Operand> {
        match value {
            Value::Object(members) => self.reference(members, path),
            Value::Array(items) => self.list(items, op, path),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.scalar(value, op, path)
            }
        }
    }

    fn reference(&mut self, members: &Map<String, Value>, path: &str) -> Option<Operand> {
        let only = members.iter().next().filter(|_| members.len() == 1);
        match only {
            Some((key, Value::String(text))) if key == "now" => match offset(text) {
                Some(offset_ms) => Some(Operand::Now { offset_ms }),
                None => {
                    let message = format!("expected a duration such as `-30d` or `12h`, found `{text}`");
                    self.refuse("condition.now", &pointer::join(path, "now"), message)
                }
            },
            Some((key, part)) if key == "caller" => {
                match serde_json::from_value::<CallerPart>(part.clone()) {
                    Ok(part) => Some(Operand::Caller(part)),
                    Err(_) => {
                        let message = "expected `id`, `department` or `departments_below`";
                        self.refuse("condition.caller", &pointer::join(path, "caller"), message)
                    }
                }
            }
            Some((key, other)) if key == "field" => {
                let at = pointer::join(path, "field");
                match self.field(other, &at)? {
                    FieldPath::Document(text) if text.split('/').any(|token| token == "*") => {
                        self.refuse("condition.field", &at, "a field that is compared with cannot hold `*`")
                    }
                    path @ (FieldPath::Document(_) | FieldPath::Column(_)) => Some(Operand::Field(path)),
                }
            }
            _ => self.refuse(
                "condition.value",
                path,
                "expected a value, or one of `now`, `caller` and `field`",
            ),
        }
    }

    fn list(&mut self, items: &[Value], op: Operator, path: &str) -> Option<Operand> {
        let scalars = items.iter().all(|item| !item.is_object() && !item.is_array());
        let fits = match op {
            Operator::In | Operator::NotIn | Operator::AnyOf | Operator::AllOf | Operator::NoneOf => scalars,
            Operator::Between => {
                scalars && items.len() == 2 && items.iter().all(|item| item.is_number() || item.is_string())
            }
            Operator::Eq | Operator::Ne => true,
            Operator::Lt
            | Operator::Lte
            | Operator::Gt
            | Operator::Gte
            | Operator::Contains
            | Operator::StartsWith
            | Operator::Empty => false,
        };
        if items.len() > MAX_LIST {
            return self.refuse(
                "condition.too_large",
                path,
                format!("a list holds at most {MAX_LIST} values"),
            );
        }
        if !fits {
            return self.refuse(
                "condition.value",
                path,
                format!("`{}` needs {}, found a list", op.as_str(), wanted(op)),
            );
        }
        Some(Operand::Literal(Value::Array(items.to_vec())))
    }

    fn scalar(&mut self, value: &Value, op: Operator, path: &str) -> Option<Operand> {
        let fits = match op {
            Operator::Eq | Operator::Ne | Operator::Contains => true,
            Operator::Lt | Operator::Lte | Operator::Gt | Operator::Gte => {
                value.is_number() || value.is_string()
            }
            Operator::StartsWith => value.is_string(),
            Operator::In
            | Operator::NotIn
            | Operator::Between
            | Operator::AnyOf
            | Operator::AllOf
            | Operator::NoneOf
            | Operator::Empty => false,
        };
        if fits {
            return Some(Operand::Literal(value.clone()));
        }
        let message = format!("`{}` needs {}, found {}", op.as_str(), wanted(op), quote(value));
        self.refuse("condition.value", path, message)
    }

    fn note(&mut self, code: &'static str, path: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem::new(code, path, message));
    }

    fn refuse<T>(&mut self, code: &'static str, path: &str, message: impl Into<String>) -> Option<T> {
        self.note(code, path, message);
        None
    }
}

fn wanted(op: Operator) -> &'static str {
    match op {
        Operator::In | Operator::NotIn | Operator::AnyOf | Operator::AllOf | Operator::NoneOf => {
            "a list of values"
        }
        Operator::Between => "a list of two numbers or texts",
        Operator::Lt | Operator::Lte | Operator::Gt | Operator::Gte => "a number or a text",
        Operator::StartsWith => "a text",
        Operator::Contains => "a single value",
        Operator::Eq | Operator::Ne | Operator::Empty => "a value",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn quote(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
    }
}

/// Words of letters, digits, `_` and `-`, joined by dots: `customer.tier`.
fn is_column(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    text.len() <= 200 && text.split('.').all(word)
}

/// Milliseconds of `-30d`, `+2h`, `90m`, `10s`, `500ms`, `0d`.
fn offset(text: &str) -> Option<i64> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let split = size.find(|c: char| !c.is_ascii_digit())?;
    let unit = match &size[split..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        "w" => 7 * 86_400_000,
        _ => return None,
    };
    size[..split].parse::<i64>().ok()?.checked_mul(sign * unit)
}
