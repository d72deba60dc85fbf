//! A dataset with members of every type, rows for it, and where they lie.

use report_engine::sql::{Parameter, Relation};
use report_engine::{Dataset, Member, MemberType, Situation, Source};
use serde_json::Value;

use crate::support::Databases;

/// One submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub data: Value,
    pub created_at: i64,
    pub state: Option<String>,
    pub is_open: bool,
}

impl Row {
    /// A row made at the start of 2026-03-01 UTC.
    pub fn of(data: Value) -> Self {
        Self { data, created_at: 1_772_323_200_000, state: None, is_open: true }
    }
}

/// 2026-11-23T00:00:00Z, in UTC, everything visible.
pub fn situation() -> Situation {
    Situation::new(1_795_392_000_000, chrono_tz::UTC)
}

pub fn dataset() -> Dataset {
    let json = |name: &str, kind: MemberType| Member {
        name: name.to_owned(),
        title: name.trim_start_matches('/').into(),
        kind,
        source: Source::Json { column: "data".to_owned(), pointer: name.to_owned() },
        always_present: false,
    };
    let column = |name: &str, kind: MemberType, always_present: bool| Member {
        name: name.to_owned(),
        title: name.into(),
        kind,
        source: Source::Column(name.to_owned()),
        always_present,
    };
    Dataset {
        name: "nps".to_owned(),
        members: vec![
            json("/score", MemberType::Integer),
            json("/amount", MemberType::Number),
            json("/region", MemberType::Text),
            json("/tags", MemberType::TextList),
            json("/agreed", MemberType::Boolean),
            json("/day", MemberType::Date),
            json("/when", MemberType::DateTime),
            json("/weight", MemberType::Number),
            json("/a~1b \"c\\d\"/0/名", MemberType::Text),
            column("created_at", MemberType::DateTime, true),
            column("state", MemberType::Text, false),
            column("is_open", MemberType::Boolean, true),
        ],
    }
}

pub fn relation() -> Relation {
    Relation {
        table: "sub mission".to_owned(),
        joins: Vec::new(),
        fixed: vec![("team".to_owned(), Parameter::Text("ours".to_owned()))],
        within: None,
    }
}

/// Databases with these rows, and one of a foreign team that no query may see.
pub fn databases(rows: &[Row]) -> Databases {
    let mut databases = Databases::new();
    databases.execute(
        r#"CREATE TABLE "sub mission" (id BLOB, team TEXT, data TEXT, created_at INTEGER, state TEXT, is_open BOOLEAN)"#,
        r#"CREATE TEMPORARY TABLE "sub mission" (id UUID, team TEXT, data TEXT, created_at BIGINT, state TEXT, is_open BOOLEAN)"#,
    );
    fill(&mut databases, rows);
    databases
}

/// Replaces the rows.
pub fn fill(databases: &mut Databases, rows: &[Row]) {
    databases.execute(r#"DELETE FROM "sub mission""#, r#"TRUNCATE "sub mission""#);
    let foreign =
        Row::of(serde_json::json!({"score": 0, "region": "foreign", "tags": ["foreign"], "amount": 1e6}));
    let all = rows.iter().map(|row| ("ours", row)).chain([("theirs", &foreign)]);
    for (index, (team, row)) in all.enumerate() {
        databases.insert(
            r#"INSERT INTO "sub mission" (id, team, data, created_at, state, is_open) VALUES ($1, $2, $3, $4, $5, $6)"#,
            &[
                Some(Parameter::Id(id(index))),
                Some(Parameter::Text(team.to_owned())),
                Some(Parameter::Text(row.data.to_string())),
                Some(Parameter::Integer(row.created_at)),
                row.state.clone().map(Parameter::Text),
                Some(Parameter::Boolean(row.is_open)),
            ],
        );
    }
}

/// The id of the row at a place.
pub fn id(index: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&(index as u64).to_be_bytes());
    id
}
