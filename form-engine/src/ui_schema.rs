//! Layouts of other tools: RJSF's `uiSchema` and JSON Forms' `uischema`, read as layout and rules.
//!
//! A pure function from a schema and its ui schema to a form definition, for whoever imports one. What cannot be
//! carried over is noted with its place in the ui schema, and the ui schema itself stays in the definition as
//! `x-uischema`. Whatever the ui schema says, every leaf of the schema keeps its control, and the result compiles.

mod condition;
mod formily;
mod inline;
mod json_forms;
mod list;
mod older;
mod rjsf;
mod words;

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::definition::FormDefinition;
use crate::field::{Field, FieldKind};
use crate::form::Form;
use crate::{Condition, Problem, compile, pointer};

/// A form made of a schema and a ui schema.
#[derive(Debug, Clone, PartialEq)]
pub struct UiForm {
    /// The definition as JSON, to be stored and edited.
    pub document: Value,
    /// The same, read.
    pub definition: FormDefinition,
    /// What could not be carried over, with pointers into the ui schema; codes `ui.…`.
    pub notes: Vec<Problem>,
}

impl UiForm {
    /// Reads `ui`, a JSON Forms or RJSF ui schema about `schema`, into a form called `key`.
    ///
    /// `words` are the translations that JSON Forms keeps apart, `{language: {"name.label": text}}`; `null` if there
    /// are none. A `ui` of `null` leaves the layout to be derived.
    ///
    /// # Errors
    ///
    /// What stands against a form of the schema alone, addressed as in a form definition; never an empty list.
    pub fn read(key: &str, schema: &Value, ui: &Value, words: &Value) -> Result<Self, Vec<Problem>> {
        let mut schema = schema.clone();
        formily::respell(&mut schema);
        let respelled = older::respell(&mut schema);
        let bare = document(key, &schema, ui);
        let form = FormDefinition::parse(&bare).and_then(|definition| compile(&definition))?;
        let mut draft = Draft::new(&form, words);
        draft.note_respelled(&respelled);
        let is_json_forms = ui.get("type").is_some_and(Value::is_string);
        let inline = inline::gather(&schema);
        match (ui, inline) {
            // Without a word about the layout it is derived, unless a file would be asked for as a line.
            (Value::Null, None) if form.fields().iter().any(is_file) => rjsf::read(&json!({}), &mut draft),
            (Value::Null, None) => {}
            (Value::Object(_), inline) if is_json_forms => {
                json_forms::read(ui, &mut draft);
                if inline.is_some() {
                    draft.note("ui.option", "", "what the schema itself says of its controls is left out");
                }
            }
            (Value::Object(members), Some(Value::Object(inline))) => {
                let mut both = members.clone();
                inline::merge(&mut both, inline);
                rjsf::read(&both.into(), &mut draft);
            }
            (Value::Object(_), _) => rjsf::read(ui, &mut draft),
            (_, inline) => {
                if !ui.is_null() {
                    draft.note("ui.shape", "", "expected an object: a ui schema of JSON Forms or of RJSF");
                }
                inline.iter().for_each(|inline| rjsf::read(inline, &mut draft));
            }
        }
        draft.finish(bare)
    }

    /// Reads a document as other tools keep it: a JSON Schema alone, or an object with `schema` and, beside it, the
    /// ui schema as `uischema` (JSON Forms) or `uiSchema` (RJSF), or a list as `form` (angular-schema-form) or `layout`
    /// (homebridge), and translations as `i18n` or `translations`.
    ///
    /// # Errors
    ///
    /// `ui.unknown` at the root for anything else, `ui.nothing` for what asks no question, otherwise those of
    /// [`UiForm::read`].
    pub fn open(key: &str, document: &Value) -> Result<Self, Vec<Problem>> {
        let Parts { schema, ui, words, notes } = parts(document)?;
        let mut read = Self::read(key, schema, &ui, words)?;
        read.notes.splice(0..0, notes);
        let form = compile(&read.definition)?;
        if form.pages().iter().all(|page| page.items.is_empty()) {
            let message = "no question is left: the schema names no member that a person could answer";
            return Err(vec![Problem::new("ui.nothing", "", message)]);
        }
        Ok(read)
    }
}

/// What a document of another tool holds.
struct Parts<'d> {
    schema: &'d Value,
    ui: Cow<'d, Value>,
    /// Translations.
    words: &'d Value,
    /// What stands beside the schema and could not be read, with pointers into the document.
    notes: Vec<Problem>,
}

/// # Errors
///
/// `ui.unknown` at the root for what is neither a schema nor holds one.
fn parts(document: &Value) -> Result<Parts<'_>, Vec<Problem>> {
    let object =
        |names: &[&str]| names.iter().find_map(|name| document.get(name).filter(|it| it.is_object()));
    if let Some(schema) = object(&["schema", "jsonSchema", "dataSchema"]) {
        let words = object(&["i18n", "translations"]).unwrap_or(&Value::Null);
        let (ui, notes) = layout(document);
        return Ok(Parts { schema, ui, words, notes });
    }
    let words = ["$schema", "properties", "$ref", "allOf", "oneOf", "anyOf", "$defs", "definitions"];
    let told = document.get("type").is_some_and(|kind| kind == "object");
    if told || words.iter().any(|word| document.get(word).is_some()) {
        return Ok(Parts {
            schema: document,
            ui: Cow::Owned(Value::Null),
            words: &Value::Null,
            notes: Vec::new(),
        });
    }
    let message = "expected a JSON Schema, or an object with `schema` and `uischema` or `uiSchema`";
    Err(vec![Problem::new("ui.unknown", "", message)])
}

