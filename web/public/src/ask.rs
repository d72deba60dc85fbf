//! From a compiled form, and what was typed so far, to the pages that ask it.
//!
//! Which questions show and which are needed is form-engine's verdict; this file only puts it in
//! the page's words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use form_engine::{
    Branch, Detail, Field, FieldKind, Form, Language, LayoutItem, List, Outcome, Problem, pointer,
};
use serde_json::{Value, json};

use crate::words::put;
use crate::{Captcha, Choice, FormPage, Frame, Moment, More, Page, Question, QuizText, RowHead, Thanks};

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
    /// Pointer of the list that the reader took a row out of.
    pub less: Option<String>,
    /// Pointer of the list that the reader asked another row of.
    pub more: Option<String>,
    /// What else the address brought, carried along: name and value.
    pub carried: Vec<(String, String)>,
    /// Asks for a proof that no program sends this.
    pub captcha: Option<Captcha>,
    /// The colleague who fills it in for somebody else.
    pub behalf: Option<String>,
    /// It changes what was sent before: the receipt of that, and when.
    pub correcting: Option<(String, Moment)>,
    /// Files that `data` names: id, name, size in words.
    pub files: Vec<(String, String, String)>,
    /// Paths of fields that whoever answers has no part in: neither asked nor named.
    pub kept: Vec<String>,
    /// Options that as many have chosen as may: the field's pattern, and the option as a form post writes it.
    pub full: Vec<(String, String)>,
    /// What can be chosen at fields whose options the form does not hold: by the field's path, value and label.
    pub offered: BTreeMap<String, Vec<(Value, String)>>,
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
        .map(|page| {
            let (questions, texts) = asker.page(page);
            Page {
                title: page.title.as_ref().map(|title| asker.piped(title, "")),
                help: None,
                questions,
                texts,
            }
        })
        .filter(|page| !page.questions.is_empty())
        .collect();
    if pages.is_empty() {
        pages.push(Page { title: None, help: None, questions: Vec::new(), texts: Vec::new() });
    }
    let hidden =
        form.fields().iter().filter(|field| field.kind == FieldKind::Hidden && asker.is_asked(field));
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
        carried: known.carried.clone(),
        captcha: known.captcha.clone(),
        behalf: known.behalf.clone(),
        correcting: known.correcting.clone(),
        save: form.publish().save && !slug.is_empty() && !known.carried.iter().any(|(name, _)| name == "e"),
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
    let reaches = |field: &Arc<Field>| {
        let kinds = [FieldKind::Email, FieldKind::Phone, FieldKind::Contact];
        kinds.contains(&field.kind) || field.identity.is_some()
    };
    let own = form.fields().iter().any(reaches);
    let mut all: Vec<Thanks> = variants
        .iter()
        .map(|variant| Thanks {
            title: variant.title.as_ref().map(word),
            text: variant.text.as_ref().map(word),
            link: variant.link.as_ref().map(|(label, address)| (word(label), address.clone())),
            results: results.clone(),
            own,
        })
        .collect();
    if variants.last().is_none_or(|last| last.when.is_some()) {
        all.push(Thanks { results, own, ..Thanks::default() });
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
    Thanks {
        title: chosen.title.map(filled),
        text: chosen.text.map(filled),
        link: chosen.link,
        results,
        own: chosen.own,
    }
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
        "query": query(known),
        "kiosk": known.carried.iter().any(|(name, _)| name == "kiosk"),
        "captcha": known.captcha.as_ref().map(|one| json!({"token": one.token, "bits": one.bits})),
        "language": language.as_str(),
        "sheet": form.to_value(language),
        "thanks": when,
        "pipes": pipes,
    })
}

/// What the address of a sending brings along.
fn query(known: &Known) -> String {
    let invited = known.invitation.iter().map(|token| ("i", token.as_str()));
    let carried = known.carried.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut query = String::new();
    for (name, value) in invited.chain(carried) {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => query.push(char::from(byte)),
                _ => query.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    query
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

/// Rows of an empty list shown at once, however many it needs.
const MOST_AT_ONCE: usize = 10;

/// The list that the first `*` of a field's path stands for: `/items` of `/items/*/price`.
fn list_of(path: &str) -> Option<&str> {
    path.split_once("/*").map(|(list, _)| list)
}

/// What the author says about the list at `path`, among `items` or inside one of them.
fn item_of<'l>(items: &'l [LayoutItem], path: &str) -> Option<&'l LayoutItem> {
    let own = items.iter().find(|item| item.field == path);
    own.or_else(|| items.iter().find_map(|item| item_of(&item.items, path)))
}

