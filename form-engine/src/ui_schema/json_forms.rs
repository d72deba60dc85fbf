//! JSON Forms' `uischema`: layouts, categories, groups, controls, labels and rules.
//!
//! A category is a page; a group or a label is the section of the controls below it; a rule counts for everything
//! inside its element, together with those around it.

use serde_json::{Map, Value};

use super::words::said;
use super::{Draft, condition, of_word};
use crate::{Condition, pointer};

/// Elements nest no deeper.
const MAX_DEPTH: usize = 64;

pub(super) fn read(ui: &Value, draft: &mut Draft<'_>) {
    let around = Around { base: String::new(), section: None, rules: Vec::new(), depth: 0 };
    element(ui, "", &around, draft);
}

/// What stands around an element.
#[derive(Clone)]
struct Around {
    /// What its scopes start from: the row, in the detail of a list.
    base: String,
    section: Option<Value>,
    rules: Vec<Condition>,
    depth: usize,
}

fn element(ui: &Value, at: &str, around: &Around, draft: &mut Draft<'_>) {
    let Some(kind) = ui.get("type").and_then(Value::as_str) else {
        draft.note("ui.shape", at, "an element needs a `type`");
        return;
    };
    if around.depth > MAX_DEPTH {
        draft.note("ui.too_deep", at, format!("elements nest at most {MAX_DEPTH} deep"));
        return;
    }
    let mut inside = Around { depth: around.depth + 1, ..around.clone() };
    if let Some(rule) = ui.get("rule") {
        inside.rules.extend(read_rule(rule, &pointer::join(at, "rule"), &around.base, draft));
    }
    match kind {
        "VerticalLayout" | "HorizontalLayout" => elements(ui, at, &mut inside, draft),
        "Group" => {
            inside.section = label(ui, draft).or(inside.section);
            elements(ui, at, &mut inside, draft);
        }
        "Categorization" => {
            elements(ui, at, &mut inside, draft);
            draft.turn = true;
        }
        "Category" => {
            draft.page(label(ui, draft));
            inside.section = None;
            elements(ui, at, &mut inside, draft);
            draft.turn = true;
        }
        "Control" | "ListWithDetail" => control(ui, at, &inside, draft),
        // Read by `elements`, since it speaks of what follows it.
        "Label" => {}
        other => {
            draft.note("ui.element", at, format!("`{other}` has no counterpart; what is inside it is kept"));
            elements(ui, at, &mut inside, draft);
        }
    }
}

fn elements(ui: &Value, at: &str, inside: &mut Around, draft: &mut Draft<'_>) {
    let at = pointer::join(at, "elements");
    let Some(elements) = ui.get("elements").and_then(Value::as_array) else { return };
    for (index, one) in elements.iter().enumerate() {
        if one.get("type").is_some_and(|kind| kind == "Label") {
            let words = one.get("text").or_else(|| one.get("label"));
            let key = one.get("i18n").and_then(Value::as_str).map(|key| format!("{key}.text"));
            let told = key.and_then(|key| said(draft.words, &key));
            inside.section =
                told.or_else(|| words.filter(|text| text.is_string()).cloned()).or(inside.section.take());
        }
        element(one, &pointer::join(&at, index), inside, draft);
    }
}

fn control(ui: &Value, at: &str, around: &Around, draft: &mut Draft<'_>) {
    let scope = ui.get("scope").and_then(Value::as_str).unwrap_or("");
    let place = place_of(scope, &around.base);
    let leaves = place.as_deref().map(|place| draft.leaves(place)).unwrap_or_default();
    let Some(place) = place.filter(|_| !leaves.is_empty()) else {
        draft.note("ui.scope", pointer::join(at, "scope"), format!("the schema has no field at `{scope}`"));
        return;
    };
    let key = ui.get("i18n").or_else(|| ui.get("options")?.get("i18n")).and_then(Value::as_str);
    let mut asked: Vec<String> = Vec::new();
    if leaves == [place.as_str()] {
        let mut members = members(ui, at, draft);
        if let Some(section) = &around.section {
            members.insert("section".to_owned(), section.clone());
        }
        ask(&place, members, key, at, &mut asked, draft);
    } else {
        let section = label(ui, draft).or_else(|| around.section.clone());
        if let Some(detail) =
            ui.get("options").and_then(|options| options.get("detail")).filter(|it| it.is_object())
        {
            let base = format!("{place}/*");
            let inside =
                Around { base, section: section.clone(), rules: Vec::new(), depth: around.depth + 1 };
            element(detail, &format!("{at}/options/detail"), &inside, draft);
            asked.extend(leaves.iter().filter(|leaf| draft.is_asked(leaf)).map(|leaf| (*leaf).to_owned()));
        }
        for leaf in leaves.into_iter().filter(|leaf| !draft.is_asked(leaf)).collect::<Vec<_>>() {
            let mut members = Map::new();
            members.extend(section.clone().map(|section| ("section".to_owned(), section)));
            ask(leaf, members, None, at, &mut asked, draft);
        }
    }
    if !around.rules.is_empty() && !asked.is_empty() {
        let when = match &around.rules[..] {
            [one] => one.clone(),
            several => Condition::All(several.to_vec()),
        };
        // A group or a list goes whole, so that nobody has to give an empty one.
        let whole = !place.is_empty() && draft.leaves(&place).len() == asked.len();
        draft.show(when, if whole { vec![place] } else { asked }, at);
    }
}

