//! From bytes to text: what spreadsheets and old systems write.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a file was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// With a byte order mark only: what spreadsheets call "Unicode text".
    Utf16,
    /// What Chinese spreadsheets write.
    Gb18030,
    /// What is left: every byte is a character.
    Latin1,
    /// A zipped spreadsheet.
    Xlsx,
}

impl Encoding {
    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB18030",
            Self::Latin1 => "ISO-8859-1",
            Self::Xlsx => "xlsx",
        }
    }
}

/// UTF-8 if it is, else GB18030 if it is, else Latin-1.
pub(super) fn decode(bytes: &[u8]) -> (String, Encoding) {
    for (mark, encoding) in [(&b"\xFF\xFE"[..], UTF_16LE), (&b"\xFE\xFF"[..], UTF_16BE)] {
        if bytes.starts_with(mark) {
            return (encoding.decode(bytes).0.into_owned(), Encoding::Utf16);
        }
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Encoding::Utf8);
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text.into_owned(), Encoding::Gb18030),
        None => (encoding_rs::mem::decode_latin1(bytes).into_owned(), Encoding::Latin1),
    }
}
