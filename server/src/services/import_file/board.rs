//! The board a file becomes: how many, what was chosen, and the middle of what was measured.

use api_types::{ImportColumn, RunImport};
use form_engine::Text;
use serde_json::{Value, json};

use super::definition::pointer;

/// More tiles nobody reads; the designer can add them.
const MOST_TILES: usize = 40;
const TILES_A_ROW: usize = 3;
const WIDTH: usize = 4;
const HEIGHT: usize = 4;
/// A pie of more slices cannot be read.
const MOST_SLICES: usize = 5;

/// The dashboard definition; its key is the form's.
pub(super) fn dashboard(request: &RunImport) -> Value {
    let count = json!({"key": "answers", "title": text("回答数", "Answers"), "chart": "number",
        "query": {"dataset": request.form, "measures": [{"count": "*", "as": "answers", "title": text("回答数", "Answers")}]}});
    let tiles = std::iter::once(count)
        .chain(request.columns.iter().enumerate().filter_map(|(index, column)| tile(request, index, column)))
        .take(MOST_TILES)
        .enumerate()
        .map(|(place, mut tile)| {
            let at = [place % TILES_A_ROW * WIDTH, place / TILES_A_ROW * HEIGHT, WIDTH, HEIGHT];
            tile["at"] = json!(at);
            tile
        });
    json!({"format": 1, "kind": "dashboard", "key": request.form, "title": request.title,
           "tiles": tiles.collect::<Vec<_>>()})
}

fn tile(request: &RunImport, index: usize, column: &ImportColumn) -> Option<Value> {
    let field = pointer(column);
    let answered = json!({"not": {"field": field, "op": "empty"}});
    let count = json!({"count": "*", "as": "answers", "title": text("回答数", "Answers")});
    let chosen = |chart: &str| {
        json!({"key": format!("column-{}", index + 1), "title": column.header, "chart": chart,
            "query": {"dataset": request.form, "measures": [count], "filters": answered,
                      "dimensions": [{"field": field, "as": "answer", "title": column.header}],
                      "order": [{"by": "answers", "dir": "desc"}]}})
    };
    match column.kind.as_str() {
        "boolean" => Some(chosen("pie")),
        "single" if column.options.len() <= MOST_SLICES => Some(chosen("pie")),
        "single" | "multiple" => Some(chosen("bar")),
        "number" => {
            Some(json!({"key": format!("column-{}", index + 1), "title": column.header, "chart": "number",
            "query": {"dataset": request.form, "measures": [{"avg": field}, {"median": field}]}}))
        }
        _ => None,
    }
}

fn text(zh: &str, en: &str) -> Text {
    Text::Localized(
        [("zh".to_owned(), zh.to_owned()), ("en".to_owned(), en.to_owned())].into_iter().collect(),
    )
}
