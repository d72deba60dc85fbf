//! Where in a JSON text a pointer points: the line an editor marks. Pure, and tolerant of broken texts.

use api_types::ProblemView;

/// The fault of a text that is no JSON, at its line; the path holds the line, since a broken text has no pointers.
#[must_use]
pub fn json_fault(text: &str) -> Option<ProblemView> {
    let fault = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let words = fault.to_string();
    let words = words.split(" at line ").next().unwrap_or_default().to_owned();
    Some(ProblemView {
        path: format!("line {}", fault.line().max(1)),
        code: "json".to_owned(),
        message: words,
    })
}

/// The line (from 1) of each problem.
#[must_use]
pub fn lines_of(text: &str, problems: &[ProblemView]) -> Vec<usize> {
    problems
        .iter()
        .map(|problem| {
            problem
                .path
                .strip_prefix("line ")
                .and_then(|line| line.parse().ok())
                .unwrap_or_else(|| line_of(text, &problem.path))
        })
        .collect()
}

/// The line (from 1) of the deepest part of `pointer` that exists.
#[must_use]
pub fn line_of(text: &str, pointer: &str) -> usize {
    let keys: Vec<String> =
        pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, found: 0 };
    scan.blank();
    scan.found = scan.at;
    scan.value(&keys);
    1 + text.as_bytes()[..scan.found.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// A walk along the text that only remembers where the wanted part begins.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    found: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Passes one value; true once the wanted part was in it.
    fn value(&mut self, keys: &[String]) -> bool {
        self.blank();
        match self.peek() {
            Some(b'{') => self.members(keys, true),
            Some(b'[') => self.members(keys, false),
            Some(b'"') => {
                self.text();
                false
            }
            Some(_) => {
                while self.peek().is_some_and(|byte| !b",]}".contains(&byte) && !byte.is_ascii_whitespace()) {
                    self.at += 1;
                }
                false
            }
            None => false,
        }
    }

    fn members(&mut self, keys: &[String], named: bool) -> bool {
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.blank();
            match self.peek() {
                None => return false,
                Some(b'}' | b']') => {
                    self.at += 1;
                    return false;
                }
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let start = self.at;
            let name = if named { self.name() } else { index.to_string() };
            index += 1;
            if keys.first() == Some(&name) {
                self.found = start;
                if keys.len() > 1 {
                    self.value(&keys[1..]);
                }
                return true;
            }
            if self.value(&[]) || self.at == start {
                return false;
            }
        }
    }

    /// A member's name and the colon after it.
    fn name(&mut self) -> String {
        let start = self.at;
        self.text();
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        let name = serde_json::from_slice::<String>(raw).unwrap_or_default();
        self.blank();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        name
    }

    fn text(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' | b'\n' => break,
                _ => {}
            }
        }
    }
}
