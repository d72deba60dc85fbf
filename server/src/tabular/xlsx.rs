//! `.xlsx`: a zip of XML. Its first sheet is read cell by cell.
//!
//! The archive is measured before it is trusted: how many entries, and how much they really inflate to,
//! counted while inflating, since sizes in headers are claims.

use std::io::{self, Cursor, Read, Write};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::{Builder, Cell, Encoding, MAX_COLUMNS, MAX_ROWS, ReadError, Sheet};

const MAX_ENTRIES: usize = 200;
const MAX_INFLATED_BYTES: u64 = 50 << 20;
/// Tables compress well, so the ratio is asked only of what is large.
const FREE_BYTES: u64 = 10 << 20;
const MAX_RATIO: u64 = 20;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    measure(bytes)?;
    let fault = |error: calamine::XlsxError| ReadError::Spreadsheet(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let name = workbook.sheet_names().first().cloned().ok_or(ReadError::NoHeader)?;
    // Cell by cell: a dense range would be as large as the farthest cell says.
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(fault)?;
    let mut builder = Builder::new(Encoding::Xlsx);
    let mut row: (u32, Vec<Cell>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(fault)? {
        let (number, column) = cell.get_position();
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        if number as usize > MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        if number != row.0 {
            let (finished, cells) = std::mem::replace(&mut row, (number, Vec::new()));
            push(&mut builder, finished, cells)?;
        }
        if row.1.len() <= column {
            row.1.resize(column + 1, Cell::Empty);
        }
        row.1[column] = read_cell(cell.get_value());
    }
    push(&mut builder, row.0, row.1)?;
    builder.finish()
}

/// Rows without any cell are not in the file; their number is, in those that follow.
fn push(builder: &mut Builder, index: u32, cells: Vec<Cell>) -> Result<(), ReadError> {
    if cells.is_empty() { Ok(()) } else { builder.push(u64::from(index) + 1, cells) }
}

fn read_cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets hold doubles")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(truth) => Cell::Boolean(*truth),
        DataRef::DateTime(instant) => dated(instant),
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            Some(_) => Cell::DateTime(text.clone()),
            None => Cell::Date(text.clone()),
        },
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// A day when there is no time in it; a length of time stays a number of days.
fn dated(instant: &ExcelDateTime) -> Cell {
    if !instant.is_datetime() {
        return Cell::Number(instant.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if instant.as_f64().fract() == 0.0 {
        return Cell::Date(date);
    }
    Cell::DateTime(format!("{date}T{hour:02}:{minute:02}:{second:02}"))
}

/// Inflates every entry into nothing, and stops when it is too much.
fn measure(bytes: &[u8]) -> Result<(), ReadError> {
    let fault = |error: zip::result::ZipError| ReadError::Spreadsheet(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
    if archive.len() > MAX_ENTRIES {
        return Err(ReadError::TooLarge);
    }
    let allowed = MAX_INFLATED_BYTES.min(FREE_BYTES.max(MAX_RATIO * bytes.len() as u64));
    let mut left = allowed;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(fault)?;
        let inflated = io::copy(&mut entry.take(left + 1), &mut Nowhere);
        let inflated = inflated.map_err(|error| ReadError::Spreadsheet(error.to_string()))?;
        left = left.checked_sub(inflated).ok_or(ReadError::TooLarge)?;
    }
    Ok(())
}

/// Takes everything and keeps nothing.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
