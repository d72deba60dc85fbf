//! A condition chooses the same rows in memory, in SQLite and in PostgreSQL.

use form_engine::Condition;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use report_engine::sql::{self, Dialect};
use report_engine::{PageRequest, resolve_page};
use serde_json::{Value, json};

use crate::naive;
use crate::samples::{Row, databases, dataset, fill, id, relation, situation};
use crate::support::Databases;

/// Rows in which any field may be missing or of another type than its member's.
pub fn any_row() -> impl Strategy<Value = Row> {
    row(prop_oneof![
        3 => Just(None),
        1 => Just(Some(Value::Null)),
        1 => Just(Some(json!(""))),
        1 => Just(Some(json!([]))),
        1 => Just(Some(json!({}))),
        1 => Just(Some(json!("b"))),
        1 => Just(Some(json!(7))),
        1 => Just(Some(json!(true))),
        1 => Just(Some(json!(["a", "b", 7, "a"]))),
    ])
}

/// Rows in which fields are missing or of their member's type.
fn typed_row() -> impl Strategy<Value = Row> {
    row(prop_oneof![Just(None), Just(Some(Value::Null)), Just(Some(json!("")))])
}

fn row(odd: impl Strategy<Value = Option<Value>> + Clone + 'static) -> impl Strategy<Value = Row> {
    let field = |own: BoxedStrategy<Value>| prop_oneof![4 => own.prop_map(Some), 1 => odd.clone()];
    let text = || prop::sample::select(vec!["a", "b", "ab", "上海", "B", "É", "é", "😀", "x%_\\'", " a"]);
    let data = (
        field((0..=10i64).prop_map(Value::from).boxed()),
        field(
            prop_oneof![
                (-50i64..50).prop_map(|tenths| json!(tenths as f64 / 10.0)),
                Just(json!(1e15)),
                Just(json!(0.1)),
                Just(json!(5))
            ]
            .boxed(),
        ),
        field(text().prop_map(Value::from).boxed()),
        field(prop::collection::vec(text(), 0..4).prop_map(Value::from).boxed()),
        field(any::<bool>().prop_map(Value::from).boxed()),
        field(prop::sample::select(DAYS.to_vec()).prop_map(Value::from).boxed()),
        field(prop::sample::select(INSTANTS.to_vec()).prop_map(Value::from).boxed()),
        field((-1i64..30).prop_map(|tenths| json!(tenths as f64 / 10.0)).boxed()),
        text(),
    );
    let names = ["score", "amount", "region", "tags", "agreed", "day", "when", "weight"];
    let state =
        prop_oneof![Just(None), Just(Some(String::new())), text().prop_map(|text| Some(text.to_owned()))];
    (data, instant(), state, any::<bool>()).prop_map(move |(data, created_at, state, is_open)| {
        let (a, b, c, d, e, f, g, h, odd) = data;
        let mut object = serde_json::Map::new();
        for (name, value) in names.into_iter().zip([a, b, c, d, e, f, g, h]) {
            if let Some(value) = value {
                object.insert(name.to_owned(), value);
            }
        }
        object.insert("a/b \"c\\d\"".to_owned(), json!([{"名": odd}]));
        Row { data: Value::Object(object), created_at, state, is_open }
    })
}

/// Dates, and texts that are nearly dates.
const DAYS: &[&str] =
    &["2026-03-01", "2026-02-28", "2024-02-29", "2026-02-30", "2026-13-01", "2026-3-1", "today"];
/// Instants as form-engine reads them, and texts that are nearly instants.
const INSTANTS: &[&str] = &[
    "2026-03-01T00:30:00Z",
    "2026-03-01T00:30:00.250Z",
    "2026-03-01T08:30:00+08:00",
    "2026-03-01t00:30:00.9999z",
    "2026-03-01T00:30",
    "2026-03-01 23:59:60-23:59",
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:30:00Z",
    "2026-03-01",
    "2026-02-30T00:30:00Z",
    "2026-03-01T24:30:00Z",
    "2026-03-01T00:30:00+24:00",
    "2026-03-01T00:30:00.",
    "2026-03-01T00:30:0xZ",
    "now",
    "12:00",
];

/// Instants around changes of clocks, leap days and turns of years, and any others.
pub fn instant() -> impl Strategy<Value = i64> {
    let around = prop::sample::select(vec![
        1_772_323_200_000i64, // 2026-03-01
        1_772_953_200_000,    // New York: summer time begins 2026-03-08 07:00Z
        1_793_512_800_000,    // New York: summer time ends 2026-11-01 06:00Z
        1_767_225_600_000,    // 2026-01-01
        0,
        -62_000_000_000,
        951_782_400_000, // 2000-02-29
    ]);
    prop_oneof![
        (around, -5_400_000i64..5_400_000).prop_map(|(at, by)| at + by),
        -2_000_000_000_000i64..4_000_000_000_000,
    ]
}

pub fn any_condition() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![numbers(), texts(), lists(), truths(), times()];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"any": parts})),
            inner.prop_map(|part| json!({"not": part})),
        ]
    })
}

fn leaf(field: &str, op: &str, value: Value) -> Value {
    if op == "empty" {
        json!({"field": field, "op": op})
    } else {
        json!({"field": field, "op": op, "value": value})
    }
}

fn shape(op: &str, mut values: Vec<Value>) -> Value {
    match op {
        "in" | "not_in" | "any_of" | "all_of" | "none_of" => Value::from(values),
        "between" => {
            values.resize(2, values[0].clone());
            Value::from(values)
        }
        _ => values.swap_remove(0),
    }
}

