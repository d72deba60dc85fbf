//! RJSF's `uiSchema`: order, widgets, titles, help and options, nested like the schema.

use serde_json::{Map, Value};

use super::{Draft, control, of_word};
use crate::{Field, FieldKind, pointer};

pub(super) fn read(ui: &Value, draft: &mut Draft<'_>) {
    let mut leaves: Vec<String> = draft.leaves("").into_iter().map(str::to_owned).collect();
    sort(&mut leaves, ui);
    notes(ui, "", "", draft);
    for leaf in leaves {
        let (members, from) = members(ui, &leaf, draft);
        if let Some(words) = draft.form.field(&leaf).and_then(|field| only_said(field, &members)) {
            draft.say(&words, &from);
            continue;
        }
        draft.ask(&leaf, members, None, &from);
    }
}

/// A field of type `null` holds nothing: its title and description are words between the questions.
fn only_said(field: &Field, members: &Map<String, Value>) -> Option<String> {
    if !field.types.null || field.can_be_asked() || field.types.object || field.types.array {
        return None;
    }
    let told = |name: &str| members.get(name).and_then(Value::as_str);
    let title = told("title").unwrap_or_else(|| field.title.get(""));
    let help = told("help").or_else(|| field.help.as_ref().map(|help| help.get("")));
    Some(help.map_or_else(|| format!("**{title}**"), |help| format!("**{title}**\n\n{help}")))
}

/// One step down: what a ui schema says about a member, a row, or a place of a tuple.
fn below<'u>(ui: &'u Value, token: &str) -> Option<(&'u Value, String)> {
    let plain = pointer::unescape(token);
    if token == "*" {
        let items = ui.get("items").filter(|items| items.is_object());
        return items.or_else(|| ui.get("additionalItems")).map(|items| {
            (
                items,
                if ui.get("items").is_some_and(Value::is_object) { "/items" } else { "/additionalItems" }
                    .to_owned(),
            )
        });
    }
    if let Some(member) = ui.get(plain.as_ref()).filter(|member| member.is_object()) {
        return Some((member, format!("/{token}")));
    }
    if let Some(place) = ui.get("items").and_then(|items| items.get(token.parse::<usize>().ok()?)) {
        return Some((place, format!("/items/{token}")));
    }
    // Branches of a choice are asked as one.
    ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
        let branches = ui.get(keyword)?.as_array()?.iter().enumerate();
        branches
            .filter_map(|(index, branch)| Some((index, branch.get(plain.as_ref())?)))
            .next()
            .map(|(index, member)| (member, format!("/{keyword}/{index}/{token}")))
    })
}

/// Puts the leaves in the order that `ui:order` asks for, at every level.
fn sort(leaves: &mut [String], ui: &Value) {
    let position = |leaf: &String| {
        let mut place = Some(ui);
        let mut positions = Vec::new();
        for token in leaf.split('/').skip(1) {
            let order = place.and_then(|ui| option(ui, "order")).and_then(|(order, _)| order.as_array());
            let plain = pointer::unescape(token);
            let at = |name: &str| order.and_then(|order| order.iter().position(|known| known == name));
            // What is not named stands where `*` does.
            positions.push(at(&plain).or_else(|| at("*")).unwrap_or(usize::MAX));
            place = place.and_then(|ui| below(ui, token)).map(|(ui, _)| ui);
        }
        positions
    };
    // Stable within a group, and groups must stay together: compared level by level, equal prefixes first.
    let originals: Vec<String> = leaves.to_vec();
    let first = |prefix: &[&str]| {
        let prefix = prefix.join("/");
        originals.iter().position(|leaf| pointer::is_within(leaf, &prefix)).unwrap_or(usize::MAX)
    };
    leaves.sort_by_cached_key(|leaf| {
        let tokens: Vec<&str> = leaf.split('/').collect();
        let positions = position(leaf);
        let keys = positions.into_iter().enumerate();
        keys.map(|(level, at)| (at, first(&tokens[..level + 2]))).collect::<Vec<_>>()
    });
}

