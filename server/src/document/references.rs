//! What a definition names outside itself: forms, flows, calendars, templates, departments, people.
//!
//! One walk for everybody who asks: whether something is missing, what a renamed key takes along, and what must not
//! travel. It reads any JSON, checked or not, and never fails.

use std::collections::BTreeSet;

use form_engine::pointer;
use serde_json::{Map, Value};

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A form.
    Form,
    /// A flow.
    Flow,
    /// A dashboard.
    Dashboard,
    /// A calendar that is not an official one.
    Calendar,
    /// A role of the team's own.
    Role,
    /// A mail template.
    Template,
    /// A department.
    Department,
    /// A mail address that stands in a definition.
    Mailbox,
    /// A member, by id.
    Person,
}

impl Place {
    /// The name is surely one; elsewhere a text may only look like it.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Value | Self::Name)
    }

    /// Renaming it renames a member.
    pub fn is_in_a_name(self) -> bool {
        matches!(self, Self::Name | Self::InEventName)
    }
}

impl Target {
    /// The word before the colon in `form:nps`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Flow => "flow",
            Self::Dashboard => "dashboard",
            Self::Calendar => "calendar",
            Self::Role => "role",
            Self::Template => "template",
            Self::Department => "department",
            Self::Mailbox => "sender",
            Self::Person => "person",
        }
    }
}

/// Where exactly the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is the text at the pointer.
    Value,
    /// It is the last member name of the pointer.
    Name,
    /// It is a text inside the script at the pointer. Whether a text names anything only the script knows.
    InScript,
    /// The text at the pointer holds the event `submission.KEY`.
    InEvent,
    /// The last member name of the pointer holds the event `submission.KEY`.
    InEventName,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// JSON Pointer into the definition.
    pub path: String,
    /// What it leads to.
    pub target: Target,
    /// The name.
    pub key: String,
    /// Where it stands.
    pub place: Place,
}

/// Roles every team has.
const ROLES: [&str; 6] = ["owner", "admin", "designer", "agent", "viewer", "member"];
/// Members of a flow that hold words and values of the author, and no names of ours.
const AUTHORS: [&str; 15] = [
    "title",
    "text",
    "label",
    "comment",
    "description",
    "public",
    "data",
    "context",
    "assign",
    "update",
    "log",
    "params",
    "content",
    "tables",
    "output",
];

/// Every name in a definition, in document order.
pub fn references(definition: &Value) -> Vec<Reference> {
    let mut walk = Walk::default();
    match definition.get("kind").and_then(Value::as_str) {
        Some("form") => walk.form(definition),
        Some("flow") => walk.flow(definition),
        Some("dashboard") => walk.board(definition, ""),
        Some("role") => walk.role(definition),
        Some(_) | None => {}
    }
    walk.found
}

/// Every name in what an app says beside its definitions: whose samples, and which department stands above which.
pub fn beside(app: &Value) -> Vec<Reference> {
    let mut walk = Walk::default();
    for form in app.get("samples").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        walk.add(pointer::join("/samples", form), Target::Form, form, Place::Name);
    }
    for (index, department) in
        app.get("departments").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        walk.named(department.get("parent"), &format!("/departments/{index}/parent"), Target::Department);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Reference>,
    /// Tables of the flow whose values are departments.
    department_tables: BTreeSet<String>,
}

impl Walk {
    fn add(&mut self, path: String, target: Target, key: &str, place: Place) {
        // In a role, `*` is every form.
        if !key.is_empty() && key != "*" {
            self.found.push(Reference { path, target, key: key.to_owned(), place });
        }
    }

