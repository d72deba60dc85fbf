//! A sheet as a table of typed columns in SQLite.

use form_engine::pointer;
use report_engine::sql::Relation;
use report_engine::{Dataset, Member, MemberType, Source};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait, Value};

use crate::tabular::kind::{self, Plain};
use crate::tabular::{Cell, Sheet, written};

/// Parameters one statement may carry, a little under SQLite's 32,766.
const PARAMETERS: usize = 30_000;

/// Creates the table `table` and fills it; says how it can be asked.
pub(super) async fn load(
    db: &DatabaseConnection,
    name: &str,
    table: &str,
    sheet: &Sheet,
) -> Result<(Dataset, Relation), DbErr> {
    let kinds: Vec<Plain> =
        (0..sheet.headers.len()).map(|column| kind::of_column(sheet, column, false)).collect();
    let columns: Vec<String> =
        kinds.iter().enumerate().map(|(index, kind)| format!("c{index} {}", sql_type(*kind))).collect();
    let txn = db.begin().await?;
    txn.execute_unprepared(&format!("create table {table} ({})", columns.join(", "))).await?;
    let at_once = (PARAMETERS / kinds.len().max(1)).clamp(1, 500);
    let places = format!("({})", vec!["?"; kinds.len()].join(", "));
    for rows in sheet.rows.chunks(at_once) {
        let text = format!("insert into {table} values {}", vec![places.as_str(); rows.len()].join(", "));
        let cells = rows
            .iter()
            .flat_map(|row| kinds.iter().enumerate().map(|(column, kind)| value(row.cell(column), *kind)));
        txn.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), text, cells)).await?;
    }
    txn.commit().await?;
    let members = sheet.headers.iter().zip(&kinds).enumerate().map(|(index, (header, kind))| Member {
        name: pointer::join("", header),
        title: header.as_str().into(),
        kind: member_type(*kind),
        source: Source::Column(format!("c{index}")),
        always_present: false,
    });
    let dataset = Dataset { name: name.to_owned(), members: members.collect() };
    Ok((dataset, Relation { table: table.to_owned(), joins: Vec::new(), fixed: Vec::new(), within: None }))
}

fn sql_type(kind: Plain) -> &'static str {
    match kind {
        Plain::Text | Plain::Date => "text",
        Plain::Number => "real",
        Plain::Integer | Plain::Boolean | Plain::DateTime => "integer",
    }
}

fn member_type(kind: Plain) -> MemberType {
    match kind {
        Plain::Text => MemberType::Text,
        Plain::Integer => MemberType::Integer,
        Plain::Number => MemberType::Number,
        Plain::Boolean => MemberType::Boolean,
        Plain::Date => MemberType::Date,
        Plain::DateTime => MemberType::DateTime,
    }
}

/// The cell as its column's type; inference has seen to it that it fits.
fn value(cell: &Cell, kind: Plain) -> Value {
    let text = cell.text();
    let trimmed = text.trim();
    match kind {
        _ if cell.is_empty() => Value::String(None),
        Plain::Text => text.into(),
        Plain::Integer => written::integer(trimmed).into(),
        Plain::Number => written::number(trimmed).or_else(|| trimmed.parse().ok()).into(),
        Plain::Boolean => written::truth(trimmed).into(),
        Plain::Date => written::day(trimmed).into(),
        // A time without offset is taken as UTC; a day alone as its first instant.
        Plain::DateTime => {
            let instant = written::instant(trimmed).map(|instant| instant.ms);
            let day = || form_engine::moment::parse(&written::day(trimmed)?);
            instant.or_else(day).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_values_of_their_column() {
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(value(&text(" 7 "), Plain::Integer), Value::from(Some(7i64)));
        assert_eq!(value(&Cell::Number(13_800_138_000.0), Plain::Text), Value::from("13800138000"));
        assert_eq!(value(&text("2026/3/1"), Plain::Date), Value::from(Some("2026-03-01".to_owned())));
        assert_eq!(
            value(&text("2026-03-01T08:00:00+08:00"), Plain::DateTime),
            Value::from(Some(1_772_323_200_000i64))
        );
        assert_eq!(value(&text("2026-03-01"), Plain::DateTime), Value::from(Some(1_772_323_200_000i64)));
        assert_eq!(value(&Cell::Empty, Plain::Integer), Value::String(None));
    }
}
