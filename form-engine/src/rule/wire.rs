//! Compiled rules as JSON, for a page to carry: `{"targets": […], "requires": […]}`.
//!
//! Written by our own server for our own module, so reading it back tells only whether it worked.
//! Formulas stay on the server; what they compute is settled there.

use serde_json::{Value, json};

use super::{Formula, Rules, Target};
use crate::Condition;

impl Rules {
    pub(crate) fn to_value(&self) -> Value {
        let targets: Vec<Value> = self.targets.iter().map(Target::to_value).collect();
        let requires: Vec<Value> = self
            .requires
            .iter()
            .map(|(when, paths)| json!([condition_value(when.as_ref()), paths]))
            .collect();
        json!({"targets": targets, "requires": requires})
    }

    pub(crate) fn read(value: &Value) -> Option<Self> {
        let targets = value.get("targets")?.as_array()?.iter().map(Target::read).collect::<Option<_>>()?;
        let requires = value.get("requires")?.as_array()?.iter().map(read_require).collect::<Option<_>>()?;
        Some(Self { targets, requires })
    }
}

impl Target {
    fn to_value(&self) -> Value {
        let all = |conditions: &[Option<Condition>]| -> Vec<Value> {
            conditions.iter().map(|when| condition_value(when.as_ref())).collect()
        };
        let literal = |(when, formula): &(Option<Condition>, Formula)| match formula {
            Formula::Literal(value) => Some(json!([condition_value(when.as_ref()), value])),
            #[cfg(feature = "script")]
            Formula::Script { .. } => None,
        };
        let sets: Vec<Value> = self.sets.iter().filter_map(literal).collect();
        json!({"path": self.path, "shows": all(&self.shows), "hides": all(&self.hides), "sets": sets})
    }

    fn read(value: &Value) -> Option<Self> {
        let conditions = |name: &str| -> Option<Vec<Option<Condition>>> {
            value.get(name)?.as_array()?.iter().map(read_condition).collect()
        };
        let sets = value.get("sets")?.as_array()?;
        let sets = sets
            .iter()
            .map(|set| Some((read_condition(set.get(0)?)?, Formula::Literal(set.get(1)?.clone()))));
        Some(Self {
            path: value.get("path")?.as_str()?.to_owned(),
            shows: conditions("shows")?,
            hides: conditions("hides")?,
            sets: sets.collect::<Option<_>>()?,
        })
    }
}

/// `null` is a rule without a condition.
fn condition_value(when: Option<&Condition>) -> Value {
    when.map_or(Value::Null, |when| serde_json::to_value(when).unwrap_or(Value::Null))
}

fn read_condition(value: &Value) -> Option<Option<Condition>> {
    if value.is_null() { Some(None) } else { Condition::read(value).map(Some) }
}

fn read_require(value: &Value) -> Option<(Option<Condition>, Vec<String>)> {
    let paths = value.get(1)?.as_array()?.iter().map(|path| path.as_str().map(str::to_owned));
    Some((read_condition(value.get(0)?)?, paths.collect::<Option<_>>()?))
}
