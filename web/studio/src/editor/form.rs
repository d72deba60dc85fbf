//! Editing a form: every edit as a value, applied to the definition's JSON.
//!
//! The definition stays the author's document: the order of members is kept, what is not understood
//! here stays as it is, and every edit of a definition that parses leaves one that parses.

pub mod compare;
pub mod condition;
pub mod detail;
pub mod endings;
mod fields;
pub mod graph;
pub mod kinds;
pub mod layout;
pub mod list;
pub mod logic;
mod options;
pub mod outline;
mod publish;
pub mod rules;
pub mod schema;
pub mod starters;
pub mod texts;
pub mod words;

use form_engine::{FieldKind, Renaming};
use serde_json::{Map, Value, json};

use crate::editor::order::{self, Place};
pub use detail::Detail;
pub use endings::Ending;
use kinds::Offer;
pub use logic::{Carried, First, Jump, Target};
pub use publish::Setting;
pub use rules::Effect;
pub use words::{Part, Words};

/// A limit an author can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Lowest number.
    Min,
    /// Highest number.
    Max,
    /// Fewest characters.
    MinLength,
    /// Most characters.
    MaxLength,
    /// Fewest choices.
    MinItems,
    /// Most choices.
    MaxItems,
}

impl Limit {
    /// The schema's keyword.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Min => "minimum",
            Self::Max => "maximum",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
        }
    }
}

/// A question to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewQuestion {
    /// How it is asked.
    pub kind: FieldKind,
    /// What it asks, in the language edited; stock words when absent.
    pub title: Option<String>,
    /// Its options, in the language edited; stock ones when empty.
    pub options: Vec<String>,
}

impl NewQuestion {
    /// A question of `kind` with stock words.
    #[must_use]
    pub const fn of(kind: FieldKind) -> Self {
        Self { kind, title: None, options: Vec::new() }
    }
}

