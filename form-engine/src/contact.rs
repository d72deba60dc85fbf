//! Contacts: what in a submission names the customer.
//!
//! Knows how a mail address or a phone number is recognised and written one way; whose it is,
//! the server knows.

use serde::{Deserialize, Serialize};

/// What kind of identity a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// A mail address.
    Mail,
    /// A phone number.
    Phone,
    /// An id of another system.
    External,
}

impl IdentityKind {
    pub(crate) const NAMED: [(&'static str, Self); 3] =
        [("mail", Self::Mail), ("phone", Self::Phone), ("external", Self::External)];

    /// The word in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::External => "external",
        }
    }
}

/// One identity, written so that equal ones are equal texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// What it is.
    pub kind: IdentityKind,
    /// Mail in lower case; phone as `13800138000` (Chinese mobiles) or `+4420…`; external ids trimmed.
    pub value: String,
}

impl Identity {
    /// The identity that a text of this kind is, if it is one.
    pub fn read(kind: IdentityKind, text: &str) -> Option<Self> {
        let value = match kind {
            IdentityKind::Mail => mail(text)?,
            IdentityKind::Phone => phone(text)?,
            IdentityKind::External => Some(text.trim()).filter(|text| !text.is_empty())?.to_owned(),
        };
        Some(Self { kind, value })
    }

    /// A mail address or else a phone number.
    pub fn of_contact(text: &str) -> Option<Self> {
        Self::read(IdentityKind::Mail, text).or_else(|| Self::read(IdentityKind::Phone, text))
    }
}

/// A mail address in lower case: one `@`, a local part without blanks, a domain of letters, digits, dots and hyphens.
pub(crate) fn mail(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let local_fine = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| is_letter(c) || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| is_letter(c) || c == '-')
    };
    let domain_fine = domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label);
    (local_fine && domain_fine).then(|| text.to_ascii_lowercase())
}

/// A phone number without its decoration. Chinese mobiles lose their country code, so that `+86 138…` is `138…`.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let decoration = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '（' | '）' | '－');
    let mut digits = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        match c {
            '+' | '＋' if index == 0 => digits.push('+'),
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.push(char::from_digit(c as u32 - '０' as u32, 10)?),
            c if decoration(c) => {}
            _ => return None,
        }
    }
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    if let Some(rest) = digits.strip_prefix("+86").filter(|rest| is_chinese_mobile(rest)) {
        return Some(rest.to_owned());
    }
    let count = digits.trim_start_matches('+').len();
    (5..=15).contains(&count).then_some(digits)
}

/// Eleven digits starting with 13 to 19.
pub(crate) fn is_chinese_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.starts_with('1')
        && digits.as_bytes()[1] >= b'3'
}

/// Of any script: addresses are international (RFC 6531). Without Unicode's tables, which would weigh
/// more in a browser than everything else here.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !(c.is_ascii() || c.is_whitespace())
}
