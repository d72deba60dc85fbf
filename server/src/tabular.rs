//! Tables people bring: CSV in the encodings spreadsheets write, and `.xlsx`.
//!
//! Reads a file into rows of cells and says what it could not read. What the columns mean is decided in
//! [`kind`], what a spreadsheet has already broken in [`damage`]; nothing here knows forms or the database.

pub mod damage;
mod delimited;
mod encoding;
pub mod kind;
pub mod written;
mod xlsx;

pub use encoding::Encoding;

/// Rows beyond are refused: more belongs in the API.
pub const MAX_ROWS: usize = 500_000;
/// Columns beyond are refused.
pub const MAX_COLUMNS: usize = 1_000;
/// Text of all cells together; a small file can name one long text very often.
const MAX_TEXT_BYTES: usize = 256 << 20;

/// A file as rows of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// How it was stored.
    pub encoding: Encoding,
    /// The first row: every column has a name, and no two the same.
    pub headers: Vec<String>,
    /// The others.
    pub rows: Vec<SheetRow>,
}

/// One row below the header.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// Row of the sheet, the header being 1.
    pub number: u64,
    /// One per column of the header, and those too many.
    pub cells: Vec<Cell>,
}

impl SheetRow {
    /// The cell of a column; short rows end in empty cells.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Cells to the right of the header that hold something.
    pub fn surplus(&self, columns: usize) -> usize {
        self.cells.iter().skip(columns).filter(|cell| !cell.is_empty()).count()
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// As written; every cell of a CSV file is a text.
    Text(String),
    /// A number of a spreadsheet.
    Number(f64),
    /// True or false in a spreadsheet.
    Boolean(bool),
    /// A day of a spreadsheet, `2026-11-23`.
    Date(String),
    /// A local time of a spreadsheet, `2026-11-23T08:30:00`.
    DateTime(String),
    /// What a spreadsheet shows where a formula failed: `#N/A`.
    Error(String),
}

impl Cell {
    /// True when there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            Self::Number(_) | Self::Boolean(_) | Self::Date(_) | Self::DateTime(_) | Self::Error(_) => false,
        }
    }

    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::DateTime(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => plain(*number),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

/// A number without exponent as far as it is exact: `13800138000`, never `1.38e10`.
fn plain(number: f64) -> String {
    form_engine::number::from_f64(number).map_or_else(|| number.to_string(), |number| number.to_string())
}

/// Why a file was not read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file has no header row")]
    NoHeader,
    /// More rows than are taken at once.
    #[error("the file has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// More columns than are taken at once.
    #[error("the file has more than {MAX_COLUMNS} columns")]
    TooManyColumns,
    /// Inflated, it would be too large.
    #[error("the file is too large once unpacked")]
    TooLarge,
    /// Not a spreadsheet after all.
    #[error("the file is no readable spreadsheet: {0}")]
    Spreadsheet(String),
    /// Not a delimited text after all.
    #[error("the file is no readable table: {0}")]
    Delimited(String),
}

impl ReadError {
    /// Stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHeader => "import.no_header",
            Self::TooManyRows => "import.too_many_rows",
            Self::TooManyColumns => "import.too_many_columns",
            Self::TooLarge => "import.too_large",
            Self::Spreadsheet(_) => "import.spreadsheet",
            Self::Delimited(_) => "import.delimited",
        }
    }
}

/// Reads a file by what it holds; its name is not trusted.
///
/// # Errors
///
/// See [`ReadError`]. A fault of single cells is no error; see [`damage`].
pub fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") { xlsx::read(bytes) } else { delimited::read(bytes) }
}

/// Collects rows within the limits; the first row that holds something is the header.
struct Builder {
    encoding: Encoding,
    headers: Option<Vec<String>>,
    rows: Vec<SheetRow>,
    text_bytes: usize,
}

impl Builder {
    fn new(encoding: Encoding) -> Self {
        Self { encoding, headers: None, rows: Vec::new(), text_bytes: 0 }
    }

    fn push(&mut self, number: u64, mut cells: Vec<Cell>) -> Result<(), ReadError> {
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.len() > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        for cell in &cells {
            if let Cell::Text(text) = cell {
                self.text_bytes += text.len();
            }
        }
        if self.text_bytes > MAX_TEXT_BYTES {
            return Err(ReadError::TooLarge);
        }
        if self.headers.is_none() {
            if !cells.is_empty() {
                self.headers = Some(cells.iter().map(Cell::text).collect());
            }
            return Ok(());
        }
        if self.rows.len() == MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        self.rows.push(SheetRow { number, cells });
        Ok(())
    }

