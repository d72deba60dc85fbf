//! What operators rely on: one server per folder, backups made while it serves, no way back to an older release.

use std::path::Path;

use huiyin::app::App;
use huiyin::clock::Clock;
use huiyin::config::{Config, Database};
use huiyin::db::{Db, OpenError};
use huiyin::ids::Ids;
use huiyin::store;
use huiyin::store::submission::Submission;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::house::{NOW_MS, fresh_postgres, on_each_database};

async fn open(folder: &Path) -> Result<App, OpenError> {
    open_on(folder, Database::Sqlite(folder.join("huiyin.db"))).await
}

async fn open_on(folder: &Path, database: Database) -> Result<App, OpenError> {
    let (clock, _) = Clock::mock(NOW_MS);
    let config = Config::local(folder.to_owned(), database);
    App::open(config, clock.clone(), Ids::seeded(clock, 9)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_it_serves_is_whole_and_its_links_still_open() {
    on_each_database(async |house| {
        let receipt =
            house.answer("nps", json!({"score": 2, "contact": "a@b.example"})).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("huiyin.db");
        let database = &house.app.config.database;
        Db::back_up(database, &copy).await.expect("copies");
        assert!(Db::back_up(database, &copy).await.is_err(), "a backup was written over another");
        house.answer("nps", json!({"score": 9})).await.expect("taken after the backup");
        let rows = Db::rows(&copy).await.expect("the copy is whole");
        assert!(rows.contains(&("submission".to_owned(), 2)), "{rows:?}");

        let restored = open(folder.path()).await.expect("opens");
        let found = store::submission::get(restored.db.read(), house.team, ticket.id).await.expect("reads");
        assert_eq!(found.as_ref(), Some(&ticket));
        let link = huiyin::services::case::progress_url(&restored, ticket.id);
        assert_eq!(Some(link), receipt.progress);
        restored.close().await;
        if let Database::Postgres(url) = database {
            let scratch = folder.path().join("scratch.db");
            let occupied = Db::fill(url, &copy, &scratch).await.err();
            assert!(matches!(occupied, Some(OpenError::Occupied)), "{occupied:?}");
        }
        if let Some(database) = fresh_postgres().await {
            into_postgres(&database, &copy, &ticket).await;
        }

        std::fs::write(&copy, b"not a database, however long it is").expect("writes");
        assert!(Db::rows(&copy).await.is_err(), "a broken copy passes for whole");
    })
    .await;
}

/// Whatever a backup was made from, PostgreSQL can go on from it, and a backup of that is the same again.
async fn into_postgres(database: &Database, copy: &Path, ticket: &Submission) {
    let Database::Postgres(url) = database else { unreachable!("asked for") };
    let folder = tempfile::tempdir().expect("a folder");
    // A node was started on it before: it has made keys of its own, which the backup's replace.
    open_on(folder.path(), database.clone()).await.expect("opens").close().await;
    Db::fill(url, copy, &folder.path().join("scratch.db")).await.expect("fills");
    let again = folder.path().join("again.db");
    Db::back_up(database, &again).await.expect("copies");
    assert_eq!(Db::rows(&again).await.expect("whole"), Db::rows(copy).await.expect("whole"));
    let node = open_on(folder.path(), database.clone()).await.expect("opens");
    let found = store::submission::get(node.db.read(), ticket.team_id, ticket.id).await.expect("reads");
    assert_eq!(found.as_ref(), Some(ticket));
    let clocks = store::clock::of_submission(node.db.read(), ticket.team_id, ticket.id).await.expect("reads");
    assert_eq!(clocks.len(), 2);
    node.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_is_served_by_one_process_and_by_no_older_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = open(folder.path()).await.expect("opens");
    assert!(matches!(open(folder.path()).await.err(), Some(OpenError::InUse(_))));
    assert!(matches!(Db::hold(folder.path()).err(), Some(OpenError::InUse(_))));
    first.close().await;
    drop(Db::hold(folder.path()).expect("free again"));

    let file = folder.path().join("huiyin.db");
    let raw = sea_orm::Database::connect(format!("sqlite://{}", file.display())).await.expect("connects");
    let newer =
        "insert into seaql_migrations (version, applied_at) values ('m29990101_000001_flying_cars', 0)";
    raw.execute_unprepared(newer).await.expect("inserts");
    raw.close().await.expect("closes");
    let refused = open(folder.path()).await.err();
    assert!(matches!(&refused, Some(OpenError::Newer(name)) if name.contains("flying_cars")), "{refused:?}");
}
