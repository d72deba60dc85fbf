//! What may stand in a script, checked word by word before rhai's parser sees it.
//!
//! It also makes every number a float (so `7/2` is 3.5, whoever wrote the 7), lets texts stand in
//! single quotes, hands the active states to `In` and the tables to `lookup`, and notes which
//! names are read and which functions called.

use super::ScriptError;
use crate::word::{ACTIVE, TABLES, is_reserved};

const SYMBOLS: [&str; 36] = [
    "..", "<<", ">>", "!in", "**", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "?[", "=>", "#{", "+",
    "-", "*", "/", "%", "<", ">", "!", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|", "_", "$",
];

/// Words of rhai that expressions may hold.
const WORDS: [&str; 6] = ["true", "false", "if", "else", "switch", "in"];

/// A place where the rewritten source is longer than the original.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    line: usize,
    /// Column of the rewritten line from which `by` more characters stand.
    column: usize,
    by: isize,
}

/// The column of the source as written.
pub(super) fn original_column(edits: &[Edit], line: usize, column: usize) -> usize {
    let moved: isize =
        edits.iter().filter(|edit| edit.line == line && edit.column <= column).map(|edit| edit.by).sum();
    column.saturating_add_signed(-moved).max(1)
}

#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub(super) source: String,
    pub(super) edits: Vec<Edit>,
    pub(super) calls: Vec<(String, (usize, usize))>,
    pub(super) reads: Vec<String>,
}

pub(super) fn lex(source: &str) -> Result<Lexed, ScriptError> {
    let mut lexer = Lexer {
        rest: source,
        line: 1,
        column: 1,
        written: 1,
        before: Before::Start,
        lexed: Lexed::default(),
    };
    while lexer.token()? {}
    Ok(lexer.lexed)
}

/// What stands before the next token, as far as its meaning depends on it.
#[derive(Clone, PartialEq)]
enum Before {
    Start,
    /// Something with a value: a name, a text, a closing bracket.
    Value,
    /// The word `data`, whose next property is a field.
    Data,
    /// `data.` or `data[`.
    DataProperty,
    /// `.` or `?.`: the next word is a property or a method.
    Dot,
    /// `[` after a value: an index, whose plain number stays whole.
    Index,
    Operator,
}

struct Lexer<'s> {
    rest: &'s str,
    line: usize,
    column: usize,
    /// Column in the rewritten line.
    written: usize,
    before: Before,
    lexed: Lexed,
}

