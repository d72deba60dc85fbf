//! The leaves of a schema: every place a person can put one value, in schema order.
//!
//! Best effort by design: it decides what is *asked*, never what is *valid*. Choices of shapes
//! are asked as the union of their members.

use indexmap::IndexSet;
use serde_json::Value;

use super::refs::Refs;
use super::shapes::{self, Shapes};
use crate::pointer;

/// Deeper than this, one leaf takes whatever stands there.
const MAX_DEPTH: usize = 12;
/// More subschemas than this at one place are not looked into.
const MAX_VIEWS: usize = 64;
/// A form has no more leaves than this.
const MAX_LEAVES: usize = 2_000;
/// References and parts followed for a title.
const MAX_STEPS: usize = 8;
/// What a list takes that says nothing of its items.
static ANYTHING: Value = Value::Bool(true);

/// One place for a value.
#[derive(Debug)]
pub(crate) struct Leaf<'s> {
    /// Pattern, `*` for any row.
    pub(crate) path: String,
    /// Every subschema about the place, and whether it surely applies; those that do come first.
    pub(crate) views: Vec<(&'s Value, bool)>,
    /// It must be there whenever the document is.
    pub(crate) required: bool,
    /// What the schema says of the place itself, not only of one of several branches.
    pub(crate) title: Option<&'s str>,
    /// The same for its `description`.
    pub(crate) description: Option<&'s str>,
    /// It must be there whenever the group or row is that it stands in.
    pub(crate) needed: bool,
    /// Pattern of the nearest group or row around it that may be left out.
    pub(crate) within: Option<String>,
    /// The schema's title of the nearest group or list above.
    pub(crate) section: Option<String>,
}

/// A list of rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Pattern of the list itself: `/items`.
    pub path: String,
    /// Its title in the schema, else its key.
    pub title: String,
    /// What the schema says of it.
    pub help: Option<String>,
    /// Index of its first row: places before it have names of their own.
    pub first: usize,
    /// It may be left out, however many rows it needs when it is there.
    pub optional: bool,
    /// Fewest rows.
    pub min: u64,
    /// Most rows, if bounded.
    pub max: Option<u64>,
}

/// What [`collect`] found.
#[derive(Debug, Default)]
pub(crate) struct Leaves<'s> {
    pub(crate) leaves: Vec<Leaf<'s>>,
    pub(crate) lists: Vec<List>,
    /// Patterns of lists whose places have names of their own.
    pub(crate) tuples: Vec<String>,
    /// Title of each object or list, by pattern.
    pub(crate) titles: Vec<(String, String)>,
    /// Places that take one of several shapes.
    pub(crate) shapes: Vec<Shapes>,
    /// What the branches of a place are called, by its pattern.
    #[cfg(feature = "schema")]
    pub(crate) branches: Vec<(String, Vec<String>)>,
}

/// Every leaf of `root`; places of `whole` are one leaf each, whatever stands below them.
pub(crate) fn collect<'s>(root: &'s Value, refs: &'s Refs, whole: &'s [&'s str]) -> Leaves<'s> {
    let mut walk = Walk { root, refs, whole, found: Leaves::default(), followed: Vec::new() };
    let top =
        Place { path: String::new(), required: true, needed: true, within: None, section: None, depth: 0 };
    walk.place(vec![(root, true)], &top);
    walk.found
}

struct Walk<'s> {
    root: &'s Value,
    refs: &'s Refs,
    whole: &'s [&'s str],
    found: Leaves<'s>,
    /// References being followed from the root to here.
    followed: Vec<&'s str>,
}

struct Place {
    path: String,
    required: bool,
    needed: bool,
    within: Option<String>,
    section: Option<String>,
    depth: usize,
}

impl Place {
    /// What is below stands in this place, where it may be left out, else in what this stands in.
    fn around(&self) -> Option<String> {
        if self.needed { self.within.clone() } else { Some(self.path.clone()) }
    }
}

/// Subschemas about one place; `true` for those that surely apply.
type Views<'s> = Vec<(&'s Value, bool)>;

/// What the schema says of a place in words.
#[derive(Clone, Copy)]
struct Words<'s> {
    title: Option<&'s str>,
    description: Option<&'s str>,
}

