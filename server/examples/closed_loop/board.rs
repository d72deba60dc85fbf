//! From COMMIT to what people see: the change feed, and the number on the board.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use huiyin::app::App;
use huiyin::auth::Caller;
use huiyin::services::query;
use huiyin::services::submit::submit;
use serde_json::{Value, json};

use crate::load::{answer, milliseconds};
use crate::row;

const TIMES: usize = 40;

/// One answer at a time on an otherwise quiet server.
pub(crate) async fn print(app: &App, caller: &Caller) -> Result<()> {
    let form = app.catalog(caller.team).await?.form("nps")?.clone();
    let board = board(app, caller).await?;
    let (mut heard, mut shown) = (Vec::new(), Vec::new());
    let mut count = answers(app, caller, &board).await?;
    for _ in 0..TIMES {
        let mut feed = app.feed.subscribe();
        let receipt = submit(app, answer(&form)).await?;
        let committed = Instant::now();
        while feed.recv().await?.entity_id.to_string() != receipt.id {}
        heard.push(committed.elapsed());
        let now = answers(app, caller, &board).await?;
        shown.push(committed.elapsed());
        ensure!(now == count + 1, "the board shows {now} answers after {count} and one more");
        count = now;
    }
    print_row("commit to the change feed", heard);
    print_row(&format!("commit to the board's NPS over {count} answers"), shown);
    Ok(())
}

fn print_row(what: &str, mut waits: Vec<Duration>) {
    waits.sort_unstable();
    let (median, late) = (milliseconds(&waits, 0.5), milliseconds(&waits, 0.99));
    row(what, &format!("p50 {median:.1} ms, p99 {late:.1} ms"));
}

/// The query of the starter board's first tile.
async fn board(app: &App, caller: &Caller) -> Result<Value> {
    let catalog = app.catalog(caller.team).await?;
    let board = catalog.dashboard("cx").context("the starter app has a board")?;
    board.document.pointer("/tiles/0/query").cloned().context("the board has a tile")
}

async fn answers(app: &App, caller: &Caller, board: &Value) -> Result<i64> {
    let result = query::run(app, caller, board).await?;
    let place = result.columns.iter().position(|column| column.name == "answers");
    let row = result.rows.first().map(|row| json!(row)).unwrap_or_default();
    place.and_then(|place| row.get(place)?.as_i64()).context("the board counts answers")
}
