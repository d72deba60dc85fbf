//! Rules at work: what shows, what is required, what is computed.
//!
//! Fields are settled one after another, each after those its rules read, so a hidden value is
//! gone before anything asks for it. Paths with `*` are settled row by row.

mod order;

use std::borrow::Cow;
use std::collections::BTreeSet;
#[cfg(feature = "script")]
use std::sync::Arc;

use serde_json::Value;

use crate::definition::{Computed, FormDefinition};
#[cfg(feature = "script")]
use crate::script::{Names, Script, ScriptScope};
use crate::{Condition, FieldPath, Operand, Problem, Subject, pointer};

/// A form's rules, compiled.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// In the order they are settled.
    targets: Vec<Target>,
    requires: Vec<(Option<Condition>, Vec<String>)>,
}

/// Everything that is said about one path.
#[derive(Debug)]
struct Target {
    path: String,
    shows: Vec<Option<Condition>>,
    hides: Vec<Option<Condition>>,
    sets: Vec<(Option<Condition>, Formula)>,
}

#[derive(Debug)]
enum Formula {
    Literal(Value),
    #[cfg(feature = "script")]
    Script {
        script: Script,
        names: Arc<Names>,
    },
}

/// What the rules made of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Hidden values gone, computed ones in.
    pub data: Value,
    /// Pointers of what does not show; everything below them does not either.
    pub hidden: Vec<String>,
    /// Pointers that rules require.
    pub required: BTreeSet<String>,
}

impl Outcome {
    /// True when what stands at `pointer` shows.
    pub fn shows(&self, pointer: &str) -> bool {
        !self.hidden.iter().any(|hidden| pointer::is_within(pointer, hidden))
    }
}

impl Rules {
    /// Compiles the rules of `definition`, whose leaves have the paths `fields`.
    pub(crate) fn compile(definition: &FormDefinition, fields: &[&str], problems: &mut Vec<Problem>) -> Self {
        let mut compiler = Compiler { fields, targets: Vec::new(), problems };
        let mut requires = Vec::new();
        for (index, rule) in definition.rules.iter().enumerate() {
            let at = format!("/rules/{index}");
            compiler.condition(rule.when.as_ref(), &format!("{at}/when"));
            for (name, paths) in [("show", &rule.show), ("hide", &rule.hide), ("require", &rule.require)] {
                for (place, path) in paths.iter().enumerate() {
                    compiler.known(path, &format!("{at}/{name}/{place}"));
                }
            }
            rule.show.iter().for_each(|path| compiler.target(path).shows.push(rule.when.clone()));
            rule.hide.iter().for_each(|path| compiler.target(path).hides.push(rule.when.clone()));
            if let Some(setting) = &rule.set {
                compiler.known(&setting.field, &format!("{at}/set"));
                if let Some(formula) = compiler.formula(&setting.field, &setting.to, &format!("{at}/to")) {
                    compiler.target(&setting.field).sets.push((rule.when.clone(), formula));
                }
            }
            if !rule.require.is_empty() {
                requires.push((rule.when.clone(), rule.require.clone()));
            }
        }
        let targets = order::ordered(compiler.targets, problems);
        Self { targets, requires }
    }

    /// Paths that some rule can hide.
    pub(crate) fn hideable(&self) -> impl Iterator<Item = &str> {
        let can_hide = |target: &&Target| !target.shows.is_empty() || !target.hides.is_empty();
        self.targets.iter().filter(can_hide).map(|target| target.path.as_str())
    }

    /// Settles every rule on `data`.
    pub(crate) fn apply(&self, data: Value) -> Outcome {
        let mut outcome = Outcome { data, hidden: Vec::new(), required: BTreeSet::new() };
        for target in &self.targets {
            for place in pointer::expand(&outcome.data, &target.path) {
                if outcome.shows(&place) {
                    target.settle(&place, &mut outcome);
                }
            }
        }
        for (when, paths) in &self.requires {
            for place in paths.iter().flat_map(|path| pointer::expand(&outcome.data, path)) {
                if outcome.shows(&place) && holds(when.as_ref(), &place, &outcome.data) {
                    outcome.required.insert(place);
                }
            }
        }
        outcome
    }
}

impl Target {
    fn settle(&self, place: &str, outcome: &mut Outcome) {
        let any = |conditions: &[Option<Condition>]| {
            conditions.iter().any(|when| holds(when.as_ref(), place, &outcome.data))
        };
        let shown = self.shows.is_empty() || any(&self.shows);
        if !shown || any(&self.hides) {
            pointer::remove(&mut outcome.data, place);
            outcome.hidden.push(place.to_owned());
            return;
        }
        for (when, formula) in &self.sets {
            if !holds(when.as_ref(), place, &outcome.data) {
                continue;
            }
            // A formula that lacks its inputs has no value.
            match formula.value(place, &outcome.data) {
                Some(value) if !value.is_null() => {
                    pointer::set(&mut outcome.data, place, value);
                }
                Some(_) | None => {
                    pointer::remove(&mut outcome.data, place);
                }
            }
        }
    }
}

impl Formula {
    #[cfg_attr(not(feature = "script"), expect(unused_variables, reason = "literals look at nothing"))]
    fn value(&self, place: &str, data: &Value) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            #[cfg(feature = "script")]
            Self::Script { script, names } => {
                let mut scope = ScriptScope::new(names);
                scope.set_data(data);
                // In a row, bare names are the row's.
                if let Some(Value::Object(row)) = pointer::get(data, row_of(place)) {
                    row.iter().for_each(|(name, value)| scope.set(name, value));
                }
                script.evaluate(&mut scope).ok()
            }
        }
    }
}

