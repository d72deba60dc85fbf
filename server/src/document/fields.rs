//! A field of a form under another key, in every definition of the team: flows, boards, roles, other forms, mails,
//! samples.
//!
//! Pure: who may, what is stored and which version comes of it is `services/rename_field.rs`'s. One function renames;
//! where a field is used is what renaming would change.

use std::collections::{BTreeMap, BTreeSet};

use form_engine::{Condition, Renaming, pointer};
use serde_json::{Map, Value, json};

/// What the team's definitions say about each other: which questions forms have, and whose submissions flows work on.
#[derive(Debug, Clone, Default)]
pub struct Around {
    fields: BTreeMap<String, BTreeSet<String>>,
    flows: BTreeMap<String, BTreeSet<String>>,
    templates: BTreeMap<String, BTreeSet<String>>,
}

impl Around {
    /// Of all definitions of a team.
    pub fn of<'d>(definitions: impl IntoIterator<Item = &'d Value> + Clone) -> Self {
        let mut around = Self::default();
        let mut leads: Vec<(String, String)> = Vec::new();
        for definition in definitions {
            let key = text(definition, "key").to_owned();
            match text(definition, "kind") {
                "form" => {
                    let fields = around.fields.entry(key).or_default();
                    if let Some(schema) = definition.get("schema") {
                        collect(schema, "", fields);
                    }
                }
                "flow" => {
                    let started = around.flows.entry(key.clone()).or_default();
                    for start in ["/start/form", "/start/date_field/form"] {
                        match definition.pointer(start) {
                            Some(Value::String(form)) => started.extend([form.clone()]),
                            Some(Value::Array(forms)) => {
                                started.extend(forms.iter().filter_map(Value::as_str).map(str::to_owned));
                            }
                            Some(_) | None => {}
                        }
                    }
                    named(definition, "flow", &mut |flow| leads.push((key.clone(), flow.to_owned())));
                    named(definition, "template", &mut |template| {
                        around.templates.entry(template.to_owned()).or_default().insert(key.clone());
                    });
                }
                _ => {}
            }
        }
        // A flow that another starts works on the same submission.
        for _ in 0..leads.len() {
            for (from, to) in &leads {
                let forms = around.flows.get(from).cloned().unwrap_or_default();
                around.flows.entry(to.clone()).or_default().extend(forms);
            }
        }
        around
    }

    /// Has the form the field?
    pub fn has(&self, form: &str, field: &str) -> bool {
        self.fields.get(form).is_some_and(|fields| fields.contains(field))
    }

    /// How a flow reads the field: not at all, as the only form's, or as one of several forms' that have it.
    fn reads(&self, flow: &str, form: &str, field: &str) -> Reads {
        match self.flows.get(flow) {
            Some(forms) if forms.contains(form) => {
                let others = forms.iter().filter(|other| *other != form);
                match others.into_iter().find(|other| self.has(other, field)) {
                    Some(other) => Reads::With(other.clone()),
                    None => Reads::Alone,
                }
            }
            Some(_) | None => Reads::Not,
        }
    }
}

/// How a flow reads the field.
#[derive(Debug, Clone, PartialEq)]
enum Reads {
    Not,
    Alone,
    With(String),
}

