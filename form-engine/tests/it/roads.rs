//! Two roads to one verdict: the plan of a plain form says what the whole schema's validator says, problem by problem.
//!
//! A schema beside `allOf: [true]` means the same and has no plan, so that jsonschema judges it.

use form_engine::{Form, FormDefinition, Language, Problem, Refused, compile};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use crate::form_of;

/// One form on both roads.
struct Roads {
    planned: Form,
    whole: Form,
}

impl Roads {
    fn new(schema: &Value, make: &dyn Fn(Value) -> Result<Form, Vec<Problem>>) -> Result<Self, Vec<Problem>> {
        let mut beside = schema.clone();
        beside["allOf"] = json!([true]);
        Ok(Self { planned: make(schema.clone())?, whole: make(beside)? })
    }

    /// Every way of judging `text` comes to the same.
    #[track_caller]
    fn agree(&self, text: &str) {
        for language in Language::ALL {
            let read: Result<Value, _> = serde_json::from_str(text);
            let judged = self.planned.validate_json(text, language);
            let data = match (read, judged) {
                (Ok(data), Ok(accepted)) => {
                    let settled = self.whole.validate(data.clone(), language);
                    let accepted = accepted.into_value();
                    assert_eq!(settled.as_ref(), Ok(&accepted), "{text}");
                    // Equal objects may differ in the order of their members.
                    assert_eq!(settled.unwrap().to_string(), accepted.to_string());
                    data
                }
                (Ok(data), Err(Refused::Invalid(problems))) => {
                    assert_eq!(self.whole.validate(data.clone(), language), Err(problems), "{text}");
                    data
                }
                (Err(error), Err(Refused::Malformed(other))) => {
                    assert_eq!(error.to_string(), other.to_string(), "{text}");
                    return;
                }
                (read, judged) => panic!("{text}: {read:?} but {judged:?}"),
            };
            let planned = self.planned.validate(data.clone(), language);
            assert_eq!(planned, self.whole.validate(data, language), "{text}");
        }
    }
}

fn bare(schema: Value) -> Result<Form, Vec<Problem>> {
    compile(&FormDefinition::from_schema(schema))
}

fn stored(schema: Value) -> Result<Form, Vec<Problem>> {
    form_of(schema, json!({}))
}

const NAMES: [&str; 7] = ["a", "b", "雷", "a/b", "c~d", "0", ""];
const TEXTS: [&str; 16] = [
    r#""""#,
    r#""a""#,
    r#""雷电""#,
    r#""\u0041\n""#,
    r#""\ud83d\ude00""#,
    r#""a b""#,
    r#""\u0000""#,
    r#""li.lei@example.com""#,
    r#""2000-02-29""#,
    r#""2001-02-29""#,
    r#""13800138000""#,
    r#""310000""#,
    r#""\\u0000""#,
    r#""08:30:00Z""#,
    r#""a long text of more than thirty-two bytes, with \"quotes\" in it""#,
    r#""é\/""#,
];
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-0.0",
    "1",
    "1.0",
    "-1",
    "3",
    "0.1",
    "0.30000000000000004",
    "12.5",
    "1e2",
    "1E-400",
    "100",
    "9007199254740993",
    "9007199254740993.0",
    "9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1.7976931348623157e308",
    "123456789012345678901234567890.5",
];

/// One of `values`, or none.
fn maybe<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> BoxedStrategy<Option<T>> {
    prop_oneof![3 => Just(None), 1 => select(values).prop_map(Some)].boxed()
}

