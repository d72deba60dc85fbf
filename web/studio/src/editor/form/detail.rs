//! What only some kinds have beside their schema: steps, patterns, records, limits of files, formulas, rows.

use form_engine::{FieldKind, pointer};
use serde_json::{Map, Value, json};

use super::words::{in_all, in_all_filled, in_one, text_in};
use super::{kinds, layout, member, options, rules, schema};
use crate::editor::order::Place;
use crate::i18n::designer as m;

/// Deepest cascade.
const STEPS: usize = 8;

/// What only some kinds have.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Steps of a cascade as lines: indented, or as paths with `/`; their labels are in `language`.
    Tree { lines: String, language: String },
    /// How numbers are made, and when they begin anew.
    Serial { pattern: String, reset: String },
    /// Whose records are offered, what of them is read, and which of them.
    Record { form: String, label: Option<String>, filter: Option<Value> },
    /// Media types or endings taken, and the most bytes.
    Files { accept: Vec<String>, max_bytes: Option<u64> },
    /// Which text was agreed to.
    Version(String),
    /// What is computed.
    Formula(String),
}

impl Detail {
    /// Told apart for undo.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Tree { .. } => "tree",
            Self::Serial { .. } => "serial",
            Self::Record { .. } => "record",
            Self::Files { .. } => "files",
            Self::Version(_) => "version",
            Self::Formula(_) => "formula",
        }
    }
}

/// Writes a detail; a field that is asked in another way has no place for it.
pub(super) fn set(draft: &mut Value, field: &str, detail: &Detail) -> bool {
    if let Detail::Formula(script) = detail {
        return rules::compute(draft, field, json!({ "script": script }));
    }
    let tree = match detail {
        Detail::Tree { lines, language } => {
            let before = layout::item(draft, field).and_then(|item| item.get("tree")).cloned();
            let before = before.and_then(|tree| tree.as_array().cloned()).unwrap_or_default();
            Some(branches(draft, &steps(lines), &before, language, STEPS))
        }
        Detail::Serial { .. } | Detail::Record { .. } | Detail::Files { .. } | Detail::Version(_) => None,
        Detail::Formula(_) => return false,
    };
    let Some(item) = layout::item_mut(draft, field) else { return false };
    match detail {
        Detail::Tree { .. } => {
            let Some(tree) = tree.filter(|tree| !tree.is_empty()) else { return false };
            item.insert("tree".to_owned(), tree.into());
        }
        Detail::Serial { pattern, reset } => {
            item.insert("serial".to_owned(), json!({ "pattern": pattern, "reset": reset }));
        }
        Detail::Record { form, label, filter } => {
            let record = item.entry("record").or_insert_with(|| json!({}));
            let Some(record) = record.as_object_mut() else { return false };
            record.insert("form".to_owned(), form.as_str().into());
            put(record, "label", label.as_ref().map(|label| label.as_str().into()));
            put(record, "where", filter.clone());
        }
        Detail::Files { accept, max_bytes } => {
            let mut files = Map::new();
            put(&mut files, "accept", (!accept.is_empty()).then(|| json!(accept)));
            put(&mut files, "max_bytes", max_bytes.filter(|bytes| *bytes > 0).map(Value::from));
            put(item, "files", (!files.is_empty()).then_some(Value::Object(files)));
        }
        Detail::Version(version) => {
            let version = version.trim();
            put(item, "version", (!version.is_empty()).then(|| version.into()));
        }
        Detail::Formula(_) => return false,
    }
    if let Detail::Version(version) = detail {
        // The answer is the version agreed to, or just yes.
        let kind = if version.trim().is_empty() { "boolean" } else { "string" };
        if let Some(property) = schema::property_mut(draft, field).and_then(Value::as_object_mut) {
            property.insert("type".to_owned(), kind.into());
        }
    }
    true
}

fn put(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            members.insert(name.to_owned(), value);
        }
        None => {
            members.shift_remove(name);
        }
    }
}

