//! What installing will do, as a pure comparison of the team with the document.

use std::collections::{BTreeMap, BTreeSet};

use api_types::{ConflictView, DefinitionKind, ImportItem, ImportReport, Side};
use form_engine::{Problem, Text};
use serde_json::Value;

use super::names::Named;
use super::present::{Installed, Present};
use crate::document::keep::{held, rest};
use crate::document::merge::{self, Conflict, Decisions, is_equal, merge};
use crate::document::private;
use crate::document::references::{Reference, Target, beside, references};
use crate::document::{LISTS, list_of};
use crate::ids::AppId;
use crate::services::definition::{check, kind_word, title, written};
use crate::store::app::AppRow;
use crate::store::definition::Definition;

/// What is written, decided.
#[derive(Clone)]
pub struct Plan {
    /// The team's `definitions_rev` that this was decided on.
    pub rev: i64,
    /// Key of the app.
    pub key: String,
    /// The app, where it is there.
    pub home: Option<AppRow>,
    /// What it says beside its definitions.
    pub rest: String,
    /// What is noted as installed.
    pub installed: String,
    /// Departments to make.
    pub departments: Vec<NewDepartment>,
    /// Definitions to make or change.
    pub parts: Vec<Part>,
}

/// A department the team lacks.
#[derive(Clone)]
pub struct NewDepartment {
    /// Its key.
    pub key: String,
    /// For people.
    pub title: Text,
    /// Which one it stands below.
    pub parent: Option<String>,
}

/// One definition.
#[derive(Clone)]
pub struct Part {
    /// What it describes.
    pub kind: DefinitionKind,
    /// Its key.
    pub key: String,
    /// What is published.
    pub live: String,
    /// What the draft is then; where its author was in the middle of something, that goes on.
    pub draft: String,
    /// As it was.
    pub before: Option<Definition>,
    /// The address of a form.
    pub slug: Option<String>,
}

/// Compares.
pub fn plan(present: Present, named: Named, decisions: &Decisions) -> (Plan, ImportReport) {
    let home_id = named.home.as_ref().map(|row| row.id);
    let base = named.home.as_ref().and_then(Installed::of).unwrap_or_default();
    let mut comparison = Comparison {
        present: &present,
        decisions,
        home: home_id,
        base: &base.document,
        report: ImportReport { mapped: named.mapped(), ..ImportReport::default() },
        problems: named.problems.clone(),
        parts: Vec::new(),
    };
    comparison.twice(&named.document);
    comparison.outside(&named.document);
    for (list, kind) in LISTS {
        let of_list = named.document.get(list).and_then(Value::as_array).into_iter().flatten();
        for (index, document) in of_list.enumerate() {
            comparison.part(kind, document, &format!("/{list}/{index}"), &named);
        }
    }
    let rest = comparison.rest(&named);
    let departments = comparison.departments(&rest);
    let Comparison { mut report, problems, parts, .. } = comparison;
    let key = named.document.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
    report.app.clone_from(&key);
    report.problems = problems.into_iter().map(Into::into).collect();
    let samples = named.document.get("samples").and_then(Value::as_object).into_iter().flatten();
    let samples: usize = samples.map(|(_, list)| list.as_array().map_or(0, Vec::len)).sum();
    report.samples = u32::try_from(samples).unwrap_or(u32::MAX);
    let installed = Installed { document: named.document, names: named.asked, found: named.found };
    let plan = Plan {
        rev: present.rev,
        key,
        home: named.home,
        rest: written(&rest),
        installed: serde_json::to_string(&installed).expect("a JSON value can be written"),
        departments,
        parts,
    };
    (plan, report)
}

struct Comparison<'p> {
    present: &'p Present,
    decisions: &'p Decisions,
    home: Option<AppId>,
    base: &'p Value,
    report: ImportReport,
    problems: Vec<Problem>,
    parts: Vec<Part>,
}

