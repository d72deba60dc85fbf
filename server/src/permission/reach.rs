//! Reach: everything one person may do, and why.

use std::collections::BTreeSet;

use api_types::Role;
use form_engine::{Condition, Subject, Text, pointer};
use serde_json::{Map, Value};

use super::place::place;
use super::role::{RoleDocument, Rows, Verb, Verbs};

/// Why somebody may do something.
#[derive(Debug, Clone, PartialEq)]
pub enum By {
    /// Owners and admins may do everything.
    Everything(Role),
    /// No role speaks of the form, and their place allows it.
    Place(Role),
    /// They handed it in.
    HandedIn,
    /// A task of it is in their hands.
    Task,
    /// A grant of a role they hold.
    Role {
        /// Its key.
        key: String,
        /// For people.
        title: Text,
        /// Which of its grants, from 0.
        grant: usize,
        /// Whose submissions it is about.
        rows: Rows,
        /// It has a condition of its own.
        only: bool,
    },
}

/// Verbs on some rows of a form, with the fields that are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// Which rows.
    pub rows: Condition,
    /// What may be done.
    pub verbs: Verbs,
    /// Pointers of fields that are not there.
    pub hide: Vec<String>,
    /// Pointers of fields that cannot be changed.
    pub read_only: Vec<String>,
    /// Why.
    pub by: By,
}

/// Everything one person may do with submissions.
#[derive(Debug, Clone)]
pub struct Reach {
    role: Role,
    /// The word of the place.
    place: String,
    /// Forms that some role of the team speaks of; `*` makes it every form.
    governed: BTreeSet<String>,
    /// Those the person holds.
    held: Vec<RoleDocument>,
}

/// What one person may do with one form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormReach {
    allowed: Vec<Allowed>,
}

/// What one person may do with one submission.
#[derive(Debug, Clone, PartialEq)]
pub struct RowReach {
    covering: Vec<Allowed>,
}

impl Reach {
    /// The reach of a person in place `role`, who holds `given` beside the role named like it.
    pub fn new<'a>(
        roles: impl Iterator<Item = &'a RoleDocument>,
        role: Role,
        place: &str,
        given: &[String],
    ) -> Self {
        let mut governed = BTreeSet::new();
        let mut held = Vec::new();
        for document in roles {
            governed.extend(document.grants.iter().map(|grant| grant.form.clone()));
            if document.is_of(place) || given.contains(&document.key) {
                held.push(document.clone());
            }
        }
        Self { role, place: place.to_owned(), governed, held }
    }

    /// True of owners and admins, whatever roles say.
    pub fn is_everything(&self) -> bool {
        self.role <= Role::Admin
    }

    /// Forms whose rules are drawn; `None` when some role speaks of every form.
    pub fn governed(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.governed.contains("*")).then(|| self.governed.iter().map(String::as_str))
    }

    /// What may be done with `form`.
    pub fn form(&self, form: &str) -> FormReach {
        let all_of = |by, (rows, verbs): (Rows, Verbs)| FormReach {
            allowed: vec![Allowed {
                rows: rows.condition(),
                verbs,
                hide: Vec::new(),
                read_only: Vec::new(),
                by,
            }],
        };
        if self.is_everything() {
            return all_of(By::Everything(self.role), place(Role::Owner));
        }
        let spoken_of = |grant: &super::role::Grant| grant.form == form || grant.form == "*";
        let free = !self.governed.contains(form) && !self.governed.contains("*");
        let draws = self.role == Role::Designer
            && !self.held.iter().any(|role| role.is_of(&self.place) && role.grants.iter().any(spoken_of));
        if free || draws {
            return all_of(By::Place(self.role), place(self.role));
        }
        let of_role = |role: &RoleDocument| -> Vec<Allowed> {
            let grants = role.grants.iter().enumerate().filter(|(_, grant)| spoken_of(grant));
            grants
                .map(|(index, grant)| Allowed {
                    rows: grant.condition(),
                    verbs: grant.verbs,
                    hide: grant.hide.clone(),
                    read_only: grant.read_only.clone(),
                    by: By::Role {
                        key: role.key.clone(),
                        title: role.title.clone(),
                        grant: index,
                        rows: grant.rows,
                        only: grant.only.is_some(),
                    },
                })
                .collect()
        };
        FormReach { allowed: self.held.iter().flat_map(of_role).collect() }
    }
}

impl FormReach {
    /// Some row, perhaps.
    pub fn may(&self, verb: Verb) -> bool {
        self.allowed.iter().any(|allowed| allowed.verbs.has(verb))
    }

    /// Some row, perhaps, and because a role says so.
    pub fn gives(&self, verb: Verb) -> bool {
        let by_role = |allowed: &Allowed| matches!(allowed.by, By::Role { .. }) && allowed.verbs.has(verb);
        self.allowed.iter().any(by_role)
    }

    /// Everything that may be done with some row.
    pub fn verbs(&self) -> Verbs {
        self.allowed.iter().fold(Verbs::NONE, |verbs, allowed| verbs.and(allowed.verbs))
    }