/// Keywords of fields, in any combination, as if their author did not think much.
fn field() -> BoxedStrategy<Value> {
    let limits = || {
        vec![
            json!(0),
            json!(1),
            json!(3.5),
            json!(-1),
            json!(9007199254740993_u64),
            json!(u64::MAX),
            json!(1e300),
        ]
    };
    let types = ["string", "integer", "number", "boolean", "null", "array", "object"];
    let numbers = (
        maybe(limits()),
        maybe(limits()),
        maybe(limits()),
        maybe(limits()),
        maybe(vec![json!(1), json!(2), json!(0.1), json!(1.5)]),
    );
    let texts = (
        maybe(vec![json!(0), json!(1), json!(2)]),
        maybe(vec![json!(1), json!(3), json!(40)]),
        maybe(vec![
            json!("^1[3-9][0-9]{9}$"),
            json!("^[0-9]{6}$"),
            json!("^[\\w-.]+$"),
            json!("a"),
            json!("^(?=.*a)"),
        ]),
        maybe(vec![
            json!("email"),
            json!("date"),
            json!("time"),
            json!("phone"),
            json!("uri"),
            json!("hostname"),
        ]),
    );
    let options = maybe(vec![
        json!(["a", "b"]),
        json!([1, "a", null]),
        json!([true]),
        json!(["雷电", 1.0, -0.0, "A\n", "c", "d", "e", "f", "g", "h"]),
        json!([[1]]),
    ]);
    let constant = maybe(vec![json!(true), json!(1), json!("a"), json!(null), json!({"a": 1})]);
    let kind = prop_oneof![
        2 => Just(None),
        3 => select(types.to_vec()).prop_map(|name| Some(json!(name))),
        1 => subsequence(types.to_vec(), 1..4).prop_map(|names| Some(json!(names))),
    ];
    (kind, numbers, texts, options, constant, maybe(vec![json!("A title"), json!("Preis ({{a}})")]))
        .prop_map(|(kind, numbers, texts, options, constant, title)| {
            let named = [
                ("type", kind),
                ("minimum", numbers.0),
                ("maximum", numbers.1),
                ("exclusiveMinimum", numbers.2),
                ("exclusiveMaximum", numbers.3),
                ("multipleOf", numbers.4),
                ("minLength", texts.0),
                ("maxLength", texts.1),
                ("pattern", texts.2),
                ("format", texts.3),
                ("enum", options),
                ("const", constant),
                ("title", title),
            ];
            named
                .into_iter()
                .filter_map(|(keyword, value)| Some((keyword.to_owned(), value?)))
                .collect::<Value>()
        })
        .boxed()
}

/// Schemas of which most have a plan.
fn schema() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        8 => field(),
        1 => Just(json!(true)),
        1 => Just(json!({"$ref": "#"})),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let members = prop::collection::vec((select(NAMES.to_vec()), inner.clone()), 1..6);
        let required = subsequence(NAMES.to_vec(), 0..3);
        let others = prop_oneof![2 => Just(None), 2 => Just(Some(json!(false))), 1 => Just(Some(json!(true))), 1 => inner.clone().prop_map(Some)];
        let typed = any::<bool>();
        let group = (members, required, others, typed).prop_map(|(members, required, others, typed)| {
            let properties: Map<String, Value> = members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
            let mut schema = json!({"properties": properties});
            if typed {
                schema["type"] = json!("object");
            }
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
            if let Some(others) = others {
                schema["additionalProperties"] = others;
            }
            schema
        });
        let counts = (maybe(vec![json!(0), json!(1), json!(2)]), maybe(vec![json!(1), json!(3)]), maybe(vec![json!(true), json!(false)]));
        let list = (inner, counts, any::<bool>()).prop_map(|(items, (least, most, unique), typed)| {
            let kind = typed.then(|| json!("array"));
            let named = [("type", kind), ("items", Some(items)), ("minItems", least), ("maxItems", most), ("uniqueItems", unique)];
            named.into_iter().filter_map(|(keyword, value)| Some((keyword.to_owned(), value?))).collect::<Value>()
        });
        prop_oneof![3 => group, 1 => list]
    })
    .boxed()
}

fn scalar() -> BoxedStrategy<String> {
    let words = ["null", "true", "false"];
    prop_oneof![3 => select(TEXTS.to_vec()), 3 => select(NUMBERS.to_vec()), 1 => select(words.to_vec())]
        .prop_map(str::to_owned)
        .boxed()
}

fn written(name: &str) -> String {
    Value::from(name).to_string()
}

