//! A member as a typed SQL expression: its value, or NULL when it is missing or of another type.

use crate::dataset::{Member, MemberType, Source};

use super::writer::{Dialect, Writer, column};

/// The raw column a member is read from, computed in the innermost layer.
pub(crate) fn raw(member: &Member, dialect: Dialect) -> String {
    match (&member.source, dialect) {
        (Source::Column(name), Dialect::Sqlite | Dialect::Postgres) => column(name),
        (Source::Id(name), Dialect::Postgres) => format!("{}::text", column(name)),
        (Source::Id(name), Dialect::Sqlite) => {
            let hex = format!("lower(hex({}))", column(name));
            let part = |start: u8, length: u8| format!("substr({hex}, {start}, {length})");
            let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
            format!("CASE WHEN {} IS NOT NULL THEN {} END", column(name), parts.join(" || '-' || "))
        }
        (Source::Elapsed { from, to, unit_ms }, Dialect::Sqlite) => {
            format!("CAST({} - {} AS REAL) / {unit_ms}", column(to), column(from))
        }
        (Source::Elapsed { from, to, unit_ms }, Dialect::Postgres) => {
            format!("({} - {})::double precision / {unit_ms}", column(to), column(from))
        }
        (Source::Json { column: name, .. }, Dialect::Sqlite) => column(name),
        (Source::Json { column: name, .. }, Dialect::Postgres) => format!("{}::jsonb", column(name)),
    }
}

/// The typed value of a member whose raw column is `raw`.
pub(crate) fn value(member: &Member, raw: &str, writer: &mut Writer) -> String {
    match (&member.source, writer.dialect()) {
        (Source::Column(_) | Source::Id(_) | Source::Elapsed { .. }, Dialect::Sqlite) => {
            column_sqlite(member.kind, raw)
        }
        (Source::Column(_) | Source::Id(_) | Source::Elapsed { .. }, Dialect::Postgres) => {
            column_postgres(member.kind, raw)
        }
        (Source::Json { pointer, .. }, Dialect::Sqlite) => {
            let paths: Vec<String> =
                sqlite_paths(pointer).iter().map(|path| writer.bind_text(path)).collect();
            first_of(paths.iter().map(|path| json_sqlite(member.kind, raw, path)))
        }
        (Source::Json { pointer, .. }, Dialect::Postgres) => {
            json_postgres(member.kind, &located(raw, pointer, writer))
        }
    }
}

/// True when the member has a value of any type: not absent, null, an empty text or an empty list.
pub(crate) fn present(member: &Member, raw: &str, writer: &mut Writer) -> String {
    match (&member.source, writer.dialect()) {
        (Source::Column(_) | Source::Id(_) | Source::Elapsed { .. }, Dialect::Sqlite | Dialect::Postgres) => {
            format!("({}) IS NOT NULL", value(member, raw, writer))
        }
        (Source::Json { pointer, .. }, Dialect::Sqlite) => {
            let tests: Vec<String> = sqlite_paths(pointer)
                .iter()
                .map(|path| {
                    let path = writer.bind_text(path);
                    format!(
                        "CASE json_type({raw}, {path}) WHEN 'null' THEN FALSE \
                         WHEN 'text' THEN json_extract({raw}, {path}) <> '' \
                         WHEN 'array' THEN json_array_length({raw}, {path}) > 0 \
                         WHEN 'object' THEN json_extract({raw}, {path}) <> '{{}}' \
                         ELSE json_type({raw}, {path}) IS NOT NULL END"
                    )
                })
                .collect();
            format!("({})", tests.join(" OR "))
        }
        (Source::Json { pointer, .. }, Dialect::Postgres) => {
            let place = located(raw, pointer, writer);
            format!(
                "COALESCE({place} NOT IN ('null'::jsonb, '\"\"'::jsonb, '[]'::jsonb, '{{}}'::jsonb), FALSE)"
            )
        }
    }
}

fn first_of(expressions: impl Iterator<Item = String>) -> String {
    let expressions: Vec<String> = expressions.collect();
    match &expressions[..] {
        [only] => only.clone(),
        several => format!("COALESCE({})", several.join(", ")),
    }
}

