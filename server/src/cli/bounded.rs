//! JSON from files and lines, refused by its size before it is read: a document takes ten times its bytes in memory,
//! and what is far too large must not keep anybody waiting. Does not know what the documents mean.

use std::io::{self, BufRead};

/// How large JSON text may be.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// All of it.
    pub bytes: usize,
    /// Members and items, at any depth.
    pub values: usize,
}

/// A definition in a file; the bytes are those of a draft. A form of two hundred questions has about ten thousand
/// values, a flow of sixty states two thousand.
pub const DEFINITION: Bounds = Bounds { bytes: crate::services::definition::DRAFT_BYTES, values: 100_000 };
/// An app, with all its definitions: what the server takes to import.
pub const APP: Bounds = Bounds { bytes: crate::http::apps::import::APP_LIMIT, values: 250_000 };
/// One line of a scenario: a flow, what happens, and the documents they are about.
pub const LINE: Bounds = Bounds { bytes: 1 << 20, values: 100_000 };

impl Bounds {
    /// Why this text is not even read; none when it may be.
    pub fn excess(self, text: &[u8]) -> Option<String> {
        if text.len() > self.bytes {
            return Some(format!("expected at most {} bytes", self.bytes));
        }
        (values(text) > self.values).then(|| format!("expected at most {} values", self.values))
    }
}

/// About how many values a JSON text has: each but the first of a list or object follows a comma.
fn values(text: &[u8]) -> usize {
    let mut count = 1;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b',' | b'[' | b'{' => count += 1,
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    count
}

/// Reads one line into `line`, without its end; false when there is none left. A line of more than `most` bytes is read
/// to its end, and `line` then holds one byte more than that.
///
/// # Errors
///
/// Only when reading fails.
pub fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    line.clear();
    let mut is_there = false;
    loop {
        let read = match input.fill_buf() {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read.is_empty() {
            return Ok(is_there);
        }
        is_there = true;
        let end = read.iter().position(|byte| *byte == b'\n');
        let part = &read[..end.unwrap_or(read.len())];
        line.extend_from_slice(&part[..part.len().min(most + 1 - line.len())]);
        let used = end.map_or(read.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_outside_texts() {
        assert_eq!(values(br#"{"a": [1, "x, [{\", y", null], "b": {"c": "\\"}}"#), 7);
        assert_eq!(values(b"1"), 1);
        assert_eq!(values(br#""never closed, \"#), 1);
    }

    #[test]
    fn what_is_too_large_is_refused_by_bytes_and_by_values() {
        let bounds = Bounds { bytes: 20, values: 5 };
        assert_eq!(bounds.excess(br#"["aaaaaaaaaaaaaa"]"#), None);
        assert_eq!(bounds.excess(&[b' '; 21]).as_deref(), Some("expected at most 20 bytes"));
        assert_eq!(bounds.excess(b"[1,2,3,4,5]").as_deref(), Some("expected at most 5 values"));
    }

    #[test]
    fn lines_are_read_one_by_one_and_long_ones_not_kept() {
        // Less than a line fits the reader's own buffer.
        let mut input = io::BufReader::with_capacity(4, &b"abc\n\n0123456789\nlast"[..]);
        let mut line = Vec::new();
        let mut lines = Vec::new();
        while read_line(&mut input, &mut line, 5).expect("memory does not fail") {
            lines.push(String::from_utf8(line.clone()).expect("text"));
        }
        assert_eq!(lines, ["abc", "", "012345", "last"]);
    }
}
