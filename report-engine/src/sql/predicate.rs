//! Predicates as SQL that is true or false, never NULL (`formats.md` §2: two-valued everywhere).
//!
//! Members are the columns of layer `v`: `c3` a typed value, `p3` whether there is any, `n3` its
//! instant. Every leaf is closed with `IS TRUE`, so a missing value makes it false and its negation true.

use crate::query::{Comparator, Predicate, Scalar, Side};

use super::writer::{Dialect, Writer};

pub(crate) fn write(predicate: &Predicate, writer: &mut Writer) -> String {
    match predicate {
        Predicate::All(parts) => join(parts, " AND ", "TRUE", writer),
        Predicate::Any(parts) => join(parts, " OR ", "FALSE", writer),
        Predicate::Not(part) => format!("(NOT {})", write(part, writer)),
        Predicate::Missing(member) => format!("(NOT {})", format_args!("p{member}")),
        Predicate::Compare(left, comparator, right) => {
            let (left, right) = (side(left, writer), side(right, writer));
            format!("(({left} {} {right}) IS TRUE)", sign(*comparator))
        }
        Predicate::Contains(text, part) => {
            let (text, part) = (side(text, writer), side(part, writer));
            let function = match writer.dialect() {
                Dialect::Sqlite => "instr",
                Dialect::Postgres => "strpos",
            };
            format!("(({function}({text}, {part}) > 0) IS TRUE)")
        }
        Predicate::StartsWith(text, part) => {
            let (text, part) = (side(text, writer), side(part, writer));
            format!("((substr({text}, 1, length({part})) = {part}) IS TRUE)")
        }
        Predicate::OneOf(member, values) => {
            if values.is_empty() {
                return "FALSE".to_owned();
            }
            let value = format!("c{member}");
            format!("(({value} IN ({})) IS TRUE)", bound(values, writer))
        }
        Predicate::Has(member, values) => {
            if values.is_empty() {
                return "FALSE".to_owned();
            }
            let list = format!("c{member}");
            let values = bound(values, writer);
            options_hold(&list, &values, writer.dialect())
        }
    }
}

/// True when one option of the list column is one of `values`.
fn options_hold(list: &str, values: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!(
            "EXISTS (SELECT 1 FROM json_each({list}) AS one WHERE one.type = 'text' AND one.atom IN ({values}))"
        ),
        Dialect::Postgres => format!(
            "EXISTS (SELECT 1 FROM jsonb_array_elements({list}) AS one(item) \
             WHERE jsonb_typeof(one.item) = 'string' AND one.item #>> '{{}}' IN ({values}))"
        ),
    }
}

fn join(parts: &[Predicate], word: &str, of_none: &str, writer: &mut Writer) -> String {
    if parts.is_empty() {
        return of_none.to_owned();
    }
    let parts: Vec<String> = parts.iter().map(|part| write(part, writer)).collect();
    format!("({})", parts.join(word))
}

fn side(side: &Side, writer: &mut Writer) -> String {
    match side {
        Side::Member(member) => format!("c{member}"),
        Side::InstantOf(member) => format!("n{member}"),
        Side::Value(scalar) => writer.bind_scalar(scalar),
    }
}

fn bound(values: &[Scalar], writer: &mut Writer) -> String {
    let values: Vec<String> = values.iter().map(|value| writer.bind_scalar(value)).collect();
    values.join(", ")
}

fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Eq => "=",
        Comparator::Lt => "<",
        Comparator::Lte => "<=",
        Comparator::Gt => ">",
        Comparator::Gte => ">=",
    }
}
