//! Form: a compiled form, ready for submissions.
//!
//! Opaque and immutable; the server keeps one per published version and shares it.

use std::ops::Deref;

use serde_json::Value;

use crate::definition::{FormDefinition, Publish, Record};
use crate::fault::Fault;
use crate::layout::Page;
use crate::schema::leaves::key_label;
use crate::schema::shapes::{Shape, Shapes};
use crate::sheet::Sheet;
use crate::{Identity, Language, Problem, QuizResult, QuizTotal, Subject, Text, pointer};

/// A checked form. Made by [`compile`](crate::compile). What it shares with a browser is its [`Sheet`].
#[derive(Debug)]
pub struct Form {
    pub(crate) definition: FormDefinition,
    pub(crate) sheet: Sheet,
    /// Titles of groups and lists, by pattern.
    pub(crate) titles: Vec<(String, String)>,
    /// Places that take one of several shapes.
    pub(crate) shapes: Vec<Shapes>,
    /// What the branches of a place are called, by its pattern.
    #[cfg(feature = "schema")]
    pub(crate) branches: Vec<(String, Vec<String>)>,
    pub(crate) pages: Vec<Page>,
    #[cfg(feature = "script")]
    pub(crate) defaults: Vec<crate::arrive::Default>,
    #[cfg(feature = "schema")]
    pub(crate) validator: crate::validator::Validator,
    /// No rule changes a document, and no title says an answer.
    #[cfg(feature = "schema")]
    pub(crate) takes_as_sent: bool,
}

/// Groups of questions of which not all are to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternatives {
    /// One group only; else at least one.
    pub only_one: bool,
    /// Titles of what each group asks for, without what all of them do.
    pub each: Vec<Vec<String>>,
}

impl Alternatives {
    /// The groups in words: `“Street”, “City” or “Name”`.
    pub fn told(&self, language: Language) -> String {
        let (comma, or) = match language {
            Language::Zh => ("”、“", "，或"),
            Language::En => ("”, “", " or "),
        };
        let each: Vec<String> = self.each.iter().map(|titles| format!("“{}”", titles.join(comma))).collect();
        each.join(or)
    }
}

impl Deref for Form {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

impl Form {
    /// Puts answers that still say what fields were called before under today's names: a page that was open, a link in
    /// an old mail, half an answer that was kept. Fields of the form are never touched.
    pub fn in_new_names(&self, data: &mut Value) {
        for renaming in &self.definition().renamed {
            if self.field(&renaming.from).is_none() {
                renaming.answers(data);
            }
        }
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.definition.key
    }

    /// Its title.
    pub fn title(&self) -> &Text {
        &self.definition.title
    }

    /// A few words before the first question.
    pub fn description(&self) -> Option<&Text> {
        self.definition.description.as_ref()
    }

    /// What its submissions are.
    pub fn record(&self) -> Record {
        self.definition.record
    }

    /// When and by whom it may be answered.
    pub fn publish(&self) -> &Publish {
        &self.definition.publish
    }

    /// What it was compiled from.
    pub fn definition(&self) -> &FormDefinition {
        &self.definition
    }

    /// The pages as they are shown.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// What people call the place at `pointer`: the field's title, the group's, else its key.
    pub fn title_at(&self, pointer: &str, language: Language) -> String {
        self.title_in(pointer, &Value::Null, language)
    }

    /// The same with the answers of `data` in it, where the author put some.
    pub fn title_in(&self, pointer: &str, data: &Value, language: Language) -> String {
        let piped = |title: &Text| self.pipe(title.get(language.as_str()), pointer, data, language.as_str());
        if let Some(field) = self.field(pointer) {
            return piped(&field.title);
        }
        if pointer.is_empty() {
            return piped(self.title());
        }
        // Inside a field that takes anything, or one choice of several: the field's name is known, the place's is not.
        let above = pointer.rsplit_once('/').map_or("", |(above, _)| above);
        let in_choice = pointer.rsplit('/').next().is_some_and(|token| token.parse::<usize>().is_ok());
        if let Some(field) = self.field(above).filter(|_| in_choice) {
            return piped(&field.title);
        }
        let group = self.titles.iter().find(|(path, _)| pointer::matches(path, pointer));
        group.map_or_else(|| key_label(pointer), |(_, title)| title.clone())
    }

    /// What the place at `pointer` may be filled with, where its schema takes one of several shapes.
    pub fn alternatives(&self, pointer: &str, language: Language) -> Option<Alternatives> {
        let shapes = self.shapes.iter().find(|shapes| pointer::matches(&shapes.path, pointer))?;
        let titles = |shape: &Shape| match shape {
            Shape::Members(names) => {
                names.iter().map(|name| self.title_at(&pointer::join(pointer, name), language)).collect()
            }
            Shape::Options(labels) => labels.clone(),
        };
        let each = shapes.each.iter().map(titles).collect();
        Some(Alternatives { only_one: shapes.only_one, each })
    }

