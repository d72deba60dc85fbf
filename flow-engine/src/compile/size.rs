//! How large a document may be at all: looked at before anything is read, so that reading takes bounded time.

use form_engine::Problem;
use serde_json::Value;

use super::code;

/// Values in one document: members, items and texts. The flows of whole departments have a few thousand.
const MOST_VALUES: usize = 50_000;
/// Bytes of all its texts and member names; what a server takes as a draft.
const MOST_TEXT: usize = 512 << 10;
/// Lists and objects inside each other; what a parser takes, and what reading may recurse.
const DEEPEST: usize = 120;

/// Why the document is not even read; none when it may be.
pub(super) fn problem(document: &Value) -> Option<Problem> {
    let mut open: Vec<(&Value, usize)> = vec![(document, 0)];
    let (mut values, mut text) = (0, 0);
    while let Some((value, depth)) = open.pop() {
        values += 1;
        if values + open.len() > MOST_VALUES {
            return Some(refuse(format!("expected at most {MOST_VALUES} values")));
        }
        if depth > DEEPEST {
            return Some(refuse(format!("expected lists and objects at most {DEEPEST} deep")));
        }
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(words) => text += words.len(),
            Value::Array(items) if items.len() > MOST_VALUES => {
                return Some(refuse(format!("expected at most {MOST_VALUES} values")));
            }
            Value::Object(members) if members.len() > MOST_VALUES => {
                return Some(refuse(format!("expected at most {MOST_VALUES} values")));
            }
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => {
                text += members.keys().map(String::len).sum::<usize>();
                open.extend(members.values().map(|member| (member, depth + 1)));
            }
        }
        if text > MOST_TEXT {
            return Some(refuse(format!("expected at most {MOST_TEXT} bytes of text")));
        }
    }
    None
}

fn refuse(message: String) -> Problem {
    Problem::new(code::TOO_LARGE, "", message)
}
