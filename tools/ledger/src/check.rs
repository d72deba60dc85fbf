//! The ledger against the database, read through the API.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::client::{Ledger, Seen};
use crate::http::Connection;

/// How often each key is in a form's submissions.
type Count = BTreeMap<String, u32>;

/// Everything the database says otherwise than the ledger.
pub fn compare(host: &str, token: &str, ledger: &Ledger) -> anyhow::Result<Vec<String>> {
    let answers = count(host, token, "nps", "/reason")?;
    let tickets = count(host, token, "ticket", "/text")?;
    let mut faults = Vec::new();
    for (key, seen) in ledger {
        let found = (answers.get(key).copied().unwrap_or(0), tickets.get(key).copied().unwrap_or(0));
        let right = match seen {
            Seen::Ok => found == (1, 1),
            Seen::Unknown => found == (0, 0) || found == (1, 1),
            Seen::Refused(_) => found == (0, 0),
        };
        if !right {
            faults.push(format!("{key}: {seen:?}, but {} answers and {} tickets", found.0, found.1));
        }
    }
    Ok(faults)
}

/// Reads all submissions of `form` and counts the texts at `pointer`.
fn count(host: &str, token: &str, form: &str, pointer: &str) -> anyhow::Result<Count> {
    let mut connection = Connection::open(host)?;
    let bearer = format!("Bearer {token}");
    let mut count = Count::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/forms/{form}/submissions?limit=200{cursor}");
        let answer = connection.send("GET", &path, &[("authorization", &bearer)], None)?;
        if answer.status != 200 {
            bail!("{path}: {} {}", answer.status, answer.body);
        }
        for item in answer.body["items"].as_array().context("expected `items`")? {
            if let Some(text) = item["data"].pointer(pointer).and_then(Value::as_str) {
                *count.entry(text.to_owned()).or_default() += 1;
            }
        }
        match answer.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(count),
        }
    }
}