impl Lexer<'_> {
    fn token(&mut self) -> Result<bool, ScriptError> {
        let Some(first) = self.rest.chars().next() else { return Ok(false) };
        if first.is_whitespace() {
            let len = self.rest.find(|c: char| !c.is_whitespace()).unwrap_or(self.rest.len());
            self.copy(len);
        } else if self.rest.starts_with("//") || self.rest.starts_with("/*") {
            return Err(self.refuse("a script holds no comments"));
        } else if first == '"' || first == '\'' {
            self.text(first)?;
        } else if first.is_ascii_digit() {
            self.number()?;
        } else if first.is_alphabetic() || first == '_' {
            self.word()?;
        } else {
            self.symbol()?;
        }
        Ok(true)
    }

    fn text(&mut self, quote: char) -> Result<(), ScriptError> {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let closes = *c == quote && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        });
        let Some((end, _)) = end else { return Err(self.refuse("a text never closes")) };
        let inner = &self.rest[1..end];
        if inner.contains('\n') {
            return Err(self.refuse("a text stays on one line"));
        }
        if self.before == Before::DataProperty {
            self.read(inner.to_owned());
        }
        let rewritten =
            if quote == '\'' { inner.replace("\\'", "'").replace('"', "\\\"") } else { inner.to_owned() };
        self.replace(end + 1, &format!("\"{rewritten}\""));
        self.before = Before::Value;
        Ok(())
    }

    fn number(&mut self) -> Result<(), ScriptError> {
        let mut end = 0;
        let bytes = self.rest.as_bytes();
        while end < bytes.len() {
            let exponent_sign = matches!(bytes[end], b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
            let point = bytes[end] == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !(bytes[end].is_ascii_alphanumeric() || bytes[end] == b'_' || exponent_sign || point) {
                break;
            }
            end += 1;
        }
        let written = self.rest[..end].replace('_', "");
        let Some(number) = written.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            let message = format!("`{}` is not a number", &self.rest[..end]);
            return Err(self.refuse(message));
        };
        let whole = self.before == Before::Index && written.bytes().all(|byte| byte.is_ascii_digit());
        self.replace(end, &if whole { written } else { format!("{number:?}") });
        self.before = Before::Value;
        Ok(())
    }

    fn word(&mut self) -> Result<(), ScriptError> {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let word = self.rest[..end].to_owned();
        let called = self.rest[end..].trim_start().starts_with('(');
        let property = matches!(self.before, Before::Dot | Before::DataProperty) && !called;
        if property {
            if self.before == Before::DataProperty {
                self.read(word.clone());
            }
            self.property(&word);
            self.before = Before::Value;
            return Ok(());
        }
        if word == ACTIVE
            || word == TABLES
            || (is_reserved(&word) && !WORDS.contains(&word.as_str()) && word != "_")
        {
            return Err(self.refuse(format!("`{word}` cannot be used here")));
        }
        let keyword = WORDS.contains(&word.as_str()) || word == "_";
        let position = (self.line, self.column);
        self.copy(end);
        if called && !keyword {
            self.call(word, position);
        } else if keyword {
            self.before =
                if matches!(word.as_str(), "true" | "false") { Before::Value } else { Before::Operator };
        } else if word == "data" {
            self.before = Before::Data;
        } else {
            self.read(word);
            self.before = Before::Value;
        }
        Ok(())
    }

    /// A property; one that rhai reserves is written as an index, `["case"]` for `.case`.
    fn property(&mut self, word: &str) {
        if !is_reserved(word) || !self.lexed.source.ends_with('.') {
            return self.copy(word.len());
        }
        self.lexed.source.pop();
        self.written -= 1;
        self.replace(word.len(), &format!("[\"{word}\"]"));
        if let Some(edit) = self.lexed.edits.last_mut() {
            edit.by -= 1;
        }
    }

    /// A call of `In` or `lookup` is given what it looks into.
    fn call(&mut self, name: String, position: (usize, usize)) {
        let given = match name.as_str() {
            "In" => Some(ACTIVE),
            "lookup" => Some(TABLES),
            _ => None,
        };
        self.lexed.calls.push((name, position));
        self.before = Before::Operator;
        let Some(given) = given.filter(|_| self.lexed.source.is_char_boundary(self.lexed.source.len()))
        else {
            return;
        };
        let blank = self.rest.len() - self.rest.trim_start().len();
        self.copy(blank + 1);
        let bare = self.rest.trim_start().starts_with(')');
        self.replace(0, &if bare { given.to_owned() } else { format!("{given}, ") });
    }

    fn symbol(&mut self) -> Result<(), ScriptError> {
        let found = SYMBOLS.iter().find(|symbol| self.rest.starts_with(**symbol));
        let refused = ["|", "_", "$", "<<", ">>", ".."];
        let Some(symbol) = found.filter(|symbol| !refused.contains(symbol) || self.rest.starts_with("||"))
        else {
            let character = self.rest.chars().next().unwrap_or(' ');
            return Err(self.refuse(format!("`{character}` cannot be used in an expression")));
        };
        let of_data = self.before == Before::Data;
        let of_value = matches!(self.before, Before::Value | Before::Data);
        self.copy(symbol.len());
        self.before = match *symbol {
            "." | "?." if of_data => Before::DataProperty,
            "[" | "?[" if of_data => Before::DataProperty,
            "." | "?." => Before::Dot,
            "[" if of_value => Before::Index,
            "?[" => Before::Index,
            ")" | "]" | "}" => Before::Value,
            "-" if self.before == Before::Index => Before::Index,
            _ => Before::Operator,
        };
        Ok(())
    }

    fn read(&mut self, name: String) {
        if !self.lexed.reads.contains(&name) {
            self.lexed.reads.push(name);
        }
    }

    /// Takes `len` bytes over as they are.
    fn copy(&mut self, len: usize) {
        let (taken, rest) = self.rest.split_at(len);
        self.lexed.source.push_str(taken);
        for c in taken.chars() {
            if c == '\n' {
                (self.line, self.column, self.written) = (self.line + 1, 1, 1);
            } else {
                (self.column, self.written) = (self.column + 1, self.written + 1);
            }
        }
        self.rest = rest;
    }

    /// Writes `text` for the next `len` bytes, which hold no line break.
    fn replace(&mut self, len: usize, text: &str) {
        let (taken, rest) = self.rest.split_at(len);
        let (was, is) = (taken.chars().count(), text.chars().count());
        self.lexed.source.push_str(text);
        self.column += was;
        self.written += is;
        if was != is {
            let by = is.cast_signed() - was.cast_signed();
            self.lexed.edits.push(Edit { line: self.line, column: self.written, by });
        }
        self.rest = rest;
    }

    fn refuse(&self, message: impl Into<String>) -> ScriptError {
        ScriptError::new(message, Some((self.line, self.column)))
    }
}
