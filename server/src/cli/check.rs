//! `huiyin check FILE…`: everything that stands against publishing the definitions in files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use form_engine::Problem;
use serde::Deserialize;
use serde_json::{Value, json};

use super::bounded::{APP, DEFINITION};
use crate::document::shape;
use crate::services::definition;

/// Problems told of one file.
const MOST_PROBLEMS: usize = 1_000;

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
/// When a file cannot be read.
pub fn run(options: &Options) -> anyhow::Result<bool> {
    let mut clean = true;
    for file in &options.files {
        let text = text(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
        for problem in problems_of(&text).into_iter().take(MOST_PROBLEMS) {
            clean = false;
            let Problem { path, code, message } = problem;
            super::say(
                json!({"file": file.display().to_string(), "path": path, "code": code, "message": message}),
            );
        }
    }
    Ok(clean)
}

/// All of a file, or as much of it as shows that it is too large.
fn text(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(file)?.take(APP.bytes as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// Those of a definition or an app as it was written. One that is too large is not read.
fn problems_of(text: &[u8]) -> Vec<Problem> {
    /// What a document says it is, the rest passed over.
    #[derive(Deserialize)]
    struct Kind {
        kind: Option<String>,
    }
    let is_app =
        || serde_json::from_slice::<Kind>(text).is_ok_and(|head| head.kind.as_deref() == Some("app"));
    let excess = APP.excess(text).or_else(|| DEFINITION.excess(text).filter(|_| !is_app()));
    if let Some(message) = excess {
        return vec![Problem::new("definition.too_large", "", message)];
    }
    match serde_json::from_slice(text) {
        Ok(document) => problems(&document),
        Err(error) => vec![Problem::new("definition.json", "", format!("expected JSON: {error}"))],
    }
}

/// Those of a definition, or of an app.
fn problems(document: &Value) -> Vec<Problem> {
    if document.get("kind").and_then(Value::as_str) != Some("app") {
        return definition::check(document);
    }
    shape::problems(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        problems_of(text.as_bytes()).iter().map(|problem| problem.code.to_string()).collect()
    }

    #[test]
    fn the_starter_app_has_no_problems_and_what_is_no_json_has_one() {
        assert_eq!(codes(include_str!("../starter/care.json")), Vec::<String>::new());
        assert_eq!(codes("{"), ["definition.json"]);
        assert_eq!(problems_of(b"\xff")[0].code, "definition.json");
    }

    #[test]
    fn a_definition_is_refused_by_its_size_and_an_app_may_be_larger() {
        let filler = "x".repeat(DEFINITION.bytes);
        let flow = json!({"format": 1, "kind": "flow", "key": "k", "description": filler, "states": {"s": {"type": "final"}}});
        assert_eq!(codes(&flow.to_string()), ["definition.too_large"]);
        let app =
            json!({"format": 1, "kind": "app", "key": "k", "description": filler, "forms": [], "flows": []});
        assert_eq!(codes(&app.to_string()), Vec::<String>::new());
        assert_eq!(codes(&" ".repeat(APP.bytes + 1)), ["definition.too_large"]);
        assert_eq!(codes(&json!(vec![0; DEFINITION.values + 1]).to_string()), ["definition.too_large"]);
    }
}
