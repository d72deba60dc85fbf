//! Two real databases, and how a statement is executed on them.

use report_engine::sql::{self, Dialect, Parameter, RawColumn, RawType, Relation, Statement};
use report_engine::{Dataset, Query, ResolvedQuery, Situation, Table, finish, resolve};
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::postgres::Cluster;

/// Both databases, each with the same rows.
pub struct Databases {
    runtime: tokio::runtime::Runtime,
    sqlite: SqliteConnection,
    postgres: PgConnection,
}

impl Databases {
    /// Fresh ones: SQLite in memory, PostgreSQL in a schema of temporary tables.
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let options = PgConnectOptions::new_without_pgpass()
            .socket(Cluster::shared().socket())
            .username("postgres")
            .database("postgres");
        let (sqlite, postgres) = runtime.block_on(async {
            let sqlite = SqliteConnection::connect("sqlite::memory:").await.expect("SQLite opens");
            let postgres = PgConnection::connect_with(&options).await.expect("PostgreSQL answers");
            (sqlite, postgres)
        });
        Self { runtime, sqlite, postgres }
    }

    /// Runs statements without result on both.
    pub fn execute(&mut self, sqlite: &str, postgres: &str) {
        let Self { runtime, sqlite: lite, postgres: large } = self;
        runtime.block_on(async {
            sqlx::raw_sql(AssertSqlSafe(sqlite)).execute(lite).await.expect("SQLite executes");
            sqlx::raw_sql(AssertSqlSafe(postgres)).execute(large).await.expect("PostgreSQL executes");
        });
    }

    /// Inserts a row into both; the text has parameters `$1 $2 …`, which both know.
    pub fn insert(&mut self, text: &str, parameters: &[Option<Parameter>]) {
        let Self { runtime, sqlite, postgres } = self;
        runtime.block_on(async {
            let query = bind_sqlite(sqlx::query(AssertSqlSafe(text)), parameters.iter().map(Option::as_ref));
            query.execute(sqlite).await.expect("SQLite inserts");
            let query =
                bind_postgres(sqlx::query(AssertSqlSafe(text)), parameters.iter().map(Option::as_ref));
            query.execute(postgres).await.expect("PostgreSQL inserts");
        });
    }

    /// Executes one statement, written for one of the two.
    pub fn rows(&mut self, statement: &Statement, dialect: Dialect) -> Vec<Vec<Value>> {
        let Self { runtime, sqlite, postgres } = self;
        let query = sqlx::query(AssertSqlSafe(statement.text.as_str()));
        runtime.block_on(async {
            match dialect {
                Dialect::Sqlite => {
                    let query = bind_sqlite(query, statement.parameters.iter().map(Some));
                    let rows = query.fetch_all(sqlite).await;
                    let rows = rows.unwrap_or_else(|error| panic!("SQLite: {error}\n{}", statement.text));
                    rows.iter()
                        .map(|row| read(&statement.columns, |index, kind| sqlite_value(row, index, kind)))
                        .collect()
                }
                Dialect::Postgres => {
                    let query = sqlx::query(AssertSqlSafe(statement.text.as_str()));
                    let query = bind_postgres(query, statement.parameters.iter().map(Some));
                    let rows = query.fetch_all(postgres).await;
                    let rows = rows.unwrap_or_else(|error| panic!("PostgreSQL: {error}\n{}", statement.text));
                    rows.iter()
                        .map(|row| read(&statement.columns, |index, kind| postgres_value(row, index, kind)))
                        .collect()
                }
            }
        })
    }

    /// The query's table as each database gives it.
    pub fn run(&mut self, query: &ResolvedQuery, relation: &Relation) -> [Table; 2] {
        [Dialect::Sqlite, Dialect::Postgres].map(|dialect| {
            let statement = sql::select(query, dialect, relation);
            let rows = self.rows(&statement, dialect);
            finish(query, rows)
        })
    }

    /// Asks both, which must agree, and gives the rows.
    #[track_caller]
    pub fn ask(
        &mut self,
        query: &Value,
        dataset: &Dataset,
        relation: &Relation,
        situation: &Situation,
    ) -> Vec<Vec<Value>> {
        let query = Query::parse(query).unwrap_or_else(|problems| panic!("{problems:?}"));
        let query = resolve(&query, dataset, situation).unwrap_or_else(|problems| panic!("{problems:?}"));
        let [sqlite, postgres] = self.run(&query, relation);
        assert_same(&sqlite.rows, &postgres.rows, "SQLite and PostgreSQL");
        sqlite.rows
    }
}

fn read(columns: &[RawColumn], value: impl Fn(usize, RawType) -> Value) -> Vec<Value> {
    columns.iter().enumerate().map(|(index, column)| value(index, column.kind)).collect()
}

type SqliteQuery<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;
type PostgresQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

fn bind_sqlite<'q, 'p>(
    mut query: SqliteQuery<'q>,
    parameters: impl Iterator<Item = Option<&'p Parameter>>,
) -> SqliteQuery<'q> {
    for parameter in parameters {
        query = match parameter {
            None => query.bind(None::<String>),
            Some(Parameter::Text(text)) => query.bind(text.clone()),
            Some(Parameter::Integer(number)) => query.bind(*number),
            Some(Parameter::Real(number)) => query.bind(*number),
            Some(Parameter::Boolean(truth)) => query.bind(*truth),
            Some(Parameter::Id(id)) => query.bind(id.to_vec()),
        };
    }
    query
}

fn bind_postgres<'q, 'p>(
    mut query: PostgresQuery<'q>,
    parameters: impl Iterator<Item = Option<&'p Parameter>>,
) -> PostgresQuery<'q> {
    for parameter in parameters {
        query = match parameter {
            None => query.bind(None::<String>),
            Some(Parameter::Text(text)) => query.bind(text.clone()),
            Some(Parameter::Integer(number)) => query.bind(*number),
            Some(Parameter::Real(number)) => query.bind(*number),
            Some(Parameter::Boolean(truth)) => query.bind(*truth),
            Some(Parameter::Id(id)) => query.bind(sqlx::types::Uuid::from_bytes(*id)),
        };
    }
    query
}

fn sqlite_value(row: &SqliteRow, index: usize, kind: RawType) -> Value {
    match kind {
        RawType::Text => row.get::<Option<String>, _>(index).into(),
        RawType::Integer | RawType::Boolean => row.get::<Option<i64>, _>(index).into(),
        RawType::Real => row.get::<Option<f64>, _>(index).into(),
    }
}

fn postgres_value(row: &PgRow, index: usize, kind: RawType) -> Value {
    match kind {
        RawType::Text => row.get::<Option<String>, _>(index).into(),
        RawType::Integer => row.get::<Option<i64>, _>(index).into(),
        RawType::Real => row.get::<Option<f64>, _>(index).into(),
        RawType::Boolean => row.get::<Option<bool>, _>(index).into(),
    }
}

/// Equal rows, numbers within 1e-9 relative (`formats.md` §6).
#[track_caller]
pub fn assert_same(left: &[Vec<Value>], right: &[Vec<Value>], what: &str) {
    let same = left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| near(left, right))
        });
    assert!(same, "{what} differ:\n{}\n{}", shown(left), shown(right));
}

fn near(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-6),
        _ => left == right,
    }
}

fn shown(rows: &[Vec<Value>]) -> String {
    rows.iter().map(|row| Value::from(row.clone()).to_string()).collect::<Vec<_>>().join("\n")
}