/// What a new question of a kind cannot do without.
pub(super) fn dress(draft: &mut Value, field: &str, kind: FieldKind) {
    let has =
        |draft: &Value, name: &str| layout::item(draft, field).is_some_and(|item| item.get(name).is_some());
    let is = |own: FieldKind| kind == own;
    if is(FieldKind::Cascade) && !has(draft, "tree") {
        let tree = stock_tree(draft);
        insert(draft, field, "tree", tree);
    }
    if is(FieldKind::SerialNumber) {
        schema::require(draft, field, false);
        if !has(draft, "serial") {
            let serial = json!({ "pattern": "{yyyy}{MM}{dd}-{n:4}", "reset": "day" });
            insert(draft, field, "serial", serial);
        }
    }
    if is(FieldKind::LinkedRecord) && !has(draft, "record") {
        let form = draft.get("key").cloned().unwrap_or_default();
        insert(draft, field, "record", json!({ "form": form }));
    }
    if is(FieldKind::Formula) && rules::computed(draft, field).is_none() {
        rules::compute(draft, field, json!({ "script": "0" }));
    }
    if is(FieldKind::Matrix) {
        for (index, path) in members(draft, field).into_iter().enumerate() {
            let title = in_all_filled(draft, m::ROW_N, &[("n", &(index + 1).to_string())]);
            insert(draft, &path, "title", title);
        }
        if schema::is_required(draft, field) {
            require(draft, field, true);
        }
    }
}

/// Two options, the first with two below it.
fn stock_tree(draft: &Value) -> Value {
    json!([
        { "value": "option_1", "label": in_all(draft, m::OPTION_1), "children": [
            { "value": "option_1_1", "label": in_all(draft, m::STEP_1_1) },
            { "value": "option_1_2", "label": in_all(draft, m::STEP_1_2) },
        ] },
        { "value": "option_2", "label": in_all(draft, m::OPTION_2) },
    ])
}

fn insert(draft: &mut Value, field: &str, name: &str, value: Value) {
    if let Some(item) = layout::item_mut(draft, field) {
        item.insert(name.to_owned(), value);
    }
}

/// Where the fields inside a matrix (its rows) or a sub-form (its columns) hang in the schema.
fn inside(draft: &Value, field: &str) -> String {
    let rows = schema::property(draft, field).is_some_and(|property| property.get("items").is_some());
    if rows { format!("{field}/*") } else { field.to_owned() }
}

/// The fields inside a matrix or a sub-form, in order.
#[must_use]
pub fn members(draft: &Value, field: &str) -> Vec<String> {
    let inside = inside(draft, field);
    let properties =
        schema::property(draft, &inside).and_then(|holder| holder.get("properties")?.as_object());
    properties.into_iter().flat_map(Map::keys).map(|key| pointer::join(&inside, key)).collect()
}

/// True for a group that is asked as a table.
pub(super) fn is_matrix(draft: &Value, field: &str) -> bool {
    let control = layout::item(draft, field).and_then(|item| item.get("control"));
    control.is_some_and(|word| word == FieldKind::Matrix.control())
}

/// Asks for an answer, or not; a matrix asks for one in each row.
pub(super) fn require(draft: &mut Value, field: &str, on: bool) -> bool {
    if is_matrix(draft, field) {
        for row in members(draft, field) {
            schema::require(draft, &row, on);
        }
    }
    schema::require(draft, field, on)
}

/// Adds a row to a matrix or a column to a sub-form.
pub(super) fn add_member(draft: &mut Value, field: &str, label: &str, language: &str) -> bool {
    layout::settle(draft);
    let matrix = is_matrix(draft, field);
    let inside = inside(draft, field);
    let model = if matrix {
        let first = members(draft, field).first().and_then(|first| schema::property(draft, first).cloned());
        first.unwrap_or_else(|| (kinds::offer(FieldKind::Single).schema)())
    } else {
        (kinds::offer(FieldKind::Text).schema)()
    };
    let stem = if matrix { "row" } else { "column" };
    let Some(holder) = schema::property_mut(draft, &inside) else { return false };
    let properties = member(holder, "properties", json!({})).as_object_mut().expect("made an object above");
    let numbers = (properties.len() + 1..).map(|number| format!("{stem}_{number}"));
    let key = numbers.into_iter().find(|key| !properties.contains_key(key)).expect("numbers do not end");
    properties.insert(key.clone(), model);
    let path = pointer::join(&inside, &key);
    let title = in_one(draft, language, label);
    insert(draft, &path, "title", title);
    if matrix && schema::is_required(draft, field) {
        schema::require(draft, &path, true);
    }
    true
}

