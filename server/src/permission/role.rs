//! Role: a definition of kind `role`, read and checked.

use api_types::Role;
use form_engine::{CallerPart, Condition, FieldPath, Operand, Operator, Problem, Text, pointer};
use serde_json::{Map, Value};

/// A role as its author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleDocument {
    /// Unique per team.
    pub key: String,
    /// For people.
    pub title: Text,
    /// The word of a place (`agent`, `viewer` …) everybody in which holds it, without being given it.
    pub place: Option<String>,
    /// What it allows; several may concern the same form.
    pub grants: Vec<Grant>,
}

/// What a role allows with a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// The form's key; `*` is every form.
    pub form: String,
    /// Whose submissions.
    pub rows: Rows,
    /// Which of these; all when absent.
    pub only: Option<Condition>,
    /// What may be done with them.
    pub verbs: Verbs,
    /// Pointers of fields that are not there for the holder, with everything below them.
    pub hide: Vec<String>,
    /// Pointers of fields the holder sees and cannot change.
    pub read_only: Vec<String>,
}

/// Whose submissions a grant is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Handed in by the holder, or in their hands.
    Own,
    /// Those, and the department's.
    Department,
    /// Those, and those of the departments below it.
    DepartmentsBelow,
    /// Everybody's.
    All,
}

/// Something that can be done with submissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Read them, in lists, on boards, one by one.
    See,
    /// Hand one in from the studio.
    Add,
    /// Change answers, work on the case.
    Edit,
    /// Remove them.
    Delete,
    /// Take them away as a file.
    Export,
    /// Print one.
    Print,
}

/// A set of verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verbs(u8);

impl Verb {
    /// Every verb, in the order people read them.
    pub const ALL: [Self; 6] = [Self::See, Self::Add, Self::Edit, Self::Delete, Self::Export, Self::Print];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Delete => "delete",
            Self::Export => "export",
            Self::Print => "print",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }
}

impl Verbs {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// These.
    pub fn of(verbs: &[Verb]) -> Self {
        verbs.iter().fold(Self::NONE, |set, verb| set.with(*verb))
    }

    /// Nothing at all?
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// And this one.
    #[must_use]
    pub fn with(self, verb: Verb) -> Self {
        Self(self.0 | 1 << verb as u8)
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Is it among them?
    pub fn has(self, verb: Verb) -> bool {
        self.0 & 1 << verb as u8 != 0
    }

    /// One by one, in the order people read them.
    pub fn iter(self) -> impl Iterator<Item = Verb> {
        Verb::ALL.into_iter().filter(move |verb| self.has(*verb))
    }
}

/// Places a role can be held by.
pub const PLACES: [Role; 4] = [Role::Designer, Role::Agent, Role::Viewer, Role::Member];

impl RoleDocument {
    /// Does everybody in `place` hold it?
    pub fn is_of(&self, place: &str) -> bool {
        self.key == place || self.place.as_deref() == Some(place)
    }
}

impl Rows {
    const ALL: [Self; 4] = [Self::Own, Self::Department, Self::DepartmentsBelow, Self::All];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Department => "department",
            Self::DepartmentsBelow => "departments_below",
            Self::All => "all",
        }
    }

    /// The rows as a condition on a submission.
    pub fn condition(self) -> Condition {
        let caller = |column: &str, op, part| Condition::Leaf {
            field: FieldPath::parse(column),
            op,
            value: Operand::Caller(part),
        };
        let mut any = vec![
            caller("assignee", Operator::Eq, CallerPart::Id),
            caller("created_by", Operator::Eq, CallerPart::Id),
        ];
        match self {
            Self::Own => {}
            Self::Department => any.push(caller("department", Operator::Eq, CallerPart::Department)),
            Self::DepartmentsBelow => {
                any.push(caller("department", Operator::In, CallerPart::DepartmentsBelow));
            }
            Self::All => return Condition::All(Vec::new()),
        }
        Condition::Any(any)
    }
}

impl Grant {
    /// The rows it is about.
    pub fn condition(&self) -> Condition {
        match (&self.only, self.rows) {
            (None, rows) => rows.condition(),
            (Some(only), Rows::All) => only.clone(),
            (Some(only), rows) => Condition::All(vec![rows.condition(), only.clone()]),
        }
    }
}

impl RoleDocument {
    /// Reads a document of kind `role`.
    ///
    /// # Errors
    ///
    /// Every problem, with its place.
    pub fn parse(document: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let key = document.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
        let title =
            document.get("title").and_then(|title| serde_json::from_value::<Text>(title.clone()).ok());
        let mut grants = Vec::new();
        match document.get("grants").and_then(Value::as_array) {
            None => problems.push(Problem::new("role.grants", "/grants", "expected a list of grants")),
            Some(list) => {
                for (index, grant) in list.iter().enumerate() {
                    grants.extend(Grant::parse(grant, &format!("/grants/{index}"), &mut problems));
                }
            }
        }
        let place = document.get("place").and_then(Value::as_str).map(str::to_owned);
        if document.get("place").is_some()
            && !PLACES.iter().any(|known| place.as_deref() == Some(known.word()))
        {
            let message = format!("expected one of {}", words(&PLACES.map(Role::word)));
            problems.push(Problem::new("role.place", "/place", message));
        }
        if problems.is_empty() {
            let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| Text::from(key.as_str()));
            Ok(Self { key, title, place, grants })
        } else {
            Err(problems)
        }
    }
}