/// `"ui:NAME"` or `"ui:options": {"NAME"}`, and its place.
fn option<'u>(ui: &'u Value, name: &str) -> Option<(&'u Value, String)> {
    let direct = format!("ui:{name}");
    if let Some(value) = ui.get(&direct) {
        return Some((value, format!("/{direct}")));
    }
    ui.get("ui:options")?.get(name).map(|value| (value, format!("/ui:options/{name}")))
}

/// What the ui schema says about one leaf, and where.
fn members(ui: &Value, leaf: &str, draft: &mut Draft<'_>) -> (Map<String, Value>, String) {
    let mut members = Map::new();
    let (mut here, mut from) = (Some(ui), String::new());
    let mut is_gone = false;
    for token in leaf.split('/').skip(1) {
        let group = here.and_then(|ui| option(ui, "title")).filter(|_| !from.is_empty());
        if let Some((Value::String(title), _)) = group.filter(|_| token != "*") {
            members.insert("section".to_owned(), title.as_str().into());
        }
        let next = here.and_then(|ui| below(ui, token));
        from.push_str(next.as_ref().map_or("", |(_, step)| step.as_str()));
        here = next.map(|(ui, _)| ui);
        let widget = here.and_then(|ui| option(ui, "widget")).and_then(|(widget, _)| widget.as_str());
        is_gone |= widget.map(short) == Some("hidden");
    }
    if is_gone {
        // With a group, everything in it.
        members.extend(control(&["hidden"]).map(|control| ("control".to_owned(), control)));
    }
    let Some(ui) = here else { return (members, from) };
    let text = |name: &str| {
        let found = option(ui, name).and_then(|(value, _)| value.as_str());
        found.filter(|text| !text.is_empty()).map(Value::from)
    };
    let help = match (text("description"), text("help")) {
        (Some(Value::String(description)), Some(Value::String(help))) => {
            Some(format!("{description} {help}").into())
        }
        (description, help) => description.or(help),
    };
    let told = [("title", text("title")), ("help", help), ("placeholder", text("placeholder"))];
    members.extend(told.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))));
    if let Some(field) = draft.form.field(leaf)
        && let Some((names, _)) = option(ui, "enumNames").or_else(|| of_items(field, ui))
    {
        let labels = field.options.iter().enumerate().filter_map(|(index, option)| {
            let label =
                names.as_array().map_or_else(|| names.get(option.text()), |names| names.get(index))?;
            Some((option.text(), Value::from(label.as_str()?)))
        });
        members.insert("options".to_owned(), Value::Object(labels.collect()));
    }
    if let Some(control) = widget(ui, leaf, &from, draft).filter(|_| !is_gone) {
        members.insert("control".to_owned(), control);
    }
    (members, from)
}

/// A choice of several may have its labels where the schema has its options.
fn of_items<'u>(field: &Field, ui: &'u Value) -> Option<(&'u Value, String)> {
    ui.get("items").filter(|_| field.takes_list()).and_then(|items| option(items, "enumNames"))
}

/// A widget by the short name of what is registered under two: `RadioWidget` is `radio`.
fn short(widget: &str) -> &str {
    match widget {
        "AltDateTimeWidget" => "alt-datetime",
        "AltDateWidget" => "alt-date",
        "CheckboxWidget" => "checkbox",
        "CheckboxesWidget" => "checkboxes",
        "ColorWidget" => "color",
        "DateTimeWidget" => "date-time",
        "DateWidget" => "date",
        "EmailWidget" => "email",
        "FileWidget" => "file",
        "HiddenWidget" => "hidden",
        "PasswordWidget" => "password",
        "RadioWidget" => "radio",
        "RangeWidget" => "range",
        "RatingWidget" => "rating",
        "SelectWidget" => "select",
        "TextWidget" => "text",
        "TextareaWidget" => "textarea",
        "TimeWidget" => "time",
        "URLWidget" => "url",
        "UpDownWidget" => "updown",
        other => other,
    }
}