fn ask(
    leaf: &str,
    members: Map<String, Value>,
    key: Option<&str>,
    at: &str,
    asked: &mut Vec<String>,
    draft: &mut Draft<'_>,
) {
    if draft.is_asked(leaf) {
        draft.note("ui.twice", at, format!("`{leaf}` is asked already; a question is asked once"));
        return;
    }
    draft.ask(leaf, members, key, at);
    asked.push(leaf.to_owned());
}

/// What a control says about its field.
fn members(ui: &Value, at: &str, draft: &mut Draft<'_>) -> Map<String, Value> {
    let mut members = Map::new();
    if let Some(title) = label(ui, draft) {
        members.insert("title".to_owned(), title);
    }
    let at = pointer::join(at, "options");
    // What is stored in a way of its own is no date that a control could ask for.
    let own = ["dateSaveFormat", "timeSaveFormat", "dateTimeSaveFormat"];
    let stored = |name: &str| ui.get("options").is_some_and(|options| options.get(name).is_some());
    let own_format = own.iter().any(|name| stored(name));
    for (name, value) in ui.get("options").and_then(Value::as_object).into_iter().flatten() {
        let on = value == true;
        let found = match name.as_str() {
            "multi" | "slider" | "radio" if on => of_word(name),
            "format" if !own_format => value.as_str().and_then(of_word),
            "placeholder" if value.is_string() => {
                members.insert("placeholder".to_owned(), value.clone());
                continue;
            }
            // A yes-no question is asked as one whether it looks like a box or a switch; `i18n` is read elsewhere.
            "multi" | "slider" | "radio" | "toggle" | "i18n" | "detail" => continue,
            _ => None,
        };
        match found {
            Some(control) => {
                members.insert("control".to_owned(), control);
            }
            None => {
                let message = format!("the option `{name}` has no counterpart");
                draft.note("ui.option", pointer::join(&at, name), message);
            }
        }
    }
    members
}

/// `"label": "text"`, `{"text": …}`, or the translations of `i18n`. `false` takes a label away, which no question may lack.
fn label(ui: &Value, draft: &Draft<'_>) -> Option<Value> {
    let key = ui.get("i18n").and_then(Value::as_str);
    let told = key.and_then(|key| said(draft.words, &format!("{key}.label")));
    let label = ui.get("label");
    told.or_else(|| {
        let text = label?.as_str().or_else(|| label?.get("text")?.as_str())?;
        (!text.is_empty()).then(|| text.into())
    })
}

/// When the element shows; `None` when it always does.
fn read_rule(rule: &Value, at: &str, base: &str, draft: &mut Draft<'_>) -> Option<Condition> {
    let effect = rule.get("effect").and_then(Value::as_str).unwrap_or("").to_ascii_uppercase();
    let Some(written) = rule.get("condition") else {
        draft.note("ui.rule", at, "a rule needs a `condition`");
        return None;
    };
    let when = match condition::read(written, base) {
        Ok(when) => when,
        Err(word) => {
            let message = format!("a condition with `{word}` has no counterpart; its element always shows");
            draft.note("ui.condition", pointer::join(at, "condition"), message);
            return None;
        }
    };
    let not = |when: Condition| Condition::Not(Box::new(when));
    match effect.as_str() {
        "SHOW" => Some(when),
        "HIDE" => Some(not(when)),
        "ENABLE" | "DISABLE" => {
            let message = format!("`{effect}` became show: a question that takes no answer is not asked");
            draft.note("ui.enable", at, message);
            Some(if effect == "ENABLE" { when } else { not(when) })
        }
        _ => {
            draft.note("ui.rule", at, format!("the effect `{effect}` has no counterpart"));
            None
        }
    }
}

/// The pattern a scope means: `#/properties/a/items/properties/b` is `/a/*/b`. Branches of a choice have no place of
/// their own: what they ask stands where the choice does.
pub(super) fn place_of(scope: &str, base: &str) -> Option<String> {
    let rest = scope.strip_prefix('#').unwrap_or(scope);
    let mut tokens = rest.split('/').filter(|token| !token.is_empty());
    let mut place = base.to_owned();
    while let Some(token) = tokens.next() {
        match token {
            "properties" => {
                place.push('/');
                place.push_str(tokens.next()?);
            }
            "items" => place.push_str("/*"),
            "anyOf" | "oneOf" | "allOf" => {
                tokens.next()?;
            }
            "then" | "else" => {}
            _ => return None,
        }
    }
    Some(place)
}
