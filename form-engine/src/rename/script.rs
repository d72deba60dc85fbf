//! Reads of a field in the text of a script: found by its tokens, rewritten in place.
//!
//! No parser: a script that does not compile is renamed as far as it can be read.

use crate::word::{ROOTS, is_identifier, is_reserved};

/// Functions whose second argument names a member of the first's rows.
const OVER_ROWS: [&str; 5] = ["sum", "count", "min", "max", "avg"];
/// Names that stand for something else than a field.
const TAKEN: [&str; 5] = ["In", "lookup", "_x", "active", "tables"];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Word,
    Text,
    Sign,
    Space,
}

#[derive(Clone, Copy)]
struct Token<'s> {
    kind: Kind,
    text: &'s str,
}

/// `target` are the names that lead to the field, `root` those that lead to the document.
pub(super) fn rename(script: &str, target: &[String], new: &str, root: &[&str], in_row: bool) -> String {
    let tokens = lex(script);
    let mut written: Vec<String> = tokens.iter().map(|token| token.text.to_owned()).collect();
    let Some(old) = target.last() else { return script.to_owned() };
    // What is not the document's own scope has to be named: `_event.data.x`.
    let bare = root == ["data"];
    for start in 0..tokens.len() {
        if tokens[start].kind != Kind::Word || is_member(&tokens, start) {
            continue;
        }
        if OVER_ROWS.contains(&tokens[start].text) && bare {
            over_rows(&tokens, start, target, new, &mut written);
        }
        // A function's name, or a member of a literal object.
        if matches!(after(&tokens, start).map(|at| tokens[at].text), Some("(" | ":")) {
            continue;
        }
        let chain = chain(&tokens, start);
        let names: Vec<&str> = chain.iter().map(|at| bare_text(tokens[*at])).collect();
        let rooted = names.len() > root.len() && names.starts_with(root);
        let own = if rooted { &names[root.len()..] } else { names.as_slice() };
        let skipped = names.len() - own.len();
        let hits =
            (rooted || bare) && own.len() >= target.len() && own.iter().zip(target).all(|(a, b)| a == b);
        let row = in_row && !rooted && own.first() == Some(&old.as_str());
        let at = match (hits, row) {
            (true, _) => chain[skipped + target.len() - 1],
            (false, true) => chain[0],
            (false, false) => continue,
        };
        let at_start = at == start;
        written[at] = match (tokens[at].kind, at_start) {
            (Kind::Text, _) => quoted(tokens[at].text, new),
            (_, true) if !is_plain(new) => format!("data[\"{new}\"]"),
            (_, false) if !is_plain(new) => {
                // `data.old` becomes `data["new-key"]`.
                if let Some(dot) = before(&tokens, at) {
                    written[dot] = written[dot].replace('.', "");
                }
                format!("[\"{new}\"]")
            }
            (_, _) => new.to_owned(),
        };
    }
    written.concat()
}

/// `sum(items, "price")`.
fn over_rows(tokens: &[Token<'_>], call: usize, target: &[String], new: &str, written: &mut [String]) {
    let step = |at: Option<usize>, sign: &str| at.filter(|at| tokens[*at].text == sign);
    let Some(open) = step(after(tokens, call), "(") else { return };
    let Some(first) = after(tokens, open).filter(|at| tokens[*at].kind == Kind::Word) else { return };
    let list = chain(tokens, first);
    let mut names: Vec<&str> = list.iter().map(|at| bare_text(tokens[*at])).collect();
    if names.len() > 1 && names[0] == "data" {
        names.remove(0);
    }
    let end = list.last().copied().unwrap_or(first);
    let end = match after(tokens, end) {
        Some(at) if tokens[at].text == "]" => at,
        Some(_) | None => end,
    };
    let Some(comma) = step(after(tokens, end), ",") else { return };
    let Some(text) = after(tokens, comma).filter(|at| tokens[*at].kind == Kind::Text) else { return };
    names.push(bare_text(tokens[text]));
    if names.len() == target.len() && names.iter().zip(target).all(|(a, b)| a == b) {
        written[text] = quoted(tokens[text].text, new);
    }
}

/// The tokens that name one member after another, from the word at `start`: `data.items[0]["price"]`.
fn chain(tokens: &[Token<'_>], start: usize) -> Vec<usize> {
    let mut found = vec![start];
    let mut end = start;
    while let Some(next) = after(tokens, end) {
        match tokens[next].text {
            "." | "?." => match after(tokens, next).filter(|at| tokens[*at].kind == Kind::Word) {
                Some(word) => {
                    found.push(word);
                    end = word;
                }
                None => break,
            },
            "[" | "?[" => {
                let Some(close) = closing(tokens, next) else { break };
                let inside = after(tokens, next).filter(|at| tokens[*at].kind == Kind::Text);
                if let Some(text) = inside
                    && after(tokens, text) == Some(close)
                {
                    found.push(text);
                }
                end = close;
            }
            _ => break,
        }
    }
    found
}

fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "[" | "?[" if token.kind == Kind::Sign => depth += 1,
            "]" if token.kind == Kind::Sign => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn after(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    (at + 1..tokens.len()).find(|next| tokens[*next].kind != Kind::Space)
}

fn before(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    (0..at).rev().find(|last| tokens[*last].kind != Kind::Space)
}

fn is_member(tokens: &[Token<'_>], at: usize) -> bool {
    before(tokens, at).is_some_and(|last| matches!(tokens[last].text, "." | "?."))
}

/// A text without its quotes.
fn bare_text<'s>(token: Token<'s>) -> &'s str {
    if token.kind == Kind::Text { token.text.trim_matches(['"', '\'', '`']) } else { token.text }
}

fn quoted(before: &str, new: &str) -> String {
    let sign = before.chars().next().unwrap_or('"');
    format!("{sign}{new}{sign}")
}

/// True when a script can say the name without quotes.
fn is_plain(name: &str) -> bool {
    is_identifier(name)
        && !is_reserved(name)
        && ![&ROOTS[..], &OVER_ROWS, &TAKEN].iter().any(|names| names.contains(&name))
}

fn lex(script: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = script;
    while let Some(sign) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let (kind, length) = if word(sign) {
            (Kind::Word, rest.find(|c: char| !word(c)).unwrap_or(rest.len()))
        } else if sign.is_whitespace() {
            (Kind::Space, rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()))
        } else if matches!(sign, '"' | '\'' | '`') {
            (Kind::Text, text_length(rest, sign))
        } else if rest.starts_with("?.") || rest.starts_with("?[") {
            (Kind::Sign, 2)
        } else {
            (Kind::Sign, sign.len_utf8())
        };
        let (text, tail) = rest.split_at(length);
        tokens.push(Token { kind, text });
        rest = tail;
    }
    tokens
}

fn text_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        if sign == quote && !escaped {
            return at + 1;
        }
        escaped = sign == '\\' && !escaped;
    }
    rest.len()
}