impl Comparison<'_> {
    /// Names that were asked for can make two things one.
    fn twice(&mut self, document: &Value) {
        for (list, _) in LISTS {
            let mut keys = BTreeSet::new();
            for (index, one) in document.get(list).and_then(Value::as_array).into_iter().flatten().enumerate()
            {
                let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
                if !keys.insert(key) {
                    let message = format!("`{key}` would stand here twice");
                    self.problems.push(Problem::new(
                        "app.key_twice",
                        format!("/{list}/{index}/key"),
                        message,
                    ));
                }
            }
        }
    }

    /// Everything the app names that neither it nor the team has.
    fn outside(&mut self, document: &Value) {
        let known = Known::of(self.present, document);
        let mut missing = BTreeSet::new();
        let mut look = |reference: Reference, place: &str, problems: &mut Vec<Problem>| {
            if !reference.place.is_certain() || known.has(&reference) {
                return;
            }
            if reference.target == Target::Department {
                missing.insert(reference.key);
                return;
            }
            let word = reference.target.word();
            let message =
                format!("there is no {word} `{}`, neither in the app nor in the team", reference.key);
            problems.push(Problem::new("app.missing", format!("{place}{}", reference.path), message));
            missing.insert(format!("{word}:{}", reference.key));
        };
        for (list, _) in LISTS {
            for (index, one) in document.get(list).and_then(Value::as_array).into_iter().flatten().enumerate()
            {
                for reference in references(one) {
                    look(reference, &format!("/{list}/{index}"), &mut self.problems);
                }
            }
        }
        for reference in beside(document) {
            look(reference, "", &mut self.problems);
        }
        for department in document.get("departments").and_then(Value::as_array).into_iter().flatten() {
            let key = department.get("key").and_then(Value::as_str).unwrap_or_default();
            if !self.present.departments.iter().any(|known| known == key) {
                missing.insert(key.to_owned());
            }
        }
        self.report.missing = missing.into_iter().collect();
    }

    fn part(&mut self, kind: DefinitionKind, theirs: &Value, place: &str, named: &Named) {
        let key = theirs.get("key").and_then(Value::as_str).unwrap_or_default();
        let slug = theirs.pointer("/publish/slug").and_then(Value::as_str);
        let found = slug.filter(|slug| named.found.slugs.values().any(|found| found == slug));
        let item = ImportItem { kind, key: key.to_owned(), slug: found.map(str::to_owned) };
        let present = self.present;
        let Some((before, live)) = present.definition(kind_word(kind), key) else {
            self.report.create.push(item);
            let text = written(theirs);
            self.keep(kind, key, text.clone(), text, None, theirs);
            return;
        };
        let draft: Value = serde_json::from_str(&before.draft).unwrap_or_default();
        let mine: Option<Value> = live.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let current = mine.as_ref().unwrap_or(&draft);
        let merged = self.merged(kind, key, current, theirs, before.app_id);
        if mine.as_ref().is_some_and(|mine| is_equal(mine, &merged)) {
            self.report.same.push(item);
            return;
        }
        if !is_equal(&merged, theirs) && !is_equal(&merged, current) {
            self.problems.extend(check(&merged).into_iter().map(|problem| problem.under(place)));
        }
        self.report.change.push(item);
        let is_edited = mine.as_ref().is_some_and(|mine| !is_equal(mine, &draft));
        let draft = if is_edited { going_on(mine.as_ref(), &draft, &merged) } else { merged.clone() };
        self.keep(kind, key, written(&merged), written(&draft), Some(before.clone()), &merged);
    }

    /// What is here and what comes, as one.
    fn merged(
        &mut self,
        kind: DefinitionKind,
        key: &str,
        mine: &Value,
        theirs: &Value,
        owner: AppId,
    ) -> Value {
        if self.home != Some(owner) {
            // Another app's, and whoever imports said that it is to be this one's way.
            return theirs.clone();
        }
        let outward = private::outward(mine.clone());
        let theirs = &at_home(mine, &outward, theirs);
        let was = held(self.base).into_iter().find(|one| one.kind == kind && one.key == key);
        // Drawn here and never installed: the document came from here.
        let was = was.map_or(outward, |was| was.document);
        let path = format!("/{}/{key}", list_of(kind));
        let merged = merge(Some(&was), Some(mine), Some(theirs), &path, self.decisions);
        self.note(merged.conflicts);
        merged.value.unwrap_or_else(|| theirs.clone())
    }

    fn note(&mut self, conflicts: Vec<Conflict>) {
        let side = |side| match side {
            merge::Side::Mine => Side::Mine,
            merge::Side::Theirs => Side::Theirs,
        };
        self.report.conflicts.extend(conflicts.into_iter().map(|conflict| ConflictView {
            path: conflict.path,
            base: conflict.base,
            mine: conflict.mine,
            theirs: conflict.theirs,
            resolved: conflict.resolved.map(side),
        }));
    }

    fn keep(
        &mut self,
        kind: DefinitionKind,
        key: &str,
        live: String,
        draft: String,
        before: Option<Definition>,
        document: &Value,
    ) {
        let slug = crate::services::publish::slug(kind_word(kind), document).map(str::to_owned);
        self.parts.push(Part { kind, key: key.to_owned(), live, draft, before, slug });
    }

    /// What the app says beside its definitions, merged.
    fn rest(&mut self, named: &Named) -> Value {
        let theirs = rest(&named.document);
        let Some(home) = &named.home else {
            self.report.about = true;
            return theirs;
        };
        let mine: Value = serde_json::from_str(&home.document).unwrap_or_default();
        let merged = if self.base.is_null() {
            theirs
        } else {
            let merged = merge(Some(&rest(self.base)), Some(&mine), Some(&theirs), "", self.decisions);
            self.note(merged.conflicts);
            merged.value.unwrap_or(theirs)
        };
        self.report.about = !is_equal(&merged, &mine);
        merged
    }

    /// Those that are missing, with the titles the app gives them.
    fn departments(&self, rest: &Value) -> Vec<NewDepartment> {
        let described: BTreeMap<&str, &Value> = rest
            .get("departments")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|one| Some((one.get("key")?.as_str()?, one)))
            .collect();
        let mut wanted: Vec<&str> = described.keys().copied().collect();
        wanted.extend(self.report.missing.iter().map(String::as_str).filter(|name| !name.contains(':')));
        let order = |key: &&str| {
            rest.pointer("/departments").and_then(Value::as_array).and_then(|list| {
                list.iter().position(|one| one.get("key").and_then(Value::as_str) == Some(key))
            })
        };
        wanted.sort_by_key(|key| order(key).unwrap_or(usize::MAX));
        wanted.dedup();
        let is_new = |key: &&str| !self.present.departments.iter().any(|known| known == key);
        let made = |key: &str| {
            let one = described.get(key);
            NewDepartment {
                key: key.to_owned(),
                title: one.map_or_else(|| Text::from(key), |one| title(one, key)),
                parent: one.and_then(|one| one.get("parent")).and_then(Value::as_str).map(str::to_owned),
            }
        };
        wanted.into_iter().filter(is_new).map(made).collect()
    }
}

