//! What only one control needs, as the author wrote it beside that control.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::reader::Reader;
use crate::field::{Branch, Detail, FieldKind, Files, RecordLink, Reset, Serial};
use crate::{Condition, Text, pointer};

/// Steps of a cascade.
const MAX_STEPS: usize = 8;
/// Options of a cascade in all: the districts of China are 3,000.
const MAX_BRANCHES: usize = 10_000;

/// Each member, and the controls it belongs to.
const OWNERS: [(&str, &[FieldKind]); 5] = [
    ("tree", &[FieldKind::Cascade]),
    ("version", &[FieldKind::Consent]),
    ("serial", &[FieldKind::SerialNumber]),
    ("record", &[FieldKind::LinkedRecord]),
    ("files", &[FieldKind::File, FieldKind::Image]),
];
/// Controls that cannot do without theirs.
const NEEDED: [(FieldKind, &str); 3] =
    [(FieldKind::Cascade, "tree"), (FieldKind::SerialNumber, "serial"), (FieldKind::LinkedRecord, "record")];

pub(super) fn read(
    reader: &mut Reader,
    members: &Map<String, Value>,
    control: Option<FieldKind>,
    path: &str,
) -> Detail {
    let mut detail = Detail::None;
    for (name, owners) in OWNERS {
        let Some(value) = members.get(name) else { continue };
        let at = pointer::join(path, name);
        if !control.is_some_and(|control| owners.contains(&control)) {
            let words: Vec<&str> = owners.iter().map(|owner| owner.control()).collect();
            let message = format!("`{name}` belongs to control `{}`", words.join("` or `"));
            reader.problem("form.member_misplaced", at, message);
            continue;
        }
        detail = match name {
            "tree" => read_tree(reader, value, &at),
            "version" => read_version(reader, value, &at),
            "serial" => read_serial(reader, value, &at),
            "record" => read_record(reader, value, &at),
            _ => read_files(reader, value, &at),
        };
    }
    for (kind, name) in NEEDED {
        if control == Some(kind) && !members.contains_key(name) {
            let message = format!("control `{}` needs a `{name}`", kind.control());
            reader.problem("form.member_missing", pointer::join(path, name), message);
        }
    }
    detail
}

fn read_tree(reader: &mut Reader, value: &Value, path: &str) -> Detail {
    let mut left = MAX_BRANCHES;
    let tree = read_branches(reader, value, path, MAX_STEPS, &mut left);
    if tree.is_empty() && reader.problems.is_empty() {
        reader.problem("form.shape", path, "a cascade needs at least one option");
    }
    Detail::Tree(tree)
}

fn read_branches(
    reader: &mut Reader,
    value: &Value,
    path: &str,
    steps: usize,
    left: &mut usize,
) -> Vec<Branch> {
    let Some(items) = reader.list(value, path) else { return Vec::new() };
    if steps == 0 || items.len() > *left {
        let message = format!("a cascade has at most {MAX_STEPS} steps and {MAX_BRANCHES} options");
        reader.problem("form.cascade_size", path, message);
        return Vec::new();
    }
    *left -= items.len();
    let mut branches: Vec<Branch> = Vec::with_capacity(items.len());
    let mut known = std::collections::HashSet::new();
    for (index, item) in items.iter().enumerate() {
        let at = pointer::join(path, index);
        let Some(members) = reader.object(item, &at) else { continue };
        reader.only(members, &["value", "label", "children"], &at);
        let Some(code) = members.get("value").and_then(Value::as_str).filter(|code| !code.is_empty()) else {
            reader.problem(
                "form.member_missing",
                pointer::join(&at, "value"),
                "an option needs a `value`, a text",
            );
            continue;
        };
        if !known.insert(code) {
            let message = format!("`{code}` is offered twice in one step");
            reader.problem("form.option_twice", pointer::join(&at, "value"), message);
        }
        let label = members.get("label").and_then(|label| reader.text(label, &pointer::join(&at, "label")));
        let below = members.get("children").map(|children| {
            read_branches(reader, children, &pointer::join(&at, "children"), steps - 1, left)
        });
        branches.push(Branch {
            value: code.to_owned(),
            label: label.unwrap_or_else(|| Text::from(code)),
            below: below.unwrap_or_default(),
        });
    }
    branches
}

