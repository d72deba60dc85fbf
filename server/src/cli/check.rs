//! `huiyin check FILE…`: everything that stands against publishing the definitions in files.

use std::path::PathBuf;

use anyhow::Context;
use form_engine::Problem;
use serde_json::{Value, json};

use crate::document::shape;
use crate::services::definition;

/// Options of `huiyin check`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Options {
    /// Definitions or apps, JSON
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Prints one line per problem, `{"file", "path", "code", "message"}`; true when there was none.
///
/// # Errors
///
/// When a file cannot be read or is no JSON.
pub fn run(options: &Options) -> anyhow::Result<bool> {
    let mut clean = true;
    for file in &options.files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
        let problems = match serde_json::from_str::<Value>(&text) {
            Ok(document) => problems(&document),
            Err(error) => vec![Problem::new("definition.json", "", format!("expected JSON: {error}"))],
        };
        for problem in problems {
            clean = false;
            let Problem { path, code, message } = problem;
            super::say(
                json!({"file": file.display().to_string(), "path": path, "code": code, "message": message}),
            );
        }
    }
    Ok(clean)
}

/// Those of a definition, or of an app.
fn problems(document: &Value) -> Vec<Problem> {
    if document.get("kind").and_then(Value::as_str) != Some("app") {
        return definition::check(document);
    }
    shape::problems(document)
}
