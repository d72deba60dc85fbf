//! From a leaf of the schema and what the layout says about it to a [`Field`].

use serde_json::{Number, Value};

use super::{Bound, Choice, Detail, Field, FieldKind, Types};
use crate::Text;
use crate::definition::LayoutItem;
use crate::schema::leaves::{Leaf, branch_options, key_label, options};

/// Options shown at once; more go into a list that opens.
const SEEN_AT_ONCE: usize = 6;
/// A text that may be longer than this gets several lines.
const ONE_LINE: u64 = 200;

/// The field of `leaf`; `multiple` are the subschemas of its items when it is a choice of several.
pub(crate) fn build(leaf: &Leaf<'_>, items: &[(&Value, bool)], item: Option<&LayoutItem>) -> Field {
    let views = Views(&leaf.views);
    let chosen = if items.is_empty() { views.choices() } else { Views(items).choices() };
    let types = types(&views, &chosen, !items.is_empty());
    let mut field = Field {
        path: leaf.path.clone(),
        title: Text::Plain(leaf.title.map_or_else(|| key_label(&leaf.path), str::to_owned)),
        help: leaf.description.map(Text::from),
        placeholder: None,
        section: leaf.section.as_deref().map(Text::from),
        kind: FieldKind::Any,
        explicit: false,
        required: leaf.required,
        needed: leaf.needed,
        within: leaf.within.clone(),
        options: chosen.into_iter().map(|(value, label)| choice(value, label)).collect(),
        types,
        min: bound(&views, "minimum", "exclusiveMinimum"),
        max: bound(&views, "maximum", "exclusiveMaximum"),
        step: views.sure("multipleOf", Value::as_number).cloned(),
        min_length: views.sure("minLength", Value::as_u64),
        max_length: views.sure("maxLength", Value::as_u64),
        min_items: views.sure("minItems", Value::as_u64),
        max_items: views.sure("maxItems", Value::as_u64),
        pattern: views.sure("pattern", Value::as_str).map(str::to_owned),
        format: views.sure("format", Value::as_str).or_else(|| views.agreed("format")).map(str::to_owned),
        default: views.any("default", Some).or_else(|| views.given().filter(|_| leaf.required)).cloned(),
        read_only: views.sure("readOnly", Value::as_bool).unwrap_or(false),
        ends: None,
        identity: None,
        detail: Detail::None,
    };
    if field.title.is_empty() {
        field.title = Text::from("#");
    }
    field.kind = derive(&field, &views);
    if let Some(item) = item {
        apply(&mut field, item);
    }
    field
}

/// The kind a schema asks for by itself.
fn derive(field: &Field, views: &Views<'_>) -> FieldKind {
    let types = field.types;
    if !field.options.is_empty() {
        return match (types.array, field.options.len() > SEEN_AT_ONCE) {
            (true, _) => FieldKind::Multiple,
            (false, true) => FieldKind::DropDown,
            (false, false) => FieldKind::Single,
        };
    }
    match views.sure("const", Some) {
        Some(Value::Bool(true)) => return FieldKind::Consent,
        // Nobody types these; where they must be there, they are.
        Some(Value::Array(_) | Value::Object(_)) => return FieldKind::Hidden,
        Some(_) | None => {}
    }
    let only_truth = types.boolean && !types.text() && !types.numeric();
    if only_truth && (types.array || types.object) {
        // A group or a list cannot be asked in one control, yes or no can.
        return FieldKind::Boolean;
    }
    if types.any() || types.array || types.object {
        return FieldKind::Any;
    }
    if types.string {
        return match field.format.as_deref() {
            Some("date") => FieldKind::Date,
            Some("date-time") => FieldKind::DateTime,
            Some("time") => FieldKind::Time,
            Some("email" | "idn-email") => FieldKind::Email,
            Some("phone" | "tel") => FieldKind::Phone,
            Some("textarea") => FieldKind::LongText,
            Some(_) => FieldKind::Text,
            None if field.max_length.is_some_and(|longest| longest > ONE_LINE) => FieldKind::LongText,
            None => FieldKind::Text,
        };
    }
    match (types.number || types.integer, types.boolean) {
        (true, _) => FieldKind::Number,
        (false, true) => FieldKind::Boolean,
        (false, false) => FieldKind::Any,
    }
}

fn apply(field: &mut Field, item: &LayoutItem) {
    if let Some(kind) = item.control {
        (field.kind, field.explicit) = (kind, true);
    }
    if let Some(title) = item.title.as_ref().filter(|title| !title.is_empty()) {
        field.title = title.clone();
    }
    field.section = item.section.clone().or(field.section.take());
    field.help = item.help.clone().or(field.help.take());
    field.placeholder = item.placeholder.clone();
    field.ends = item.ends.clone();
    field.identity = item.identity;
    field.detail = item.detail.clone();
    relabel(field, item);
}

/// What a matrix that is a group says about its rows.
pub(crate) fn row_of_matrix(field: &mut Field, matrix: &LayoutItem) {
    (field.kind, field.explicit) = (FieldKind::Matrix, true);
    field.help = field.help.take().or(matrix.help.clone());
    field.ends = field.ends.take().or(matrix.ends.clone());
    if let Some(title) = matrix.title.as_ref().filter(|title| !title.is_empty()) {
        field.section = Some(title.clone());
    }
    relabel(field, matrix);
}

