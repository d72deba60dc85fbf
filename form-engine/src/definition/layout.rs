//! Where controls go, as the author wrote it.

use indexmap::IndexMap;
use serde_json::Value;

use super::detail;
use super::reader::Reader;
use crate::field::{Detail, FieldKind};
use crate::{Text, pointer};

/// Pages of items.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What becomes of fields that no page names.
    pub mode: Mode,
    /// In order.
    pub pages: Vec<LayoutPage>,
}

/// What becomes of fields that no page names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They follow on the last page, in schema order.
    Auto,
    /// They are not shown.
    Fixed,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutPage {
    /// What jumps call it; unique among the pages.
    pub key: Option<String>,
    /// Its heading, if any.
    pub title: Option<Text>,
    /// In order.
    pub items: Vec<LayoutItem>,
    /// Words of the author between the questions, and the place in `items` each stands before.
    pub texts: Vec<(usize, Text)>,
}

impl LayoutPage {
    /// Where the author wrote the item at `index`, the texts counted.
    pub(crate) fn written_at(&self, index: usize) -> usize {
        index + self.texts.iter().filter(|(before, _)| *before <= index).count()
    }
}

/// What the author says about one field; what is absent is derived from the schema.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutItem {
    /// The field's pointer, `*` for any row.
    pub field: String,
    /// How it is asked.
    pub control: Option<FieldKind>,
    /// Its label.
    pub title: Option<Text>,
    /// What it belongs to, said above it; the schema's group, if absent.
    pub section: Option<Text>,
    /// A sentence below the label.
    pub help: Option<Text>,
    /// Shown while it is empty.
    pub placeholder: Option<Text>,
    /// Labels by the text of the option's value.
    pub options: IndexMap<String, Text>,
    /// Words under the ends of a scale: lowest, highest.
    pub ends: Option<(Text, Text)>,
    /// A contact that names the customer: `mail`, `phone`, `external`.
    pub identity: Option<crate::contact::IdentityKind>,
    /// What only its control needs: `tree`, `version`, `serial`, `record`, `files`.
    pub detail: Detail,
    /// What the author says about fields inside a group, a matrix or a list; they are asked where it stands.
    pub items: Vec<LayoutItem>,
}

impl Layout {
    /// Every item with its place in the definition, those inside others behind them.
    pub(crate) fn items(&self) -> Vec<(String, &LayoutItem)> {
        let mut found = Vec::new();
        for (page_index, page) in self.pages.iter().enumerate() {
            for (index, item) in page.items.iter().enumerate() {
                item.collect(
                    format!("/layout/pages/{page_index}/items/{}", page.written_at(index)),
                    &mut found,
                );
            }
        }
        found
    }
}

impl LayoutItem {
    fn collect<'l>(&'l self, at: String, found: &mut Vec<(String, &'l Self)>) {
        found.push((at.clone(), self));
        for (index, item) in self.items.iter().enumerate() {
            item.collect(format!("{at}/items/{index}"), found);
        }
    }
}

const ITEM: [&str; 16] = [
    "field",
    "control",
    "title",
    "section",
    "help",
    "placeholder",
    "options",
    "low",
    "high",
    "identity",
    "tree",
    "version",
    "serial",
    "record",
    "files",
    "items",
];

pub(super) fn read(reader: &mut Reader, value: &Value, path: &str) -> Option<Layout> {
    let members = reader.object(value, path)?;
    reader.only(members, &["mode", "pages"], path);
    let modes = [("auto", Mode::Auto), ("fixed", Mode::Fixed)];
    let mode = reader.one_of(members.get("mode"), &pointer::join(path, "mode"), &modes).unwrap_or(Mode::Auto);
    let at = pointer::join(path, "pages");
    let pages = match members.get("pages") {
        None => Vec::new(),
        Some(pages) => {
            let pages = reader.list(pages, &at)?;
            pages
                .iter()
                .enumerate()
                .filter_map(|(index, page)| read_page(reader, page, &pointer::join(&at, index)))
                .collect::<Vec<LayoutPage>>()
        }
    };
    for (index, page) in pages.iter().enumerate() {
        let Some(key) = &page.key else { continue };
        if pages[..index].iter().any(|earlier| earlier.key.as_ref() == Some(key)) {
            let place = pointer::join(&pointer::join(&at, index), "key");
            reader.problem("form.page_twice", place, format!("another page has the key `{key}` already"));
        }
    }
    Some(Layout { mode, pages })
}