/// Everything an author can do to a form. Fields are named by their JSON Pointer.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds questions one after another, the first at `at`; their words are in `language`.
    Add { at: Place, questions: Vec<NewQuestion>, language: String },
    /// Adds a sub-form whose rows repeat.
    AddRows { at: Place },
    /// Adds words between questions.
    AddText { at: Place },
    /// Adds a row to a matrix, or a column to a sub-form.
    AddMember { field: String, label: String, language: String },
    /// Makes the rows of a matrix, or the columns of a sub-form, these lines; those whose label stays keep their key.
    SetMembers { field: String, labels: Vec<String>, language: String },
    /// Changes what only its kind has.
    SetDetail { field: String, detail: Detail },
    /// Makes these the jumps that leave a question.
    SetJumps { field: String, jumps: Vec<Jump> },
    /// Offers only what was, or was not, chosen in another question.
    Carry { field: String, from: Option<Carried> },
    /// Gives a question a value while a condition holds.
    Give { field: String, to: Option<(Option<Value>, Value)> },
    /// How many may choose an option, by its value's text.
    SetOptionQuota { field: String, option: String, most: Option<u64> },
    /// What it holds when the form is opened.
    SetFirst { field: String, first: Option<First> },
    /// What an option is worth in a quiz, by its value's text.
    SetPoints { field: String, option: String, worth: Option<f64> },
    /// The colour of the public page; none lifts it.
    SetAccent { colour: Option<String> },
    /// The picture above the form, an address of this server; none lifts it.
    SetLogo { address: Option<String> },
    /// Takes a rule away, by its place.
    RemoveRule { index: usize },
    /// Takes a question away, with every rule about it.
    Remove { field: String },
    /// Puts a copy behind a question.
    Duplicate { field: String },
    /// Moves a question.
    Move { field: String, to: Place },
    /// Changes a text in one language; an empty text takes it away.
    Say { words: Words, language: String, text: String },
    /// Asks for an answer, or not.
    Require { field: String, on: bool },
    /// Asks in another way; what still fits is kept.
    ChangeKind { field: String, kind: FieldKind },
    /// Makes the options these lines; options whose label stays keep their value.
    SetOptions { field: String, labels: Vec<String>, language: String },
    /// Adds an option.
    AddOption { field: String, label: String, language: String },
    /// Takes an option away.
    RemoveOption { field: String, index: usize },
    /// Moves an option.
    MoveOption { field: String, from: usize, to: usize },
    /// Sets or lifts a limit.
    SetLimit { field: String, limit: Limit, value: Option<f64> },
    /// Adds an empty page behind a page.
    AddPage { after: usize },
    /// Takes a page away; its questions go to the page before.
    RemovePage { page: usize },
    /// Shows (`false`) or hides (`true`) what no page names.
    SetFixed { fixed: bool },
    /// When a question is shown, hidden or required; none lifts it.
    SetRule { field: String, effect: Effect, when: Option<Value> },
    /// Changes how the form is published.
    Publish { setting: Setting },
    /// Gives a field another key, everywhere the form names it. Once the form is live, with so many renamings behind it
    /// (`since`), it says what the field was called, so that answers and other definitions follow when it is published.
    RenameKey { field: String, key: String, since: Option<usize> },
    /// Adds a thank-you for some answers, or a result of the quiz.
    AddEnding { ending: Ending },
    /// Changes one, by its place.
    SetEnding { ending: Ending, index: usize },
    /// Takes one of `thanks` or `results` away.
    RemoveEnding { list: &'static str, index: usize },
    /// Tries one before the one that stood before it.
    SoonerEnding { list: &'static str, index: usize },
    /// Which field holds the points of the quiz.
    SetTotal { field: Option<String> },
    /// Puts a whole document in the place of this one: from the JSON editor.
    Replace { document: Value },
}

impl Edit {
    /// It changes the words of a question and nothing about what stands where.
    #[must_use]
    pub const fn is_of_words(&self) -> bool {
        matches!(
            self,
            Self::Say {
                words: Words::Title
                    | Words::Description
                    | Words::Field(..)
                    | Words::Option(..)
                    | Words::Page(_)
                    | Words::Brand,
                ..
            }
        )
    }

    /// Edits of one group that follow each other quickly are one step of undo.
    #[must_use]
    pub fn group(&self) -> Option<String> {
        match self {
            Self::Say { words, language, .. } => Some(format!("{words:?} {language}")),
            Self::SetLimit { field, limit, .. } => Some(format!("{field} {limit:?}")),
            Self::Publish { setting } => Some(setting.name().to_owned()),
            Self::Replace { .. } => Some("json".to_owned()),
            Self::SetRule { field, effect, .. } => Some(format!("{field} {effect:?}")),
            Self::SetDetail { field, detail } => Some(format!("{field} {}", detail.name())),
            Self::SetOptionQuota { field, option, .. } => Some(format!("{field} {option} quota")),
            Self::SetPoints { field, option, .. } => Some(format!("{field} {option} points")),
            Self::SetAccent { .. } => Some("accent".to_owned()),
            Self::SetLogo { .. } => Some("logo".to_owned()),
            Self::SetFirst { field, .. } => Some(format!("{field} first")),
            Self::SetJumps { field, .. } => Some(format!("{field} jumps")),
            Self::Give { field, .. } => Some(format!("{field} given")),
            Self::SetEnding { ending, index } => {
                Some(format!("ending {index} {:?}", std::mem::discriminant(ending)))
            }
            Self::Add { .. }
            | Self::AddRows { .. }
            | Self::AddText { .. }
            | Self::AddMember { .. }
            | Self::SetMembers { .. }
            | Self::Carry { .. }
            | Self::RemoveRule { .. }
            | Self::Remove { .. }
            | Self::Duplicate { .. }
            | Self::Move { .. }
            | Self::Require { .. }
            | Self::ChangeKind { .. }
            | Self::SetOptions { .. }
            | Self::AddOption { .. }
            | Self::RemoveOption { .. }
            | Self::MoveOption { .. }
            | Self::AddPage { .. }
            | Self::RemovePage { .. }
            | Self::SetFixed { .. }
            | Self::AddEnding { .. }
            | Self::RemoveEnding { .. }
            | Self::SoonerEnding { .. }
            | Self::SetTotal { .. }
            | Self::RenameKey { .. } => None,
        }
    }
}

/// Applies `edit`. An edit whose field is gone leaves the draft as it was.
#[must_use]
pub fn apply(draft: &Value, edit: &Edit) -> Value {
    let mut changed = draft.clone();
    let fits = match edit {
        Edit::Add { at, questions, language } => add(&mut changed, *at, questions, language),
        Edit::AddRows { at } => detail::add_rows(&mut changed, *at),
        Edit::AddText { at } => detail::add_text(&mut changed, *at),
        Edit::AddMember { field, label, language } => {
            detail::add_member(&mut changed, field, label, language)
        }
        Edit::SetMembers { field, labels, language } => {
            detail::set_members(&mut changed, field, labels, language)
        }
        Edit::SetDetail { field, detail } => detail::set(&mut changed, field, detail),
        Edit::SetJumps { field, jumps } => logic::set_jumps(&mut changed, field, jumps),
        Edit::Carry { field, from } => logic::carry(&mut changed, field, from.as_ref()),
        Edit::Give { field, to } => logic::give(&mut changed, field, to.as_ref()),
        Edit::SetOptionQuota { field, option, most } => logic::set_quota(&mut changed, field, option, *most),
        Edit::SetFirst { field, first } => logic::set_first(&mut changed, field, first.as_ref()),
        Edit::SetPoints { field, option, worth } => logic::set_points(&mut changed, field, option, *worth),
        Edit::SetAccent { colour } => theme(&mut changed, "accent", colour.as_deref()),
        Edit::SetLogo { address } => theme(&mut changed, "logo", address.as_deref()),
        Edit::RemoveRule { index } => logic::remove_rule(&mut changed, *index),
        Edit::Remove { field } => remove(&mut changed, field),
        Edit::Duplicate { field } => duplicate(&mut changed, field),
        Edit::Move { field, to } => layout::shift(&mut changed, field, *to),
        Edit::Say { words, language, text } => words::say(&mut changed, words, language, text),
        Edit::Require { field, on } => detail::require(&mut changed, field, *on),
        Edit::ChangeKind { field, kind } => change_kind(&mut changed, field, *kind),
        Edit::SetOptions { field, labels, language } => options::set(&mut changed, field, labels, language),
        Edit::AddOption { field, label, language } => options::add(&mut changed, field, label, language),
        Edit::RemoveOption { field, index } => options::remove(&mut changed, field, *index),
        Edit::MoveOption { field, from, to } => options::shift(&mut changed, field, *from, *to),
        Edit::SetLimit { field, limit, value } => schema::limit(&mut changed, field, *limit, *value),
        Edit::AddPage { after } => layout::add_page(&mut changed, *after),
        Edit::RemovePage { page } => layout::remove_page(&mut changed, *page),
        Edit::SetFixed { fixed } => layout::set_fixed(&mut changed, *fixed),
        Edit::SetRule { field, effect, when } => rules::set(&mut changed, field, *effect, when.as_ref()),
        Edit::Publish { setting } => publish::set(&mut changed, setting),
        Edit::RenameKey { field, key, since } => rename(&mut changed, field, key, *since),
        Edit::AddEnding { ending } => endings::add(&mut changed, ending),
        Edit::SetEnding { ending, index } => endings::set(&mut changed, ending, *index),
        Edit::RemoveEnding { list, index } => endings::remove(&mut changed, list, *index),
        Edit::SoonerEnding { list, index } => endings::sooner(&mut changed, list, *index),
        Edit::SetTotal { field } => endings::set_total(&mut changed, field.as_deref()),
        Edit::Replace { document } => {
            changed = document.clone();
            true
        }
    };
    if fits { changed } else { draft.clone() }
}

fn rename(draft: &mut Value, field: &str, key: &str, since: Option<usize>) -> bool {
    let Some(renaming) = Renaming::new(field, key) else { return false };
    if !renaming.form(draft) {
        return false;
    }
    let Some(since) = since else { return true };
    let told = member(draft, "renamed", json!([]));
    let Some(list) = told.as_array_mut() else { return true };
    let back = list.len() > since && list.last() == Some(&json!({"from": renaming.to, "to": renaming.from}));
    if back {
        list.pop();
    } else {
        list.push(json!({"from": renaming.from, "to": renaming.to}));
    }
    if list.is_empty()
        && let Some(form) = draft.as_object_mut()
    {
        form.shift_remove("renamed");
    }
    true
}

fn add(draft: &mut Value, at: Place, questions: &[NewQuestion], language: &str) -> bool {
    layout::settle(draft);
    for (offset, question) in questions.iter().enumerate() {
        let Offer { schema, word, .. } = kinds::offer(question.kind);
        let Some(key) = schema::insert(draft, word, schema()) else { return false };
        let field = form_engine::pointer::join("", &key);
        let mut item = Map::new();
        item.insert("field".into(), field.clone().into());
        item.insert("control".into(), word.into());
        let title = match &question.title {
            Some(title) => words::in_one(draft, language, title),
            None => words::in_all(draft, kinds::offer(question.kind).question),
        };
        item.insert("title".into(), title);
        layout::insert(draft, Place { index: at.index + offset, ..at }, item.into());
        detail::dress(draft, &field, question.kind);
        if kinds::has_options(question.kind) {
            if question.options.is_empty() {
                options::stock(draft, &field);
            } else {
                options::set(draft, &field, &question.options, language);
            }
        }
    }
    true
}

fn remove(draft: &mut Value, field: &str) -> bool {
    layout::settle(draft);
    // A matrix keeps a row, and a sub-form a column.
    let (above, _) = field.rsplit_once('/').unwrap_or_default();
    let list = above.strip_suffix("/*");
    let group = list.unwrap_or(above);
    if (list.is_some() || detail::is_matrix(draft, group)) && detail::members(draft, group).len() < 2 {
        return false;
    }
    if !schema::remove(draft, field) {
        return false;
    }
    layout::remove(draft, field);
    rules::forget(draft, field);
    true
}

fn duplicate(draft: &mut Value, field: &str) -> bool {
    layout::settle(draft);
    let found = layout::find(draft, field).map(|(place, item)| (place, item.clone()));
    let Some((place, mut item)) = found else { return false };
    let Some(key) = schema::copy(draft, field) else { return false };
    let (above, _) = field.rsplit_once('/').unwrap_or_default();
    let copy = form_engine::pointer::join(above, &key);
    item["field"] = copy.clone().into();
    layout::readdress(&mut item, field, &copy);
    layout::insert(draft, Place { index: place.index + 1, ..place }, item);
    rules::copy(draft, field, &copy);
    if let Some(to) = rules::computed(draft, field) {
        rules::compute(draft, &copy, to);
    }
    true
}

fn change_kind(draft: &mut Value, field: &str, kind: FieldKind) -> bool {
    layout::settle(draft);
    let offer = kinds::offer(kind);
    let labels = options::read(draft, field);
    detail::undress(draft, field, kind);
    let Some(property) = schema::property_mut(draft, field) else { return false };
    kinds::recast(property, kind);
    let Some(item) = layout::item_mut(draft, field) else { return false };
    item.insert("control".into(), offer.word.into());
    for (member, fits) in [
        ("options", kinds::has_options(kind) || kinds::has_ends(kind)),
        ("low", kinds::has_ends(kind)),
        ("high", kinds::has_ends(kind)),
        ("placeholder", kinds::has_placeholder(kind)),
    ] {
        if !fits {
            item.shift_remove(member);
        }
    }
    if kinds::has_options(kind) {
        detail::restock(draft, field, &labels);
    }
    detail::dress(draft, field, kind);
    true
}

/// Writes a member of the theme; an empty theme goes.
fn theme(draft: &mut Value, name: &str, value: Option<&str>) -> bool {
    let members = member(draft, "theme", json!({})).as_object_mut().expect("made an object above");
    match value.filter(|value| !value.is_empty()) {
        Some(value) => drop(members.insert(name.to_owned(), value.into())),
        None => drop(members.shift_remove(name)),
    }
    if members.is_empty()
        && let Some(form) = draft.as_object_mut()
    {
        form.shift_remove("theme");
    }
    true
}

/// What a page that must be an object holds; made when it is missing.
fn member<'v>(value: &'v mut Value, name: &str, empty: Value) -> &'v mut Value {
    if !value.is_object() {
        *value = json!({});
    }
    let members = value.as_object_mut().expect("made an object above");
    let same = |found: &Value| found.is_object() == empty.is_object() && found.is_array() == empty.is_array();
    if !members.get(name).is_some_and(same) {
        members.insert(name.to_owned(), empty);
    }
    members.get_mut(name).expect("put there above")
}

/// The place of a question, and the lengths of all pages.
#[must_use]
pub fn place_of(draft: &Value, field: &str) -> Option<(Place, Vec<usize>)> {
    let settled = layout::settled(draft);
    let (place, _) = layout::find(&settled, field)?;
    Some((place, layout::lengths(&settled)))
}

/// The move one step up or down, across pages.
#[must_use]
pub fn step(draft: &Value, field: &str, upwards: bool) -> Option<Edit> {
    let (place, lengths) = place_of(draft, field)?;
    let to = if upwards { order::up(place, &lengths) } else { order::down(place, &lengths) };
    Some(Edit::Move { field: field.to_owned(), to: to? })
}
