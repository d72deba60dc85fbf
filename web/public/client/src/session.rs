//! One open form: its sheet, and the document that is typed now.

use form_engine::{Condition, Language, Sheet, Subject};
use serde_json::{Value, json};

/// The form a page has open.
pub struct Session {
    sheet: Sheet,
    language: Language,
    /// When each thank-you applies; none: always.
    thanks: Vec<Option<Condition>>,
    document: Value,
    /// The document with its rules settled.
    settled: Value,
}

impl Session {
    /// From the page's inert data: `{"language", "sheet", "thanks": [condition or null, …]}`.
    pub fn open(data: &str) -> Option<Self> {
        let data: Value = serde_json::from_str(data).ok()?;
        let thanks = data.get("thanks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        Some(Self {
            sheet: Sheet::read(data.get("sheet")?)?,
            language: Language::parse(data.get("language")?.as_str()?)?,
            thanks: thanks.iter().map(Condition::read).collect(),
            document: Value::Null,
            settled: Value::Null,
        })
    }

    /// Takes what is typed, `[[name, value], …]` as a form would post it, and answers
    /// `{"hidden": [pointers], "required": [pointers], "offered": [[pointer, [places of options]], …]}`; what stands below a
    /// hidden place is hidden too.
    pub fn look(&mut self, pairs: &str) -> String {
        let typed: Value = serde_json::from_str(pairs).unwrap_or(Value::Null);
        let typed = typed.as_array().map_or(&[][..], Vec::as_slice);
        let pairs: Vec<(String, String)> = typed.iter().filter_map(pair).collect();
        self.document = self.sheet.coerce(&pairs);
        let outcome = self.sheet.apply_rules(self.document.clone());
        let mut offered = Vec::new();
        for (place, options) in outcome.offered {
            let options = options.into_iter().map(Value::from).collect();
            offered.push(Value::Array(vec![place.into(), options]));
        }
        let answer = json!({
            "hidden": outcome.hidden,
            "required": self.sheet.required(&self.document),
            "offered": offered,
        });
        self.settled = outcome.data;
        answer.to_string()
    }

    /// A text that stands at `place`, with the answers it holds.
    pub fn pipe(&self, template: &str, place: &str) -> String {
        self.sheet.pipe(template, place, &self.settled, self.language.as_str())
    }

    /// Which result of the quiz is told; none without a quiz, or when none fits.
    pub fn result(&self) -> Option<usize> {
        self.sheet.quiz(&self.settled)?.result
    }

    /// What is wrong with one field, in words.
    pub fn problem(&self, pointer: &str) -> Option<String> {
        self.sheet.check_at(pointer, &self.document, self.language).map(|problem| problem.message)
    }

    /// The document as it is sent: without what does not show.
    pub fn body(&self) -> String {
        self.sheet.normalise(self.document.clone()).to_string()
    }

    /// The first thank-you that fits; the last one when none does.
    pub fn thanks(&self, now_ms: i64) -> usize {
        let subject = Subject { document: &self.settled, column: &|_| None, now_ms, caller: None };
        let fits = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.evaluate(&subject));
        self.thanks.iter().position(fits).unwrap_or(self.thanks.len().saturating_sub(1))
    }
}

fn pair(typed: &Value) -> Option<(String, String)> {
    Some((typed.get(0)?.as_str()?.to_owned(), typed.get(1)?.as_str()?.to_owned()))
}