/// Makes the rows or columns these lines; those whose label stays keep their key.
pub(super) fn set_members(draft: &mut Value, field: &str, labels: &[String], language: &str) -> bool {
    layout::settle(draft);
    let before = members(draft, field);
    let title = |draft: &Value, path: &str| {
        layout::item(draft, path)
            .and_then(|item| Some(text_in(item.get("title")?, language)))
            .unwrap_or_default()
    };
    let mut kept: Vec<String> = Vec::new();
    for label in labels.iter().map(|label| label.trim()).filter(|label| !label.is_empty()) {
        let known = before.iter().find(|path| title(draft, path) == label && !kept.contains(path)).cloned();
        let path = known.or_else(|| {
            add_member(draft, field, label, language).then(|| members(draft, field).pop()).flatten()
        });
        kept.extend(path);
    }
    if kept.is_empty() {
        return false;
    }
    for gone in before.iter().filter(|path| !kept.contains(path)) {
        schema::remove(draft, gone);
        layout::remove(draft, gone);
        rules::forget(draft, gone);
    }
    let inside = inside(draft, field);
    let properties =
        schema::property_mut(draft, &inside).and_then(|holder| holder.get_mut("properties")?.as_object_mut());
    if let Some(properties) = properties {
        let keys: Vec<String> = kept
            .iter()
            .filter_map(|path| Some(pointer::unescape(path.rsplit('/').next()?).into_owned()))
            .collect();
        let mut old = std::mem::take(properties);
        *properties =
            keys.into_iter().filter_map(|key| old.shift_remove(&key).map(|schema| (key, schema))).collect();
    }
    true
}

/// Adds a sub-form with two columns.
pub(super) fn add_rows(draft: &mut Value, at: Place) -> bool {
    layout::settle(draft);
    let schema = json!({ "type": "array", "minItems": 1, "maxItems": 20, "items": { "type": "object", "properties": {
        "item": { "type": "string", "maxLength": 200 }, "count": { "type": "number" } } } });
    let Some(key) = schema::insert(draft, "rows", schema) else { return false };
    let field = pointer::join("", &key);
    let title = in_all(draft, m::ASK_ROWS);
    layout::insert(
        draft,
        at,
        json!({ "field": field, "title": title, "items": [
        { "field": format!("{field}/*/item"), "control": "text", "title": in_all(draft, m::COLUMN_ITEM) },
        { "field": format!("{field}/*/count"), "control": "number", "title": in_all(draft, m::COLUMN_COUNT) },
    ] }),
    );
    true
}

/// Adds words between questions.
pub(super) fn add_text(draft: &mut Value, at: Place) -> bool {
    layout::settle(draft);
    let text = in_all(draft, m::BLOCK_STOCK);
    layout::insert(draft, at, json!({ "text": text }));
    true
}

/// A step: its label and what is below it.
#[derive(Debug, Default)]
struct Step {
    label: String,
    below: Vec<Step>,
}

/// Lines as steps: `省/市/区`, or deeper with more spaces before.
fn steps(lines: &str) -> Vec<Step> {
    let mut tree: Vec<Step> = Vec::new();
    // How far each open step is indented.
    let mut open: Vec<(usize, String)> = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let text = line.trim();
        if text.contains(['/', '／']) {
            let path: Vec<String> = text
                .split(['/', '／'])
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect();
            grow(&mut tree, &path);
            open.clear();
            continue;
        }
        let indent: usize = line
            .chars()
            .take_while(|sign| sign.is_whitespace())
            .map(|sign| if sign == '\t' { 4 } else { 1 })
            .sum();
        while open.last().is_some_and(|(own, _)| *own >= indent) {
            open.pop();
        }
        open.push((indent, text.to_owned()));
        let path: Vec<String> = open.iter().map(|(_, label)| label.clone()).collect();
        grow(&mut tree, &path);
    }
    tree
}

fn grow(level: &mut Vec<Step>, path: &[String]) {
    let Some((first, rest)) = path.split_first() else { return };
    let at = level.iter().position(|step| step.label == *first).unwrap_or_else(|| {
        level.push(Step { label: first.clone(), below: Vec::new() });
        level.len() - 1
    });
    grow(&mut level[at].below, rest);
}