/// The place that `within` stands for around `place`: `/items/2` for `/items/*`.
fn around<'p>(within: &str, place: &'p str) -> &'p str {
    let slashes = within.matches('/').count();
    place.match_indices('/').nth(slashes).map_or(place, |(end, _)| &place[..end])
}

/// Marks rows that share a matrix with the question before.
fn go_on(questions: &mut [Question]) {
    for at in 1..questions.len() {
        let (before, after) = (&questions[at - 1], &questions[at]);
        let group = |one: &Question| one.path.rsplit_once('/').map(|(above, _)| above.to_owned());
        let same = before.more.matrix.is_some() && before.more.matrix == after.more.matrix;
        questions[at].more.goes_on = same && group(before) == group(after);
    }
}

struct Asker<'a> {
    form: &'a Form,
    language: Language,
    known: &'a Known,
    required: &'a BTreeSet<String>,
    outcome: &'a Outcome,
}

impl Asker<'_> {
    /// The questions of a page, and the author's words between them.
    fn page(&self, page: &form_engine::Page) -> (Vec<Question>, Vec<(usize, String)>) {
        let (mut questions, mut texts) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(field) = page.items.get(at) {
            texts.extend(self.words_before(page, at, questions.len()));
            let list = list_of(&field.path);
            let together =
                page.items[at..].iter().take_while(|other| list.is_some() && list_of(&other.path) == list);
            let end = at + together.count().max(1);
            match list {
                Some(list) => questions.extend(self.rows(list, list, &page.items[at..end])),
                None if self.is_asked(field) => questions.extend(self.questions(field)),
                None => {}
            }
            at = end;
        }
        texts.extend(self.words_before(page, at, questions.len()));
        go_on(&mut questions);
        let title = page.title.as_ref().map(|title| title.get(self.language.as_str()));
        crate::group::mark(self.form, self.language, title, &mut questions);
        (questions, texts)
    }

    fn words_before(&self, page: &form_engine::Page, at: usize, place: usize) -> Vec<(usize, String)> {
        let here = page.texts.iter().filter(|(before, _)| *before == at);
        here.map(|(_, words)| (place, words.get(self.language.as_str()).to_owned())).collect()
    }

    /// What only the server knows can be asked once the server offers something; what is kept, never.
    fn is_asked(&self, field: &Field) -> bool {
        if self.known.kept.contains(&field.path) {
            return false;
        }
        let offered = self.known.offered.contains_key(&field.path);
        match field.kind {
            FieldKind::Member | FieldKind::Department => offered,
            FieldKind::Nps
            | FieldKind::Csat
            | FieldKind::Ces
            | FieldKind::Rating
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Single
            | FieldKind::Multiple
            | FieldKind::DropDown
            | FieldKind::Date
            | FieldKind::DateTime
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Contact
            | FieldKind::Consent
            | FieldKind::Hidden
            | FieldKind::Boolean
            | FieldKind::Toggle
            | FieldKind::Time
            | FieldKind::Slider
            | FieldKind::Ranking
            | FieldKind::Matrix
            | FieldKind::Cascade
            | FieldKind::IdNumber
            | FieldKind::File
            | FieldKind::Image
            | FieldKind::Signature
            | FieldKind::LinkedRecord
            | FieldKind::SerialNumber
            | FieldKind::Formula
            | FieldKind::Any => true,
        }
    }

    /// The questions of the list at `place`, row by row; a list without rows is asked for as many as it needs, at least
    /// one. `list` is its pattern, and its rows may hold lists in turn.
    fn rows(&self, list: &str, place: &str, fields: &[Arc<Field>]) -> Vec<Question> {
        let given = pointer::get(&self.known.data, place).and_then(Value::as_array).map_or(0, Vec::len);
        let known = self.form.lists().iter().find(|one| one.path == list).cloned().unwrap_or_default();
        // Places before the first row have names of their own, and the bounds count them too.
        let start = known.first;
        let whole = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX).saturating_sub(start);
        let (given, least, most) = (given.saturating_sub(start), whole(known.min), known.max.map(whole));
        let asked = usize::from(self.known.more.as_deref() == Some(place));
        let rows = given.max(least.min(MOST_AT_ONCE)).max(1) + asked;
        let rows = most.map_or(rows, |most| rows.min(most.max(given)));
        let (title, help) = self.said_of(&known);
        let words = &crate::Words::of(self.language).form;
        let named = if title.is_empty() { words.row_alone } else { words.row };
        // The number stays on the line of what it counts.
        let named = named.replace(" {n}", "\u{a0}{n}").replace("{n} ", "{n}\u{a0}");
        let changed = [&self.known.more, &self.known.less].into_iter().flatten().any(|one| one == place);
        let mut questions = Vec::new();
        for row in start..start + rows {
            let at = format!("{place}/{row}");
            let mut inside = self.row(&format!("{list}/*"), &at, fields);
            inside.iter_mut().for_each(|question| question.more.depth += 1);
            let (alone, Some(opens)) = (inside.len() == 1, inside.first_mut()) else { continue };
            opens.more.alone = alone && opens.path == at;
            let head = RowHead {
                title: put(&named, &[("title", &title), ("n", &(row + 1).to_string())]),
                help: help.clone().filter(|_| row == start),
                optional: known.optional && given == 0 && row == start,
                drop: (rows > least || known.optional).then_some(at),
                here: changed && row + 1 == start + rows,
            };
            opens.more.rows.insert(0, head);
            questions.extend(inside);
        }
        let depth = list.matches("/*").count() + 1;
        let full = most.is_some_and(|most| rows >= most);
        if let Some(last) = questions.last_mut().filter(|_| !full) {
            last.more.add.push((depth, place.to_owned(), title));
        }
        questions
    }

    /// The questions of the row at `place`, and of the lists in it; `pattern` stands for every row.
    fn row(&self, pattern: &str, place: &str, fields: &[Arc<Field>]) -> Vec<Question> {
        let rest = |field: &'_ Arc<Field>| field.path.strip_prefix(pattern).unwrap_or("").to_owned();
        let mut questions = Vec::new();
        let mut at = 0;
        while let Some(field) = fields.get(at) {
            let below = rest(field);
            let Some(inner) = list_of(&below) else {
                let asked = self.is_asked(field).then(|| self.question(field, format!("{place}{below}")));
                questions.extend(asked);
                at += 1;
                continue;
            };
            let together =
                fields[at..].iter().take_while(|other| list_of(&rest(other)) == Some(inner)).count();
            let list = format!("{pattern}{inner}");
            questions.extend(self.rows(&list, &format!("{place}{inner}"), &fields[at..at + together]));
            at += together;
        }
        questions
    }

    /// Title and help of a list: the author's, else the schema's.
    fn said_of(&self, list: &List) -> (String, Option<String>) {
        let pages = self.form.definition().layout.iter().flat_map(|layout| &layout.pages);
        let item = pages.into_iter().find_map(|page| item_of(&page.items, &list.path));
        let piped = |text: &form_engine::Text| self.piped(text, &list.path);
        let title = item.and_then(|item| item.title.as_ref()).filter(|title| !title.is_empty());
        let help = item.and_then(|item| item.help.as_ref()).map(piped);
        // What is said of the whole form stands above it.
        let help = help.or_else(|| list.help.clone().filter(|_| !list.path.is_empty()));
        (title.map_or_else(|| list.title.clone(), piped), help.filter(|help| !help.is_empty()))
    }

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

    /// Files that came before, each as its checkbox posts it again.
    fn files(&self, value: &Value) -> Vec<(String, String, String)> {
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let known = |item: &Value| {
            let id = item.get("id").unwrap_or(item).as_str()?;
            let (_, name, size) = self.known.files.iter().find(|(known, _, _)| known == id)?;
            Some((text_of_file(item), name.clone(), size.clone()))
        };
        items.iter().filter_map(known).collect()
    }

    /// Places of the options that are taken up.
    fn full(&self, field: &Field) -> Vec<usize> {
        let full = |option: &form_engine::Choice| {
            self.known.full.iter().any(|(path, word)| *path == field.path && *word == option.text())
        };
        (0..field.options.len()).filter(|index| full(&field.options[*index])).collect()
    }

    fn question(&self, field: &Field, place: String) -> Question {
        let word = |text: &form_engine::Text| text.get(self.language.as_str()).to_owned();
        let shown = self.outcome.shows(&place);
        let hidden_kind = field.kind == FieldKind::Hidden;
        let unseen = self.known.seen.as_ref().is_some_and(|seen| !seen.contains(&place));
        let given = pointer::get(&self.known.data, &place);
        let first_visit = self.known.seen.is_none();
        // What a page posts of a computed value is not believed.
        let given =
            if field.kind == FieldKind::Formula { pointer::get(&self.outcome.data, &place) } else { given };
        // A group that may be left out, or a row that is not there yet, is not begun by what nobody answered: its
        // defaults wait for the first answer in it.
        let group = field.within.as_deref().map(|within| around(within, &place)).filter(|_| !hidden_kind);
        let waits = group.filter(|group| pointer::get(&self.known.data, group).is_none_or(Value::is_null));
        let standard = field.default.as_ref().filter(|_| given.is_none());
        let value =
            given.or(standard.filter(|_| first_visit && waits.is_none())).cloned().unwrap_or(Value::Null);
        let waits = waits.zip(standard).map(|(group, standard)| (group.to_owned(), standard.clone()));
        let problem = self.known.problems.iter().find(|problem| pointer::is_within(&problem.path, &place));
        Question {
            title: self.piped(&field.title, &place),
            help: field.help.as_ref().map(|help| self.piped(help, &place)),
            placeholder: field.placeholder.as_ref().map(word),
            kind: field.kind,
            options: self.options(field),
            held_back: self.held_back(field, &place),
            more: More { files: self.files(&value), waits, demanded: field.needed, ..self.more(field) },
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

    fn options(&self, field: &Field) -> Vec<Choice> {
        if let Some(offered) = self.known.offered.get(&field.path) {
            let choice =
                |(value, label): &(Value, String)| Choice { value: value.clone(), label: label.clone() };
            return offered.iter().map(choice).collect();
        }
        let word = |text: &form_engine::Text| text.get(self.language.as_str()).to_owned();
        let choice =
            |option: &form_engine::Choice| Choice { value: option.value.clone(), label: word(&option.label) };
        field.options.iter().map(choice).collect()
    }

    fn more(&self, field: &Field) -> More {
        let word = |text: &form_engine::Text| text.get(self.language.as_str()).to_owned();
        let limit = |bound: &form_engine::Bound| bound.limit.to_string();
        let range = field.min.as_ref().zip(field.max.as_ref()).map(|(low, high)| {
            let any = || if field.is_integer() { "1".to_owned() } else { "any".to_owned() };
            (limit(low), limit(high), field.step.as_ref().map_or_else(any, ToString::to_string))
        });
        let matrix = field.section.as_ref().filter(|_| field.kind == FieldKind::Matrix);
        let mut more = More {
            matrix: matrix.map(word),
            range,
            several: field.takes_list(),
            keyboard: keyboard(field),
            full: self.full(field),
            most: field.max_items.and_then(|most| usize::try_from(most).ok()),
            ..More::default()
        };
        match &field.detail {
            Detail::Tree(tree) => more.groups = tree.iter().map(|first| self.ways(first)).collect(),
            Detail::Files(files) => more.accept.clone_from(&files.accept),
            Detail::Version(version) => more.version = Some(version.clone()),
            Detail::None | Detail::Serial(_) | Detail::Record(_) => {}
        }
        more
    }

    /// The ways through a cascade that begin with one first step.
    fn ways(&self, first: &Branch) -> (String, Vec<Choice>) {
        let word = |branch: &Branch| branch.label.get(self.language.as_str()).to_owned();
        let ways = Branch::paths(std::slice::from_ref(first)).into_iter().map(|way| {
            let labels: Vec<String> = way.iter().map(|branch| word(branch)).collect();
            let codes = way.iter().map(|branch| Value::from(branch.value.as_str())).collect();
            Choice { value: codes, label: labels.join(" / ") }
        });
        (word(first), ways.collect())
    }
}

/// The plain keyboard for numbers below zero, since a phone's digits come without a minus; the one with a slash for
/// addresses.
fn keyboard(field: &Field) -> Option<&'static str> {
    let below = |bound: &form_engine::Bound| bound.limit.as_f64().is_some_and(|limit| limit < 0.0);
    let counts = matches!(field.kind, FieldKind::Number | FieldKind::Slider);
    let leads = matches!(field.format.as_deref(), Some("uri" | "iri" | "url"));
    if counts && field.min.as_ref().is_some_and(below) {
        Some("text")
    } else {
        (field.kind == FieldKind::Text && leads).then_some("url")
    }
}

/// What an answer holds of a file, as a form post writes it.
pub fn text_of_file(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
