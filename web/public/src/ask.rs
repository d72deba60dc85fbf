//! From a compiled form, and what was typed so far, to the pages that ask it.
//!
//! Which questions show and which are needed is form-engine's verdict; this file only puts it in
//! the page's words.

use std::collections::BTreeSet;

use form_engine::{Field, FieldKind, Form, Language, Outcome, Problem, pointer};
use serde_json::{Value, json};

use crate::{Choice, FormPage, Frame, Page, Question, QuizText, Thanks};

/// What is known when a form is asked.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Typed so far, as a document.
    pub data: Value,
    /// What the server found wrong with it.
    pub problems: Vec<Problem>,
    /// Pointers of the questions the reader has seen; none on the first visit.
    pub seen: Option<Vec<String>>,
    /// The page a reader without script is on.
    pub page: usize,
    /// Key of this page's submission.
    pub nonce: String,
    /// The one-use link it was opened by.
    pub invitation: Option<String>,
}

/// The form page of `form`, published at `slug`.
pub fn ask(form: &Form, slug: &str, frame: Frame, known: &Known) -> FormPage {
    let language = frame.language;
    let outcome = form.apply_rules(known.data.clone());
    let required = form.required(&known.data);
    let asker = Asker { form, language, known, required: &required, outcome: &outcome };
    let mut pages: Vec<Page> = form
        .pages()
        .iter()
        .map(|page| Page {
            title: page.title.as_ref().map(|title| asker.piped(title, "")),
            help: None,
            questions: page.items.iter().flat_map(|field| asker.questions(field)).collect(),
        })
        .filter(|page| !page.questions.is_empty())
        .collect();
    if pages.is_empty() {
        pages.push(Page { title: None, help: None, questions: Vec::new() });
    }
    let hidden = form.fields().iter().filter(|field| field.kind == FieldKind::Hidden);
    if let Some(last) = pages.last_mut() {
        last.questions.extend(hidden.flat_map(|field| asker.questions(field)));
    }
    let more_questions = pages.iter().flat_map(|page| &page.questions).any(|question| question.fresh);
    FormPage {
        current: known.page.min(pages.len() - 1),
        slug: slug.to_owned(),
        title: asker.piped(form.title(), ""),
        intro: form.description().map(|text| asker.piped(text, "")),
        nonce: known.nonce.clone(),
        invitation: known.invitation.clone(),
        refusal: homeless(&pages, &known.problems),
        client: client(form, slug, language, known, pipes(form, language, &pages)),
        pages,
        more_questions,
        thanks: thanks(form, language),
        frame,
    }
}

/// Languages the author offers; those of the product when none is named.
pub fn languages(form: &Form) -> Vec<Language> {
    let mut offered: Vec<Language> = Vec::new();
    for language in form.publish().languages.iter().filter_map(|tag| Language::parse(tag)) {
        if !offered.contains(&language) {
            offered.push(language);
        }
    }
    if offered.is_empty() { vec![Language::Zh, Language::En] } else { offered }
}

/// Every thank-you of the form, holes still open; the last is for everybody.
pub fn thanks(form: &Form, language: Language) -> Vec<Thanks> {
    let word = |text: &form_engine::Text| text.get(language.as_str()).to_owned();
    let quiz = form.definition().quiz.as_ref().map_or(&[][..], |quiz| &quiz.results);
    let results: Vec<(QuizText, bool)> = quiz
        .iter()
        .map(|result| {
            let (title, text) = (result.title.as_ref().map(word), result.text.as_ref().map(word));
            (QuizText { title, text }, false)
        })
        .collect();
    let variants = &form.publish().thanks;
    let mut all: Vec<Thanks> = variants
        .iter()
        .map(|variant| Thanks {
            title: variant.title.as_ref().map(word),
            text: variant.text.as_ref().map(word),
            link: variant.link.as_ref().map(|(label, address)| (word(label), address.clone())),
            results: results.clone(),
        })
        .collect();
    if variants.last().is_none_or(|last| last.when.is_some()) {
        all.push(Thanks { results, ..Thanks::default() });
    }
    all
}

/// The thank-you that fits a submission, with its holes filled and the quiz's result chosen.
pub fn thanks_for(form: &Form, language: Language, data: &Value, now_ms: i64) -> Thanks {
    let index = form.thanks_at(data, now_ms).unwrap_or(form.publish().thanks.len());
    let chosen = thanks(form, language).into_iter().nth(index).unwrap_or_default();
    let result = form.quiz(data).and_then(|quiz| quiz.result);
    let filled = |text: String| form.pipe(&text, "", data, language.as_str());
    let told = chosen.results.into_iter().enumerate().filter(|(index, _)| Some(*index) == result);
    let told = told.map(|(_, (result, _))| {
        let QuizText { title, text } = result;
        (QuizText { title: title.map(filled), text: text.map(filled) }, true)
    });
    let results = told.collect();
    Thanks { title: chosen.title.map(filled), text: chosen.text.map(filled), link: chosen.link, results }
}