    fn finish(self) -> Result<Sheet, ReadError> {
        let headers = named(self.headers.ok_or(ReadError::NoHeader)?);
        Ok(Sheet { encoding: self.encoding, headers, rows: self.rows })
    }
}

/// Gives a name to columns without one, and numbers those of the same name.
fn named(headers: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(headers.len());
    for (index, header) in headers.into_iter().enumerate() {
        let header = header.trim();
        let base = if header.is_empty() { format!("column_{}", index + 1) } else { header.to_owned() };
        let mut name = base.clone();
        let mut number = 2;
        while names.contains(&name) {
            name = format!("{base}_{number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::kind::{Plain, of_column};
    use super::*;

    fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
        sheet.rows.iter().map(|row| row.cells.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_cells() {
        let text = "姓名,备注\n王小明,\"第一行\n第二行, 还有\"\"引号\"\"\"\n";
        let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        let wide: Vec<u8> =
            [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let cases = [(text.as_bytes(), "UTF-8"), (&marked, "UTF-8"), (&gb, "GB18030"), (&wide, "UTF-16")];
        for (bytes, encoding) in cases {
            let sheet = read(bytes).expect("a table");
            assert_eq!(sheet.encoding.name(), encoding);
            assert_eq!(sheet.headers, ["姓名", "备注"]);
            assert_eq!(texts(&sheet), [["王小明", "第一行\n第二行, 还有\"引号\""]]);
        }
        let sheet = read(b"name\ncaf\xE9\n").expect("a table");
        assert_eq!((sheet.encoding.name(), texts(&sheet)), ("ISO-8859-1", vec![vec!["café".to_owned()]]));
    }

    #[test]
    fn ragged_rows_and_nameless_columns_are_kept() {
        let sheet = read(b"a;;a\r\n1\r\n1;2;3;4\r\n;;\r\n").expect("a table");
        assert_eq!(sheet.headers, ["a", "column_2", "a_2"]);
        assert_eq!(texts(&sheet), [vec!["1"], vec!["1", "2", "3", "4"], vec![]]);
        assert_eq!(
            sheet.rows.iter().map(|row| (row.number, row.surplus(3))).collect::<Vec<_>>(),
            [(2, 0), (3, 1), (4, 0)]
        );
        assert!(matches!(read(b"\n\n"), Err(ReadError::NoHeader)));
    }

    #[test]
    fn a_type_loses_nothing_of_any_cell() {
        let kind = |cells: &[&str]| {
            let text = format!("x\n{}\n", cells.join("\n"));
            of_column(&read(text.as_bytes()).expect("a table"), 0, true)
        };
        assert_eq!(kind(&["1", "-20", "0"]), Plain::Integer);
        assert_eq!(kind(&["1", "2.5"]), Plain::Number);
        assert_eq!(kind(&["007"]), Plain::Text);
        assert_eq!(kind(&["110101199003071234"]), Plain::Text);
        assert_eq!(kind(&["true", "FALSE"]), Plain::Boolean);
        assert_eq!(kind(&["2026-03-01", "2026/3/2", "2026年3月3日"]), Plain::Date);
        assert_eq!(kind(&["2026-03-01 8:30", "2026-03-01T08:30:00Z", "2026-03-02"]), Plain::DateTime);
        assert_eq!(kind(&["2026-02-30"]), Plain::Text);
        assert_eq!(kind(&["1", "x"]), Plain::Text);
        assert_eq!(kind(&["1.38E+10", "13800138000"]), Plain::Integer);
    }

    #[test]
    fn damaged_numbers_are_seen() {
        let damaged = |cells: &[Cell]| -> Vec<bool> {
            let rows = cells.iter().map(|cell| SheetRow { number: 2, cells: vec![cell.clone()] });
            let sheet = Sheet { encoding: Encoding::Xlsx, headers: vec!["x".into()], rows: rows.collect() };
            let column = damage::column(&sheet, 0);
            cells.iter().map(|cell| damage::of(cell, column, false).is_some()).collect()
        };
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(damaged(&[text("1.38E+10"), text("13800138000"), text("1E+3 kg")]), [true, false, false]);
        assert_eq!(damaged(&[text("110101199003070000"), text("110101199003071234")]), [true, false]);
        assert_eq!(damaged(&[text("6222021234567890")]), [true]);
        assert_eq!(damaged(&[text("6222021234567890"), text("6222021234567891")]), [false, false]);
        assert_eq!(
            damaged(&[Cell::Number(1.101_011_990_030_7e17), Cell::Number(13_800_138_000.0)]),
            [true, false]
        );
    }
}