fn column_sqlite(kind: MemberType, raw: &str) -> String {
    match kind {
        MemberType::Text | MemberType::Date => format!("NULLIF({raw}, '')"),
        MemberType::Integer | MemberType::Number => format!("CAST({raw} AS REAL)"),
        MemberType::Boolean | MemberType::DateTime => raw.to_owned(),
        MemberType::TextList => format!("CASE WHEN json_valid({raw}) THEN {raw} END"),
    }
}

fn column_postgres(kind: MemberType, raw: &str) -> String {
    match kind {
        MemberType::Text | MemberType::Date => format!("NULLIF({raw}::text, '') COLLATE \"C\""),
        MemberType::Integer | MemberType::Number => format!("{raw}::double precision"),
        MemberType::Boolean => raw.to_owned(),
        MemberType::DateTime => format!("{raw}::bigint"),
        MemberType::TextList => format!("{raw}::jsonb"),
    }
}

fn json_sqlite(kind: MemberType, raw: &str, path: &str) -> String {
    let (kind_of, found) = (format!("json_type({raw}, {path})"), format!("json_extract({raw}, {path})"));
    match kind {
        MemberType::Text | MemberType::Date | MemberType::DateTime => {
            format!("CASE {kind_of} WHEN 'text' THEN NULLIF({found}, '') END")
        }
        MemberType::Integer | MemberType::Number => {
            format!("CASE WHEN {kind_of} IN ('integer', 'real') THEN CAST({found} AS REAL) END")
        }
        MemberType::Boolean => format!("CASE {kind_of} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"),
        MemberType::TextList => {
            format!("CASE {kind_of} WHEN 'array' THEN {found} WHEN 'text' THEN json_array({found}) END")
        }
    }
}

fn json_postgres(kind: MemberType, found: &str) -> String {
    let kind_of = format!("jsonb_typeof({found})");
    match kind {
        MemberType::Text | MemberType::Date | MemberType::DateTime => {
            format!("CASE {kind_of} WHEN 'string' THEN NULLIF({found} #>> '{{}}', '') END COLLATE \"C\"")
        }
        MemberType::Integer | MemberType::Number => {
            format!("CASE {kind_of} WHEN 'number' THEN {found}::double precision END")
        }
        MemberType::Boolean => format!("CASE {kind_of} WHEN 'boolean' THEN {found}::boolean END"),
        MemberType::TextList => {
            format!(
                "CASE {kind_of} WHEN 'array' THEN {found} WHEN 'string' THEN jsonb_build_array({found}) END"
            )
        }
    }
}

/// The place `pointer` names in a `jsonb`, NULL when there is none.
fn located(raw: &str, pointer: &str, writer: &mut Writer) -> String {
    let keys: Vec<String> = tokens(pointer).iter().map(|token| writer.bind_text(token)).collect();
    if keys.is_empty() {
        return raw.to_owned();
    }
    format!("jsonb_extract_path({raw}, {})", keys.join(", "))
}

/// The pointer's tokens, unescaped (RFC 6901 §4).
fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect()
}

/// The pointer as SQLite paths. A number may be a key or an index; only one of the two can be
/// there, so both are tried, for the first few numbers of a pointer.
fn sqlite_paths(pointer: &str) -> Vec<String> {
    const MOST_ALTERNATIVES: usize = 4;
    let mut paths = vec!["$".to_owned()];
    for token in tokens(pointer) {
        let is_index = !token.is_empty()
            && token.bytes().all(|byte| byte.is_ascii_digit())
            && (token == "0" || !token.starts_with('0'));
        let key = serde_json::Value::from(token.as_str()).to_string();
        let by_key = paths.iter().map(|path| format!("{path}.{key}"));
        let by_index = paths.iter().map(|path| format!("{path}[{token}]"));
        paths = if is_index && paths.len() < MOST_ALTERNATIVES && pointer.matches('/').count() > 1 {
            by_key.chain(by_index).collect()
        } else {
            by_key.collect()
        };
    }
    paths
}