fn widget(ui: &Value, leaf: &str, from: &str, draft: &mut Draft<'_>) -> Option<Value> {
    let kind = draft.form.field(leaf).map(|field| field.kind);
    let (widget, step) = match (option(ui, "widget"), option(ui, "inputType")) {
        (Some(found), _) | (None, Some(found)) => found,
        (None, None) => return None,
    };
    let at = format!("{from}{step}");
    let Some(word) = widget.as_str().map(short) else {
        draft.note("ui.widget", at, "a widget of the tool's own code has no counterpart");
        return None;
    };
    if matches!(
        (word, kind),
        ("checkbox" | "radio" | "select", Some(FieldKind::Boolean | FieldKind::Consent))
    ) {
        // A yes-no question is asked as one whatever it looks like.
        return None;
    }
    let found = match (word, kind) {
        ("checkboxes" | "select", Some(FieldKind::Multiple)) => control(&["multiple"]),
        _ => of_word(word),
    };
    if found.is_none() {
        draft.note(
            "ui.widget",
            at,
            format!("the widget `{word}` has no counterpart; the usual control asks instead"),
        );
    }
    found
}

/// What is read, and what only says how things look in the tool it was written for.
const READ: [&str; 9] = [
    "ui:order",
    "ui:widget",
    "ui:title",
    "ui:description",
    "ui:help",
    "ui:placeholder",
    "ui:enumNames",
    "ui:submitButtonOptions",
    "ui:options",
];
const READ_OPTIONS: [&str; 8] =
    ["order", "widget", "title", "description", "help", "placeholder", "enumNames", "inputType"];

/// Notes what has no counterpart, and members that name no field.
fn notes(ui: &Value, at: &str, place: &str, draft: &mut Draft<'_>) {
    for (name, value) in ui.as_object().into_iter().flatten() {
        let here = pointer::join(at, name);
        // A member may have the name of a keyword.
        let member = pointer::join(place, name);
        if value.is_object() && !draft.leaves(&member).is_empty() {
            notes(value, &here, &member, draft);
            continue;
        }
        match name.as_str() {
            "ui:options" => {
                for option in value.as_object().into_iter().flat_map(|options| options.keys()) {
                    if !READ_OPTIONS.contains(&option.as_str()) {
                        let message = format!("the option `{option}` has no counterpart");
                        draft.note("ui.option", pointer::join(&here, option), message);
                    }
                }
            }
            known if READ.contains(&known) => {}
            "items" if value.is_array() => {
                for (index, part) in value.as_array().into_iter().flatten().enumerate() {
                    notes(part, &pointer::join(&here, index), &pointer::join(place, index), draft);
                }
            }
            "items" | "additionalItems" => notes(value, &here, &format!("{place}/*"), draft),
            "anyOf" | "oneOf" => {
                for (index, part) in value.as_array().into_iter().flatten().enumerate() {
                    notes(part, &pointer::join(&here, index), place, draft);
                }
            }
            "ui:globalOptions" | "ui:rootFieldId" | "classNames" => {
                draft.note("ui.option", here, format!("`{name}` has no counterpart"));
            }
            own if own.starts_with("ui:") => {
                draft.note("ui.option", here, format!("`{own}` has no counterpart"))
            }
            // Inside a field that takes anything, its own tool knows more places than we do.
            _ if value.is_object() && draft.form.field(place).is_some() => {}
            _ if value.is_object() => {
                draft.note("ui.field", here, format!("the schema has no field `{member}`"));
            }
            _ => {
                draft.note("ui.shape", here, format!("`{name}` is neither an option nor a field's ui schema"))
            }
        }
    }
}