/// The pointer of the group or row that `place` stands in.
#[cfg(feature = "script")]
fn row_of(place: &str) -> &str {
    place.rsplit_once('/').map_or("", |(row, _)| row)
}

/// Whether a rule about `place` applies: its `*`s are the rows that `place` stands in.
fn holds(when: Option<&Condition>, place: &str, data: &Value) -> bool {
    when.is_none_or(|when| bound(when, place).evaluate(&Subject::of(data)))
}

fn bound<'c>(condition: &'c Condition, place: &str) -> Cow<'c, Condition> {
    let rows = |path: &FieldPath| matches!(path, FieldPath::Document(text) if text.contains("/*"));
    if !condition.fields().into_iter().any(rows) {
        return Cow::Borrowed(condition);
    }
    Cow::Owned(match condition {
        Condition::Leaf { field: FieldPath::Document(path), op, value } => Condition::Leaf {
            field: FieldPath::Document(pointer::beside(path, place)),
            op: *op,
            value: value.clone(),
        },
        Condition::Leaf { .. } => condition.clone(),
        Condition::All(parts) => {
            Condition::All(parts.iter().map(|part| bound(part, place).into_owned()).collect())
        }
        Condition::Any(parts) => {
            Condition::Any(parts.iter().map(|part| bound(part, place).into_owned()).collect())
        }
        Condition::Not(part) => Condition::Not(Box::new(bound(part, place).into_owned())),
    })
}

struct Compiler<'c> {
    fields: &'c [&'c str],
    targets: Vec<Target>,
    problems: &'c mut Vec<Problem>,
}

impl Compiler<'_> {
    fn target(&mut self, path: &str) -> &mut Target {
        let at = self.targets.iter().position(|target| target.path == path).unwrap_or_else(|| {
            self.targets.push(Target {
                path: path.to_owned(),
                shows: Vec::new(),
                hides: Vec::new(),
                sets: Vec::new(),
            });
            self.targets.len() - 1
        });
        &mut self.targets[at]
    }

    /// Notes a path that is neither a field, nor a group or list of some, nor inside a field that takes anything.
    fn known(&mut self, path: &str, at: &str) {
        if path.is_empty() || path.ends_with("/*") {
            let message = "a rule names fields, not the whole form or a whole row";
            self.problems.push(Problem::new("form.rule_field", at, message));
        } else if !self.is_known(path) {
            let message = format!("the schema has no field `{path}`");
            self.problems.push(Problem::new("form.field_missing", at, message));
        }
    }

    fn is_known(&self, path: &str) -> bool {
        let generic = |text: &str| -> String {
            text.split('/')
                .map(|token| if token.parse::<usize>().is_ok() { "*" } else { token })
                .collect::<Vec<_>>()
                .join("/")
        };
        let wanted = generic(path);
        self.fields.iter().any(|field| {
            let field = generic(field);
            pointer::is_within(&field, &wanted) || pointer::is_within(&wanted, &field)
        })
    }

    fn condition(&mut self, when: Option<&Condition>, at: &str) {
        let Some(when) = when else { return };
        for path in when.fields() {
            match path {
                FieldPath::Document(path) if self.is_known(path) => {}
                FieldPath::Document(path) => {
                    let message = format!("the schema has no field `{path}`");
                    self.problems.push(Problem::new("form.field_missing", at, message));
                }
                FieldPath::Column(name) => {
                    let message =
                        format!("`{name}` is a column of stored submissions, unknown while a form is filled");
                    self.problems.push(Problem::new("form.rule_column", at, message));
                }
            }
        }
        let mut outside = false;
        when.walk(&mut |condition| {
            if let Condition::Leaf { value: Operand::Now { .. } | Operand::Caller(_), .. } = condition {
                outside = true;
            }
        });
        if outside {
            let message = "a form's rules know neither the time nor who asks";
            self.problems.push(Problem::new("form.rule_outside", at, message));
        }
    }

    #[cfg_attr(
        not(feature = "script"),
        expect(unused_variables, clippy::unused_self, reason = "scripts run on the server")
    )]
    fn formula(&mut self, path: &str, to: &Computed, at: &str) -> Option<Formula> {
        match to {
            Computed::Literal(value) => Some(Formula::Literal(value.clone())),
            #[cfg(not(feature = "script"))]
            Computed::Script(_) => None,
            #[cfg(feature = "script")]
            Computed::Script(source) => {
                let row = row_of(path);
                let of = |prefix: &str| -> Vec<String> {
                    let below =
                        self.fields.iter().filter_map(|field| field.strip_prefix(prefix)?.strip_prefix('/'));
                    below
                        .filter_map(|rest| rest.split('/').next())
                        .map(|key| pointer::unescape(key).into_owned())
                        .collect()
                };
                let names = Arc::new(Names::new(of("").into_iter().chain(of(row)), Vec::<String>::new()));
                match Script::compile(source, &names) {
                    Ok(script) => Some(Formula::Script { script, names }),
                    Err(error) => {
                        let place = error.position.map_or_else(String::new, |(line, column)| {
                            format!(" (line {line}, column {column})")
                        });
                        let message = format!("the script does not compile: {error}{place}");
                        self.problems.push(Problem::new("form.script", format!("{at}/script"), message));
                        None
                    }
                }
            }
        }
    }
}
