//! What the values of a column are, told from all of them.

use super::{Cell, Sheet, damage, written};

/// Types of plain values, each holding all of the ones a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// Anything.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// `true` and `false`.
    Boolean,
    /// Days.
    Date,
    /// Days with a time.
    DateTime,
}

/// The narrowest type that loses nothing of any cell of the column; a column of empty cells is text.
///
/// With `strict`, cells a spreadsheet has rounded say nothing of the column: they will be refused.
pub fn of_column(sheet: &Sheet, column: usize, strict: bool) -> Plain {
    let mut found: Option<Plain> = None;
    for row in &sheet.rows {
        let cell = row.cell(column);
        if cell.is_empty() || (strict && damage::looks_rounded(cell)) {
            continue;
        }
        let kind = of_cell(cell);
        found = Some(found.map_or(kind, |found| join(found, kind)));
        if found == Some(Plain::Text) {
            break;
        }
    }
    found.unwrap_or(Plain::Text)
}

fn of_cell(cell: &Cell) -> Plain {
    match cell {
        Cell::Empty | Cell::Error(_) => Plain::Text,
        Cell::Number(number) if number.fract() == 0.0 => Plain::Integer,
        Cell::Number(_) => Plain::Number,
        Cell::Boolean(_) => Plain::Boolean,
        Cell::Date(_) => Plain::Date,
        Cell::DateTime(_) => Plain::DateTime,
        Cell::Text(text) => of_text(text.trim()),
    }
}

fn of_text(text: &str) -> Plain {
    if written::integer(text).is_some() {
        Plain::Integer
    } else if written::number(text).is_some() {
        Plain::Number
    } else if written::truth(text).is_some() {
        Plain::Boolean
    } else if written::day(text).is_some() {
        Plain::Date
    } else if written::instant(text).is_some() {
        Plain::DateTime
    } else {
        Plain::Text
    }
}

/// The type that holds values of both.
fn join(left: Plain, right: Plain) -> Plain {
    match (left, right) {
        (left, right) if left == right => left,
        (Plain::Integer, Plain::Number) | (Plain::Number, Plain::Integer) => Plain::Number,
        (Plain::Date, Plain::DateTime) | (Plain::DateTime, Plain::Date) => Plain::DateTime,
        (
            Plain::Text | Plain::Integer | Plain::Number | Plain::Boolean | Plain::Date | Plain::DateTime,
            Plain::Text | Plain::Integer | Plain::Number | Plain::Boolean | Plain::Date | Plain::DateTime,
        ) => Plain::Text,
    }
}
