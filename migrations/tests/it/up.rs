//! Every change applies to an empty database, once, and in a transaction.

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

async fn memory() -> DatabaseConnection {
    Database::connect("sqlite::memory:").await.expect("an empty database")
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let list =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";
    let rows =
        db.query_all_raw(Statement::from_string(DbBackend::Sqlite, list)).await.expect("readable schema");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}

#[tokio::test]
async fn every_table_is_there_after_up_and_up_again_changes_nothing() {
    let db = memory().await;
    Migrator::up(&db, None).await.expect("applies");
    let first = tables(&db).await;
    Migrator::up(&db, None).await.expect("has nothing to do");
    assert_eq!(first, tables(&db).await);
    for table in ["submission", "instance", "timer", "outbox", "change", "idempotency"] {
        assert!(first.iter().any(|name| name == table), "`{table}` is missing in {first:?}");
    }
}

#[tokio::test]
async fn every_change_asks_for_a_transaction() {
    for change in Migrator::migrations() {
        assert_eq!(change.use_transaction(), Some(true), "{}", change.name());
    }
}

#[tokio::test]
async fn a_serial_number_exists_once_per_form() {
    let db = memory().await;
    Migrator::up(&db, None).await.expect("applies");
    db.execute_unprepared("pragma foreign_keys = off").await.expect("a pragma");
    let insert = |id: u8, number: u8| {
        format!(
            "insert into submission (id, team_id, form_id, form_key, version_number, is_ticket, number, data, channel, \
             is_open, is_breached, tags, language, receipt, created_at, updated_at) \
             values (x'{id:032x}', x'01', x'02', 'nps', 1, 0, {number}, '{{}}', 'web', 0, 0, '[]', 'zh', 'R', 0, 0)"
        )
    };
    db.execute_unprepared(&insert(1, 1)).await.expect("the first one");
    db.execute_unprepared(&insert(2, 2)).await.expect("the next number");
    db.execute_unprepared(&insert(3, 2)).await.expect_err("the number is taken");
}