    /// A text that is a name, or a list of them.
    fn named(&mut self, value: Option<&Value>, path: &str, target: Target) {
        match value {
            Some(Value::String(key)) => self.add(path.to_owned(), target, key, Place::Value),
            Some(Value::Array(keys)) => {
                for (index, key) in keys.iter().enumerate() {
                    self.add(
                        pointer::join(path, index),
                        target,
                        key.as_str().unwrap_or_default(),
                        Place::Value,
                    );
                }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {}
        }
    }

    fn form(&mut self, form: &Value) {
        let pages = form.pointer("/layout/pages").and_then(Value::as_array).into_iter().flatten();
        for (page, content) in pages.enumerate() {
            let items = content.get("items").and_then(Value::as_array).into_iter().flatten();
            for (index, item) in items.enumerate() {
                let at = format!("/layout/pages/{page}/items/{index}");
                self.named(item.pointer("/record/form"), &format!("{at}/record/form"), Target::Form);
                if item.get("control").and_then(Value::as_str) == Some("department") {
                    self.chosen(form, item, &at);
                }
            }
        }
    }

    /// Departments a form offers by name.
    fn chosen(&mut self, form: &Value, item: &Value, at: &str) {
        for key in item.get("options").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            let path = pointer::join(&format!("{at}/options"), key);
            self.add(path, Target::Department, key, Place::Name);
        }
        let field = item.get("field").and_then(Value::as_str).unwrap_or_default();
        let schema = field.split('/').skip(1).fold("/schema".to_owned(), |path, step| {
            if step == "*" { format!("{path}/items") } else { format!("{path}/properties/{step}") }
        });
        let Some(asked) = pointer::get(form, &schema) else { return };
        for name in ["enum", "const", "default"] {
            self.named(asked.get(name), &format!("{schema}/{name}"), Target::Department);
        }
    }

    fn role(&mut self, role: &Value) {
        for (index, grant) in role.get("grants").and_then(Value::as_array).into_iter().flatten().enumerate() {
            for (name, target) in
                [("form", Target::Form), ("flow", Target::Flow), ("dashboard", Target::Dashboard)]
            {
                self.named(grant.get(name), &format!("/grants/{index}/{name}"), target);
            }
            self.conditions(grant, &format!("/grants/{index}"));
        }
    }