fn leaves(
    fields: &'static [&'static str],
    ops: &'static [&'static str],
    values: BoxedStrategy<Value>,
) -> BoxedStrategy<Value> {
    let values = prop::collection::vec(values, 1..4);
    (prop::sample::select(fields.to_vec()), prop::sample::select(ops.to_vec()), values)
        .prop_map(|(field, op, values)| leaf(field, op, shape(op, values)))
        .boxed()
}

fn numbers() -> BoxedStrategy<Value> {
    let ops = &[
        "eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "between", "empty", "any_of", "all_of",
        "none_of",
    ];
    let values = prop_oneof![
        (0..=10i64).prop_map(Value::from),
        (-50i64..50).prop_map(|tenths| json!(tenths as f64 / 10.0)),
        Just(json!(0.1)),
        Just(json!(7.0)),
    ];
    leaves(&["/score", "/amount"], ops, values.boxed())
}

fn texts() -> BoxedStrategy<Value> {
    let ops = &[
        "eq",
        "ne",
        "lt",
        "lte",
        "gt",
        "gte",
        "in",
        "not_in",
        "between",
        "empty",
        "any_of",
        "all_of",
        "none_of",
        "contains",
        "starts_with",
    ];
    let values = prop::sample::select(vec![
        "a",
        "b",
        "ab",
        "上",
        "上海",
        "É",
        "😀",
        "%",
        "_",
        "\\",
        "'",
        "2026-03-01",
    ]);
    leaves(
        &["/region", "/day", "/when", "state", "/a~1b \"c\\d\"/0/名"],
        ops,
        values.prop_map(Value::from).boxed(),
    )
}

fn lists() -> BoxedStrategy<Value> {
    let values = prop::sample::select(vec!["a", "b", "上海", "x%_\\'"]).prop_map(Value::from);
    leaves(&["/tags"], &["contains", "any_of", "all_of", "none_of", "empty"], values.boxed())
}

fn truths() -> BoxedStrategy<Value> {
    leaves(
        &["/agreed", "is_open"],
        &["eq", "ne", "in", "not_in", "empty"],
        any::<bool>().prop_map(Value::from).boxed(),
    )
}

fn times() -> BoxedStrategy<Value> {
    let ops = &["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "between"];
    let literals =
        prop::sample::select(vec!["2026-03-01", "2026-03-01T00:00:00Z", "1970-01-01T08:00:00+08:00"]);
    let now = (
        prop::sample::select(vec!["created_at", "/when", "/day", "/region"]),
        prop::sample::select(vec!["eq", "ne", "lt", "lte", "gt", "gte"]),
        prop::sample::select(vec!["-267d", "-30d", "0d", "-6407h", "-23069430000ms"]),
    )
        .prop_map(|(field, op, now)| leaf(field, op, json!({"now": now})));
    prop_oneof![leaves(&["created_at"], ops, literals.prop_map(Value::from).boxed()), now].boxed()
}

fn fields() -> BoxedStrategy<Value> {
    let pairs = prop::sample::select(vec![
        ("/score", "/amount"),
        ("/amount", "/score"),
        ("/region", "state"),
        ("/day", "/region"),
        ("state", "/region"),
        ("created_at", "/when"),
        ("created_at", "created_at"),
    ]);
    let ops = prop::sample::select(vec!["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in"]);
    (pairs, ops).prop_map(|((field, other), op)| leaf(field, op, json!({"field": other}))).boxed()
}

#[test]
fn memory_and_both_databases_agree() {
    agree(any_row().boxed(), any_condition().boxed(), 60);
}

/// Both sides are read as their members' types, so rows of other types are another matter.
#[test]
fn memory_and_both_databases_agree_on_two_fields() {
    agree(typed_row().boxed(), fields(), 30);
}

fn agree(row: BoxedStrategy<Row>, condition: BoxedStrategy<Value>, cases: u32) {
    let open = std::cell::RefCell::new(databases(&[]));
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let cases = (prop::collection::vec(row, 1..12), prop::collection::vec(condition, 8));
    let checked = runner.run(&cases, |(rows, conditions)| {
        let mut open = open.borrow_mut();
        fill(&mut open, &rows);
        for condition in conditions {
            check(&mut open, &rows, &condition)?;
        }
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

fn check(open: &mut Databases, rows: &[Row], condition: &Value) -> Result<(), TestCaseError> {
    let wanted: Vec<String> = (0..rows.len())
        .filter(|index| naive::holds(condition, &rows[*index], situation().now_ms))
        .map(hex)
        .collect();
    let parsed = Condition::parse(condition, "").expect("a condition");
    let request = PageRequest { filter: Some(&parsed), order: &[], limit: 100 };
    let page = resolve_page(&request, &dataset(), &situation())
        .map_err(|problems| TestCaseError::fail(format!("{condition}: {problems:?}")))?;
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let statement = sql::page(&page, dialect, &relation(), "id", None);
        let found = open.rows(&statement, dialect).into_iter();
        let found: Vec<String> = found.map(|row| row[0].as_str().unwrap_or_default().to_owned()).collect();
        prop_assert_eq!(&found, &wanted, "{} on {:?}", condition, dialect);
    }
    Ok(())
}

fn hex(index: usize) -> String {
    id(index).iter().map(|byte| format!("{byte:02x}")).collect()
}