impl<'s> Walk<'s> {
    fn place(&mut self, views: Views<'s>, place: &Place) {
        let followed = self.followed.len();
        let words =
            Words { title: self.said(&views, "title"), description: self.said(&views, "description") };
        let mut flat = Vec::new();
        let whole = views.into_iter().all(|(view, sure)| self.flatten(view, sure, &mut flat));
        flat.sort_by_key(|(_, sure)| !sure);
        self.found.shapes.extend(shapes::read(self.root, self.refs, &flat, &place.path));
        #[cfg(feature = "schema")]
        self.found
            .branches
            .extend(shapes::titles(self.root, self.refs, &flat).map(|titles| (place.path.clone(), titles)));
        if self.found.leaves.len() < MAX_LEAVES {
            let parted = !self.whole.contains(&place.path.as_str());
            let open = whole && parted && place.depth < MAX_DEPTH && !is_choice(&flat);
            if !(open && (self.object(&flat, place, words) || self.array(&flat, place, words))) {
                self.leaf(&flat, place, words);
            }
        }
        self.followed.truncate(followed);
    }

    /// The first text that `views` have for `keyword`, those that surely apply before the others.
    fn said(&self, views: &Views<'s>, keyword: &str) -> Option<&'s str> {
        let of = |sure: bool| {
            let mut views = views.iter().filter(move |(_, other)| *other == sure);
            views.find_map(|(view, _)| self.said_by(view, keyword, MAX_STEPS))
        };
        of(true).or_else(|| of(false))
    }

    /// What `view` says of its place: itself, by reference, or in every part. The words of one of several branches tell
    /// that branch from others; only beside `null` it is what the place is about.
    fn said_by(&self, view: &'s Value, keyword: &str, steps: usize) -> Option<&'s str> {
        let own = view.get(keyword).and_then(Value::as_str).filter(|text| !text.is_empty());
        if own.is_some() || steps == 0 {
            return own;
        }
        let below = |part: &'s Value| self.said_by(part, keyword, steps - 1);
        let parts = |keyword: &str| view.get(keyword).and_then(Value::as_array);
        let target = || self.refs.get(self.root, view.get("$ref")?.as_str()?).and_then(below);
        let all = || parts("allOf")?.iter().find_map(below);
        let only = || {
            let branches = parts("anyOf").or_else(|| parts("oneOf"))?.iter();
            let mut some = branches.filter(|part| part.get("type").is_none_or(|kind| kind != "null"));
            let (one, None) = (some.next()?, some.next()) else { return None };
            // What a constant is called is an option's label.
            if one.get("const").is_some() || options(view).is_some() { None } else { below(one) }
        };
        target().or_else(all).or_else(only)
    }

    /// Adds `view` and what it refers to at the same place. False when a reference closes a loop.
    fn flatten(&mut self, view: &'s Value, sure: bool, flat: &mut Views<'s>) -> bool {
        if flat.len() >= MAX_VIEWS || !view.is_object() {
            return true;
        }
        flat.push((view, sure));
        let mut whole = true;
        if let Some(reference) = view.get("$ref").and_then(Value::as_str) {
            if self.followed.contains(&reference) {
                // The loop ends here, and what it is about says at least its type.
                flat.extend(self.refs.get(self.root, reference).map(|target| (target, sure)));
                return false;
            }
            if let Some(target) = self.refs.get(self.root, reference) {
                self.followed.push(reference);
                whole &= self.flatten(target, sure, flat);
            }
        }
        // Branches that are one constant each are options of this place, not shapes of it.
        let options = options(view).is_some();
        for (keyword, sure_below) in [("allOf", sure), ("anyOf", false), ("oneOf", false)] {
            if options && keyword != "allOf" {
                continue;
            }
            for part in view.get(keyword).and_then(Value::as_array).into_iter().flatten() {
                whole &= self.branch(part, sure_below, flat);
            }
        }
        for keyword in ["then", "else"] {
            if let Some(part) = view.get(keyword) {
                whole &= self.branch(part, false, flat);
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for part in
                view.get(keyword).and_then(Value::as_object).into_iter().flat_map(|parts| parts.values())
            {
                whole &= self.branch(part, false, flat);
            }
        }
        whole
    }

    /// A branch that only might apply does not make the whole place a loop.
    fn branch(&mut self, part: &'s Value, sure: bool, flat: &mut Views<'s>) -> bool {
        let followed = self.followed.len();
        let whole = self.flatten(part, sure, flat);
        if !whole && !sure {
            self.followed.truncate(followed);
            return true;
        }
        whole
    }

    fn object(&mut self, flat: &Views<'s>, place: &Place, words: Words<'s>) -> bool {
        let properties = |view: &'s Value| view.get("properties").and_then(Value::as_object);
        let names: IndexSet<&'s str> = flat
            .iter()
            .filter_map(|(view, _)| properties(view))
            .flat_map(|members| members.keys().map(String::as_str))
            .collect();
        if names.is_empty() {
            return false;
        }
        let section = self.named(place, words);
        for name in names {
            let views: Views<'s> = flat
                .iter()
                .filter_map(|(view, sure)| Some((view.get("properties")?.get(name)?, *sure)))
                .collect();
            let needed = flat.iter().any(|(view, sure)| {
                let listed = view.get("required").and_then(Value::as_array);
                *sure && listed.is_some_and(|names| names.iter().any(|listed| listed == name))
            });
            let below = Place {
                path: pointer::join(&place.path, name),
                required: place.required && needed,
                needed,
                within: place.around(),
                section: section.clone(),
                depth: place.depth + 1,
            };
            self.place(views, &below);
        }
        true
    }

    fn array(&mut self, flat: &Views<'s>, place: &Place, words: Words<'s>) -> bool {
        let tuple: Vec<&'s Value> = flat
            .iter()
            .filter_map(|(view, _)| view.get("prefixItems").or_else(|| view.get("items"))?.as_array())
            .flatten()
            .collect();
        let mut rest: Views<'s> = flat
            .iter()
            .flat_map(|(view, sure)| {
                let items = view
                    .get("items")
                    .filter(|items| items.is_object())
                    .or_else(|| view.get("additionalItems"));
                items.filter(|items| items.is_object()).map(|items| (items, *sure))
            })
            .collect();
        let is_list =
            |(view, sure): &(&Value, bool)| *sure && view.get("type").is_some_and(|kind| kind == "array");
        if tuple.is_empty() && rest.is_empty() && flat.iter().any(is_list) && !is_choice(flat) {
            rest.push((&ANYTHING, true));
        }
        if (tuple.is_empty() && rest.is_empty()) || self.is_multiple_choice(&rest) {
            return false;
        }
        let section = self.named(place, words);
        let bound = |keyword: &str| flat.iter().find_map(|(view, _)| view.get(keyword)?.as_u64());
        let (first, min) = (tuple.len(), bound("minItems").unwrap_or(0));
        let below = |name: &str, index: usize| Place {
            path: format!("{}/{name}", place.path),
            required: false,
            needed: place.needed && min > index as u64,
            within: place.around(),
            section: section.clone(),
            depth: place.depth + 1,
        };
        if !tuple.is_empty() {
            self.found.tuples.push(place.path.clone());
        }
        for (index, item) in tuple.iter().enumerate() {
            self.place(vec![(*item, true)], &below(&index.to_string(), index));
        }
        if !rest.is_empty() {
            let title = section.clone().unwrap_or_else(|| key_label(&place.path));
            let list = List {
                path: place.path.clone(),
                title,
                help: words.description.map(str::to_owned),
                first,
                optional: !place.needed,
                min,
                max: bound("maxItems"),
            };
            self.found.lists.push(list);
            self.place(rest, &below("*", first));
        }
        true
    }

    /// A list whose items are chosen from options is one question.
    fn is_multiple_choice(&mut self, items: &Views<'s>) -> bool {
        let followed = self.followed.len();
        let mut flat = Vec::new();
        for (view, sure) in items {
            self.flatten(view, *sure, &mut flat);
        }
        self.followed.truncate(followed);
        is_choice(&flat)
    }

    /// Notes and answers the title of a group, or the one above it.
    fn named(&mut self, place: &Place, words: Words<'s>) -> Option<String> {
        let key = || (!place.path.is_empty()).then(|| key_label(&place.path));
        let own = words.title.map(str::to_owned).or_else(key)?;
        self.found.titles.push((place.path.clone(), own.clone()));
        // The root's title is the form's.
        (!place.path.is_empty()).then_some(own)
    }

    fn leaf(&mut self, flat: &Views<'s>, place: &Place, words: Words<'s>) {
        self.found.leaves.push(Leaf {
            path: place.path.clone(),
            views: flat.clone(),
            required: place.required && !place.path.is_empty(),
            title: words.title,
            description: words.description,
            needed: place.needed,
            within: place.within.clone(),
            section: place.section.clone(),
        });
    }
}

fn is_choice(flat: &[(&Value, bool)]) -> bool {
    flat.iter().any(|(view, sure)| *sure && options(view).is_some()) || branch_options(flat).is_some()
}

/// The options of all branches together, where each branch that takes something offers some and nothing that surely
/// applies says which values are taken.
pub(crate) fn branch_options(views: &[(&Value, bool)]) -> Option<Vec<(Value, Option<String>)>> {
    let tells = |view: &Value| ["type", "enum", "const"].iter().any(|keyword| view.get(*keyword).is_some());
    let telling =
        views.iter().filter(|(view, _)| tells(view) && view.get("type").is_none_or(|kind| kind != "null"));
    let mut all: Vec<(Value, Option<String>)> = Vec::new();
    for (view, sure) in telling {
        let constant = || {
            let value = view.get("const").filter(|value| value.is_string() || value.is_number())?;
            Some(vec![(value.clone(), view.get("title").and_then(Value::as_str).map(str::to_owned))])
        };
        let offered = options(view).or_else(constant).filter(|_| !sure)?;
        for option in offered {
            if !all.iter().any(|(known, _)| *known == option.0) {
                all.push(option);
            }
        }
    }
    (!all.is_empty()).then_some(all)
}

/// The options a schema offers: `enum`, or `oneOf`/`anyOf` of constants; with the label each brings.
pub(crate) fn options(schema: &Value) -> Option<Vec<(Value, Option<String>)>> {
    if let Some(Value::Array(values)) = schema.get("enum") {
        let labels = ["enumNames", "x-enumNames"].iter().find_map(|key| schema.get(*key)?.as_array());
        let label = |index: usize| Some(labels?.get(index)?.as_str()?.to_owned());
        return Some(values.iter().enumerate().map(|(index, value)| (value.clone(), label(index))).collect());
    }
    let parts = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array())?;
    let constant = |part: &Value| match (part.get("const"), part.get("enum").and_then(Value::as_array)) {
        (Some(value), _) => Some(value.clone()),
        (None, Some(values)) if values.len() == 1 => Some(values[0].clone()),
        (None, _) => None,
    };
    parts
        .iter()
        .map(|part| {
            let label = part.get("title").or_else(|| part.get("description")).and_then(Value::as_str);
            Some((constant(part)?, label.map(str::to_owned)))
        })
        .collect::<Option<Vec<_>>>()
        .filter(|options| !options.is_empty())
}

/// A key as a label: `first_name` and `firstName` are `First name`, `orderID` is `Order ID`; other scripts stay as they are.
pub(crate) fn key_label(path: &str) -> String {
    let mut tokens = path.rsplit('/').filter(|token| *token != "*" && !token.is_empty());
    let key = tokens.next().unwrap_or("");
    if let (Ok(index), Some(list)) = (key.parse::<usize>(), tokens.next()) {
        return format!("{} {}", words(&pointer::unescape(list)), index + 1);
    }
    words(&pointer::unescape(key))
}

fn words(key: &str) -> String {
    if !key.is_ascii() || key.contains(' ') {
        return key.to_owned();
    }
    let letters: Vec<char> = key.chars().collect();
    let mut label = String::with_capacity(key.len() + 4);
    for (index, c) in letters.iter().enumerate() {
        let starts_word = index > 0 && c.is_ascii_uppercase() && letters[index - 1].is_ascii_lowercase();
        let in_capitals = letters.get(index + 1).is_none_or(|next| !next.is_ascii_lowercase());
        if starts_word {
            label.push(' ');
        }
        match c {
            '_' | '-' => label.push(' '),
            c if index == 0 => label.push(c.to_ascii_uppercase()),
            c if starts_word && !in_capitals => label.push(c.to_ascii_lowercase()),
            c => label.push(*c),
        }
    }
    label.trim().to_owned()
}
