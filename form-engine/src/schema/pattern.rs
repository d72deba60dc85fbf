//! Patterns as every engine reads them.
//!
//! JSON Schema's patterns are ECMA-262's (core §6.4), and authors write them for browsers, whose engines also
//! read what Annex B of that standard allows: `[\w-.]`, `\Z`, `a{`. The validator's engine reads neither those
//! nor, in patterns that look around, `\d` and `.` as ECMA-262 means them. Here a pattern is written so that all
//! of them read the same. Used on the derived copy only; what is no pattern at all is left for the validator to refuse.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// `pattern`, or the same meaning in words that leave nothing to the engine.
pub(crate) fn portable(pattern: &str) -> Cow<'_, str> {
    let looks_around = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|group| pattern.contains(group))
        || pattern
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0] == b'\\' && matches!(pair[1], b'1'..=b'9' | b'k'));
    let mut writer = Writer {
        rest: pattern.chars().peekable(),
        written: String::with_capacity(pattern.len() + 8),
        looks_around,
    };
    writer.outside();
    if writer.written == pattern { Cow::Borrowed(pattern) } else { Cow::Owned(writer.written) }
}

const DIGITS: &str = "0-9";
const WORDS: &str = "A-Za-z0-9_";
/// WhiteSpace and LineTerminator of ECMA-262 §12.2 and §12.3.
const SPACES: &str = r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

struct Writer<'p> {
    rest: Peekable<Chars<'p>>,
    written: String,
    /// Such patterns reach the engine as they are, so classes are spelled out.
    looks_around: bool,
}

impl Writer<'_> {
    fn outside(&mut self) {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape(),
                '[' => self.class(),
                '.' if self.looks_around => self.written.push_str(r"[^\n\r\u2028\u2029]"),
                '{' if !self.counts() => self.written.push_str(r"\{"),
                other => self.written.push(other),
            }
        }
    }

    /// True when what follows a brace makes it a quantifier: `{2}`, `{2,}`, `{2,5}`.
    fn counts(&self) -> bool {
        let inside: Option<String> = {
            let text: String = self.rest.clone().take(24).collect();
            text.split_once('}').map(|(inside, _)| inside.to_owned())
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        inside.is_some_and(|inside| match inside.split_once(',') {
            Some((least, most)) => digits(least) && (most.is_empty() || digits(most)),
            None => digits(&inside),
        })
    }

    fn escape(&mut self) {
        let Some(c) = self.rest.next() else {
            self.written.push('\\');
            return;
        };
        match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' if self.looks_around => {
                let (negated, members) = spelled(c);
                self.written.push_str(if negated { "[^" } else { "[" });
                self.written.push_str(members);
                self.written.push(']');
            }
            // What authors from other languages mean; ECMA-262 has no such anchors.
            'A' => self.written.push('^'),
            'Z' | 'z' => self.written.push('$'),
            '0' => self.null(),
            'u' => self.unicode(),
            'p' | 'P' => self.named(c),
            other => self.same(other),
        }
    }

    /// `\p{Letter}`, `\u{1F600}`: the braces are the escape's own.
    fn named(&mut self, c: char) {
        self.written.extend(['\\', c]);
        if self.rest.peek() == Some(&'{') {
            for inside in self.rest.by_ref() {
                self.written.push(inside);
                if inside == '}' {
                    return;
                }
            }
        }
    }

    /// An escape that stands for itself, unless it has a meaning everywhere.
    fn same(&mut self, c: char) {
        let syntax = "^$\\.*+?()[]{}|/-".contains(c);
        if syntax || c.is_ascii_alphanumeric() {
            self.written.push('\\');
        }
        self.written.push(c);
    }

    /// `\0`, unless digits follow, which nobody agrees on.
    fn null(&mut self) {
        let octal = self.rest.peek().is_some_and(char::is_ascii_digit);
        self.written.push_str(if octal { r"\0" } else { r"\x00" });
    }

    /// `\uD83D\uDE00` is one character.
    fn unicode(&mut self) {
        let pair: String = self.rest.clone().take(10).collect();
        let unit = |text: Option<&str>| u16::from_str_radix(text?, 16).ok();
        let (high, low) = (unit(pair.get(..4)), unit(pair.get(6..10)));
        let joined = pair.get(4..6) == Some(r"\u");
        if let (Some(high), Some(low), true) = (high, low, joined)
            && let Some(Ok(c)) = char::decode_utf16([high, low]).next()
            && c.len_utf16() == 2
        {
            self.written.push(c);
            self.rest.by_ref().nth(9);
            return;
        }
        self.named('u');
    }

    fn class(&mut self) {
        let negated = self.rest.next_if_eq(&'^').is_some();
        if self.rest.next_if_eq(&']').is_some() {
            // ECMA-262: `[]` is no character, `[^]` any.
            self.written.push_str(if negated { r"[\s\S]" } else { "(?!)" });
            return;
        }
        self.written.push_str(if negated { "[^" } else { "[" });
        let (mut first, mut set) = (true, false);
        while let Some(c) = self.rest.next() {
            match c {
                ']' => {
                    self.written.push(']');
                    return;
                }
                '\\' => set = self.class_escape(),
                // Beside a set a hyphen is itself (Annex B.1.2): `[\w-.]`, `[a-\d]`.
                '-' if !first && (set || self.set_follows()) && self.rest.peek() != Some(&']') => {
                    self.written.push_str(r"\-");
                    set = false;
                }
                other => {
                    self.written.push(other);
                    set = false;
                }
            }
            first = false;
        }
    }

    fn set_follows(&self) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next() == Some('\\') && ahead.next().is_some_and(|c| "dDwWsS".contains(c))
    }

    /// True when the escape was a set of characters.
    fn class_escape(&mut self) -> bool {
        let Some(c) = self.rest.next() else {
            self.written.push('\\');
            return false;
        };
        match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
                match spelled(c) {
                    (false, members) if self.looks_around => self.written.push_str(members),
                    (_, _) => self.written.extend(['\\', c]),
                }
                true
            }
            'b' => {
                self.written.push_str(r"\x08");
                false
            }
            '0' => {
                self.null();
                false
            }
            'u' => {
                self.unicode();
                false
            }
            'p' | 'P' => {
                self.named(c);
                true
            }
            other => {
                self.same(other);
                false
            }
        }
    }
}

/// Whether the set is negated, and its members.
fn spelled(letter: char) -> (bool, &'static str) {
    match letter {
        'd' => (false, DIGITS),
        'D' => (true, DIGITS),
        'w' => (false, WORDS),
        'W' => (true, WORDS),
        's' => (false, SPACES),
        _ => (true, SPACES),
    }
}
