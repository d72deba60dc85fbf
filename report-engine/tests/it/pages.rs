//! Pages of a list: every row once, in order, whatever the order and the missing values.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use report_engine::sql::{self, Cursor, Dialect};
use report_engine::{PageRequest, resolve_page};
use serde_json::{Value, json};

use crate::conditions::any_row;
use crate::samples::{Row, databases, dataset, fill, relation, situation};
use crate::support::Databases;

/// All ids, read page by page.
fn walk(open: &mut Databases, order: &[(String, bool)], dialect: Dialect, size: u32) -> Vec<Vec<Value>> {
    let request = PageRequest { filter: None, order, limit: size };
    let page = resolve_page(&request, &dataset(), &situation()).expect("an order");
    let mut cursor: Option<Cursor> = None;
    let mut all: Vec<Vec<Value>> = Vec::new();
    loop {
        let statement = sql::page(&page, dialect, &relation(), "id", cursor.as_ref());
        let rows = open.rows(&statement, dialect);
        let Some(last) = rows.last() else { return all };
        let id = last[0].as_str().and_then(|id| u128::from_str_radix(id, 16).ok()).expect("an id");
        let next = Cursor { values: last[1..].to_vec(), id: id.to_be_bytes() };
        let text = next.encode();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{text}");
        assert_eq!(Cursor::decode(&text).as_ref(), Some(&next));
        cursor = Some(next);
        all.extend(rows);
        assert!(all.len() < 1_000, "pages without end");
    }
}

#[test]
fn pages_hold_every_row_once() {
    let open = RefCell::new(databases(&[]));
    let names = prop::sample::select(vec![
        "/score",
        "/region",
        "/day",
        "/when",
        "created_at",
        "state",
        "is_open",
        "/agreed",
    ]);
    let order = prop::collection::vec((names.prop_map(str::to_owned), any::<bool>()), 0..3);
    let cases = (prop::collection::vec(any_row(), 0..20), order, 1u32..8);
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let checked = runner.run(&cases, |(rows, order, size)| {
        let mut open = open.borrow_mut();
        fill(&mut open, &rows);
        let ids = |rows: &[Vec<Value>]| rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
        let whole = walk(&mut open, &order, Dialect::Sqlite, 100);
        prop_assert_eq!(whole.len(), rows.len());
        prop_assert_eq!(ids(&walk(&mut open, &order, Dialect::Sqlite, size)), ids(&whole));
        prop_assert_eq!(ids(&walk(&mut open, &order, Dialect::Postgres, size)), ids(&whole));
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn newest_first_is_by_time_then_id() {
    let row = |created_at: i64| Row { created_at, ..Row::of(json!({})) };
    let mut open = databases(&[row(5), row(9), row(9), row(7)]);
    let order = [("created_at".to_owned(), true)];
    let found: Vec<u64> = walk(&mut open, &order, Dialect::Sqlite, 3)
        .iter()
        .filter_map(|row| u64::from_str_radix(row[0].as_str()?, 16).ok())
        .collect();
    assert_eq!(found, [2, 1, 3, 0]);
}

#[test]
fn what_is_no_cursor_is_refused() {
    for text in ["", "zz", "00", "0011", "é"] {
        assert_eq!(Cursor::decode(text), None, "{text}");
    }
}
