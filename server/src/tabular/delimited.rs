//! CSV and its kin: quotes, line breaks in cells, ragged rows, and the separator the file uses.

use super::{Builder, Cell, ReadError, Sheet, encoding};

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let (text, encoding) = encoding::decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut builder = Builder::new(encoding);
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return builder.finish(),
            Ok(true) => {}
            Err(error) => return Err(ReadError::Delimited(error.to_string())),
        }
        number += 1;
        builder.push(number, record.iter().map(cell).collect())?;
    }
}

fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// The separator that stands most often in the first line, outside quotes; a comma when none does.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // The first of equals wins, so the comma does when nothing separates.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}
