//! Logic beyond showing and hiding: jumps, options carried on, values set, quotas, first values, points.

use serde_json::{Map, Value, json};

use super::{layout, member};

/// Where a form goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// At a question.
    Question(String),
    /// At a page, by its place.
    Page(usize),
    /// At the end.
    End,
}

/// A jump from a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// Whenever, if absent.
    pub when: Option<Value>,
    /// Where to.
    pub to: Target,
}

/// Where a first value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum First {
    /// Itself.
    Literal(Value),
    /// The link's parameter.
    Parameter(String),
    /// Computed when the form is opened.
    Script(String),
}

/// Carried options: which question tells, and whether those chosen there are offered or those not chosen.
pub type Carried = (String, bool);

fn rules(draft: &Value) -> &[Value] {
    draft.get("rules").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn rules_mut(draft: &mut Value) -> &mut Vec<Value> {
    member(draft, "rules", json!([])).as_array_mut().expect("made a list above")
}

fn jumps_from(rule: &Value, field: &str) -> bool {
    rule.get("jump").is_some() && rule.get("after").is_some_and(|after| after == field)
}

/// The jumps that leave a question, in the order in which they are tried.
#[must_use]
pub fn jumps(draft: &Value, field: &str) -> Vec<Jump> {
    let own = rules(draft).iter().filter(|rule| jumps_from(rule, field));
    own.filter_map(|rule| {
        let to = match rule.get("jump")?.as_str()? {
            "end" => Target::End,
            path if path.starts_with('/') => Target::Question(path.to_owned()),
            key => Target::Page(page_of(draft, key)?),
        };
        Some(Jump { when: rule.get("when").cloned(), to })
    })
    .collect()
}

fn page_of(draft: &Value, key: &str) -> Option<usize> {
    let pages = draft.pointer("/layout/pages")?.as_array()?;
    pages.iter().position(|page| page.get("key").is_some_and(|own| own == key))
}

/// What jumps call a page; it gets a key when it has none.
fn key_of(draft: &mut Value, page: usize) -> Option<String> {
    layout::settle(draft);
    let pages = draft.pointer("/layout/pages")?.as_array()?;
    if let Some(key) = pages.get(page)?.get("key").and_then(Value::as_str) {
        return Some(key.to_owned());
    }
    let taken: Vec<String> =
        pages.iter().filter_map(|page| page.get("key")?.as_str().map(str::to_owned)).collect();
    let key = (page + 1..).map(|number| format!("page-{number}")).find(|key| !taken.contains(key))?;
    let page = draft.pointer_mut("/layout/pages")?.get_mut(page)?.as_object_mut()?;
    page.shift_insert(0, "key".to_owned(), key.clone().into());
    Some(key)
}

/// Makes these the jumps that leave a question, where the first of them stood.
pub(super) fn set_jumps(draft: &mut Value, field: &str, jumps: &[Jump]) -> bool {
    let mut made = Vec::new();
    for jump in jumps {
        let to = match &jump.to {
            Target::End => "end".to_owned(),
            Target::Question(path) => path.clone(),
            Target::Page(page) => match key_of(draft, *page) {
                Some(key) => key,
                None => return false,
            },
        };
        let mut rule = Map::new();
        rule.extend(jump.when.clone().map(|when| ("when".to_owned(), when)));
        rule.insert("after".to_owned(), field.into());
        rule.insert("jump".to_owned(), to.into());
        made.push(Value::Object(rule));
    }
    let rules = rules_mut(draft);
    let at = rules.iter().position(|rule| jumps_from(rule, field)).unwrap_or(rules.len());
    rules.retain(|rule| !jumps_from(rule, field));
    let at = at.min(rules.len());
    rules.splice(at..at, made);
    true
}

/// The question whose answer decides which options are offered.
#[must_use]
pub fn carried(draft: &Value, field: &str) -> Option<Carried> {
    rules(draft).iter().filter(|rule| offers(rule, field)).find_map(|rule| {
        let chosen = rule.get("chosen").and_then(Value::as_str).map(|from| (from.to_owned(), true));
        chosen.or_else(|| rule.get("not_chosen")?.as_str().map(|from| (from.to_owned(), false)))
    })
}

fn offers(rule: &Value, field: &str) -> bool {
    rule.get("offer").and_then(Value::as_array).is_some_and(|fields| fields.iter().any(|own| own == field))
}

/// Carries options on, or no more.
pub(super) fn carry(draft: &mut Value, field: &str, from: Option<&Carried>) -> bool {
    let rules = rules_mut(draft);
    rules.retain_mut(|rule| {
        if !offers(rule, field) {
            return true;
        }
        let Some(members) = rule.as_object_mut() else { return true };
        let fields = members.get_mut("offer").and_then(Value::as_array_mut).expect("offers were asked for");
        fields.retain(|own| own != field);
        if fields.is_empty() {
            for name in ["offer", "chosen", "not_chosen"] {
                members.shift_remove(name);
            }
        }
        members.keys().any(|name| name != "when")
    });
    if let Some((from, chosen)) = from {
        let word = if *chosen { "chosen" } else { "not_chosen" };
        rules.push(json!({ "offer": [field], word: from }));
    }
    true
}

/// The value a question is given, and when.
#[must_use]
pub fn given(draft: &Value, field: &str) -> Option<(Option<Value>, Value)> {
    let rule = rules(draft).iter().find(|rule| gives(rule, field))?;
    Some((rule.get("when").cloned(), rule.get("to").cloned().unwrap_or(Value::Null)))
}

fn gives(rule: &Value, field: &str) -> bool {
    rule.get("set").is_some_and(|set| set == field)
        && rule.get("to").is_none_or(|to| to.get("script").is_none())
}

/// Gives a question a value under a condition, or no more.
pub(super) fn give(draft: &mut Value, field: &str, to: Option<&(Option<Value>, Value)>) -> bool {
    let rules = rules_mut(draft);
    let at = rules.iter().position(|rule| gives(rule, field)).unwrap_or(rules.len());
    rules.retain(|rule| !gives(rule, field));
    if let Some((when, to)) = to {
        let mut rule = Map::new();
        rule.extend(when.clone().map(|when| ("when".to_owned(), when)));
        rule.insert("set".to_owned(), field.into());
        rule.insert("to".to_owned(), to.clone());
        rules.insert(at.min(rules.len()), Value::Object(rule));
    }
    true
}

/// How many may choose an option.
#[must_use]
pub fn quota(draft: &Value, field: &str, option: &str) -> Option<u64> {
    draft.pointer("/publish/option_quotas")?.get(field)?.get(option)?.as_u64()
}

/// Sets or lifts how many may choose an option.
pub(super) fn set_quota(draft: &mut Value, field: &str, option: &str, most: Option<u64>) -> bool {
    let publish = member(draft, "publish", json!({}));
    let quotas = member(publish, "option_quotas", json!({}));
    let own = member(quotas, field, json!({})).as_object_mut().expect("made an object above");
    match most.filter(|most| *most > 0) {
        Some(most) => drop(own.insert(option.to_owned(), most.into())),
        None => drop(own.shift_remove(option)),
    }
    prune(publish, &["option_quotas", field]);
    true
}

/// Takes members that are empty objects away, the innermost first.
fn prune(value: &mut Value, path: &[&str]) {
    let Some((first, rest)) = path.split_first() else { return };
    let Some(members) = value.as_object_mut() else { return };
    if let Some(inner) = members.get_mut(*first) {
        prune(inner, rest);
        if inner.as_object().is_some_and(Map::is_empty) {
            members.shift_remove(*first);
        }
    }
}

/// What a question holds when the form is opened.
#[must_use]
pub fn first(draft: &Value, field: &str) -> Option<First> {
    let source = draft.get("defaults")?.get(field)?;
    let text = |name: &str| source.get(name).and_then(Value::as_str).map(str::to_owned);
    if let Some(name) = text("parameter") {
        return Some(First::Parameter(name));
    }
    if let Some(script) = text("script") {
        return Some(First::Script(script));
    }
    Some(First::Literal(source.get("value").unwrap_or(source).clone()))
}

/// Sets or lifts a first value.
pub(super) fn set_first(draft: &mut Value, field: &str, first: Option<&First>) -> bool {
    let defaults = member(draft, "defaults", json!({})).as_object_mut().expect("made an object above");
    match first {
        Some(First::Parameter(name)) => drop(defaults.insert(field.to_owned(), json!({ "parameter": name }))),
        Some(First::Script(script)) => drop(defaults.insert(field.to_owned(), json!({ "script": script }))),
        Some(First::Literal(value)) if value.is_object() || value.is_array() => {
            drop(defaults.insert(field.to_owned(), json!({ "value": value })));
        }
        Some(First::Literal(value)) => drop(defaults.insert(field.to_owned(), value.clone())),
        None => drop(defaults.shift_remove(field)),
    }
    prune(draft, &["defaults"]);
    true
}

/// What an option is worth in a quiz.
#[must_use]
pub fn points(draft: &Value, field: &str, option: &str) -> Option<f64> {
    draft.pointer("/quiz/points")?.get(field)?.get(option)?.as_f64()
}

/// True when answers are scored.
#[must_use]
pub fn is_quiz(draft: &Value) -> bool {
    draft.get("quiz").is_some()
}

/// Sets or lifts what an option is worth; the last one takes the quiz away.
pub(super) fn set_points(draft: &mut Value, field: &str, option: &str, worth: Option<f64>) -> bool {
    let quiz = member(draft, "quiz", json!({}));
    let all = member(quiz, "points", json!({}));
    let own = member(all, field, json!({})).as_object_mut().expect("made an object above");
    match worth.filter(|worth| worth.is_finite() && *worth != 0.0) {
        Some(worth) => drop(own.insert(option.to_owned(), super::schema::number(worth))),
        None => drop(own.shift_remove(option)),
    }
    prune(draft, &["quiz", "points", field]);
    if draft.get("quiz").is_some_and(|quiz| quiz.get("points").is_none()) {
        draft.as_object_mut().expect("a form is an object").shift_remove("quiz");
    }
    true
}

/// Takes away what is said about fields that are gone.
pub(super) fn forget(draft: &mut Value, gone: &dyn Fn(&str) -> bool) {
    for path in ["/defaults", "/quiz/points"] {
        if let Some(members) = draft.pointer_mut(path).and_then(Value::as_object_mut) {
            members.retain(|named, _| !gone(named));
        }
    }
    if let Some(quiz) = draft.get_mut("quiz").and_then(Value::as_object_mut)
        && quiz.get("total").and_then(Value::as_str).is_some_and(gone)
    {
        quiz.shift_remove("total");
    }
    prune(draft, &["defaults"]);
    prune(draft, &["quiz", "points"]);
    if draft.get("quiz").is_some_and(|quiz| quiz.get("points").is_none()) {
        draft.as_object_mut().expect("a form is an object").shift_remove("quiz");
    }
}

/// What a rule of the whole list does, for people to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its place among the rules.
    pub index: usize,
    /// When; always, if absent.
    pub when: Option<Value>,
    /// What then.
    pub does: Vec<Does>,
}

