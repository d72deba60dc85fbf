//! SQL: a resolved query as one `SELECT` for SQLite or PostgreSQL.
//!
//! Infallible: anything that can be wrong was refused by `resolve`. Every value an author or a
//! customer wrote is bound as a parameter; only our own numbers and quoted identifiers stand in
//! the text.
//!
//! The statement is built in layers, each a subquery of the next, so that every value is computed
//! once and named: `b` the table, `r` its raw columns, `v` one typed column per member (`c0`, `c1` …,
//! NULL when missing), `f` the rows that count with their groups and the measures' inputs, `w`
//! the running positions percentiles need, and the grouped result.

mod layers;
mod measure;
mod member;
mod page;
mod predicate;
mod time;
mod values;
mod within;
mod writer;

pub use page::{Cursor, page};
pub use within::{Within, keys_of};
pub use writer::{Dialect, Parameter};

use crate::query::{ResolvedQuery, Shape};
use writer::Writer;

/// Where the rows of a dataset lie. All names are the server's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The table with one row per row of the dataset.
    pub table: String,
    /// Tables whose columns are named `alias.column` in the members' sources.
    pub joins: Vec<Join>,
    /// What every row must equal: the team, the form.
    pub fixed: Vec<(String, Parameter)>,
    /// What every row must hang on, where there is such a rule.
    pub within: Option<Within>,
}

/// A table joined for its columns; a row without partner is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The other table.
    pub table: String,
    /// Its name in the members' sources.
    pub alias: String,
    /// Column of the dataset's table, column of the other.
    pub on: (String, String),
}

/// SQL with its parameters, `?1 ?2 …` in SQLite and `$1 $2 …` in PostgreSQL.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// One `SELECT`.
    pub text: String,
    /// In the order of their numbers.
    pub parameters: Vec<Parameter>,
    /// What to read of each row.
    pub columns: Vec<RawColumn>,
}

/// A column of the raw rows, to be read as this type or NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawColumn {
    /// As named in the SQL.
    pub name: String,
    /// How to read it.
    pub kind: RawType,
}

/// The four types raw columns have in both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawType {
    /// `TEXT`
    Text,
    /// 64 bits.
    Integer,
    /// A double.
    Real,
    /// In SQLite an integer, 0 or 1.
    Boolean,
}

/// Writes `query` as one `SELECT`: dimensions, then measures, in the order of its columns.
pub fn select(query: &ResolvedQuery, dialect: Dialect, relation: &Relation) -> Statement {
    let mut writer = Writer::new(dialect);
    let grouped = layers::grouped(query, relation, &mut writer);
    let names: Vec<String> = (0..query.columns.len()).map(|index| format!("o{index}")).collect();
    let columns: Vec<RawColumn> = names
        .iter()
        .zip(&query.columns)
        .map(|(name, column)| RawColumn { name: name.clone(), kind: raw_type(column.shape) })
        .collect();
    let outputs: Vec<String> = columns
        .iter()
        .map(|column| format!("{} AS {}", writer.cast(&column.name, column.kind), column.name))
        .collect();
    let order = order_by(query);
    let text = format!("SELECT {} FROM ({grouped}) g{order} LIMIT {}", outputs.join(", "), query.limit);
    Statement { text, parameters: writer.into_parameters(), columns }
}

/// The author's order, then every dimension, so that equal rows always come in the same order.
fn order_by(query: &ResolvedQuery) -> String {
    let chosen = query.order.iter().map(|sort| (sort.column, sort.descending));
    let ties = (0..query.dimensions.len()).map(|column| (column, false));
    let mut seen = Vec::new();
    for (column, descending) in chosen.chain(ties) {
        if !seen.iter().any(|(known, _)| *known == column) {
            seen.push((column, descending));
        }
    }
    if seen.is_empty() {
        return String::new();
    }
    let terms: Vec<String> = seen
        .iter()
        .map(|(column, descending)| {
            format!("g.o{column} {} NULLS LAST", if *descending { "DESC" } else { "ASC" })
        })
        .collect();
    format!(" ORDER BY {}", terms.join(", "))
}

fn raw_type(shape: Shape) -> RawType {
    match shape {
        Shape::Text => RawType::Text,
        Shape::Integer | Shape::Number => RawType::Real,
        Shape::Boolean => RawType::Boolean,
        Shape::Day | Shape::Month | Shape::Instant | Shape::LocalHour => RawType::Integer,
    }
}
