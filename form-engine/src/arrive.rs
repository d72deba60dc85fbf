//! What a form holds when somebody opens it: defaults from the link, the customer and formulas.

use std::sync::Arc;

use serde_json::Value;

use crate::definition::{FormDefinition, Source};
use crate::field::Field;
use crate::form::Form;
use crate::script::{Names, Script, ScriptScope};
use crate::{Problem, pointer};

/// What is known about somebody who opens a form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival<'a> {
    /// Names and texts the link brought; a name that is a field's key or pointer is an answer to it.
    pub parameters: &'a [(String, String)],
    /// Attributes of the customer, an object; `None` while nobody knows who it is.
    pub customer: Option<&'a Value>,
}

/// A field's first value, compiled.
#[derive(Debug)]
pub(crate) struct Default {
    field: String,
    source: Compiled,
}

#[derive(Debug)]
enum Compiled {
    Literal(Value),
    Parameter(String),
    Customer(String),
    Script(Script, Arc<Names>),
    First(Vec<Compiled>),
}

pub(crate) fn compile(
    definition: &FormDefinition,
    fields: &[Arc<Field>],
    problems: &mut Vec<Problem>,
) -> Vec<Default> {
    let mut defaults = Vec::new();
    for (path, source) in &definition.defaults {
        let at = pointer::join("/defaults", path);
        let known = fields.iter().any(|field| pointer::is_within(path, &field.path));
        if !known || path.split('/').any(|token| token == "*") {
            let message = if known {
                "rows that are not there have no default".to_owned()
            } else {
                format!("the schema has no field `{path}`")
            };
            problems.push(Problem::new("form.field_missing", at, message));
            continue;
        }
        let compiled = compiled(source, fields, &at, problems);
        defaults.extend(compiled.map(|source| Default { field: path.clone(), source }));
    }
    defaults
}

fn compiled(
    source: &Source,
    fields: &[Arc<Field>],
    at: &str,
    problems: &mut Vec<Problem>,
) -> Option<Compiled> {
    match source {
        Source::Literal(value) => Some(Compiled::Literal(value.clone())),
        Source::Parameter(name) => Some(Compiled::Parameter(name.clone())),
        Source::Customer(name) => Some(Compiled::Customer(name.clone())),
        Source::First(sources) => {
            let sources = sources.iter().enumerate();
            let sources = sources.filter_map(|(index, source)| {
                compiled(source, fields, &format!("{at}/first/{index}"), problems)
            });
            Some(Compiled::First(sources.collect()))
        }
        Source::Script(source) => {
            let keys = fields.iter().filter_map(|field| field.path.strip_prefix('/')?.split('/').next());
            let keys = keys.map(|key| pointer::unescape(key).into_owned());
            let names = Arc::new(Names::new(keys, Vec::<String>::new()));
            match Script::compile(source, &names) {
                Ok(script) => Some(Compiled::Script(script, names)),
                Err(error) => {
                    let message = format!("the script does not compile: {error}");
                    problems.push(Problem::new("form.script", format!("{at}/script"), message));
                    None
                }
            }
        }
    }
}

impl Form {
    /// The document a form opens with: what the link answers, then the defaults in the author's order.
    ///
    /// A value the field alone would refuse is not taken, so that nobody has to repair what they did not type.
    pub fn arrive(&self, arrival: &Arrival<'_>) -> Value {
        let named = arrival.parameters.iter().map(|(name, text)| {
            (if name.starts_with('/') { name.clone() } else { pointer::join("", name) }, text.clone())
        });
        let brought: Vec<(String, String)> = named.filter(|(name, _)| self.field(name).is_some()).collect();
        let mut data = self.coerce(&brought);
        for default in &self.defaults {
            let Some(field) = self.field(&default.field) else { continue };
            let given = pointer::get(&data, &default.field).is_some_and(|value| !value.is_null());
            if given {
                continue;
            }
            if let Some(value) = default.source.value(field, arrival, &data).filter(|value| !value.is_null())
            {
                pointer::set(&mut data, &default.field, value);
            }
        }
        data
    }
}

impl Compiled {
    fn value(&self, field: &Field, arrival: &Arrival<'_>, data: &Value) -> Option<Value> {
        let fine = |value: &Value| field.faults(value).is_empty();
        let typed = |text: &str| field.read(&[text]).filter(fine);
        match self {
            Self::Literal(value) => Some(value.clone()).filter(fine),
            Self::Parameter(name) => {
                let given: Vec<&str> = arrival
                    .parameters
                    .iter()
                    .filter(|(known, _)| known == name)
                    .map(|(_, text)| text.as_str())
                    .collect();
                if given.is_empty() { None } else { field.read(&given).filter(fine) }
            }
            Self::Customer(name) => {
                let found = name.split('.').try_fold(arrival.customer?, |value, key| value.get(key))?;
                // An attribute may be kept as text where the form asks for a number.
                if fine(found) { Some(found.clone()) } else { typed(found.as_str()?) }
            }
            Self::Script(script, names) => {
                let mut scope = ScriptScope::new(names);
                scope.set_data(data);
                if let Some(customer) = arrival.customer {
                    scope.set_customer(customer);
                }
                script.evaluate(&mut scope).ok().filter(fine)
            }
            Self::First(sources) => sources
                .iter()
                .find_map(|source| source.value(field, arrival, data).filter(|found| !found.is_null())),
        }
    }
}