    /// How many of the groups of [`Form::alternatives`] the document has an answer to.
    #[cfg(feature = "schema")]
    pub(crate) fn alternatives_filled(&self, pointer: &str, data: &Value) -> usize {
        let Some(shapes) = self.shapes.iter().find(|shapes| pointer::matches(&shapes.path, pointer)) else {
            return 0;
        };
        let Some(given) = pointer::get(data, pointer) else { return 0 };
        let filled = |shape: &&Shape| match shape {
            Shape::Members(names) => {
                names.iter().any(|name| given.get(name).is_some_and(|value| !value.is_null()))
            }
            Shape::Options(_) => given.as_array().is_some_and(|chosen| !chosen.is_empty()),
        };
        shapes.each.iter().filter(filled).count()
    }

    /// The place whose [`Form::alternatives`] the question at `pointer` is one of.
    pub fn alternative_of(&self, pointer: &str) -> Option<String> {
        let mut place = pointer;
        loop {
            let rest = &pointer[place.len()..];
            let member = rest.strip_prefix('/').map(|rest| rest.split('/').next().unwrap_or(rest));
            let told = |shape: &Shape| match shape {
                Shape::Members(names) => {
                    member.is_some_and(|member| names.iter().any(|name| *name == pointer::unescape(member)))
                }
                Shape::Options(_) => rest.is_empty(),
            };
            let here =
                |shapes: &&Shapes| pointer::matches(&shapes.path, place) && shapes.each.iter().any(told);
            if self.shapes.iter().find(here).is_some() {
                return Some(place.to_owned());
            }
            place = place.rsplit_once('/')?.0;
        }
    }

    /// Who the submission says it is from, in field order, each once.
    pub fn contacts(&self, data: &Value) -> Vec<Identity> {
        let mut found = Vec::new();
        for field in self.fields() {
            for (_, value) in pointer::resolve(data, &field.path) {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => continue,
                };
                found.extend(field.identity_of(&text).filter(|identity| !found.contains(identity)));
            }
        }
        found
    }

    /// The first thank-you whose condition holds for `data`, by its place in the author's list.
    pub fn thanks_at(&self, data: &Value, now_ms: i64) -> Option<usize> {
        let subject = Subject { document: data, column: &|_| None, now_ms, caller: None };
        let variants = &self.definition.publish.thanks;
        variants.iter().position(|one| one.when.as_ref().is_none_or(|when| when.evaluate(&subject)))
    }

    /// The result that a quiz comes to with the answers of `data`, and its texts.
    pub fn quiz_result(&self, data: &Value) -> Option<(QuizTotal, Option<&QuizResult>)> {
        let total = self.quiz(data)?;
        let results = self.definition.quiz.as_ref().map_or(&[][..], |quiz| &quiz.results);
        Some((total, total.result.and_then(|at| results.get(at))))
    }

    /// Options that are taken up: `(pattern, option's text)` of each quota that `count` says is reached.
    pub fn full_options(&self, count: &dyn Fn(&str, &str) -> u64) -> Vec<(&str, &str)> {
        let quotas = self.definition.publish.option_quotas.iter();
        let full = quotas.filter(|quota| count(&quota.field, &quota.option) >= quota.limit);
        full.map(|quota| (quota.field.as_str(), quota.option.as_str())).collect()
    }

    /// Every field's own check, and what is missing, in field order; the first pass before the whole schema's verdict.
    pub fn check(&self, data: &Value, language: Language) -> Vec<Problem> {
        let outcome = self.apply_rules(data.clone());
        let required = self.required(data);
        let missing = |place: &&String| {
            pointer::get(&outcome.data, place).is_none_or(|value| value.is_null() || value == "")
        };
        let mut problems: Vec<Problem> = required
            .iter()
            .filter(missing)
            .map(|place| {
                let title = self.title_in(place, &outcome.data, language);
                Fault::Required.at(place.as_str(), &title, language)
            })
            .collect();
        for field in self.fields() {
            for (place, value) in pointer::resolve(&outcome.data, &field.path) {
                if value.is_null() || value == "" {
                    continue;
                }
                let mut faults = field.faults(value);
                if faults.is_empty() {
                    faults.extend(self.offer_fault(&outcome, &place, value));
                }
                if !faults.is_empty() {
                    let title = self.title_in(&place, &outcome.data, language);
                    problems
                        .extend(faults.into_iter().map(|fault| fault.at(place.as_str(), &title, language)));
                }
            }
        }
        self.in_field_order(&mut problems);
        problems
    }

    fn in_field_order(&self, problems: &mut [Problem]) {
        problems.sort_by_cached_key(|problem| self.rank(&problem.path));
    }

    /// Where a problem at `path` stands among others: inside a field, at one choice of several for instance, where the
    /// field does.
    pub(crate) fn rank(&self, path: &str) -> usize {
        let above = path.rsplit_once('/').map_or(path, |(above, _)| above);
        let at = |path: &str| self.place_of(path);
        at(path).or_else(|| at(above)).unwrap_or(usize::MAX)
    }
}
