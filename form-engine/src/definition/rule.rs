//! Show, hide, require and set, as the author wrote them.

use serde_json::{Map, Value};

use super::reader::Reader;
use crate::{Condition, pointer};

/// One rule.
///
/// ```json
/// {"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/about"], "require": ["/about"]}
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// When it applies; always, if absent.
    pub when: Option<Condition>,
    /// Fields shown only while some rule that shows them applies.
    pub show: Vec<String>,
    /// Fields hidden while it applies; stronger than `show`.
    pub hide: Vec<String>,
    /// Fields required while it applies and they show.
    pub require: Vec<String>,
    /// A field computed while it applies.
    pub set: Option<Setting>,
}

/// `"set": "/total", "to": …`
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The field, `*` for each row.
    pub field: String,
    /// What it becomes.
    pub to: Computed,
}

/// A value known or computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Computed {
    /// Itself.
    Literal(Value),
    /// `{"script": "price * quantity"}`
    Script(String),
}

/// A form with more rules than this is refused.
const MAX_RULES: usize = 500;
const MEMBERS: [&str; 6] = ["when", "show", "hide", "require", "set", "to"];

pub(super) fn read_all(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<Rule> {
    let Some(rules) = value.and_then(|value| reader.list(value, path)) else { return Vec::new() };
    if rules.len() > MAX_RULES {
        reader.problem("form.rules_many", path, format!("a form holds at most {MAX_RULES} rules"));
        return Vec::new();
    }
    rules
        .iter()
        .enumerate()
        .filter_map(|(index, rule)| {
            let path = pointer::join(path, index);
            let members = reader.object(rule, &path)?;
            Some(read(reader, members, &path))
        })
        .collect()
}

fn read(reader: &mut Reader, members: &Map<String, Value>, path: &str) -> Rule {
    let at = |name: &str| pointer::join(path, name);
    reader.only(members, &MEMBERS, path);
    let when = members.get("when").and_then(|when| match Condition::parse(when, &at("when")) {
        Ok(condition) => Some(condition),
        Err(problems) => {
            reader.problems.extend(problems);
            None
        }
    });
    let rule = Rule {
        when,
        show: reader.pointers(members.get("show"), &at("show")),
        hide: reader.pointers(members.get("hide"), &at("hide")),
        require: reader.pointers(members.get("require"), &at("require")),
        set: read_setting(reader, members, path),
    };
    if !["show", "hide", "require", "set"].iter().any(|effect| members.contains_key(*effect)) {
        reader.problem(
            "form.rule_idle",
            path,
            "a rule needs at least one of `show`, `hide`, `require` and `set`",
        );
    }
    rule
}

fn read_setting(reader: &mut Reader, members: &Map<String, Value>, path: &str) -> Option<Setting> {
    let (field, to) = match (members.get("set"), members.get("to")) {
        (None, None) => return None,
        (Some(field), Some(to)) => (field, to),
        (Some(_), None) => {
            reader.problem("form.member_missing", pointer::join(path, "to"), "`set` needs `to`");
            return None;
        }
        (None, Some(_)) => {
            reader.problem("form.member_missing", pointer::join(path, "set"), "`to` needs `set`");
            return None;
        }
    };
    let field = reader.pointer(field, &pointer::join(path, "set"));
    let script =
        to.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("script"));
    let to = match script {
        Some(source) => {
            let at = pointer::join(&pointer::join(path, "to"), "script");
            Computed::Script(reader.string(source, &at)?.to_owned())
        }
        None => Computed::Literal(to.clone()),
    };
    Some(Setting { field: field?, to })
}