/// One thing a rule does.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// Questions show.
    Show(Vec<String>),
    /// Questions hide.
    Hide(Vec<String>),
    /// Questions must be answered.
    Require(Vec<String>),
    /// A question is given a value, or a formula.
    Set(String, Value),
    /// The form goes on elsewhere.
    Jump(Option<String>, String),
    /// Options of questions depend on another's answer.
    Offer(Vec<String>, String, bool),
}

impl Does {
    /// The questions it is about.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Show(fields) | Self::Hide(fields) | Self::Require(fields) => fields.clone(),
            Self::Offer(fields, ..) => fields.clone(),
            Self::Set(field, _) => vec![field.clone()],
            Self::Jump(after, _) => after.iter().filter(|after| after.starts_with('/')).cloned().collect(),
        }
    }
}

/// Every rule of a form, in order.
#[must_use]
pub fn lines(draft: &Value) -> Vec<Line> {
    let list = |rule: &Value, name: &str| -> Option<Vec<String>> {
        let fields = rule.get(name)?.as_array()?;
        Some(fields.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let text = |rule: &Value, name: &str| rule.get(name).and_then(Value::as_str).map(str::to_owned);
    let rules = rules(draft).iter().enumerate();
    rules
        .map(|(index, rule)| {
            let mut does = Vec::new();
            does.extend(list(rule, "show").map(Does::Show));
            does.extend(list(rule, "hide").map(Does::Hide));
            does.extend(list(rule, "require").map(Does::Require));
            does.extend(
                text(rule, "set").map(|field| Does::Set(field, rule.get("to").cloned().unwrap_or_default())),
            );
            does.extend(text(rule, "jump").map(|to| Does::Jump(text(rule, "after"), to)));
            does.extend(list(rule, "offer").and_then(|fields| {
                let chosen = text(rule, "chosen").map(|from| (from, true));
                let (from, chosen) = chosen.or_else(|| text(rule, "not_chosen").map(|from| (from, false)))?;
                Some(Does::Offer(fields, from, chosen))
            }));
            Line { index, when: rule.get("when").cloned(), does }
        })
        .collect()
}

/// Takes a rule of the list away.
pub(super) fn remove_rule(draft: &mut Value, index: usize) -> bool {
    let rules = rules_mut(draft);
    let there = index < rules.len();
    if there {
        rules.remove(index);
    }
    there
}
