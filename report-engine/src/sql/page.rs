//! A page of a list: the ids of the rows that meet a condition, in order, from a cursor on.
//!
//! A cursor holds the values of the last row, not its number, so that rows which arrive or go
//! meanwhile neither repeat nor hide others.

use serde_json::Value;

use crate::dataset::{Member, MemberType};
use crate::query::{MemberId, ResolvedPage};

use super::values::Values;
use super::writer::{Parameter, Writer, quote};
use super::{Dialect, RawColumn, RawType, Relation, Statement, layers, predicate};

/// Where a page ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// The last row's values, one per order criterion, as read from the page.
    pub values: Vec<Value>,
    /// The last row's id.
    pub id: [u8; 16],
}

impl Cursor {
    /// As letters and digits, safe in a URL.
    pub fn encode(&self) -> String {
        let id: String = self.id.iter().map(|byte| format!("{byte:02x}")).collect();
        let values = Value::from(self.values.clone()).to_string();
        let values: String = values.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("{id}{values}")
    }

    /// Reads an encoded cursor; `None` when it is none.
    pub fn decode(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> =
            text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
        let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
        let bytes: Vec<u8> =
            digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect();
        let (id, values) = bytes.split_at_checked(16)?;
        let values = serde_json::from_slice(values).ok()?;
        Some(Self { values, id: id.try_into().ok()? })
    }
}

/// Writes the page as one `SELECT`: the id as text, then the value of each order criterion.
///
/// `id_column` is the relation's key. A cursor that does not fit the order starts anew.
pub fn page(
    page: &ResolvedPage,
    dialect: Dialect,
    relation: &Relation,
    id_column: &str,
    cursor: Option<&Cursor>,
) -> Statement {
    let mut writer = Writer::new(dialect);
    let cursor = cursor.filter(|cursor| fits(page, cursor));
    let id = format!("b.{}", quote(id_column));
    let keys: Vec<Key> =
        page.order.iter().map(|(member, descending)| Key::new(page, *member, *descending)).collect();
    let mut conditions = Vec::new();
    if let (Some(cursor), Some(first)) = (cursor, keys.first()) {
        conditions.extend(first.index_bound(&cursor.values[0], &mut writer));
    }
    let timed = layers::instants(&page.filters.iter().collect::<Vec<_>>());
    let (members, id) = (page.members.as_slice(), Some(id.as_str()));
    let values = Values { members, relation, timed: &timed, id, conditions: &conditions, fence: "" };
    let values = values.write(&mut writer);
    let mut wanted: Vec<String> =
        page.filters.iter().map(|filter| predicate::write(filter, &mut writer)).collect();
    if let Some(cursor) = cursor {
        wanted.push(after(&keys, cursor, &mut writer));
    }
    let condition =
        if wanted.is_empty() { String::new() } else { format!(" WHERE {}", wanted.join(" AND ")) };
    let mut columns = vec![RawColumn { name: "id".to_owned(), kind: RawType::Text }];
    let mut outputs = vec![match dialect {
        Dialect::Sqlite => "lower(hex(v.id)) AS id".to_owned(),
        Dialect::Postgres => "replace(v.id::text, '-', '') AS id".to_owned(),
    }];
    for (index, key) in keys.iter().enumerate() {
        let name = format!("k{index}");
        outputs.push(format!("{} AS {name}", writer.cast(&key.expression, key.kind)));
        columns.push(RawColumn { name, kind: key.kind });
    }
    let mut order: Vec<String> = keys.iter().map(Key::order).collect();
    order.push(format!("v.id {}", direction(keys.last().is_some_and(|key| key.descending))));
    let text = format!(
        "SELECT {} FROM ({values}) v{condition} ORDER BY {} LIMIT {}",
        outputs.join(", "),
        order.join(", "),
        page.limit
    );
    Statement { text, parameters: writer.into_parameters(), columns }
}

/// One order criterion.
struct Key {
    expression: String,
    /// The table's own column, when the criterion is one that always has a value.
    column: Option<String>,
    kind: RawType,
    descending: bool,
    always_present: bool,
}