/// What stands beside a schema about its layout: the first that can be read; the others are noted.
fn layout(document: &Value) -> (Cow<'_, Value>, Vec<Problem>) {
    let (mut ui, mut notes) = (None, Vec::new());
    for name in ["uischema", "uiSchema", "ui_schema", "form", "layout", "options", "view"] {
        let Some(beside) = document.get(name).filter(|beside| !beside.is_null()) else { continue };
        let is_list = matches!(name, "form" | "layout");
        match beside {
            _ if ui.is_some() => {
                notes.push(Problem::new(
                    "ui.layout",
                    pointer::join("", name),
                    "another layout is read instead",
                ));
            }
            Value::Array(elements) if is_list => {
                let (read, more) = list::read(elements, &pointer::join("", name));
                ui = Some(Cow::Owned(read));
                notes.extend(more);
            }
            Value::Object(_) if name.starts_with("ui") => ui = Some(Cow::Borrowed(beside)),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => {
                let message = format!("`{name}` is no layout that can be read; the usual one is taken");
                notes.push(Problem::new("ui.layout", pointer::join("", name), message));
            }
        }
    }
    (ui.unwrap_or(Cow::Owned(Value::Null)), notes)
}

/// Enough places of a schema to know which are meant.
fn named(places: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut named: Vec<String> = places.iter().take(SHOWN).map(|place| format!("`{place}`")).collect();
    if places.len() > SHOWN {
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// RJSF keeps a file as its bytes in an address, which nobody types; here it is an upload.
fn is_file(field: &std::sync::Arc<Field>) -> bool {
    field.format.as_deref() == Some("data-url")
}

fn document(key: &str, schema: &Value, ui: &Value) -> Value {
    let mut document = json!({"format": 1, "kind": "form", "key": key, "schema": schema});
    if !ui.is_null() {
        document["x-uischema"] = ui.clone();
    }
    document
}

/// A form in the making.
struct Draft<'f> {
    form: &'f Form,
    words: &'f Value,
    pages: Vec<Page>,
    /// The next control opens a page of its own.
    turn: bool,
    rules: Vec<Rule>,
    notes: Vec<Problem>,
}

#[derive(Default)]
struct Page {
    title: Option<Value>,
    items: Vec<Item>,
}

struct Item {
    members: Map<String, Value>,
    /// Where the ui schema speaks of it.
    from: String,
}

struct Rule {
    when: Condition,
    show: Vec<String>,
    from: String,
}

impl<'f> Draft<'f> {
    fn new(form: &'f Form, words: &'f Value) -> Self {
        Self { form, words, pages: Vec::new(), turn: true, rules: Vec::new(), notes: Vec::new() }
    }

    fn note(&mut self, code: &'static str, path: impl Into<String>, message: impl Into<String>) {
        self.notes.push(Problem::new(code, path, message));
    }

    /// Says what of the schema is written otherwise now.
    fn note_respelled(&mut self, respelled: &older::Respelled) {
        if !respelled.required.is_empty() {
            let places = named(&respelled.required);
            let message = format!(
                "`required` stood at the member itself, as in draft 3, and is listed by its group now: {places}"
            );
            self.note("ui.draft", "", message);
        }
        if !respelled.dropped.is_empty() {
            let places = named(&respelled.dropped);
            let message = format!("`required` is left out where no group could list it: {places}");
            self.note("ui.draft", "", message);
        }
    }

    /// Opens a page for what follows.
    fn page(&mut self, title: Option<Value>) {
        self.pages.push(Page { title, items: Vec::new() });
        self.turn = false;
    }

    /// Paths of the leaves at or below `place`, in schema order.
    fn leaves(&self, place: &str) -> Vec<&'f str> {
        let fields = self.form.fields().iter();
        fields.map(|field| field.path.as_str()).filter(|path| pointer::is_within(path, place)).collect()
    }

    fn is_asked(&self, path: &str) -> bool {
        let asked = |item: &Item| item.members.get("field").is_some_and(|field| field == path);
        self.pages.iter().flat_map(|page| &page.items).any(asked)
    }

    /// Asks `path` here; the members are completed with what the translations say.
    fn ask(&mut self, path: &str, mut members: Map<String, Value>, key: Option<&str>, from: &str) {
        if self.turn {
            self.page(None);
        }
        if let Some(field) = self.form.field(path) {
            words::complete(self.words, field, key, &mut members);
            if is_file(field) && !members.contains_key("control") {
                members.insert("control".to_owned(), FieldKind::File.control().into());
            }
        }
        let mut item = Map::new();
        item.insert("field".to_owned(), path.into());
        item.extend(members);
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { members: item, from: from.to_owned() });
        }
    }

    /// Says `words`, Markdown, where the next question stands.
    fn say(&mut self, words: &str, from: &str) {
        if self.turn {
            self.page(None);
        }
        let members = Map::from_iter([("text".to_owned(), words.into())]);
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { members, from: from.to_owned() });
        }
    }

    /// Says that `paths` show only while `when` holds.
    fn show(&mut self, when: Condition, paths: Vec<String>, from: &str) {
        match self.rules.iter_mut().find(|rule| rule.when == when) {
            Some(rule) => rule.show.extend(paths),
            None => self.rules.push(Rule { when, show: paths, from: from.to_owned() }),
        }
    }

    /// The definition; controls and rules that do not go with the schema are left out and noted.
    fn finish(mut self, bare: Value) -> Result<UiForm, Vec<Problem>> {
        let rules = std::mem::take(&mut self.rules);
        self.drop_misfits(&bare);
        let mut kept: Vec<Rule> = Vec::new();
        let all = rules.iter().map(Rule::to_value).collect();
        if compiles(&self.written(&bare, all)).is_ok() {
            kept = rules;
        } else {
            for rule in rules {
                let with = kept.iter().chain([&rule]).map(Rule::to_value).collect();
                match compiles(&self.written(&bare, with)) {
                    Ok(_) => kept.push(rule),
                    Err(problems) => {
                        let why =
                            problems.into_iter().next().map_or_else(String::new, |problem| problem.message);
                        self.note("ui.rule", rule.from, format!("this rule is left out: {why}"));
                    }
                }
            }
        }
        for field in self.form.fields().iter().filter(|field| !field.can_be_asked()) {
            let message =
                format!("`{}` takes nothing that one question could ask for; it is not asked", field.path);
            self.notes.push(Problem::new("ui.unasked", "", message));
        }
        let document = self.written(&bare, kept.iter().map(Rule::to_value).collect());
        let definition = compiles(&document)?;
        Ok(UiForm { document, definition, notes: self.notes })
    }

    /// Takes out each control whose field it cannot ask.
    fn drop_misfits(&mut self, bare: &Value) {
        let Err(problems) = compiles(&self.written(bare, Vec::new())) else { return };
        for problem in problems {
            let mut tokens = problem.path.split('/').skip(3);
            let page = tokens.next().and_then(|index| index.parse::<usize>().ok());
            let item = tokens.nth(1).and_then(|index| index.parse::<usize>().ok());
            let (Some(page), Some(item)) = (page, item) else { continue };
            let Some(item) = self.pages.get_mut(page).and_then(|page| page.items.get_mut(item)) else {
                continue;
            };
            if item.members.shift_remove("control").is_some() {
                let from = item.from.clone();
                self.note("ui.control", from, problem.message);
            }
        }
    }

    fn written(&self, bare: &Value, rules: Vec<Value>) -> Value {
        let mut document = bare.clone();
        let pages: Vec<Value> = self
            .pages
            .iter()
            .map(|page| {
                let items: Vec<Value> = page.items.iter().map(|item| item.members.clone().into()).collect();
                let mut written = json!({"items": items});
                if let Some(title) = &page.title {
                    written["title"] = title.clone();
                }
                written
            })
            .collect();
        if !pages.is_empty() {
            document["layout"] = json!({"mode": "auto", "pages": pages});
        }
        if !rules.is_empty() {
            document["rules"] = rules.into();
        }
        document
    }
}

