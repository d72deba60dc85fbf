//! Rules as an author sees them: when one question shows, hides or must be answered.

use form_engine::pointer;
use serde_json::{Map, Value, json};

use super::member;

/// What a rule does to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Shown only then.
    Show,
    /// Not shown then.
    Hide,
    /// Must be answered then.
    Require,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Show, Self::Hide, Self::Require];

    /// The rule's member.
    #[must_use]
    pub const fn member(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Hide => "hide",
            Self::Require => "require",
        }
    }
}

fn names(rule: &Value, effect: Effect, field: &str) -> bool {
    let fields = rule.get(effect.member()).and_then(Value::as_array);
    fields.is_some_and(|fields| fields.iter().any(|named| named == field))
}

/// Some rule does that to a question.
pub fn is_ruled(draft: &Value, field: &str, effect: Effect) -> bool {
    let rules = draft.get("rules").and_then(Value::as_array);
    rules.is_some_and(|rules| rules.iter().any(|rule| names(rule, effect, field)))
}

/// When `effect` happens to a question, in one condition; none when no rule says so.
#[must_use]
pub fn when(draft: &Value, field: &str, effect: Effect) -> Option<Value> {
    let rules = draft.get("rules").and_then(Value::as_array)?;
    let always = || json!({ "all": [] });
    let mut whens: Vec<Value> = rules
        .iter()
        .filter(|rule| names(rule, effect, field))
        .map(|rule| rule.get("when").cloned().unwrap_or_else(always))
        .collect();
    // Several rules of one effect mean: any of them.
    match whens.len() {
        0 => None,
        1 => whens.pop(),
        _ => Some(json!({ "any": whens })),
    }
}

/// Makes `when` the one rule for `effect` on a question, where the first of them stood.
pub(super) fn set(draft: &mut Value, field: &str, effect: Effect, when: Option<&Value>) -> bool {
    let had = draft.get("rules").is_some();
    if !had && when.is_none() {
        return false;
    }
    let rules = member(draft, "rules", json!([])).as_array_mut().expect("made a list above");
    let first = rules.iter().position(|rule| names(rule, effect, field));
    for rule in rules.iter_mut().filter_map(Value::as_object_mut) {
        drop_field(rule, effect.member(), &|named| named == field);
    }
    if let Some(when) = when {
        let rule = json!({ "when": when, effect.member(): [field] });
        rules.insert(first.unwrap_or(rules.len()).min(rules.len()), rule);
    }
    rules.retain(does_something);
    true
}

fn drop_field(rule: &mut Map<String, Value>, effect: &str, gone: &dyn Fn(&str) -> bool) {
    if let Some(fields) = rule.get_mut(effect).and_then(Value::as_array_mut) {
        let before = fields.len();
        fields.retain(|field| !field.as_str().is_some_and(gone));
        if fields.is_empty() && before > 0 {
            rule.shift_remove(effect);
        }
    }
}

/// A rule that only says when does nothing; what other members mean is the form's.
fn does_something(rule: &Value) -> bool {
    let asides = ["when", "to", "after", "chosen", "not_chosen"];
    rule.as_object().is_none_or(|members| members.keys().any(|name| !asides.contains(&name.as_str())))
}

/// What computes a field, if a rule does.
pub(super) fn computed(draft: &Value, field: &str) -> Option<Value> {
    let rules = draft.get("rules").and_then(Value::as_array)?;
    let rule = rules.iter().find(|rule| computes(rule, field))?;
    rule.get("to").cloned()
}

fn computes(rule: &Value, field: &str) -> bool {
    rule.get("set").is_some_and(|set| set == field)
        && rule.get("to").is_some_and(|to| to.get("script").is_some())
}

/// Computes a field by `to`.
pub(super) fn compute(draft: &mut Value, field: &str, to: Value) -> bool {
    let rules = member(draft, "rules", json!([])).as_array_mut().expect("made a list above");
    match rules.iter_mut().find(|rule| computes(rule, field)) {
        Some(rule) => rule["to"] = to,
        None => rules.push(json!({ "set": field, "to": to })),
    }
    true
}

/// Nothing computes a field any more.
pub(super) fn uncompute(draft: &mut Value, field: &str) {
    for rule in draft.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten() {
        if computes(rule, field)
            && let Some(members) = rule.as_object_mut()
        {
            members.shift_remove("set");
            members.shift_remove("to");
        }
    }
    if let Some(rules) = draft.get_mut("rules").and_then(Value::as_array_mut) {
        rules.retain(does_something);
    }
}

/// The copy of a question follows the same rules.
pub(super) fn copy(draft: &mut Value, field: &str, copy: &str) {
    let rules = draft.get_mut("rules").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        for effect in Effect::ALL {
            if names(rule, effect, field) {
                rule[effect.member()].as_array_mut().expect("it names the field").push(copy.into());
            }
        }
    }
}

/// Takes a question out of every rule: rules about it alone go, and so do comparisons with it.
pub(super) fn forget(draft: &mut Value, field: &str) {
    let gone = |named: &str| pointer::is_within(named, field);
    if let Some(rules) = draft.get_mut("rules").and_then(Value::as_array_mut) {
        rules.retain_mut(|rule| {
            let Some(rule) = rule.as_object_mut() else { return true };
            for effect in Effect::ALL {
                drop_field(rule, effect.member(), &gone);
            }
            drop_field(rule, "offer", &gone);
            let about = |name: &str| rule.get(name).and_then(Value::as_str).is_some_and(gone);
            let (set, jump) = (about("set"), about("jump") || about("after"));
            let offer = about("chosen") || about("not_chosen") || !rule.contains_key("offer");
            for (idle, members) in [
                (set, &["set", "to"][..]),
                (jump, &["jump", "after"]),
                (offer, &["offer", "chosen", "not_chosen"]),
            ] {
                for member in members.iter().filter(|_| idle) {
                    rule.shift_remove(*member);
                }
            }
            let kept = keep_when(rule, &gone);
            kept && does_something(&Value::Object(rule.clone()))
        });
    }
    if let Some(quotas) = draft.pointer_mut("/publish/option_quotas").and_then(Value::as_object_mut) {
        quotas.retain(|named, _| !gone(named));
    }
    super::logic::forget(draft, &gone);
    if let Some(variants) = draft.pointer_mut("/publish/thanks").and_then(Value::as_array_mut) {
        variants
            .retain_mut(|variant| variant.as_object_mut().is_none_or(|variant| keep_when(variant, &gone)));
    }
}

/// Prunes `when`; false when nothing of it is left.
fn keep_when(holder: &mut Map<String, Value>, gone: &dyn Fn(&str) -> bool) -> bool {
    let Some(when) = holder.get("when") else { return true };
    match pruned(when, gone) {
        Some(when) => {
            holder.insert("when".to_owned(), when);
            true
        }
        None => false,
    }
}

/// The condition without comparisons with what is gone; none when nothing is left.
fn pruned(condition: &Value, gone: &dyn Fn(&str) -> bool) -> Option<Value> {
    let members = condition.as_object()?;
    for word in ["all", "any"] {
        if let Some(parts) = members.get(word).and_then(Value::as_array) {
            let left: Vec<Value> = parts.iter().filter_map(|part| pruned(part, gone)).collect();
            return (!left.is_empty() || parts.is_empty()).then(|| json!({ word: left }));
        }
    }
    if let Some(inner) = members.get("not") {
        return pruned(inner, gone).map(|inner| json!({ "not": inner }));
    }
    let named = |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(gone);
    let other = members.get("value").and_then(|value| value.get("field"));
    (!named(members.get("field")) && !named(other)).then(|| condition.clone())
}