/// The document with what stayed at home when it left, wherever it has not been changed since.
fn at_home(mine: &Value, outward: &Value, theirs: &Value) -> Value {
    if is_equal(mine, outward) {
        return theirs.clone();
    }
    let theirs_hold = Decisions::from([(String::new(), merge::Side::Theirs)]);
    merge(Some(outward), Some(mine), Some(theirs), "", &theirs_hold).value.unwrap_or_else(|| theirs.clone())
}

/// A draft that somebody is at keeps what they changed, on top of what is published now.
fn going_on(live: Option<&Value>, draft: &Value, published: &Value) -> Value {
    let draft_holds = Decisions::from([(String::new(), merge::Side::Mine)]);
    let merged = merge(live, Some(draft), Some(published), "", &draft_holds);
    merged.value.unwrap_or_else(|| draft.clone())
}

/// Keys of everything there is, in the app or beside it.
struct Known {
    keys: BTreeSet<(Target, String)>,
}

impl Known {
    fn of(present: &Present, document: &Value) -> Self {
        let mut keys = BTreeSet::new();
        let target = |word: &str| match word {
            "form" => Some(Target::Form),
            "flow" => Some(Target::Flow),
            "dashboard" => Some(Target::Dashboard),
            "calendar" => Some(Target::Calendar),
            "role" => Some(Target::Role),
            _ => None,
        };
        let own = held(document).into_iter().map(|one| (kind_word(one.kind).to_owned(), one.key));
        let known = present.definitions.keys().cloned().chain(own);
        keys.extend(known.filter_map(|(word, key)| Some((target(&word)?, key))));
        let key = |one: &Value| one.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
        let list = |name: &str| document.get(name).and_then(Value::as_array).into_iter().flatten().map(key);
        keys.extend(list("templates").map(|key| (Target::Template, key)));
        keys.extend(present.templates_beside(None).into_keys().map(|key| (Target::Template, key)));
        keys.extend(list("departments").map(|key| (Target::Department, key)));
        keys.extend(present.departments.iter().map(|key| (Target::Department, key.clone())));
        Self { keys }
    }

    fn has(&self, reference: &Reference) -> bool {
        match reference.target {
            // Addresses lead out of the house, and people were refused before.
            Target::Mailbox | Target::Person => true,
            Target::Form
            | Target::Flow
            | Target::Dashboard
            | Target::Calendar
            | Target::Role
            | Target::Template
            | Target::Department => self.keys.contains(&(reference.target, reference.key.clone())),
        }
    }
}
