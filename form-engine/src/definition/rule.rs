//! Show, hide, require, set, jump and offer, as the author wrote them.

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
    /// Questions passed over while it applies.
    pub jump: Option<Jump>,
    /// Options carried forward from an earlier answer while it applies.
    pub offer: Option<Offer>,
}

/// `"after": "/member", "jump": "/contact"`: what stands between is not asked.
///
/// A pointer is a question, a bare word the `key` of a page, and `end` the end of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// The question or page that is left; the last question the rule's condition reads, if absent.
    pub after: Option<Spot>,
    /// Where it goes on; `None` is the end.
    pub to: Option<Spot>,
}

/// A place in the order of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A question, a group or a list.
    Field(String),
    /// A page, by its key.
    Page(String),
}

/// `"offer": ["/best"], "chosen": "/used"`: of its options, those chosen in another question (or not chosen there).
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The questions whose options are meant.
    pub fields: Vec<String>,
    /// The question whose answer tells.
    pub from: String,
    /// True for those chosen there, false for those not.
    pub chosen: bool,
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
const MEMBERS: [&str; 11] =
    ["when", "show", "hide", "require", "set", "to", "after", "jump", "offer", "chosen", "not_chosen"];
/// What a rule can do.
const EFFECTS: [&str; 6] = ["show", "hide", "require", "set", "jump", "offer"];
/// Where a jump to the end goes.
const END: &str = "end";

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
        jump: read_jump(reader, members, path),
        offer: read_offer(reader, members, path),
    };
    if !EFFECTS.iter().any(|effect| members.contains_key(*effect)) {
        let message = "a rule needs at least one of `show`, `hide`, `require`, `set`, `jump` and `offer`";
        reader.problem("form.rule_idle", path, message);
    }
    rule
}

fn read_jump(reader: &mut Reader, members: &Map<String, Value>, path: &str) -> Option<Jump> {
    let at = |name: &str| pointer::join(path, name);
    let Some(to) = members.get("jump") else {
        if members.contains_key("after") {
            reader.problem("form.member_missing", at("jump"), "`after` needs `jump`");
        }
        return None;
    };
    let after = match members.get("after") {
        Some(after) => Some(read_spot(reader, after, &at("after"))?),
        None => None,
    };
    let to = if to == END { None } else { Some(read_spot(reader, to, &at("jump"))?) };
    Some(Jump { after, to })
}

fn read_spot(reader: &mut Reader, value: &Value, path: &str) -> Option<Spot> {
    if value.as_str().is_some_and(|word| !word.is_empty() && !word.starts_with('/')) {
        return value.as_str().map(|word| Spot::Page(word.to_owned()));
    }
    reader.pointer(value, path).map(Spot::Field)
}

fn read_offer(reader: &mut Reader, members: &Map<String, Value>, path: &str) -> Option<Offer> {
    let at = |name: &str| pointer::join(path, name);
    let (from, chosen, name) = match (members.get("chosen"), members.get("not_chosen")) {
        (Some(from), None) => (from, true, "chosen"),
        (None, Some(from)) => (from, false, "not_chosen"),
        (None, None) => {
            if members.contains_key("offer") {
                let message = "`offer` needs `chosen` or `not_chosen`, the question whose answer tells";
                reader.problem("form.member_missing", at("chosen"), message);
            }
            return None;
        }
        (Some(_), Some(_)) => {
            let message = "a rule offers what was `chosen` or what was `not_chosen`, not both";
            reader.problem("form.rule_offer", at("not_chosen"), message);
            return None;
        }
    };
    if !members.contains_key("offer") {
        reader.problem("form.member_missing", at("offer"), format!("`{name}` needs `offer`"));
        return None;
    }
    let fields = reader.pointers(members.get("offer"), &at("offer"));
    Some(Offer { fields, from: reader.pointer(from, &at(name))?, chosen })
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