/// The texts with holes, for the browser module to fill as people type: `[selector, template, place]`.
fn pipes(form: &Form, language: Language, pages: &[Page]) -> Vec<Value> {
    let word = |text: &form_engine::Text| text.get(language.as_str()).to_owned();
    let mut pipes = Vec::new();
    let mut put = |selector: String, template: Option<String>, place: &str| {
        if let Some(template) = template.filter(|template| template.contains("{{")) {
            pipes.push(json!([selector, template, place]));
        }
    };
    put("#form h1".to_owned(), Some(word(form.title())), "");
    put("#form .intro .lead".to_owned(), form.description().map(word), "");
    // Pages on which nothing is asked are not on the page.
    let titled = form.pages().iter().filter(|page| !page.items.is_empty());
    for (index, page) in titled.enumerate() {
        put(format!("[data-page=\"{index}\"] h2"), page.title.as_ref().map(word), "");
    }
    for (index, question) in pages.iter().flat_map(|page| &page.questions).enumerate() {
        let Some(field) = form.field(&question.path) else { continue };
        put(format!("#q{index} .title>span"), Some(word(&field.title)), &question.path);
        put(format!("#q{index}-help"), field.help.as_ref().map(word), &question.path);
    }
    for (index, thanks) in thanks(form, language).into_iter().enumerate() {
        put(format!("#thanks-{index} h1"), thanks.title, "");
        put(format!("#thanks-{index} .lead"), thanks.text, "");
        for (at, (result, _)) in thanks.results.into_iter().enumerate() {
            put(format!("#thanks-{index} [data-result=\"{at}\"] h2"), result.title, "");
            put(format!("#thanks-{index} [data-result=\"{at}\"] p"), result.text, "");
        }
    }
    pipes
}

/// What the browser module needs, as inert JSON.
fn client(form: &Form, slug: &str, language: Language, known: &Known, pipes: Vec<Value>) -> Value {
    let mut when: Vec<Value> = Vec::new();
    for variant in &form.publish().thanks {
        when.push(json!(variant.when));
    }
    if when.last().is_none_or(|last| !last.is_null()) {
        when.push(Value::Null);
    }
    json!({
        "slug": slug,
        "nonce": known.nonce,
        "invitation": known.invitation,
        "language": language.as_str(),
        "sheet": form.to_value(language),
        "thanks": when,
        "pipes": pipes,
    })
}

/// Problems that no shown question can say.
fn homeless(pages: &[Page], problems: &[Problem]) -> Option<String> {
    let shown: Vec<&Question> = pages
        .iter()
        .flat_map(|page| &page.questions)
        .filter(|one| one.shown && one.kind != FieldKind::Hidden)
        .collect();
    let lost = problems
        .iter()
        .filter(|problem| !shown.iter().any(|one| pointer::is_within(&problem.path, &one.path)));
    let messages: Vec<&str> = lost.map(|problem| problem.message.as_str()).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

struct Asker<'a> {
    form: &'a Form,
    language: Language,
    known: &'a Known,
    required: &'a BTreeSet<String>,
    outcome: &'a Outcome,
}

impl Asker<'_> {
    /// One question, or one per row that is there; an empty list is asked for its first row.
    fn questions(&self, field: &Field) -> Vec<Question> {
        let places = pointer::expand(&self.known.data, &field.path);
        if places.is_empty() {
            return vec![self.question(field, field.path.replace("/*", "/0"))];
        }
        places.into_iter().map(|place| self.question(field, place)).collect()
    }

    /// A text in the page's language, with the answers it holds.
    fn piped(&self, text: &form_engine::Text, place: &str) -> String {
        let language = self.language.as_str();
        self.form.pipe(text.get(language), place, &self.outcome.data, language)
    }

    /// Places of the options that are not offered at `place`.
    fn held_back(&self, field: &Field, place: &str) -> Vec<usize> {
        let Some(offered) = self.outcome.offered(place) else { return Vec::new() };
        (0..field.options.len()).filter(|index| !offered.contains(index)).collect()
    }

    fn question(&self, field: &Field, place: String) -> Question {
        let word = |text: &form_engine::Text| text.get(self.language.as_str()).to_owned();
        let shown = self.outcome.shows(&place);
        let hidden_kind = field.kind == FieldKind::Hidden;
        let unseen = self.known.seen.as_ref().is_some_and(|seen| !seen.contains(&place));
        let given = pointer::get(&self.known.data, &place);
        let first_visit = self.known.seen.is_none();
        let value = given.or(field.default.as_ref().filter(|_| first_visit)).cloned().unwrap_or(Value::Null);
        let problem = self.known.problems.iter().find(|problem| pointer::is_within(&problem.path, &place));
        Question {
            title: self.piped(&field.title, &place),
            help: field.help.as_ref().map(|help| self.piped(help, &place)),
            placeholder: field.placeholder.as_ref().map(word),
            kind: field.kind,
            options: field
                .options
                .iter()
                .map(|option| Choice { value: option.value.clone(), label: word(&option.label) })
                .collect(),
            held_back: self.held_back(field, &place),
            scale: field.scale(),
            ends: field.ends.as_ref().map(|(low, high)| (word(low), word(high))),
            max_length: field.max_length,
            required: self.required.contains(&place) || (field.required && field.in_rows()),
            shown,
            fresh: shown && unseen && !hidden_kind,
            problem: problem.filter(|_| shown).map(|problem| problem.message.clone()),
            value,
            path: place,
        }
    }
}