/// Steps as the layout writes them; those whose label stays keep their code and their other languages.
fn branches(draft: &Value, steps: &[Step], before: &[Value], language: &str, left: usize) -> Vec<Value> {
    if left == 0 {
        return Vec::new();
    }
    let mut taken: Vec<String> = Vec::new();
    let mut made = Vec::new();
    for step in steps {
        let label_of = |branch: &Value| {
            branch
                .get("label")
                .or(branch.get("value"))
                .map(|label| text_in(label, language))
                .unwrap_or_default()
        };
        let known = before.iter().find(|branch| label_of(branch) == step.label);
        let code = known.and_then(|branch| branch.get("value")?.as_str().map(str::to_owned));
        let stem = code.unwrap_or_else(|| step.label.clone());
        let code = if taken.contains(&stem) { format!("{stem} ({})", taken.len()) } else { stem };
        let label = known.and_then(|branch| branch.get("label").cloned());
        let mut branch =
            json!({ "value": code, "label": label.unwrap_or_else(|| in_one(draft, language, &step.label)) });
        let inner = known.and_then(|branch| branch.get("children")?.as_array().cloned()).unwrap_or_default();
        let below = branches(draft, &step.below, &inner, language, left - 1);
        if let Some(members) = branch.as_object_mut().filter(|_| !below.is_empty()) {
            members.insert("children".to_owned(), below.into());
        }
        taken.push(code);
        made.push(branch);
    }
    made
}

/// A cascade as indented lines.
#[must_use]
pub fn tree_lines(draft: &Value, field: &str, language: &str) -> String {
    fn write(branches: &[Value], depth: usize, language: &str, lines: &mut Vec<String>) {
        for branch in branches {
            let label = branch.get("label").or(branch.get("value"));
            let label = label.map(|label| text_in(label, language)).unwrap_or_default();
            lines.push(format!("{}{label}", "  ".repeat(depth)));
            let below = branch.get("children").and_then(Value::as_array);
            write(below.map_or(&[], Vec::as_slice), depth + 1, language, lines);
        }
    }
    let mut lines = Vec::new();
    let tree = layout::item(draft, field).and_then(|item| item.get("tree")?.as_array());
    write(tree.map_or(&[], Vec::as_slice), 0, language, &mut lines);
    lines.join("\n")
}

/// A member of a field's item, as written: `serial/pattern`, `record/form` …
#[must_use]
pub fn read(draft: &Value, field: &str, place: &str) -> Option<Value> {
    layout::item(draft, field)?.pointer(&format!("/{place}")).cloned()
}

/// The formula of a field.
#[must_use]
pub fn formula(draft: &Value, field: &str) -> String {
    let script = rules::computed(draft, field).and_then(|to| to.get("script")?.as_str().map(str::to_owned));
    script.unwrap_or_default()
}

/// The way a field was asked is left: what only it had goes.
pub(super) fn undress(draft: &mut Value, field: &str, to: FieldKind) {
    let was = layout::item(draft, field).and_then(|item| item.get("control")?.as_str().map(str::to_owned));
    let was = was.as_deref().unwrap_or_default();
    if was == FieldKind::Formula.control() && to != FieldKind::Formula {
        rules::uncompute(draft, field);
    }
    if was == FieldKind::Matrix.control() && to != FieldKind::Matrix {
        for member in members(draft, field) {
            rules::forget(draft, &member);
        }
        if let Some(item) = layout::item_mut(draft, field) {
            item.shift_remove("items");
        }
    }
    if let Some(item) = layout::item_mut(draft, field) {
        for (name, fits) in [
            ("version", to == FieldKind::Consent),
            ("tree", to == FieldKind::Cascade),
            ("serial", to == FieldKind::SerialNumber),
            ("record", to == FieldKind::LinkedRecord),
            ("files", matches!(to, FieldKind::File | FieldKind::Image)),
        ] {
            if !fits {
                item.shift_remove(name);
            }
        }
    }
}

/// Labels of options, for a kind that has options and had none.
pub(super) fn restock(draft: &mut Value, field: &str, labels: &[(Value, Value)]) {
    // The options of a scale or a matrix of numbers are no texts to choose from.
    let texts: Vec<(Value, Value)> = labels.iter().filter(|(value, _)| value.is_string()).cloned().collect();
    if texts.is_empty() {
        options::stock(draft, field);
    } else {
        options::put(draft, field, &texts);
    }
}