impl Rule {
    fn to_value(&self) -> Value {
        json!({"when": self.when, "show": self.show})
    }
}

fn compiles(document: &Value) -> Result<FormDefinition, Vec<Problem>> {
    let definition = FormDefinition::parse(document)?;
    compile(&definition).map(|_| definition)
}

/// The first of some controls that layouts know: not every word of other tools has one here.
fn control(words: &[&str]) -> Option<Value> {
    let known = |word: &&&str| FieldKind::NAMED.iter().any(|kind| kind.control() == **word);
    words.iter().find(known).map(|word| Value::from(*word))
}

/// The control of an input type or a format, as both tools name them.
fn of_word(word: &str) -> Option<Value> {
    match word {
        "textarea" | "multi" => control(&["long_text"]),
        "text" => control(&["text"]),
        "email" => control(&["email"]),
        "tel" | "phone" => control(&["phone"]),
        "url" | "uri" => control(&["url", "text"]),
        "date" | "alt-date" => control(&["date"]),
        "date-time" | "datetime" | "alt-datetime" | "datetime-local" => control(&["date_time"]),
        "time" => control(&["time", "text"]),
        "radio" => control(&["single"]),
        "select" | "dropdown" => control(&["drop_down"]),
        "checkboxes" => control(&["multiple"]),
        "range" | "slider" => control(&["slider", "number"]),
        "updown" => control(&["number"]),
        "switch" => control(&["toggle"]),
        "rating" => control(&["rating"]),
        "hidden" => control(&["hidden"]),
        "file" => control(&["file"]),
        _ => None,
    }
}