fn read_version(reader: &mut Reader, value: &Value, path: &str) -> Detail {
    let Some(version) = reader.string(value, path) else { return Detail::None };
    if version.trim().is_empty() || version.trim() != version || version.len() > 100 {
        reader.problem(
            "form.shape",
            path,
            "a version has 1 to 100 characters, none of them a space at an end",
        );
    }
    Detail::Version(version.to_owned())
}

fn read_serial(reader: &mut Reader, value: &Value, path: &str) -> Detail {
    let Some(members) = reader.object(value, path) else { return Detail::None };
    reader.only(members, &["pattern", "reset"], path);
    let words =
        [("never", Reset::Never), ("year", Reset::Year), ("month", Reset::Month), ("day", Reset::Day)];
    let reset = reader.one_of(members.get("reset"), &pointer::join(path, "reset"), &words);
    let at = pointer::join(path, "pattern");
    let Some(pattern) = members.get("pattern") else {
        reader.problem("form.member_missing", at, "a serial number needs a `pattern`");
        return Detail::None;
    };
    let Some(pattern) = reader.string(pattern, &at) else { return Detail::None };
    match Serial::parse(pattern, reset.unwrap_or(Reset::Never)) {
        Ok(serial) => Detail::Serial(serial),
        Err(message) => {
            reader.problem("form.serial_pattern", at, message);
            Detail::None
        }
    }
}

fn read_record(reader: &mut Reader, value: &Value, path: &str) -> Detail {
    let Some(members) = reader.object(value, path) else { return Detail::None };
    reader.only(members, &["form", "label", "where", "fill"], path);
    let form = reader.key(members.get("form"), &pointer::join(path, "form"));
    let label = members.get("label").and_then(|label| reader.pointer(label, &pointer::join(path, "label")));
    let at = pointer::join(path, "where");
    let filter = members.get("where").and_then(|filter| match Condition::parse(filter, &at) {
        Ok(filter) => Some(filter),
        Err(problems) => {
            reader.problems.extend(problems);
            None
        }
    });
    let at = pointer::join(path, "fill");
    let mut fill = IndexMap::new();
    for (target, source) in
        members.get("fill").and_then(|fill| reader.object(fill, &at)).into_iter().flatten()
    {
        let place = pointer::join(&at, target);
        if !pointer::is_pointer(target) || target.is_empty() {
            let message = format!("`{target}` is no JSON Pointer of a field");
            reader.problem("form.pointer", place.clone(), message);
        }
        if let Some(source) = reader.pointer(source, &place) {
            fill.insert(target.clone(), source);
        }
    }
    Detail::Record(RecordLink { form, label, filter, fill })
}

fn read_files(reader: &mut Reader, value: &Value, path: &str) -> Detail {
    let Some(members) = reader.object(value, path) else { return Detail::None };
    reader.only(members, &["accept", "max_bytes"], path);
    let at = pointer::join(path, "accept");
    let accept = members.get("accept").and_then(|accept| reader.list(accept, &at)).into_iter().flatten();
    let mut read = Vec::new();
    for (index, word) in accept.enumerate() {
        let place = pointer::join(&at, index);
        let Some(word) = reader.string(word, &place) else { continue };
        let fine = |c: char| c.is_ascii_alphanumeric() || "/.+-*_".contains(c);
        if (word.starts_with('.') || word.contains('/')) && word.chars().all(fine) {
            read.push(word.to_owned());
        } else {
            let message =
                format!("`{word}` is neither a media type such as `image/png` nor an ending such as `.csv`");
            reader.problem("form.shape", place, message);
        }
    }
    let at = pointer::join(path, "max_bytes");
    let max_bytes = members.get("max_bytes").and_then(|most| {
        let bytes = most.as_u64().filter(|bytes| *bytes > 0);
        if bytes.is_none() {
            reader.problem("form.shape", at, format!("expected a number of bytes, found `{most}`"));
        }
        bytes
    });
    Detail::Files(Files { accept: read, max_bytes })
}
