//! Reading: a JSON text (RFC 8259) onto the flat list.
//!
//! Written for the texts programs send: names and texts without escapes are borrowed as they stand, short numbers are
//! made on the way. Escapes and long numbers are `serde_json`'s to read. Anything wrong ends it; what exactly was
//! wrong it does not know.

use std::borrow::Cow;

use serde_json::Number;

use super::{Document, Entry};

/// Values nest no deeper, as in `serde_json`.
const MAX_DEPTH: usize = 127;
/// Digits that surely fit a `u64`.
const SHORT: usize = 19;
/// Whole numbers up to here are floats without rounding; so are the powers of ten below, so that one division of
/// them is rounded once, as IEEE 754 wants it.
const EXACT: u64 = 1 << 53;
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

pub(super) fn read(text: &str) -> Option<Document<'_>> {
    // Places are 32 bits wide.
    if u32::try_from(text.len()).is_err() {
        return None;
    }
    // Names and values of a form are seldom shorter on average.
    let entries = Vec::with_capacity((text.len() / 5).clamp(8, 1_024));
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, entries, has_nul: false };
    reader.value(MAX_DEPTH)?;
    reader.blanks();
    let whole = reader.at == text.len();
    whole.then_some(Document { entries: reader.entries, has_nul: reader.has_nul })
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    entries: Vec<Entry<'t>>,
    has_nul: bool,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes on after `byte`, if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    /// The same, with blanks before it.
    fn takes_next(&mut self, byte: u8) -> bool {
        self.takes(byte) || {
            self.blanks();
            self.takes(byte)
        }
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// The value that comes next, blanks before it.
    fn value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b' ' | b'\n' | b'\t' | b'\r' => {
                self.blanks();
                // What comes now is none of these.
                return self.value(depth);
            }
            b'"' => self.text()?,
            b'-' | b'0'..=b'9' => {
                let number = self.number()?;
                self.entries.push(Entry::Number(number));
            }
            b'{' => self.group(depth)?,
            b'[' => self.list(depth)?,
            b't' => self.word(b"true", Entry::Truth(true))?,
            b'f' => self.word(b"false", Entry::Truth(false))?,
            b'n' => self.word(b"null", Entry::Null)?,
            _ => return None,
        }
        Some(())
    }

    fn word(&mut self, word: &[u8], entry: Entry<'t>) -> Option<()> {
        self.bytes[self.at..].starts_with(word).then_some(())?;
        self.at += word.len();
        self.entries.push(entry);
        Some(())
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        let (depth, opened) = self.open(depth)?;
        if !self.takes_next(b']') {
            loop {
                self.value(depth)?;
                if !self.takes_next(b',') {
                    break;
                }
            }
            self.takes(b']').then_some(())?;
        }
        self.entries[opened] = Entry::List { end: self.end()? };
        Some(())
    }

    fn group(&mut self, depth: usize) -> Option<()> {
        let (depth, opened) = self.open(depth)?;
        let mut len = 0;
        if !self.takes_next(b'}') {
            loop {
                if self.peek()? != b'"' {
                    self.blanks();
                    (self.peek()? == b'"').then_some(())?;
                }
                self.text()?;
                self.takes_next(b':').then_some(())?;
                self.value(depth)?;
                len += 1;
                if !self.takes_next(b',') {
                    break;
                }
            }
            self.takes(b'}').then_some(())?;
        }
        self.entries[opened] = Entry::Group { end: self.end()?, len };
        Some(())
    }

    /// Past a bracket: the depth below it, and the place of what it opens.
    fn open(&mut self, depth: usize) -> Option<(usize, usize)> {
        let below = depth.checked_sub(1)?;
        let opened = self.entries.len();
        self.entries.push(Entry::Null);
        self.at += 1;
        Some((below, opened))
    }

    fn end(&self) -> Option<u32> {
        u32::try_from(self.entries.len()).ok()
    }

    /// The text whose quotation mark comes next.
    #[inline]
    fn text(&mut self) -> Option<()> {
        let begins = self.at;
        let ends = special(self.bytes, begins + 1);
        match self.bytes.get(ends)? {
            b'"' => {
                self.at = ends + 1;
                self.entries.push(Entry::Text(Cow::Borrowed(self.text.get(begins + 1..ends)?)));
                Some(())
            }
            b'\\' => self.escaped(begins, ends),
            // Control characters come only escaped.
            _ => None,
        }
    }

    /// The text that begins at `begins` and has its first escape at `escape`.
    #[cold]
    fn escaped(&mut self, begins: usize, escape: usize) -> Option<()> {
        let mut ends = escape;
        loop {
            match self.bytes.get(ends)? {
                b'"' => break,
                b'\\' => ends = special(self.bytes, ends + 2),
                _ => return None,
            }
        }
        self.at = ends + 1;
        let text: String = serde_json::from_str(self.text.get(begins..=ends)?).ok()?;
        self.has_nul |= text.contains('\0');
        self.entries.push(Entry::Text(Cow::Owned(text)));
        Some(())
    }

    fn number(&mut self) -> Option<Number> {
        let begins = self.at;
        let negative = self.takes(b'-');
        let digits_at = self.at;
        let mut digits = self.digits(0);
        let whole = self.at - digits_at;
        let zeros = self.bytes.get(digits_at) == Some(&b'0') && whole > 1;
        let mut fraction = 0;
        if self.takes(b'.') {
            let point = self.at;
            digits = self.digits(digits);
            fraction = self.at - point;
            (fraction > 0).then_some(())?;
        }
        let odd = matches!(self.peek(), Some(b'e' | b'E'));
        if odd || whole + fraction > SHORT || (fraction > 0 && digits > EXACT) || fraction >= POWERS.len() {
            return self.long(begins);
        }
        // INVARIANT: what was counted fits, so `digits` did not wrap.
        (whole > 0 && !zeros).then_some(())?;
        match (fraction, negative) {
            (0, false) => Some(digits.into()),
            (0, true) if digits == 0 => Number::from_f64(-0.0),
            (0, true) => match i64::try_from(digits) {
                Ok(digits) => Some((-digits).into()),
                Err(_) => self.long(begins),
            },
            (_, _) => {
                #[expect(clippy::cast_precision_loss, reason = "no more than 2^53")]
                let float = digits as f64 / POWERS[fraction];
                Number::from_f64(if negative { -float } else { float })
            }
        }
    }

    /// Takes the digits that come next as the last ones of `number`.
    fn digits(&mut self, mut number: u64) -> u64 {
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        number
    }

    #[cold]
    fn long(&mut self, begins: usize) -> Option<Number> {
        let belongs = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let rest = &self.bytes[begins..];
        let length = rest.iter().position(|byte| !belongs(byte)).unwrap_or(rest.len());
        self.at = begins + length;
        serde_json::from_str(self.text.get(begins..self.at)?).ok()
    }
}

/// The place, from `at` on, of the first quotation mark, backslash or control character; past the end without one.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    // Eight bytes at a time: the top bit of the first byte that is special is set, and of none before it.
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let is_zero = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
        let control = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
        let found = is_zero(word ^ (ONES * 0x22)) | is_zero(word ^ (ONES * 0x5c)) | control;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}
