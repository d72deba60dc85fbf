//! A sheet as JSON, for a page to carry, in the language of the page.
//!
//! Only what a browser decides with: no help texts, patterns or defaults, which the page shows or the
//! server judges. Written and read by the same release, so reading tells only whether it worked.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Sheet;
use crate::field::{Bound, Choice, Detail, Field, FieldKind, Types};
use crate::rule::Rules;
use crate::schema::leaves::List;
use crate::{Language, Text};

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

impl Sheet {
    /// As JSON, with titles and labels in `language`.
    pub fn to_value(&self, language: Language) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(|field| field_value(field, language)).collect();
        let lists: Vec<&str> = self.lists.iter().map(|list| list.path.as_str()).collect();
        let rules = self.rules.to_value();
        json!({"fields": fields, "lists": lists, "tuples": self.tuples, "rules": rules, "lifted": self.lifted})
    }

    /// Reads what [`Sheet::to_value`] wrote; `None` when something else did.
    pub fn read(value: &Value) -> Option<Self> {
        let fields = value.get("fields")?.as_array()?.iter().map(|field| read_field(field).map(Arc::new));
        let lists = texts(value.get("lists")?)?.into_iter();
        Some(Self {
            fields: fields.collect::<Option<_>>()?,
            lists: lists.map(|path| List { path, ..List::default() }).collect(),
            tuples: texts(value.get("tuples")?)?,
            rules: Rules::read(value.get("rules")?)?,
            lifted: texts(value.get("lifted")?)?,
        })
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

fn field_value(field: &Field, language: Language) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    put("path", field.path.as_str().into());
    put("title", field.title.get(language.as_str()).into());
    put("control", field.kind.control().into());
    put("types", types_value(field.types));
    for (name, flag) in [("explicit", field.explicit), ("required", field.required)] {
        if flag {
            put(name, true.into());
        }
    }
    if !field.options.is_empty() {
        let option = |choice: &Choice| json!([choice.value, choice.label.get(language.as_str())]);
        put("options", field.options.iter().map(option).collect());
    }
    for (name, bound) in [("min", &field.min), ("max", &field.max)] {
        if let Some(bound) = bound {
            put(name, json!([bound.limit, bound.inclusive]));
        }
    }
    let sizes = [
        ("min_length", field.min_length),
        ("max_length", field.max_length),
        ("min_items", field.min_items),
        ("max_items", field.max_items),
    ];
    for (name, size) in sizes {
        if let Some(size) = size {
            put(name, size.into());
        }
    }
    if let Some(format) = &field.format {
        put("format", format.as_str().into());
    }
    // Trees are long, and the page's own list holds nothing else; the server judges what comes of it.
    if let Detail::Version(version) = &field.detail {
        put("version", version.as_str().into());
    }
    Value::Object(members)
}

fn read_field(value: &Value) -> Option<Field> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let size = |name: &str| value.get(name).and_then(Value::as_u64);
    let flag = |name: &str| value.get(name).is_some_and(|flag| flag == &Value::Bool(true));
    let control = text("control")?;
    let kind = FieldKind::NAMED.into_iter().find(|kind| kind.control() == control).unwrap_or(FieldKind::Any);
    let options = value.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Some(Field {
        path: text("path")?.to_owned(),
        title: text("title")?.into(),
        help: None,
        placeholder: None,
        section: None,
        kind,
        explicit: flag("explicit"),
        required: flag("required"),
        // Whether it may be left open, its page says already.
        needed: false,
        within: None,
        options: options.iter().map(read_option).collect::<Option<_>>()?,
        types: read_types(value.get("types")?)?,
        min: value.get("min").and_then(read_bound),
        max: value.get("max").and_then(read_bound),
        step: None,
        min_length: size("min_length"),
        max_length: size("max_length"),
        min_items: size("min_items"),
        max_items: size("max_items"),
        pattern: None,
        format: text("format").map(str::to_owned),
        default: None,
        read_only: false,
        ends: None,
        identity: None,
        detail: text("version").map_or(Detail::None, |version| Detail::Version(version.to_owned())),
    })
}

fn read_option(value: &Value) -> Option<Choice> {
    Some(Choice { value: value.get(0)?.clone(), label: Text::from(value.get(1)?.as_str()?) })
}

fn read_bound(value: &Value) -> Option<Bound> {
    Some(Bound { limit: value.get(0)?.as_number()?.clone(), inclusive: value.get(1)?.as_bool()? })
}

fn types_value(types: Types) -> Value {
    let Types { string, number, integer, boolean, array, object, null } = types;
    let flags = [string, number, integer, boolean, array, object, null];
    TYPES.iter().zip(flags).filter(|(_, taken)| *taken).map(|(name, _)| Value::from(*name)).collect()
}

fn read_types(value: &Value) -> Option<Types> {
    let named = value.as_array()?;
    let has = |index: usize| named.iter().any(|name| name == TYPES[index]);
    Some(Types {
        string: has(0),
        number: has(1),
        integer: has(2),
        boolean: has(3),
        array: has(4),
        object: has(5),
        null: has(6),
    })
}
