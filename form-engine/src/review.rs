//! What is suspicious about a form that compiles: questions nobody ever sees, rules that never apply, texts that lack a
//! language.
//!
//! For those who publish, not for those who fill: nothing of it runs in a browser, and a version that is live is never
//! refused for it. Everything said here is proven, so silence means that nothing was found, not that all is well.

mod languages;
mod reach;
mod solve;

use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::{Problem, Text, fill, pointer};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It stands against publishing.
    Stops,
    /// The author should know.
    Warns,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// What and where, in the definition.
    #[serde(flatten)]
    pub problem: Problem,
}

impl Finding {
    fn stops(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Stops, problem: Problem::new(code, path, message) }
    }

    fn warns(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Warns, problem: Problem::new(code, path, message) }
    }
}

/// Everything suspicious about `form`, what stops first.
///
/// ```
/// # use form_engine::{FormDefinition, compile, review};
/// # use serde_json::json;
/// let definition = json!({"format": 1, "kind": "form", "key": "k",
///     "schema": {"type": "object", "properties": {"a": {"enum": [1, 2]}, "b": {"type": "string"}}},
///     "rules": [{"when": {"all": [{"field": "/a", "op": "eq", "value": 1}, {"field": "/a", "op": "eq", "value": 2}]}, "show": ["/b"]}]});
/// let form = compile(&FormDefinition::parse(&definition).unwrap()).unwrap();
/// assert_eq!(review(&form)[0].problem.code, "form.never_shows");
/// ```
pub fn review(form: &Form) -> Vec<Finding> {
    let mut findings = reach::findings(form);
    findings.extend(languages::findings(form));
    findings.extend(holes(form));
    findings.extend(results(form));
    findings.sort_by_key(|finding| finding.weight);
    findings
}

/// Every text the author wrote for those who answer, with its place.
fn texts(form: &Form) -> Vec<(String, &Text)> {
    let definition = form.definition();
    let mut texts: Vec<(String, &Text)> = Vec::new();
    // Without one of its own, the form is called what its schema is called.
    texts.push(("/title".to_owned(), &definition.title));
    texts.extend(definition.description.iter().map(|text| ("/description".to_owned(), text)));
    let pages = definition.layout.iter().flat_map(|layout| &layout.pages);
    for (page_index, page) in pages.enumerate() {
        let at = format!("/layout/pages/{page_index}");
        texts.extend(page.title.iter().map(|title| (format!("{at}/title"), title)));
    }
    for (at, item) in definition.layout.iter().flat_map(|layout| layout.items()) {
        let named = [
            ("title", &item.title),
            ("section", &item.section),
            ("help", &item.help),
            ("placeholder", &item.placeholder),
        ];
        texts.extend(
            named.into_iter().filter_map(|(name, text)| Some((format!("{at}/{name}"), text.as_ref()?))),
        );
        texts.extend(
            item.options.iter().map(|(value, label)| (pointer::join(&format!("{at}/options"), value), label)),
        );
        if let Some((low, high)) = &item.ends {
            let ends = [("low", low), ("high", high)].into_iter().filter(|(_, text)| !text.is_empty());
            texts.extend(ends.map(|(name, text)| (format!("{at}/{name}"), text)));
        }
    }
    for (index, thanks) in definition.publish.thanks.iter().enumerate() {
        let at = format!("/publish/thanks/{index}");
        let link = thanks.link.as_ref().map(|(label, _)| label);
        let named = [("title", thanks.title.as_ref()), ("text", thanks.text.as_ref()), ("link/label", link)];
        texts.extend(named.into_iter().filter_map(|(name, text)| Some((format!("{at}/{name}"), text?))));
    }
    for (index, result) in definition.quiz.iter().flat_map(|quiz| &quiz.results).enumerate() {
        let at = format!("/quiz/results/{index}");
        let named = [("title", &result.title), ("text", &result.text)];
        texts.extend(
            named.into_iter().filter_map(|(name, text)| Some((format!("{at}/{name}"), text.as_ref()?))),
        );
    }
    texts
}

/// Holes that no answer can ever fill.
fn holes(form: &Form) -> Vec<Finding> {
    let known = |name: &str| {
        if let Some(of_quiz) = name.strip_prefix("quiz.") {
            return form.definition().quiz.is_some() && matches!(of_quiz, "total" | "max");
        }
        let path = if name.starts_with('/') { name.to_owned() } else { pointer::join("", name) };
        let in_row = |field: &str| field.rsplit('/').next() == path.strip_prefix('/');
        form.field(&path).is_some()
            || form.fields().iter().any(|field| field.in_rows() && in_row(&field.path))
    };
    let mut findings = Vec::new();
    for (at, text) in texts(form) {
        let mut told: Vec<&str> = Vec::new();
        for name in text.all().flat_map(fill::holes).filter(|name| !known(name)) {
            if !told.contains(&name) {
                let message = format!("`{{{{{name}}}}}` names no question, so nothing will stand there");
                findings.push(Finding::warns("form.hole_unknown", at.clone(), message));
                told.push(name);
            }
        }
    }
    findings
}

/// Sums without a result, and results without a sum.
fn results(form: &Form) -> Vec<Finding> {
    let (Some(definition), Some(quiz)) = (&form.definition().quiz, &form.rules.quiz) else {
        return Vec::new();
    };
    let (Some(least), Some(most)) = (quiz.least, quiz.most) else { return Vec::new() };
    let mut findings = Vec::new();
    let results = &definition.results;
    for (index, result) in results.iter().enumerate() {
        let beyond = result.from.is_some_and(|from| from > most) || result.to.is_some_and(|to| to < least);
        let covered = results[..index].iter().any(|earlier| {
            let from = earlier.from.is_none_or(|from| result.from.unwrap_or(f64::NEG_INFINITY) >= from);
            from && earlier.to.is_none_or(|to| result.to.unwrap_or(f64::INFINITY) <= to)
        });
        if beyond || covered {
            let why = if beyond {
                format!("the points lie between {least} and {most}")
            } else {
                "an earlier one always fits first".to_owned()
            };
            let message = format!("this result is never told: {why}");
            findings.push(Finding::warns("form.result_never", format!("/quiz/results/{index}"), message));
        }
    }
    // Between neighbouring ends, what holds of one sum holds of all.
    let ends = results.iter().flat_map(|result| [result.from, result.to]).flatten();
    let mut sums: Vec<f64> = ends.chain([least, most]).filter(|sum| (least..=most).contains(sum)).collect();
    sums.sort_by(f64::total_cmp);
    let bare = sums.iter().find(|sum| !results.iter().any(|result| result.fits(**sum)));
    if let Some(sum) = bare.filter(|_| !results.is_empty()) {
        let message = format!("no result is told for {sum} points; they lie between {least} and {most}");
        findings.push(Finding::warns("form.result_missing", "/quiz/results", message));
    }
    findings
}
