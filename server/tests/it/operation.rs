//! What operators rely on: one server per folder, backups made while it serves, no way back to an older release.

use huiyin::app::App;
use huiyin::clock::Clock;
use huiyin::config::{Config, Database};
use huiyin::db::{Db, OpenError};
use huiyin::ids::Ids;
use huiyin::store;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::house::{NOW_MS, on_each_database};

async fn open(folder: &std::path::Path) -> Result<App, OpenError> {
    let (clock, _) = Clock::mock(NOW_MS);
    let config = Config::local(folder.to_owned(), Database::Sqlite(folder.join("huiyin.db")));
    App::open(config, clock.clone(), Ids::seeded(clock, 9)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_it_serves_is_whole_and_its_links_still_open() {
    on_each_database(async |house| {
        let Some(file) = house.app.db.file() else { return };
        let receipt =
            house.answer("nps", json!({"score": 2, "contact": "a@b.example"})).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("huiyin.db");
        Db::copy(file, &copy).await.expect("copies");
        assert!(Db::copy(file, &copy).await.is_err(), "a backup was written over another");
        house.answer("nps", json!({"score": 9})).await.expect("taken after the backup");
        let rows = Db::rows(&copy).await.expect("the copy is whole");
        assert!(rows.contains(&("submission".to_owned(), 2)), "{rows:?}");

        let restored = open(folder.path()).await.expect("opens");
        let found = store::submission::get(restored.db.read(), house.team, ticket.id).await.expect("reads");
        assert_eq!(found.as_ref(), Some(&ticket));
        let link = huiyin::services::case::progress_url(&restored, ticket.id);
        assert_eq!(Some(link), receipt.progress);
        restored.close().await;

        std::fs::write(&copy, b"not a database, however long it is").expect("writes");
        assert!(Db::rows(&copy).await.is_err(), "a broken copy passes for whole");
    })
    .await;
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
