//! Numbers a spreadsheet has already damaged: digits that were there and are gone.
//!
//! A telephone number shown as `1.38E+10` and an identity card of 18 digits that ends in `000` look like
//! values, but the digits are lost. Importing them would store something nobody ever wrote.

use super::{Cell, Sheet};

/// A spreadsheet keeps this many digits of a number and writes zeros for the others.
const KEPT_DIGITS: usize = 15;
/// So long that zeros at the end are no accident.
const LONG_DIGITS: usize = 18;

/// What happened to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Written with an exponent: most digits are gone.
    Rounded,
    /// Longer than a spreadsheet keeps: the digits at the end have become zeros.
    Truncated,
}

impl Damage {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rounded => "import.rounded",
            Self::Truncated => "import.truncated",
        }
    }
}

/// What can be said only of a whole column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// Some long number has kept its last digits, so this column was not treated as numbers.
    keeps_long: bool,
}

/// Looks at a column as a whole.
pub fn column(sheet: &Sheet, column: usize) -> Column {
    let keeps = |text: &str| {
        let digits = long_digits(text);
        digits.is_some_and(|digits| !digits[KEPT_DIGITS..].bytes().all(|digit| digit == b'0'))
    };
    let kept = |cell: &Cell| matches!(cell, Cell::Text(text) if keeps(text.trim()));
    Column { keeps_long: sheet.rows.iter().any(|row| kept(row.cell(column))) }
}

/// What happened to the cell, if anything did. Columns of measured numbers may have exponents: `exponents`.
pub fn of(cell: &Cell, column: Column, exponents: bool) -> Option<Damage> {
    if !exponents && looks_rounded(cell) {
        return Some(Damage::Rounded);
    }
    match cell {
        Cell::Text(text) => {
            let digits = long_digits(text.trim())?;
            let zeros = digits[KEPT_DIGITS..].bytes().all(|digit| digit == b'0');
            let sure = digits.len() >= LONG_DIGITS || !column.keeps_long;
            (zeros && sure).then_some(Damage::Truncated)
        }
        Cell::Number(number) => {
            let long = number.fract() == 0.0 && number.abs() >= 1e15;
            (long && !exponents).then_some(Damage::Truncated)
        }
        Cell::Empty | Cell::Boolean(_) | Cell::Date(_) | Cell::DateTime(_) | Cell::Error(_) => None,
    }
}

/// `1.38E+10`: how a spreadsheet shows a number too long for its cell.
pub fn looks_rounded(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    let text = text.trim();
    let Some((mantissa, exponent)) = text.strip_prefix('-').unwrap_or(text).split_once("E+") else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fine = match mantissa.split_once('.') {
        Some((whole, fraction)) => whole.len() == 1 && digits(whole) && digits(fraction),
        None => mantissa.len() == 1 && digits(mantissa),
    };
    mantissa_fine && digits(exponent)
}

/// The digits of a whole number of more than 15.
fn long_digits(text: &str) -> Option<&str> {
    let all = text.len() > KEPT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    (all && !text.starts_with('0')).then_some(text)
}