fn read_page(reader: &mut Reader, value: &Value, path: &str) -> Option<LayoutPage> {
    let members = reader.object(value, path)?;
    reader.only(members, &["key", "title", "items"], path);
    let key = members.get("key").and_then(|key| read_page_key(reader, key, &pointer::join(path, "key")));
    let title = members.get("title").and_then(|title| reader.text(title, &pointer::join(path, "title")));
    let at = pointer::join(path, "items");
    let written =
        members.get("items").and_then(|items| reader.list(items, &at)).map(Vec::as_slice).unwrap_or_default();
    let (mut items, mut texts) = (Vec::new(), Vec::new());
    for (index, item) in written.iter().enumerate() {
        let place = pointer::join(&at, index);
        if let Some(words) = item.get("text").filter(|_| item.get("field").is_none()) {
            item.as_object().into_iter().for_each(|members| reader.only(members, &["text"], &place));
            let words = reader.text(words, &pointer::join(&place, "text"));
            texts.extend(words.map(|words| (items.len(), words)));
        } else {
            items.extend(read_item(reader, item, &place));
        }
    }
    Some(LayoutPage { key, title, items, texts })
}

/// A word that no pointer and no other target of a jump is.
fn read_page_key(reader: &mut Reader, value: &Value, path: &str) -> Option<String> {
    let key = reader.string(value, path)?;
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if key.is_empty() || key.len() > 100 || key == "end" || !key.chars().all(fine) {
        let message = format!("`{key}` is no page key: expected letters, digits, `-` and `_`, and not `end`");
        reader.problem("form.page_key", path, message);
        return None;
    }
    Some(key.to_owned())
}

fn read_item(reader: &mut Reader, value: &Value, path: &str) -> Option<LayoutItem> {
    let members = reader.object(value, path)?;
    reader.only(members, &ITEM, path);
    let Some(field) = members.get("field") else {
        reader.problem("form.member_missing", pointer::join(path, "field"), "a layout item needs a `field`");
        return None;
    };
    let field = reader.pointer(field, &pointer::join(path, "field"));
    let words: Vec<(&str, FieldKind)> = FieldKind::NAMED.iter().map(|kind| (kind.control(), *kind)).collect();
    let control = reader.one_of(members.get("control"), &pointer::join(path, "control"), &words);
    let mut text =
        |name: &str| members.get(name).and_then(|value| reader.text(value, &pointer::join(path, name)));
    let (title, section) = (text("title"), text("section"));
    let (help, placeholder) = (text("help"), text("placeholder"));
    let (low, high) = (text("low"), text("high"));
    let options = read_options(reader, members.get("options"), &pointer::join(path, "options"));
    let identities = crate::contact::IdentityKind::NAMED;
    let identity = reader.one_of(members.get("identity"), &pointer::join(path, "identity"), &identities);
    let ends = (low.is_some() || high.is_some()).then(|| (low.unwrap_or_default(), high.unwrap_or_default()));
    let detail = detail::read(reader, members, control, path);
    let field = field?;
    let items = read_inner(reader, members.get("items"), &field, &pointer::join(path, "items"));
    Some(LayoutItem {
        field,
        control,
        title,
        section,
        help,
        placeholder,
        options,
        ends,
        identity,
        detail,
        items,
    })
}

/// What is said about fields inside `field`, which they must be.
fn read_inner(reader: &mut Reader, value: Option<&Value>, field: &str, path: &str) -> Vec<LayoutItem> {
    let written = value.and_then(|items| reader.list(items, path)).map(Vec::as_slice).unwrap_or_default();
    let mut items: Vec<LayoutItem> = Vec::new();
    for (index, item) in written.iter().enumerate() {
        let place = pointer::join(path, index);
        let Some(item) = read_item(reader, item, &place) else { continue };
        if item.field == field || !pointer::is_within(&item.field, field) {
            let message = format!("`{}` is not inside `{field}`", item.field);
            reader.problem("form.item_outside", pointer::join(&place, "field"), message);
        } else if items.iter().any(|earlier| earlier.field == item.field) {
            let message = format!("`{}` is asked twice", item.field);
            reader.problem("form.field_twice", pointer::join(&place, "field"), message);
        }
        items.push(item);
    }
    items
}

fn read_options(reader: &mut Reader, value: Option<&Value>, path: &str) -> IndexMap<String, Text> {
    let Some(options) = value.and_then(|value| reader.object(value, path)) else { return IndexMap::new() };
    options
        .iter()
        .filter_map(|(value, label)| Some((value.clone(), reader.text(label, &pointer::join(path, value))?)))
        .collect()
}
