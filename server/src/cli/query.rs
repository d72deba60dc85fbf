//! `huiyin query --jsonl --data FILE…`: asks tables in files, one query per line.
//!
//! A dataset is a file, named by its stem; a field is a column, named `/HEADER`. The work is report-engine's:
//! each file is loaded once into SQLite in memory, and each line becomes one statement there. A line that
//! cannot be answered says `{"refused": [problems]}` and does not stop the ones after it.

mod load;

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono_tz::Tz;
use form_engine::Problem;
use report_engine::sql::{self, Dialect, Relation};
use report_engine::{Dataset, Query, Situation, finish, resolve};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::store::report;
use crate::tabular;

/// Options of `huiyin query`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Read one query per line from standard input, write one answer per line
    #[arg(long, required = true)]
    pub jsonl: bool,
    /// Tables to ask: CSV or .xlsx; a file's stem names its dataset
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub data: Vec<PathBuf>,
}

/// Loads the files and answers every line of `input` that is not blank.
///
/// # Errors
///
/// When a file cannot be read as a table, or reading or writing fails.
pub async fn run(
    options: &Options,
    clock: &Clock,
    input: impl BufRead,
    mut output: impl Write,
) -> anyhow::Result<()> {
    let tables = Tables::load(&options.data).await?;
    let situation = Situation::new(clock.now_ms(), Tz::UTC);
    for line in input.split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match tables.answer(&line, &situation).await {
            Ok(answer) => answer,
            Err(problems) => json!({"refused": problems}),
        };
        serde_json::to_writer(&mut output, &answer).map_err(io::Error::from)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

/// The loaded files.
struct Tables {
    db: DatabaseConnection,
    loaded: Vec<(Dataset, Relation)>,
}

impl Tables {
    async fn load(files: &[PathBuf]) -> anyhow::Result<Self> {
        let mut options = ConnectOptions::new("sqlite::memory:");
        // A second connection would be a second, empty database.
        options
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .sqlx_logging(false);
        let db = Database::connect(options).await?;
        let mut loaded: Vec<(Dataset, Relation)> = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let name = stem(file)?;
            if loaded.iter().any(|(dataset, _)| dataset.name == name) {
                anyhow::bail!("two files are named `{name}`");
            }
            let bytes = std::fs::read(file).with_context(|| format!("`{}`", file.display()))?;
            let sheet = tabular::read(&bytes).with_context(|| format!("`{}`", file.display()))?;
            loaded.push(load::load(&db, &name, &format!("t{index}"), &sheet).await?);
        }
        Ok(Self { db, loaded })
    }

    async fn answer(&self, line: &[u8], situation: &Situation) -> Result<Value, Vec<Problem>> {
        let document: Value = serde_json::from_slice(line)
            .map_err(|error| vec![Problem::new("query.malformed", "", error.to_string())])?;
        let query = Query::parse(&document)?;
        let found = self.loaded.iter().find(|(dataset, _)| dataset.name == query.dataset);
        let Some((dataset, relation)) = found else {
            let names: Vec<String> =
                self.loaded.iter().map(|(dataset, _)| format!("`{}`", dataset.name)).collect();
            let message = format!("`{}` is no dataset; expected one of {}", query.dataset, names.join(", "));
            return Err(vec![Problem::new("report.dataset_unknown", "/dataset", message)]);
        };
        let query = resolve(&query, dataset, situation)?;
        let rows = report::rows(&self.db, sql::select(&query, Dialect::Sqlite, relation)).await;
        let rows = rows.map_err(|error| vec![Problem::new("query.failed", "", error.to_string())])?;
        let table = finish(&query, rows);
        let columns: Vec<Value> = table
            .columns
            .iter()
            .map(|column| json!({"name": column.name, "type": column.kind.word()}))
            .collect();
        Ok(json!({"columns": columns, "rows": table.rows}))
    }
}

fn stem(file: &Path) -> anyhow::Result<String> {
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    stem.map(str::to_owned).with_context(|| format!("`{}` has no name", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_answer_queries_line_by_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("nps.csv");
        std::fs::write(&file, "score,地区,at\n10,北,2026-01-31T16:30:00Z\n3,南,2026-02-01T00:00:00Z\n,北,\n")
            .expect("writes");
        let options = Options { jsonl: true, data: vec![file] };
        let lines = [
            json!({"dataset": "nps", "measures": [{"nps": "/score"}, {"count": "*", "as": "answers"}]}),
            json!({"dataset": "nps", "measures": [{"max": "/score"}], "dimensions": [{"field": "/地区"}]}),
            json!({"dataset": "nps", "measures": [{"count": "*"}], "time_zone": "Asia/Shanghai",
                   "dimensions": [{"time": "/at", "granularity": "month"}]}),
            json!({"dataset": "nps", "measures": [{"nps": "/地区"}]}),
            json!({"dataset": "csat", "measures": [{"count": "*"}]}),
        ];
        let mut input = lines.map(|line| format!("{line}\n\n")).concat().into_bytes();
        input.extend_from_slice(b"no json \xFF\n");
        let mut output = Vec::new();
        run(&options, &Clock::mock(0).0, input.as_slice(), &mut output).await.expect("answers");
        let text = String::from_utf8(output).expect("JSON is text");
        let answers: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(
            answers[0],
            json!({"columns": [{"name": "nps", "type": "number"}, {"name": "answers", "type": "integer"}], "rows": [[0.0, 3]]})
        );
        assert_eq!(
            answers[1],
            json!({"columns": [{"name": "地区", "type": "text"}, {"name": "max", "type": "integer"}], "rows": [["北", 10], ["南", 3]]})
        );
        assert_eq!(answers[2]["rows"], json!([["2026-02-01", 2], [null, 1]]));
        assert_eq!(answers[3]["refused"][0]["code"], "report.field_type");
        assert_eq!(answers[3]["refused"][0]["path"], "/measures/0/nps");
        assert_eq!(answers[4]["refused"][0]["code"], "report.dataset_unknown");
        assert_eq!(answers[5]["refused"][0]["code"], "query.malformed");
        assert_eq!(answers.len(), 6);
    }
}
