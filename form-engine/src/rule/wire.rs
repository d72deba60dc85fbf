//! Compiled rules as JSON, for a page to carry: `{"targets": […], "requires": […], "quiz": …}`.
//!
//! Written by our own server for our own module, so reading it back tells only whether it worked.
//! Formulas stay on the server; what they compute is settled there.

use serde_json::{Value, json};

use super::{Carried, Formula, Quiz, Rules, Skip, Target};
use crate::Condition;

impl Rules {
    pub(crate) fn to_value(&self) -> Value {
        let targets: Vec<Value> = self.targets.iter().map(Target::to_value).collect();
        let requires: Vec<Value> = self
            .requires
            .iter()
            .map(|(when, paths)| json!([condition_value(when.as_ref()), paths]))
            .collect();
        json!({"targets": targets, "requires": requires, "quiz": self.quiz.as_ref().map(Quiz::to_value)})
    }

    pub(crate) fn read(value: &Value) -> Option<Self> {
        let targets = value.get("targets")?.as_array()?.iter().map(Target::read).collect::<Option<_>>()?;
        let requires = value.get("requires")?.as_array()?.iter().map(read_require).collect::<Option<_>>()?;
        Some(Self { targets, requires, quiz: value.get("quiz").and_then(Quiz::read) })
    }
}

impl Target {
    fn to_value(&self) -> Value {
        let all = |conditions: &[Option<Condition>]| -> Vec<Value> {
            conditions.iter().map(|when| condition_value(when.as_ref())).collect()
        };
        let literal = |(when, formula): &(Option<Condition>, Formula)| match formula {
            Formula::Literal(value) => Some(json!([condition_value(when.as_ref()), value])),
            Formula::Total => Some(json!([condition_value(when.as_ref())])),
            #[cfg(feature = "script")]
            Formula::Script { .. } => None,
        };
        let sets: Vec<Value> = self.sets.iter().filter_map(literal).collect();
        let mut value =
            json!({"path": self.path, "shows": all(&self.shows), "hides": all(&self.hides), "sets": sets});
        if !self.skips.is_empty() {
            let skips =
                self.skips.iter().map(|skip| json!([condition_value(skip.when.as_ref()), skip.after]));
            value["skips"] = skips.collect();
        }
        if !self.carried.is_empty() {
            let carried = self
                .carried
                .iter()
                .map(|one| json!([condition_value(one.when.as_ref()), one.from, one.chosen, one.options]));
            value["carried"] = carried.collect();
        }
        value
    }

    fn read(value: &Value) -> Option<Self> {
        let conditions = |name: &str| -> Option<Vec<Option<Condition>>> {
            value.get(name)?.as_array()?.iter().map(read_condition).collect()
        };
        let list =
            |name: &str| value.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter();
        let sets = list("sets").map(|set| {
            let formula = set.get(1).map_or(Formula::Total, |value| Formula::Literal(value.clone()));
            Some((read_condition(set.get(0)?)?, formula))
        });
        let skips = list("skips").map(|skip| {
            let (when, after) = read_require(skip)?;
            Some(Skip { when, after })
        });
        let carried = list("carried").map(|one| {
            Some(Carried {
                when: read_condition(one.get(0)?)?,
                from: one.get(1)?.as_str()?.to_owned(),
                chosen: one.get(2)?.as_bool()?,
                options: one.get(3)?.as_array()?.clone(),
            })
        });
        Some(Self {
            path: value.get("path")?.as_str()?.to_owned(),
            shows: conditions("shows")?,
            hides: conditions("hides")?,
            skips: skips.collect::<Option<_>>()?,
            carried: carried.collect::<Option<_>>()?,
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
