//! Boards and the queries behind them, over HTTP.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_tile_of_the_starter_board_answers() {
    let server = Server::start().await;
    let app = serde_json::from_str(huiyin::starter::CARE).expect("the app is JSON");
    let (status, report) = server.post("/api/v1/apps/import", &app).await;
    assert!(status.is_success(), "{report}");
    let (status, boards) = server.get("/api/v1/dashboards").await;
    assert_eq!((status, &boards[0]["key"]), (StatusCode::OK, &json!("cx")), "{boards}");
    let (_, board) = server.get("/api/v1/dashboards/cx").await;
    let filters = board["filters"].as_array().expect("filters");
    assert_eq!(filters.len(), 2, "{board}");
    let tiles = board["tiles"].as_array().expect("tiles");
    assert!(tiles.len() >= 8, "{board}");
    for tile in tiles {
        let (status, answer) = server.post("/api/v1/query", &tile["query"]).await;
        assert_eq!(status, StatusCode::OK, "{}: {answer}", tile["key"]);
        let columns = answer["columns"].as_array().expect("columns");
        assert!(columns.iter().all(|column| column["title"] != ""), "{answer}");
    }
    for dataset in ["$tasks", "$clocks", "$visits", "$events", "$customers"] {
        let rows = server.rows(&json!({"dataset": dataset, "measures": [{"count": "*"}]})).await;
        assert_eq!(rows.len(), 1, "{dataset}");
    }
    server.app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_on_the_board_as_soon_as_it_is_acknowledged() {
    let server = Server::start().await;
    let app = serde_json::from_str(huiyin::starter::CARE).expect("the app is JSON");
    server.post("/api/v1/apps/import", &app).await;
    let query = json!({"dataset": "nps", "measures": [{"count": "*"}, {"nps": "/score"}],
                       "filters": {"field": "channel", "op": "ne", "value": "sample"},
                       "dimensions": [{"field": "/region"}]});
    let region = |score: u32| json!({"score": score, "region": "north"});
    let before = server.rows(&query).await.len();
    for (score, wanted) in [(10, json!([1, 100.0])), (3, json!([2, 0.0]))] {
        let (status, receipt) =
            server.post("/api/v1/forms/nps/submissions", &json!({"data": region(score)})).await;
        assert!(status.is_success(), "{receipt}");
        let rows = server.rows(&query).await;
        assert_eq!(rows.len(), before + 1);
        assert!(rows.iter().any(|row| json!(row[1..]) == wanted), "{rows:?}");
    }
    server.app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_query_is_told_where() {
    let server = Server::start().await;
    for (query, code, path) in [
        (json!({"measures": []}), "report.required", "/dataset"),
        (json!({"dataset": "nowhere", "measures": [{"count": "*"}]}), "report.dataset_unknown", "/dataset"),
        (
            json!({"dataset": "$tasks", "measures": [{"avg": "status"}]}),
            "report.field_type",
            "/measures/0/avg",
        ),
    ] {
        let (status, problem) = server.post("/api/v1/query", &query).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(
            (&problem["problems"][0]["code"], &problem["problems"][0]["path"]),
            (&json!(code), &json!(path))
        );
    }
    let (status, _) = server.get("/api/v1/dashboards/nowhere").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    server.app.close().await;
}