impl RoleDocument {
    /// A role as a version keeps it. One that this server cannot read grants nothing: its forms stay governed.
    pub fn stored(document: &Value) -> Self {
        Self::parse(document).unwrap_or_else(|problems| {
            tracing::warn!(?problems, "a published role cannot be read and grants nothing");
            let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
            let key = text(document, "key").unwrap_or_default();
            let forms = document.get("grants").and_then(Value::as_array).into_iter().flatten();
            let nothing = |form| Grant {
                form,
                rows: Rows::Own,
                only: None,
                verbs: Verbs::NONE,
                hide: Vec::new(),
                read_only: Vec::new(),
            };
            let grants = forms.filter_map(|grant| text(grant, "form")).map(nothing).collect();
            Self { title: Text::from(key.as_str()), place: text(document, "place"), key, grants }
        })
    }
}

impl Grant {
    fn parse(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let Some(members) = value.as_object() else {
            problems.push(Problem::new("role.grant", path, "expected an object"));
            return None;
        };
        const KNOWN: [&str; 6] = ["form", "rows", "where", "verbs", "hide", "read_only"];
        for name in members.keys().filter(|name| !KNOWN.contains(&name.as_str()) && !name.starts_with("x-")) {
            let message = format!("a grant has no `{name}`; expected one of {}", words(&KNOWN));
            problems.push(Problem::new("role.member_unknown", pointer::join(path, name), message));
        }
        let form = members.get("form").and_then(Value::as_str).unwrap_or_default().to_owned();
        if form.is_empty() {
            problems.push(Problem::new("role.form", format!("{path}/form"), "expected the key of a form"));
        }
        let rows = match members.get("rows").map(|rows| (rows.as_str(), rows)) {
            // Whoever forgets to say whose gets the fewest.
            None => Rows::Own,
            Some((word, shown)) => word
                .and_then(|word| Rows::ALL.into_iter().find(|rows| rows.word() == word))
                .unwrap_or_else(|| {
                    let expected = words(&Rows::ALL.map(Rows::word));
                    let message = format!("expected one of {expected}, found {shown}");
                    problems.push(Problem::new("role.rows", format!("{path}/rows"), message));
                    Rows::Own
                }),
        };
        let only = members.get("where").and_then(|only| {
            let at = format!("{path}/where");
            Condition::parse(only, &at).map_err(|found| problems.extend(found)).ok()
        });
        let verbs = verbs(members, path, problems);
        let hide = pointers(members, "hide", path, problems);
        let read_only = pointers(members, "read_only", path, problems);
        Some(Self { form, rows, only, verbs, hide, read_only })
    }
}

fn verbs(members: &Map<String, Value>, path: &str, problems: &mut Vec<Problem>) -> Verbs {
    let at = format!("{path}/verbs");
    let Some(list) = members.get("verbs") else { return Verbs::of(&[Verb::See]) };
    let Some(list) = list.as_array() else {
        problems.push(Problem::new("role.verbs", at, "expected a list of verbs"));
        return Verbs::NONE;
    };
    let mut verbs = Verbs::NONE;
    for (index, word) in list.iter().enumerate() {
        match word.as_str().and_then(Verb::parse) {
            Some(verb) => verbs = verbs.with(verb),
            None => {
                let message = format!("expected one of {}, found {word}", words(&Verb::ALL.map(Verb::word)));
                problems.push(Problem::new("role.verb", format!("{at}/{index}"), message));
            }
        }
    }
    let blind = !verbs.has(Verb::See);
    if let Some(verb) = verbs.iter().find(|verb| blind && *verb != Verb::Add) {
        let message = format!("`{}` needs `see`: nobody works on what they cannot see", verb.word());
        problems.push(Problem::new("role.verb_blind", at, message));
    }
    verbs
}

fn pointers(
    members: &Map<String, Value>,
    name: &str,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let Some(list) = members.get(name) else { return Vec::new() };
    let at = format!("{path}/{name}");
    let Some(list) = list.as_array() else {
        problems.push(Problem::new("role.fields", at, "expected a list of fields"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, one) in list.iter().enumerate() {
        match one.as_str().filter(|text| !text.is_empty() && pointer::is_pointer(text)) {
            Some(text) => found.push(text.to_owned()),
            None => {
                let message = format!("expected a JSON Pointer such as `/contact`, found {one}");
                problems.push(Problem::new("role.field", format!("{at}/{index}"), message));
            }
        }
    }
    found
}

fn words(list: &[&str]) -> String {
    list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