fn group(members: Vec<(String, String)>, blank: &str) -> String {
    let members = members
        .into_iter()
        .map(|(name, value)| format!("{blank}{}{blank}:{blank}{value}{blank}", written(&name)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Any document, names repeated or not.
fn anything() -> BoxedStrategy<String> {
    let blank = || select(vec!["", " ", "\n\t\r"]);
    scalar()
        .prop_recursive(3, 16, 4, move |inner| {
            let name = select(NAMES.to_vec()).prop_map(str::to_owned);
            let members = prop::collection::vec((name, inner.clone()), 0..5);
            let items = prop::collection::vec(inner, 0..5);
            prop_oneof![
                (members, blank()).prop_map(|(members, blank)| group(members, blank)),
                (items, blank()).prop_map(|(items, blank)| format!(
                    "[{blank}{}{blank}]",
                    items.join(&format!("{blank},{blank}"))
                )),
            ]
        })
        .boxed()
}

/// A document that knows the schema, and keeps to it now and then.
fn meant(schema: &Value) -> BoxedStrategy<String> {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let members: Vec<BoxedStrategy<(String, Option<String>)>> = properties
            .iter()
            .map(|(name, schema)| (Just(name.clone()), prop::option::weighted(0.8, meant(schema))).boxed())
            .collect();
        let extra = prop::option::weighted(0.2, (select(NAMES.to_vec()).prop_map(str::to_owned), scalar()));
        let whole = (members, extra, any::<bool>()).prop_map(|(members, extra, turned)| {
            let mut members: Vec<(String, String)> =
                members.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(extra).collect();
            if turned {
                members.reverse();
            }
            group(members, "")
        });
        return prop_oneof![9 => whole, 1 => anything()].boxed();
    }
    if let Some(items) = schema.get("items") {
        let rows =
            prop::collection::vec(meant(items), 0..4).prop_map(|items| format!("[{}]", items.join(",")));
        return prop_oneof![9 => rows, 1 => anything()].boxed();
    }
    let options = schema.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
    let options: Vec<String> = options.iter().chain(schema.get("const")).map(Value::to_string).collect();
    match (options.is_empty(), schema["type"].as_str()) {
        (false, _) => prop_oneof![4 => select(options), 1 => scalar()].boxed(),
        (true, Some("string")) => {
            prop_oneof![8 => select(TEXTS.to_vec()).prop_map(str::to_owned), 1 => scalar()].boxed()
        }
        (true, Some("number" | "integer")) => {
            prop_oneof![8 => select(NUMBERS.to_vec()).prop_map(str::to_owned), 1 => scalar()].boxed()
        }
        (true, _) => prop_oneof![6 => scalar(), 1 => anything()].boxed(),
    }
}

fn case() -> impl Strategy<Value = (Value, Vec<String>)> {
    schema().prop_flat_map(|schema| {
        let documents = prop::collection::vec(prop_oneof![6 => meant(&schema), 1 => anything()], 4);
        (Just(schema), documents)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn schemas_alone((schema, documents) in case(), draft in select(vec![None, Some("http://json-schema.org/draft-07/schema#"), Some("https://json-schema.org/draft/2019-09/schema")])) {
        let dated = |mut schema: Value| {
            if let (Some(draft), Some(members)) = (draft, schema.as_object_mut()) {
                members.insert("$schema".to_owned(), draft.into());
            }
            bare(schema)
        };
        if !schema.is_object() {
            return Ok(());
        }
        if let Ok(roads) = Roads::new(&schema, &dated) {
            documents.iter().for_each(|text| roads.agree(text));
        }
    }

    #[test]
    fn forms_with_controls_and_rules((schema, documents) in case(),
        controls in prop::collection::vec(select(vec!["phone", "date", "email", "nps", "rating", "consent", "contact", "time", "number", "text", "member", "ranking"]), 6),
        rule in any::<bool>()) {
        if !schema.is_object() {
            return Ok(());
        }
        let Ok(form) = stored(schema.clone()) else { return Ok(()) };
        // Each field gets the control that comes up, if its schema suits it.
        let mut items: Vec<Value> = Vec::new();
        for (field, control) in form.fields().iter().zip(controls.iter().cycle()) {
            let item = json!({"field": field.path, "control": control});
            let with = items.iter().chain([&item]).cloned().collect::<Vec<_>>();
            if form_of(schema.clone(), json!({"layout": {"pages": [{"items": with}]}})).is_ok() {
                items.push(item);
            }
        }
        let mut more = json!({"layout": {"pages": [{"items": items}]}});
        if rule {
            more["rules"] = json!([{"when": {"field": "/a", "op": "eq", "value": 1}, "require": ["/b"]}]);
        }
        if let Ok(roads) = Roads::new(&schema, &|schema| form_of(schema, more.clone())) {
            documents.iter().for_each(|text| roads.agree(text));
        }
    }

    /// Addresses, plain and odd ones.
    #[test]
    fn addresses(local in "[a-zé0-9.+_\\- \"]{0,6}|[a-z]{60,66}", domain in "([a-z0-9]{1,3}[.-]{1,2}){0,3}[a-zA-Z0-9]{0,3}|xn--[a-z]{2}\\.com|[a-z]{62,65}\\.cn|([a-z]{50}\\.){3,6}cn", at in "@{0,2}") {
        let schema = json!({"format": "email"});
        let roads = Roads::new(&schema, &stored).unwrap();
        roads.agree(&Value::from(format!("{local}{at}{domain}")).to_string());
    }

    #[test]
    fn texts_that_are_none(text in anything(), at in any::<prop::sample::Index>(), piece in select(vec!["", "\"", "\\", "}", "]", ",", ":", "0", "-", ".", "e", "\u{1}", "\\u00", "x", " ", "雷", "1e999", "tru"]), cut in any::<bool>()) {
        let roads = Roads::new(&json!({"properties": {"a": {"type": "integer"}}}), &bare).unwrap();
        let at = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).nth(at.index(text.chars().count() + 1)).unwrap();
        let rest = if cut { "" } else { &text[at..] };
        roads.agree(&format!("{}{piece}{rest}", &text[..at]));
    }
}

fn sample() -> Value {
    serde_json::from_str(include_str!("../../examples/twelve-fields.json")).unwrap()
}

#[test]
fn the_measured_form_is_judged_alike() {
    let sample = sample();
    let roads = Roads::new(&sample["schema"], &stored).unwrap();
    roads.agree(&sample["valid"].to_string());
    roads.agree(&sample["invalid"].to_string());
    let problems = match roads.planned.validate_json(&sample["invalid"].to_string(), Language::En) {
        Err(Refused::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    };
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "“Name” must not be empty",
            "“Mail” must be a valid email address",
            "“Score” must be at most 10",
            "“Plan” must be one of: free, pro, team",
            "“Zip” must be exactly 6 digits",
        ]
    );
}

/// RFC 8259 §4 leaves it open; here the last of several members with one name counts, at the place of the first.
#[test]
fn the_last_of_several_members_counts() {
    let roads =
        Roads::new(&json!({"properties": {"a": {"type": "integer"}, "b": {}}, "required": ["a"]}), &stored)
            .unwrap();
    for text in [
        r#"{"a": "x", "b": 1, "a": 1}"#,
        r#"{"a": 1, "b": 1, "a": "x"}"#,
        r#"{"c": {"a": 1, "a": 2}, "c": [], "a": 3}"#,
    ] {
        roads.agree(text);
    }
    let accepted = roads.planned.validate_json(r#"{"a": "x", "b": 1, "a": 1}"#, Language::En).unwrap();
    assert_eq!(accepted.into_value().to_string(), r#"{"a":1,"b":1}"#);
    let closed =
        Roads::new(&json!({"properties": {"a": {}}, "additionalProperties": false}), &stored).unwrap();
    closed.agree(r#"{"b": 1, "b": 2, "c": 3}"#);
    let each =
        Roads::new(&json!({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}), &stored)
            .unwrap();
    each.agree(r#"{"b": "x", "b": 2, "c": "y"}"#);
}

#[test]
fn texts_nest_as_deep_as_the_parser_takes_them() {
    let roads = Roads::new(&json!({"properties": {"a": {"type": "array"}}}), &bare).unwrap();
    for depth in [1, 126, 127, 128, 129, 5_000] {
        roads.agree(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        roads.agree(&format!("{{\"a\": {}1{}}}", "[".repeat(depth), "]".repeat(depth)));
    }
}

/// Both where as many problems as are told are found, and one more or less.
#[test]
fn many_problems_are_the_same_ones() {
    let schema = json!({"properties": {"rows": {"items": {"properties": {"a": {"type": "integer"}, "b": {"maxLength": 1}}}}, "z": {"type": "null"}}});
    let roads = Roads::new(&schema, &stored).unwrap();
    for count in [9, 24, 25, 26, 49, 50, 51, 200] {
        let rows: Vec<Value> = (0..count).map(|_| json!({"b": "long", "a": "x"})).collect();
        roads.agree(&json!({"z": 1, "rows": rows}).to_string());
    }
}

#[test]
fn long_lists_without_repetitions_are_compared() {
    let roads =
        Roads::new(&json!({"uniqueItems": true, "items": {"type": ["integer", "array"]}}), &stored).unwrap();
    let mut items: Vec<Value> = (0..200).map(Value::from).collect();
    roads.agree(&json!(items).to_string());
    items.push(json!(7.0));
    roads.agree(&json!(items).to_string());
    roads.agree("[[1], [1.0]]");
}