    /// The rows `verb` may be done with.
    pub fn rows(&self, verb: Verb) -> Condition {
        let with = self.allowed.iter().filter(|allowed| allowed.verbs.has(verb));
        let mut rows: Vec<Condition> = with.map(|allowed| allowed.rows.clone()).collect();
        let everything = Condition::All(Vec::new());
        if rows.contains(&everything) {
            return everything;
        }
        if rows.len() == 1 { rows.remove(0) } else { Condition::Any(rows) }
    }

    /// May the field be filled in when something is handed in? Not what is left out; what cannot be changed can be said once.
    pub fn adds(&self, path: &str) -> bool {
        let with = self.allowed.iter().filter(|allowed| allowed.verbs.has(Verb::Add));
        let hides = |allowed: &Allowed| allowed.hide.iter().any(|hidden| covers(hidden, path));
        with.into_iter().any(|allowed| !hides(allowed))
    }

    /// Every field that is left out on some row that may be seen: a report, which does not look at one row at a time, goes without them.
    pub fn hidden_somewhere(&self) -> BTreeSet<&str> {
        let seen = self.allowed.iter().filter(|allowed| allowed.verbs.has(Verb::See));
        seen.flat_map(|allowed| allowed.hide.iter().map(String::as_str)).collect()
    }

    /// Is `path`, or something below it, left out on some row that may be seen?
    pub fn hides_somewhere(&self, path: &str) -> bool {
        self.hidden_somewhere().into_iter().any(|hidden| covers(hidden, path) || covers(path, hidden))
    }

    /// What may be done with the row that `subject` describes.
    pub fn on(&self, subject: &Subject<'_>) -> RowReach {
        let covering = self.allowed.iter().filter(|allowed| allowed.rows.evaluate(subject));
        RowReach { covering: covering.cloned().collect() }
    }

    /// Every field that some reason leaves out.
    pub fn hidden_anywhere(&self) -> Vec<String> {
        let named: BTreeSet<&String> = self.allowed.iter().flat_map(|allowed| &allowed.hide).collect();
        named.into_iter().cloned().collect()
    }

    /// Does some rule look at this column, or at one of a family such as `customer.`?
    pub fn asks(&self, family: &str) -> bool {
        let asks =
            |allowed: &Allowed| allowed.rows.fields().iter().any(|field| field.as_str().starts_with(family));
        self.allowed.iter().any(asks)
    }
}

impl RowReach {
    /// May it be done?
    pub fn may(&self, verb: Verb) -> bool {
        self.with(verb).next().is_some()
    }

    /// Everything that may be done.
    pub fn verbs(&self) -> Verbs {
        self.covering.iter().fold(Verbs::NONE, |verbs, allowed| verbs.and(allowed.verbs))
    }

    /// Why `verb` may be done: every reason.
    pub fn why(&self, verb: Verb) -> impl Iterator<Item = &By> {
        self.with(verb).map(|allowed| &allowed.by)
    }

    /// Is the field there? It is when one reason to see the row shows it.
    pub fn sees(&self, path: &str) -> bool {
        self.with(Verb::See).any(|allowed| !allowed.hide.iter().any(|hidden| covers(hidden, path)))
    }

    /// May the field be changed? Not where something below it is left out or kept: it would be overwritten unseen.
    pub fn edits(&self, path: &str) -> bool {
        self.with(Verb::Edit).any(|allowed| {
            let mut kept = allowed.hide.iter().chain(&allowed.read_only);
            !kept.any(|kept| covers(kept, path) || covers(path, kept))
        })
    }

    /// The fields of this row that are not there.
    pub fn hidden(&self) -> Vec<String> {
        let named: BTreeSet<&String> = self.with(Verb::See).flat_map(|allowed| &allowed.hide).collect();
        named.into_iter().filter(|path| !self.sees(path)).cloned().collect()
    }

    /// Takes what is hidden out of the document.
    pub fn mask(&self, document: &mut Value) {
        for path in self.hidden() {
            pointer::remove_all(document, &path);
        }
    }

    /// Takes what is hidden out of values that are written down by pointer (or by the name of a member).
    pub fn mask_fields(&self, fields: &mut Map<String, Value>) {
        let place =
            |name: &str| if name.starts_with('/') { name.to_owned() } else { pointer::join("", name) };
        fields.retain(|name, _| self.sees(&place(name)));
        for (name, value) in fields.iter_mut() {
            let place = place(name);
            for hidden in self.hidden() {
                // What lies below: a list is written down whole.
                if let Some(below) = hidden.strip_prefix(&place).filter(|below| below.starts_with('/')) {
                    pointer::remove_all(value, below);
                }
            }
        }
    }

    /// One more reason.
    pub fn add(&mut self, allowed: Allowed) {
        self.covering.push(allowed);
    }

    fn with(&self, verb: Verb) -> impl Iterator<Item = &Allowed> {
        self.covering.iter().filter(move |allowed| allowed.verbs.has(verb))
    }
}

/// `/a` covers `/a` and `/a/b`; `*` stands for any one token.
fn covers(rule: &str, path: &str) -> bool {
    let (mut rule, mut path) = (rule.split('/'), path.split('/'));
    loop {
        match (rule.next(), path.next()) {
            (None, _) => return true,
            (Some(_), None) => return false,
            (Some(one), Some(other)) if one == other || one == "*" || other == "*" => {}
            (Some(_), Some(_)) => return false,
        }
    }
}