    /// Whatever asks a dataset, however deep, and the conditions on departments in it.
    fn board(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(members) => {
                if let Some(dataset) = members.get("dataset").and_then(Value::as_str)
                    && !dataset.starts_with('$')
                {
                    self.add(format!("{path}/dataset"), Target::Form, dataset, Place::Value);
                }
                self.leaf(members, path);
                self.subject(members, path);
                for (name, member) in members.iter().filter(|(name, _)| *name != "title" && *name != "text") {
                    self.board(member, &pointer::join(path, name));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.board(item, &pointer::join(path, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Conditions, however deep.
    fn conditions(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(members) => {
                self.leaf(members, path);
                for (name, member) in members {
                    self.conditions(member, &pointer::join(path, name));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.conditions(item, &pointer::join(path, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// `{"field": "department", "op": "eq", "value": "quality"}`
    fn leaf(&mut self, members: &Map<String, Value>, path: &str) {
        let is_department = members.get("field").and_then(Value::as_str) == Some("department");
        if is_department && members.contains_key("op") {
            self.named(members.get("value"), &format!("{path}/value"), Target::Department);
        }
    }

    /// `{"field": "form", "op": "eq", "value": "ticket"}` over clocks, tasks or visits.
    fn subject(&mut self, members: &Map<String, Value>, path: &str) {
        let target = match members.get("field").and_then(Value::as_str) {
            Some("form") => Target::Form,
            Some("flow") => Target::Flow,
            Some(_) | None => return,
        };
        if members.contains_key("op") {
            self.named(members.get("value"), &format!("{path}/value"), target);
        }
    }

    fn flow(&mut self, flow: &Value) {
        self.department_tables = BTreeSet::from(["departments".to_owned()]);
        if let Some(start) = flow.get("start") {
            self.named(start.get("form"), "/start/form", Target::Form);
            self.named(start.pointer("/date_field/form"), "/start/date_field/form", Target::Form);
            self.event_words(start.get("event").unwrap_or(&Value::Null), "/start/event");
        }
        let members = flow.as_object().into_iter().flatten();
        for (name, member) in members.filter(|(name, _)| !matches!(name.as_str(), "start" | "key" | "kind")) {
            self.member(name, member, &pointer::join("", name));
        }
        let tables = std::mem::take(&mut self.department_tables);
        for table in tables {
            let at = pointer::join("/tables", &table);
            let rows = pointer::get(flow, &at).and_then(Value::as_object).into_iter().flatten();
            for (row, department) in rows {
                self.named(Some(department), &pointer::join(&at, row), Target::Department);
            }
        }
    }

    fn grammar(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self.member(name, member, &pointer::join(path, name));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.grammar(item, &pointer::join(path, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn member(&mut self, name: &str, value: &Value, path: &str) {
        match name {
            // Keys of states and names of events are the author's own words.
            "states" | "on" => match value {
                Value::Object(members) => {
                    for (inner, member) in members {
                        let at = pointer::join(path, inner);
                        if name == "on" {
                            self.events(inner, &at, Place::InEventName);
                        }
                        self.grammar(member, &at);
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                    self.grammar(value, path);
                }
            },
            "create" | "survey" => {
                self.named(value.get("form"), &format!("{path}/form"), Target::Form);
                self.addressee(value, path);
            }
            "notify" => {
                self.named(value.get("template"), &format!("{path}/template"), Target::Template);
                self.addressee(value, path);
            }
            "start" => self.named(value.get("flow"), &format!("{path}/flow"), Target::Flow),
            "event" | "starts" | "stops" | "cancels" => self.event_words(value, path),
            "invoke" => self.invoke(value, path),
            "assignee" => self.assignee(value, path),
            "nobody" => self.person(value, path),
            "calendar" => self.calendar(value, path),
            "guard" | "cond" => self.conditions(value, path),
            other if AUTHORS.contains(&other) || other.starts_with("x-") => {}
            _ => self.grammar(value, path),
        }
    }

    fn event_words(&mut self, value: &Value, path: &str) {
        match value {
            Value::String(text) => self.events(text, path, Place::InEvent),
            Value::Array(many) => {
                for (index, one) in many.iter().enumerate() {
                    self.event_words(one, &pointer::join(path, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
        }
    }

    /// A submission of a form is an event of that name.
    fn events(&mut self, text: &str, path: &str, place: Place) {
        for form in text.split_whitespace().filter_map(|word| word.strip_prefix("submission.")) {
            self.add(path.to_owned(), Target::Form, form.trim_end_matches(".*"), place);
        }
    }

    fn invoke(&mut self, value: &Value, path: &str) {
        match value {
            Value::Array(many) => {
                for (index, one) in many.iter().enumerate() {
                    self.invoke(one, &pointer::join(path, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                self.named(value.get("flow"), &format!("{path}/flow"), Target::Flow);
            }
        }
    }

    fn calendar(&mut self, value: &Value, path: &str) {
        if value.as_str().is_some_and(|key| flow_engine::Calendar::official(key).is_none()) {
            self.named(Some(value), path, Target::Calendar);
        }
    }

    fn assignee(&mut self, value: &Value, path: &str) {
        for name in ["department", "head"] {
            self.department(value.get(name), &format!("{path}/{name}"));
        }
        if value.get("role").and_then(Value::as_str).is_some_and(|role| !ROLES.contains(&role)) {
            self.named(value.get("role"), &format!("{path}/role"), Target::Role);
        }
        self.person(value, path);
        for name in ["manager", "managers"] {
            let Some(above) = value.get(name) else { continue };
            self.person(above, &format!("{path}/{name}"));
            if let Some(of) = above.get("of") {
                self.person(of, &format!("{path}/{name}/of"));
            }
        }
    }

    fn person(&mut self, value: &Value, path: &str) {
        if value.get("user").is_some_and(Value::is_string) {
            self.named(value.get("user"), &format!("{path}/user"), Target::Person);
        }
    }

    fn addressee(&mut self, value: &Value, path: &str) {
        let Some(to) = value.get("to") else { return };
        self.department(to.get("department"), &format!("{path}/to/department"));
        self.person(to, &format!("{path}/to"));
        self.named(to.get("address"), &format!("{path}/to/address"), Target::Mailbox);
    }

    /// A department by name, or by a script that looks it up in a table.
    fn department(&mut self, value: Option<&Value>, path: &str) {
        self.named(value.filter(|value| value.is_string()), path, Target::Department);
        let Some(script) = value.and_then(|value| value.get("script")).and_then(Value::as_str) else {
            return;
        };
        for (text, is_table) in texts(script) {
            if is_table {
                self.department_tables.insert(text);
            } else {
                self.add(format!("{path}/script"), Target::Department, &text, Place::InScript);
            }
        }
    }
}

/// The texts in quotes of a script, and whether each is the table of a `lookup`.
fn texts(script: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(start) = rest.find('"') {
        let is_table = rest[..start]
            .trim_end()
            .strip_suffix('(')
            .is_some_and(|before| before.trim_end().ends_with("lookup"));
        let inside = &rest[start + 1..];
        let Some(end) = end_of_text(inside) else { break };
        found.push((inside[..end].to_owned(), is_table));
        rest = &inside[end + 1..];
    }
    found
}

fn end_of_text(inside: &str) -> Option<usize> {
    let mut is_escaped = false;
    inside.char_indices().find_map(|(index, letter)| {
        let ends = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends.then_some(index)
    })
}
