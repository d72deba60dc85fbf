//! `huiyin simulate --jsonl`: plays flows under a virtual clock, one JSON object per line.
//!
//! The work is flow-engine's; this reads lines and writes lines, in the same order. A line that
//! cannot be played, or is too large to be looked at, answers `{"refused": [problems]}` and does not
//! stop the ones after it.

use std::io::{self, BufRead, Write};

use flow_engine::{Scenario, simulate};
use form_engine::Problem;
use serde_json::{Value, json};

use super::bounded::{self, LINE};

/// Options of `huiyin simulate`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Read one JSON object per line from standard input, write one per line
    #[arg(long, required = true)]
    pub jsonl: bool,
}

/// Answers every line of `input` that is not blank.
///
/// # Errors
///
/// Only when reading or writing fails.
pub fn run(mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    while bounded::read_line(&mut input, &mut line, LINE.bytes)? {
        if !line.trim_ascii().is_empty() {
            serde_json::to_writer(&mut output, &answer(&line))?;
            output.write_all(b"\n")?;
        }
    }
    output.flush()
}

fn answer(line: &[u8]) -> Value {
    if let Some(message) = LINE.excess(line) {
        return json!({"refused": [Problem::new("simulate.too_large", "", message)]});
    }
    let played = serde_json::from_slice::<Scenario>(line)
        .map_err(|error| vec![Problem::new("simulate.malformed", "", error.to_string())])
        .and_then(|scenario| simulate(&scenario));
    match played {
        Ok(outcome) => json!(outcome),
        Err(problems) => json!({"refused": problems}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &str) -> Vec<Value> {
        let mut output = Vec::new();
        run(input.as_bytes(), &mut output).expect("memory does not fail");
        let text = String::from_utf8(output).expect("JSON is text");
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    #[test]
    fn one_line_out_for_each_line_in_whatever_is_wrong_with_it() {
        let flow = r#"{"machine": {"states": {"a": {"on": {"go": "b"}}, "b": {"after": [{"delay": "2d", "target": "c"}]}, "c": {"type": "final"}}}, "events": [{"event": {"name": "go"}, "after": 5}]}"#;
        let input = format!(
            "{flow}\n\nno json\n{}\n{flow}\n",
            r#"{"machine": {"states": {"a": {"on": {"go": "z"}}}}}"#
        );
        let answers = answers(&input);
        assert_eq!(answers.len(), 4);
        assert_eq!(answers[0]["configurations"], json!([["a"], ["b"], ["c"]]));
        assert_eq!(answers[0]["final"], "c");
        assert_eq!(answers[1]["refused"][0]["code"], "simulate.malformed");
        assert_eq!(answers[2]["refused"][0]["code"], "flow.target_unknown");
        assert_eq!(answers[2]["refused"][0]["path"], "/machine/states/a/on/go");
        assert_eq!(answers[0], answers[3]);
    }

    #[test]
    fn a_line_that_is_too_large_is_refused_unread_and_the_next_is_played() {
        let flow = r#"{"machine": {"states": {"a": {}}}}"#;
        let many = format!("{{\"machine\": [{}0]}}", "0,".repeat(LINE.values));
        let long = format!("{}{flow}", " ".repeat(LINE.bytes));
        let input = format!("{many}\n{long}\n{flow}\n");
        let answers = answers(&input);
        assert_eq!(answers.len(), 3);
        for (answer, what) in [(&answers[0], "values"), (&answers[1], "bytes")] {
            assert_eq!(answer["refused"][0]["code"], "simulate.too_large");
            assert!(
                answer["refused"][0]["message"].as_str().is_some_and(|message| message.contains(what)),
                "{answer}"
            );
        }
        assert_eq!(answers[2]["configurations"], json!([["a"]]));
    }
}
