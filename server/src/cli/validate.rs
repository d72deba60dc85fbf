//! `huiyin validate --jsonl`: judges documents by schemas, one JSON object per line.
//!
//! In `{"schema": …, "data": …}`, where `schema` is a bare JSON Schema or a form definition; out
//! `{"valid": …, "problems": […]}`, or `{"refused": [problems]}` for what cannot be published. The
//! work is form-engine's; this reads lines and writes lines, in the same order. A line that is no
//! such object is refused and does not stop the ones after it.

use std::io::{self, BufRead, Write};

use form_engine::{Form, FormDefinition, Language, Problem, Refused, compile};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// Options of `huiyin validate`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Read one JSON object per line from standard input, write one per line
    #[arg(long, required = true)]
    pub jsonl: bool,
    /// Language of the problems' messages: en or zh
    #[arg(long, default_value = "en")]
    pub language: String,
}

/// Answers every line of `input` that is not blank.
///
/// # Errors
///
/// Only when reading or writing fails.
pub fn run(mut input: impl BufRead, mut output: impl Write, language: Language) -> io::Result<()> {
    let mut judge = Judge { language, last: None };
    let mut line = Vec::new();
    // Bytes, not text: a line that is no UTF-8 is refused like any other that is no JSON.
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            serde_json::to_writer(&mut output, &judge.answer(&line))?;
            output.write_all(b"\n")?;
        }
        line.clear();
    }
    output.flush()
}

/// The language of `--language`, English if it is neither of ours.
pub fn language(options: &Options) -> Language {
    Language::parse(&options.language).unwrap_or(Language::En)
}

/// A line whose parts are read by whoever needs them: the schema once, the document as it is judged.
#[derive(Deserialize)]
struct Question<'l> {
    #[serde(borrow)]
    schema: &'l RawValue,
    #[serde(borrow)]
    data: &'l RawValue,
}

/// Files often judge many documents by one schema, line after line.
struct Judge {
    language: Language,
    /// The schema as it was written, and what became of it.
    last: Option<(Box<str>, Compiled)>,
}

type Compiled = Result<Form, Vec<Problem>>;

impl Judge {
    fn answer(&mut self, line: &[u8]) -> Value {
        self.verdict(line).unwrap_or_else(
            |error| json!({"refused": [Problem::new("validate.malformed", "", error.to_string())]}),
        )
    }

    fn verdict(&mut self, line: &[u8]) -> serde_json::Result<Value> {
        let Question { schema, data } = serde_json::from_slice(line)?;
        let language = self.language;
        Ok(match self.form(schema.get())? {
            Err(problems) => json!({"refused": problems}),
            Ok(form) => match form.validate_json(data.get(), language) {
                Ok(_) => json!({"valid": true, "problems": []}),
                Err(Refused::Invalid(problems)) => json!({"valid": false, "problems": problems}),
                Err(Refused::Malformed(error)) => return Err(error),
            },
        })
    }

    fn form(&mut self, text: &str) -> serde_json::Result<&Compiled> {
        let (_, form) = match self.last.take().filter(|(known, _)| **known == *text) {
            Some(last) => self.last.insert(last),
            None => {
                let schema: Value = serde_json::from_str(text)?;
                let definition = if FormDefinition::is_definition(&schema) {
                    FormDefinition::parse(&schema)
                } else {
                    Ok(FormDefinition::from_schema(schema))
                };
                let form = definition.and_then(|definition| compile(&definition));
                self.last.insert((text.into(), form))
            }
        };
        Ok(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<Value> {
        let mut output = Vec::new();
        run(input, &mut output, Language::En).expect("memory does not fail");
        let text = String::from_utf8(output).expect("JSON is text");
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    #[test]
    fn one_line_out_for_each_line_in_whatever_is_wrong_with_it() {
        let input = [
            br#"{"schema": {"type": "integer", "minimum": 3}, "data": 3}"#.as_slice(),
            br#"{"schema": {"type": "integer", "minimum": 3}, "data": 2}"#,
            b"garbage",
            b"",
            b"\xff\xfe",
            br#"{"schema": {"type": "strange"}, "data": 1}"#,
            br#"{"schema": true}"#,
            br#"[1]"#,
            br#"{"schema": false, "data": 1}"#,
            br#"{"schema": true, "data": "\ud800"}"#,
            br#"{"schema": {"type": "\ud800"}, "data": 1}"#,
        ]
        .join(&b'\n');
        let answers = answers(&input);
        let kinds: Vec<(Option<bool>, bool)> = answers
            .iter()
            .map(|answer| (answer["valid"].as_bool(), answer.get("refused").is_some()))
            .collect();
        let refused = (None, true);
        let expected = [
            (Some(true), false),
            (Some(false), false),
            refused,
            refused,
            refused,
            refused,
            refused,
            (Some(false), false),
            refused,
            refused,
        ];
        assert_eq!(kinds, expected);
        assert_eq!(answers[1]["problems"][0]["code"], "form.too_small");
        assert_eq!(
            answers[4]["refused"][0]["path"], "/schema/type",
            "a bad schema is marked where it is bad"
        );
        assert!(
            answers
                .iter()
                .filter_map(|answer| answer["refused"].as_array())
                .all(|problems| !problems.is_empty())
        );
    }

    #[test]
    fn form_definitions_drop_what_is_hidden_before_they_judge() {
        let form = r#"{"format": 1, "kind": "form", "key": "nps", "schema": {"type": "object", "properties": {
            "score": {"type": "integer"}, "about": {"enum": ["price", "product"]}}, "required": ["score", "about"]},
            "rules": [{"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/about"]}]}"#
            .replace('\n', " ");
        let input = format!(
            "{{\"schema\": {form}, \"data\": {{\"score\": 9, \"about\": 5}}}}\n{{\"schema\": {form}, \"data\": {{\"score\": 3}}}}"
        );
        let answers = answers(input.as_bytes());
        assert_eq!(answers[0], json!({"valid": true, "problems": []}));
        assert_eq!(answers[1]["problems"][0]["path"], "/about");
        assert_eq!(answers[1]["problems"][0]["code"], "form.required");
    }
}