impl Key {
    fn new(page: &ResolvedPage, id: MemberId, descending: bool) -> Self {
        let member: &Member = &page.members[id];
        let (expression, kind) = match member.kind {
            MemberType::Date | MemberType::DateTime => (format!("v.n{id}"), RawType::Integer),
            MemberType::Integer | MemberType::Number => (format!("v.c{id}"), RawType::Real),
            MemberType::Boolean => (format!("v.c{id}"), RawType::Boolean),
            MemberType::Text | MemberType::TextList => (format!("v.c{id}"), RawType::Text),
        };
        let own = member.always_present && member.is_stored_instant();
        let column = own.then(|| super::member::raw(member, Dialect::Sqlite));
        Self { expression, column, kind, descending, always_present: member.always_present }
    }

    fn order(&self) -> String {
        let nulls = if self.always_present { "" } else { " NULLS LAST" };
        format!("{} {}{nulls}", self.expression, direction(self.descending))
    }

    /// A bound on the table's column, which an index can serve; the exact rule follows outside.
    fn index_bound(&self, last: &Value, writer: &mut Writer) -> Option<String> {
        let (column, last) = (self.column.as_ref()?, last.as_i64()?);
        let sign = if self.descending { "<=" } else { ">=" };
        Some(format!("{column} {sign} {}", writer.bind(Parameter::Integer(last))))
    }

    /// This criterion equals the cursor's value, and comes after it (never, after a missing one).
    fn compared(&self, last: &Value, writer: &mut Writer) -> (String, Option<String>) {
        let expression = &self.expression;
        let Some(parameter) = parameter(self.kind, last) else {
            return (format!("{expression} IS NULL"), None);
        };
        let (last, sign) = (writer.bind(parameter), if self.descending { "<" } else { ">" });
        let equal = format!("({expression} = {last}) IS TRUE");
        let after = if self.always_present {
            format!("{expression} {sign} {last}")
        } else {
            format!("({expression} {sign} {last} OR {expression} IS NULL)")
        };
        (equal, Some(after))
    }
}

/// Rows after the cursor: greater in the first criterion, or equal there and greater in the next …
fn after(keys: &[Key], cursor: &Cursor, writer: &mut Writer) -> String {
    let mut equal: Vec<String> = Vec::new();
    let mut ways = Vec::new();
    for (key, last) in keys.iter().zip(&cursor.values) {
        let (same, after) = key.compared(last, writer);
        if let Some(after) = after {
            let way: Vec<String> = equal.iter().cloned().chain([after]).collect();
            ways.push(format!("({})", way.join(" AND ")));
        }
        equal.push(same);
    }
    let sign = if keys.last().is_some_and(|key| key.descending) { "<" } else { ">" };
    equal.push(format!("v.id {sign} {}", writer.bind(Parameter::Id(cursor.id))));
    ways.push(format!("({})", equal.join(" AND ")));
    format!("({})", ways.join(" OR "))
}

fn fits(page: &ResolvedPage, cursor: &Cursor) -> bool {
    cursor.values.len() == page.order.len()
        && page.order.iter().zip(&cursor.values).all(|((member, descending), value)| {
            value.is_null() || parameter(Key::new(page, *member, *descending).kind, value).is_some()
        })
}

fn parameter(kind: RawType, value: &Value) -> Option<Parameter> {
    match kind {
        RawType::Text => value.as_str().map(|text| Parameter::Text(text.to_owned())),
        RawType::Integer => value.as_i64().map(Parameter::Integer),
        RawType::Real => value.as_f64().map(Parameter::Real),
        // SQLite's truths are read as 0 and 1.
        RawType::Boolean => {
            value.as_bool().or_else(|| value.as_i64().map(|number| number != 0)).map(Parameter::Boolean)
        }
    }
}

fn direction(descending: bool) -> &'static str {
    if descending { "DESC" } else { "ASC" }
}
