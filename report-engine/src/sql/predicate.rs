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
            let kinds = [is_text, is_number, is_truth].map(|is_kind: fn(&Scalar) -> bool| {
                values.iter().filter(|value| is_kind(value)).cloned().collect::<Vec<_>>()
            });
            let [texts, numbers, truths] = kinds;
            let tests: Vec<String> = [(texts, "string"), (numbers, "number"), (truths, "boolean")]
                .into_iter()
                .filter(|(values, _)| !values.is_empty())
                .map(|(values, kind)| item_is(kind, &bound(&values, writer), writer.dialect()))
                .collect();
            if tests.is_empty() { "FALSE".to_owned() } else { list_holds(*member, &tests, writer.dialect()) }
        }
    }
}

fn is_text(value: &Scalar) -> bool {
    matches!(value, Scalar::Text(_))
}

fn is_number(value: &Scalar) -> bool {
    matches!(value, Scalar::Number(_) | Scalar::Instant(_))
}

fn is_truth(value: &Scalar) -> bool {
    matches!(value, Scalar::Boolean(_))
}

/// True of a list's item `one` that is of this JSON type and one of `values`.
fn item_is(kind: &str, values: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => {
            let kinds = match kind {
                "string" => "'text'",
                "number" => "'integer', 'real'",
                _ => "'true', 'false'",
            };
            format!("(one.type IN ({kinds}) AND one.atom IN ({values}))")
        }
        Dialect::Postgres => {
            let value = match kind {
                "string" => "one.item #>> '{}'",
                "number" => "one.item::double precision",
                _ => "one.item::boolean",
            };
            format!("(CASE WHEN jsonb_typeof(one.item) = '{kind}' THEN {value} IN ({values}) END)")
        }
    }
}

fn list_holds(member: usize, tests: &[String], dialect: Dialect) -> String {
    let tests = tests.join(" OR ");
    match dialect {
        Dialect::Sqlite => format!("EXISTS (SELECT 1 FROM json_each(c{member}) AS one WHERE {tests})"),
        Dialect::Postgres => {
            format!("EXISTS (SELECT 1 FROM jsonb_array_elements(c{member}) AS one(item) WHERE {tests})")
        }
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