fn relabel(field: &mut Field, item: &LayoutItem) {
    for option in &mut field.options {
        if let Some(label) = item.options.get(&option.text()) {
            option.label = label.clone();
        }
    }
}

fn choice(value: Value, label: Option<String>) -> Choice {
    let mut choice = Choice { value, label: Text::default() };
    choice.label = Text::Plain(label.unwrap_or_else(|| choice.text()));
    choice
}

fn types(views: &Views<'_>, chosen: &[(Value, Option<String>)], multiple: bool) -> Types {
    let constant = views.sure("const", Some);
    let mut sure = views.0.iter().filter(|(_, sure)| *sure).filter_map(|(view, _)| view.get("type"));
    if let Some(first) = sure.next() {
        let first = named(first);
        let all = sure.map(named).fold(first, both);
        // What takes nothing at all is asked as the first says it.
        return if all.any() { first } else { all };
    }
    if multiple {
        return Types { array: true, ..Types::default() };
    }
    let mut types = Types::default();
    if !chosen.is_empty() || constant.is_some() {
        // Without a `type`, the options or the constant tell.
        chosen
            .iter()
            .map(|(value, _)| value)
            .chain(constant)
            .for_each(|value| add(&mut types, name_of(value)));
    } else {
        // Asked only because branches ask for it: what any of them takes.
        let said = views.0.iter().filter_map(|(view, _)| view.get("type"));
        said.flat_map(names).for_each(|name| add(&mut types, name));
    }
    types
}

fn add(types: &mut Types, name: &str) {
    match name {
        "string" => types.string = true,
        "number" => types.number = true,
        "integer" => types.integer = true,
        "boolean" => types.boolean = true,
        "array" => types.array = true,
        "object" => types.object = true,
        "null" => types.null = true,
        _ => {}
    }
}

/// The names that a `type` holds.
fn names(kind: &Value) -> impl Iterator<Item = &str> {
    kind.as_array().map_or(std::slice::from_ref(kind), Vec::as_slice).iter().filter_map(Value::as_str)
}

fn named(kind: &Value) -> Types {
    let mut types = Types::default();
    names(kind).for_each(|name| add(&mut types, name));
    types
}

/// What both take; whole numbers are numbers.
fn both(one: Types, other: Types) -> Types {
    Types {
        string: one.string && other.string,
        number: one.number && other.number,
        integer: (one.integer && (other.integer || other.number)) || (other.integer && one.number),
        boolean: one.boolean && other.boolean,
        array: one.array && other.array,
        object: one.object && other.object,
        null: one.null && other.null,
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// `minimum` with `exclusiveMinimum` as a flag (draft-04) or as a limit of its own (later).
fn bound(views: &Views<'_>, keyword: &str, exclusive: &str) -> Option<Bound> {
    let limit = views.sure(keyword, Value::as_number).cloned();
    match views.sure(exclusive, Some) {
        Some(Value::Number(limit)) => Some(Bound { limit: limit.clone(), inclusive: false }),
        Some(Value::Bool(true)) => limit.map(|limit| Bound { limit, inclusive: false }),
        _ => limit.map(|limit: Number| Bound { limit, inclusive: true }),
    }
}

/// The subschemas about one place.
struct Views<'a>(&'a [(&'a Value, bool)]);

impl<'a> Views<'a> {
    /// The first that surely applies and has the keyword.
    fn sure<T>(&self, keyword: &str, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        self.0.iter().filter(|(_, sure)| *sure).find_map(|(view, _)| read(view.get(keyword)?))
    }

    /// The first that has the keyword, sure ones first.
    fn any<T>(&self, keyword: &str, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|(view, _)| read(view.get(keyword)?))
    }

    /// What all branches that have the keyword say alike, where nothing that surely applies says which values are taken.
    fn agreed(&self, keyword: &str) -> Option<&'a str> {
        let mut said = self.0.iter().filter_map(|(view, _)| view.get(keyword)?.as_str());
        let first = said.next().filter(|_| self.sure("type", Some).is_none())?;
        said.all(|other| other == first).then_some(first)
    }

    /// What a field that must be there holds because nothing else is taken. Agreement is not among them: that is given, not found.
    fn given(&self) -> Option<&'a Value> {
        self.sure("const", |value| (*value != Value::Bool(true) && !value.is_null()).then_some(value))
    }

    /// The one text or number that is taken.
    fn settled(&self) -> Option<&'a Value> {
        self.sure("const", |value| (value.is_string() || value.is_number()).then_some(value))
    }

    /// The options offered; a text or number that is settled is a choice of one, since nobody could guess it.
    fn choices(&self) -> Vec<(Value, Option<String>)> {
        self.0
            .iter()
            .filter(|(_, sure)| *sure)
            .find_map(|(view, _)| options(view))
            .or_else(|| self.settled().map(|value| vec![(value.clone(), None)]))
            .or_else(|| branch_options(self.0))
            .unwrap_or_default()
    }
}