/// Every pointer of a field or group, rows as `*`.
fn collect(schema: &Value, at: &str, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let path = pointer::join(at, name);
            collect(property, &path, found);
            found.insert(path);
        }
    }
    if let Some(items) = schema.get("items") {
        collect(items, &format!("{at}/*"), found);
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Every text that is the member `name` of something.
fn named(value: &Value, name: &str, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(members) => {
            for (own, member) in members {
                match member.as_str().filter(|_| own == name) {
                    Some(text) => found(text),
                    None => named(member, name, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, name, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The definition as it has to be once the field of `form` is called differently; equal when it does not name it.
#[must_use]
pub fn rename(definition: &Value, form: &str, renaming: &Renaming, around: &Around) -> Value {
    let mut renamed = definition.clone();
    let it = It { form, renaming, around, shared: false };
    match text(definition, "kind") {
        "form" if text(definition, "key") == form => {
            renaming.form(&mut renamed);
        }
        "form" => it.records(&mut renamed),
        "flow" => {
            let shared = match around.reads(text(definition, "key"), form, &renaming.from) {
                Reads::Not => None,
                Reads::Alone => Some(false),
                Reads::With(_) => Some(true),
            };
            let it = It { shared: shared.unwrap_or_default(), ..it };
            it.flow(&mut renamed, shared.is_some(), false, false);
        }
        "role" => it.role(&mut renamed),
        "dashboard" => it.board(&mut renamed),
        _ => {}
    }
    renamed
}

/// What an app says beside its definitions, likewise: mail templates and samples.
#[must_use]
pub fn rename_beside(app: &Value, form: &str, renaming: &Renaming, around: &Around) -> Value {
    let mut renamed = app.clone();
    for template in renamed.get_mut("templates").and_then(Value::as_array_mut).into_iter().flatten() {
        let flows = around.templates.get(text(template, "key")).cloned().unwrap_or_default();
        let reads = flows.iter().map(|flow| around.reads(flow, form, &renaming.from)).collect::<Vec<_>>();
        let named = reads.iter().any(|reads| *reads != Reads::Not);
        // Sent about other forms that have the field, too: whichever is there is said.
        let others = flows.iter().flat_map(|flow| around.flows.get(flow).into_iter().flatten());
        let shared = others.into_iter().any(|other| other != form && around.has(other, &renaming.from));
        if named {
            let it = It { form, renaming, around, shared };
            for part in ["subject", "text"] {
                if let Some(words) = template.get_mut(part) {
                    it.words(words);
                }
            }
        }
    }
    let samples = renamed.get_mut("samples").and_then(|samples| samples.get_mut(form));
    for sample in samples.and_then(Value::as_array_mut).into_iter().flatten() {
        if !renaming.answers(sample)
            && let Some(data) = sample.get_mut("data")
        {
            renaming.answers(data);
        }
    }
    renamed
}

/// A flow that works on several forms with the field, and demands it by name: renaming it for one alone would demand it
/// of the others. The other form's key.
#[must_use]
pub fn torn(flow: &Value, form: &str, renaming: &Renaming, around: &Around) -> Option<String> {
    let Reads::With(other) = around.reads(text(flow, "key"), form, &renaming.from) else { return None };
    demands(flow, renaming).then_some(other)
}

fn demands(value: &Value, renaming: &Renaming) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(name, member)| match (name.as_str(), member) {
            ("require", Value::Array(paths)) => {
                paths.iter().filter_map(Value::as_str).any(|path| renaming.path(path).is_some())
            }
            ("update", Value::Object(update)) => {
                let fields = update.get("data").and_then(Value::as_object).unwrap_or(update);
                fields.keys().any(|path| renaming.path(path).is_some()) || demands(member, renaming)
            }
            (_, member) => demands(member, renaming),
        }),
        Value::Array(items) => items.iter().any(|item| demands(item, renaming)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Where two documents differ, as pointers into the first: where a field is used is what its renaming changes.
#[must_use]
pub fn places(before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ(before, after, "", &mut found);
    found
}

fn differ(before: &Value, after: &Value, at: &str, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            for ((name, value), (renamed, now)) in one.iter().zip(other) {
                let path = pointer::join(at, name);
                if name != renamed {
                    found.push(path.clone());
                }
                differ(value, now, &path, found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (value, now)) in one.iter().zip(other).enumerate() {
                differ(value, now, &pointer::join(at, index), found);
            }
        }
        (one, other) => {
            if one != other {
                found.push(at.to_owned());
            }
        }
    }
}

struct It<'a> {
    form: &'a str,
    renaming: &'a Renaming,
    around: &'a Around,
    /// Other forms, whose submissions come the same way, keep a field of the old name.
    shared: bool,
}

impl It<'_> {
    /// Links of another form to records of this one.
    fn records(&self, form: &mut Value) {
        let pages = form.pointer_mut("/layout/pages").and_then(Value::as_array_mut).into_iter().flatten();
        for page in pages {
            self.links(page);
        }
    }

    fn links(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    let record = if name == "record" { member.as_object_mut() } else { None };
                    match record.filter(|record| self.is_it(record.get("form"))) {
                        Some(record) => self.link(record),
                        None => self.links(member),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.links(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn link(&self, record: &mut Map<String, Value>) {
        self.pointer(record.get_mut("label"));
        if let Some(filter) = record.get_mut("where") {
            self.condition(filter);
        }
        for source in record.get_mut("fill").and_then(Value::as_object_mut).into_iter().flatten() {
            self.pointer(Some(source.1));
        }
    }

    fn is_it(&self, named: Option<&Value>) -> bool {
        named.and_then(Value::as_str) == Some(self.form)
    }

    fn pointer(&self, value: Option<&mut Value>) {
        if let Some(Value::String(path)) = value
            && let Some(renamed) = self.renaming.path(path)
        {
            *path = renamed;
        }
    }

    fn words(&self, value: &mut Value) {
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(_, member)| self.words(member)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.words(item)),
            Value::String(text) => self.say(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A text with holes. Of two names, only one is filled.
    fn say(&self, text: &mut String) {
        let renamed = self.renaming.text(text);
        if !self.shared {
            *text = renamed;
        } else if renamed != *text {
            let mut both = String::new();
            let (mut old, mut new) = (text.as_str(), renamed.as_str());
            while let (Some(a), Some(b)) = (old.find("{{"), new.find("{{")) {
                let (end_a, end_b) = (end_of_hole(old, a), end_of_hole(new, b));
                both.push_str(&old[..a]);
                if old[a..end_a] != new[b..end_b] {
                    both.push_str(new[b..end_b].split('|').next().unwrap_or_default().trim_end_matches("}}"));
                    both.push_str("}}");
                }
                both.push_str(&old[a..end_a]);
                (old, new) = (&old[end_a..], &new[end_b..]);
            }
            both.push_str(old);
            *text = both;
        }
    }

    fn script(&self, script: &mut String) {
        let renamed = self.renaming.script(script, false);
        *script = if self.shared && renamed != *script {
            // Where the one name finds nothing, the other does.
            self.either(script)
        } else {
            renamed
        };
    }

    /// The field under the new name, else under the old.
    fn either(&self, script: &str) -> String {
        const MARK: &str = "renamed_field_mark";
        let Some(marked) = self
            .renaming
            .from
            .rsplit_once('/')
            .and_then(|(above, _)| Renaming::between(&self.renaming.from, &pointer::join(above, MARK)))
        else {
            return script.to_owned();
        };
        let at_root = self.renaming.from.matches('/').count() == 1;
        let script = marked.script(script, false);
        if !at_root {
            return marked.turned().script(&script, false);
        }
        let name = |path: &str| pointer::unescape(path.trim_start_matches('/')).into_owned();
        let both =
            format!("(data[\"{}\"] ?? data[\"{}\"])", name(&self.renaming.to), name(&self.renaming.from));
        let script = script.replace(&format!("data[\"{MARK}\"]"), &both);
        script.replace(&format!("data.{MARK}"), &both).replace(MARK, &both)
    }

    /// Leaves of a condition, however deep.
    fn condition(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                if members.contains_key("op") {
                    self.leaf(value);
                    return;
                }
                members.iter_mut().for_each(|(_, member)| self.condition(member));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.condition(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn leaf(&self, value: &mut Value) {
        let before = value.clone();
        if let Some(members) = value.as_object_mut() {
            self.pointer(members.get_mut("field"));
            // `{"field": P}` in the place of a literal.
            if let Some(other) = members.get_mut("value").and_then(Value::as_object_mut) {
                self.pointer(other.get_mut("field"));
            }
        }
        if self.shared && *value != before {
            // What is true of a missing value has to be true of both, everything else of one.
            let negative = matches!(text(&before, "op"), "ne" | "not_in" | "none_of" | "empty");
            let both = json!([value.clone(), before]);
            *value = if negative { json!({"all": both}) } else { json!({"any": both}) };
        }
    }

    fn role(&self, role: &mut Value) {
        for grant in role.get_mut("grants").and_then(Value::as_array_mut).into_iter().flatten() {
            if !self.is_it(grant.get("form")) {
                continue;
            }
            for (name, member) in grant.as_object_mut().into_iter().flatten() {
                match (name.as_str(), member.as_array_mut()) {
                    ("verbs", _) => {}
                    (_, Some(paths)) => self.renaming.paths(paths),
                    ("where", None) => self.condition(member),
                    (_, None) => {}
                }
            }
        }
    }

    fn board(&self, board: &mut Value) {
        let mut others = BTreeSet::new();
        named(board, "dataset", &mut |dataset| {
            others.insert(dataset.to_owned());
        });
        if !others.remove(self.form) {
            return;
        }
        let shared = others.iter().any(|other| self.around.has(other, &self.renaming.from));
        for (name, member) in board.as_object_mut().into_iter().flatten() {
            match (name.as_str(), member.as_array_mut()) {
                ("tiles", Some(tiles)) => tiles.iter_mut().for_each(|tile| self.tile(tile)),
                // One control for all tiles that have the field: beside others that keep it, a second.
                ("filters", Some(filters)) => self.filters(filters, shared),
                (_, _) => {}
            }
        }
    }

    fn filters(&self, filters: &mut Vec<Value>, shared: bool) {
        let mut more = Vec::new();
        for filter in filters.iter_mut() {
            let before = filter.clone();
            self.pointer(filter.get_mut("field"));
            if shared && *filter != before {
                more.push(before);
            }
        }
        filters.extend(more);
    }

    /// What is asked of the form, and what hangs on it: drilling, alerts.
    fn tile(&self, tile: &mut Value) {
        let mut asked = false;
        named(tile, "dataset", &mut |dataset| asked |= dataset == self.form);
        if asked {
            self.asked(tile);
        }
    }

    fn asked(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                let foreign = members
                    .get("dataset")
                    .and_then(Value::as_str)
                    .is_some_and(|dataset| dataset != self.form);
                if foreign {
                    return;
                }
                if let Some(dimensions) = members.get_mut("dimensions") {
                    self.keep_columns(dimensions);
                }
                for (name, member) in members.iter_mut() {
                    // Words of the author, and literals that are compared.
                    let kept = matches!(name.as_str(), "title" | "text" | "as" | "label")
                        || (name == "value" && !member.is_object());
                    if !kept {
                        self.asked(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.asked(item)),
            Value::String(_) => self.pointer(Some(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A column is called by its field unless it says how; what orders by it goes on finding it.
    fn keep_columns(&self, dimensions: &mut Value) {
        for dimension in dimensions.as_array_mut().into_iter().flatten() {
            let Some(members) = dimension.as_object_mut() else { continue };
            let field = members.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
            if self.renaming.path(&field).is_some() && !members.contains_key("as") {
                let name = field.rsplit('/').next().unwrap_or_default();
                members.insert("as".to_owned(), pointer::unescape(name).into_owned().into());
            }
        }
    }

    /// `own`: the flow works on submissions of the form. `of_event`: so does the event at hand. `scripts`: every
    /// text is a script.
    fn flow(&self, value: &mut Value, own: bool, of_event: bool, scripts: bool) {
        match value {
            Value::Object(members) => {
                let of_event = of_event || members.get("event").is_some_and(|event| self.is_submitted(event));
                for (name, member) in members.iter_mut() {
                    self.member(name, member, own, of_event, scripts);
                }
            }
            Value::Array(items) => {
                items.iter_mut().for_each(|item| self.flow(item, own, of_event, scripts));
            }
            Value::String(text) => {
                if scripts {
                    self.flow_script(text, own, of_event);
                } else if own && text.contains("{{") {
                    self.say(text);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn flow_script(&self, text: &mut String, own: bool, of_event: bool) {
        if own {
            self.script(text);
        }
        if of_event {
            *text = self.renaming.script_of(text, &["_event", "data"]);
        }
    }

    fn is_submitted(&self, event: &Value) -> bool {
        let name = format!("submission.{}", self.form);
        event.as_str().is_some_and(|event| event.split_whitespace().any(|word| word == name))
    }

    fn member(&self, name: &str, member: &mut Value, own: bool, of_event: bool, scripts: bool) {
        match (name, member) {
            ("tables" | "key" | "kind" | "start" | "form", _) => {}
            ("guard" | "cond", Value::String(script)) => self.flow_script(script, own, of_event),
            ("guard" | "cond", condition) => {
                if own && Condition::parse(condition, "").is_ok() {
                    self.condition(condition);
                } else {
                    self.flow(condition, own, of_event, scripts);
                }
            }
            ("script", Value::String(script)) => self.flow_script(script, own, of_event),
            ("require", Value::Array(paths)) if own && !self.shared => self.renaming.paths(paths),
            ("create", Value::Object(create)) => {
                let is_it = self.is_it(create.get("form"));
                for (name, member) in create.iter_mut() {
                    if name == "data" && is_it {
                        self.given(member);
                    }
                    self.flow(member, own, of_event, false);
                }
            }
            ("update", Value::Object(update)) => {
                if own && !self.shared {
                    match update.get_mut("data").and_then(Value::as_object_mut) {
                        Some(data) => self.renaming.names(data),
                        None => self.renaming.names(update),
                    }
                }
                update.iter_mut().for_each(|(_, member)| self.flow(member, own, of_event, false));
            }
            ("assign" | "if" | "foreach" | "send" | "context", member) => {
                self.flow(member, own, of_event, true);
            }
            ("on", Value::Object(events)) => {
                for (event, member) in events.iter_mut() {
                    let of = self.is_submitted(&Value::from(event.as_str()));
                    self.flow(member, own, of_event || of, false);
                }
            }
            (_, member) => self.flow(member, own, of_event, scripts),
        }
    }

    /// What a new submission of the form is given, by key or pointer.
    fn given(&self, data: &mut Value) {
        self.renaming.answers(data);
        if let Value::Object(members) = data {
            self.renaming.names(members);
        }
    }
}

fn end_of_hole(text: &str, start: usize) -> usize {
    text[start..].find("}}").map_or(text.len(), |end| start + end + 2)
}

/// A published version as it reads after later renamings, `(form, renaming)` oldest first, among the definitions in
/// force now.
#[must_use]
pub fn again(version: Value, steps: &[(&str, Renaming)], now: Vec<Value>) -> Value {
    // What the others said when the first of them happened is told by undoing them one after another.
    let mut then = now;
    let is_it = |other: &&mut Value| {
        text(other, "kind") == text(&version, "kind") && text(other, "key") == text(&version, "key")
    };
    if text(&version, "kind") == "flow"
        && let Some(own) = then.iter_mut().find(is_it)
    {
        *own = version.clone();
    }
    let mut surroundings = vec![Around::of(&then)];
    for (form, renaming) in steps.iter().rev() {
        let back = renaming.turned();
        for definition in &mut then {
            if text(definition, "kind") == "form" && text(definition, "key") == *form {
                back.form(definition);
            }
        }
        surroundings.push(Around::of(&then));
    }
    let mut version = version;
    for ((form, renaming), around) in steps.iter().zip(surroundings.iter().rev()) {
        version = rename(&version, form, renaming, around);
    }
    version
}
