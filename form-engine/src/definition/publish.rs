//! When and by whom a published form may be answered, as its author wrote it.

use serde_json::Value;

use super::reader::Reader;
use super::thanks::{self, Thanks};
use crate::{Text, pointer};

/// Publishing settings. An absent bound is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Publish {
    /// The public address, `/f/{slug}`; without one there is no public page.
    pub slug: Option<String>,
    /// First instant, unix milliseconds.
    pub opens_ms: Option<i64>,
    /// First instant no more, unix milliseconds.
    pub closes_ms: Option<i64>,
    /// Most complete submissions.
    pub quota: Option<u64>,
    /// Most complete submissions that chose an option; counting is the caller's.
    pub option_quotas: Vec<OptionQuota>,
    /// Who may answer only once.
    pub one_per: OnePer,
    /// Half an answer can be kept, and gone on with on another device.
    pub save: bool,
    /// Whoever sent an answer may change it later, by the link they were given.
    pub edit: bool,
    /// Senders prove that they are no program, without a service outside.
    pub captcha: bool,
    /// Origins whose pages may show the form in a frame: `https://shop.example`, `https://*.shop.example`.
    pub embed: Vec<String>,
    /// What messengers and networks show of a link to it.
    pub share: Share,
    /// What the thank-you page says, by the answers; empty: stock words.
    pub thanks: Vec<Thanks>,
    /// Language tags the form is offered in; empty means those of the product.
    pub languages: Vec<String>,
    /// Those of the languages that every text must have before the form can be published.
    pub require_languages: Vec<String>,
}

/// `"share": {"title": …, "description": …, "picture": "https://…"}`: what is absent, the form's own texts say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Share {
    /// Head of the card.
    pub title: Option<Text>,
    /// Under the head.
    pub description: Option<Text>,
    /// Address of a picture: absolute, or of this server.
    pub picture: Option<String>,
}

/// `"option_quotas": {"/session": {"morning": 30}}`: how many may choose one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionQuota {
    /// The question, a pattern.
    pub field: String,
    /// The option's value as a form post writes it.
    pub option: String,
    /// Most complete submissions that hold it.
    pub limit: u64,
}

impl OptionQuota {
    /// Whether a document holds the option, at however many places: it takes one place of the quota.
    pub fn is_held_by(&self, data: &Value) -> bool {
        pointer::resolve(data, &self.field).into_iter().any(|(_, value)| match value {
            Value::Array(items) => items.iter().any(|item| self.is(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                self.is(value)
            }
        })
    }

    /// Whether `value` is the option, written as a form post writes it.
    pub fn is(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => *text == self.option,
            Value::Number(number) => number.to_string() == self.option,
            Value::Bool(flag) => flag.to_string() == self.option,
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        }
    }
}

/// Who may answer only once. Closed on purpose: the compiler lists what a new kind needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnePer {
    /// Everyone as often as they like.
    Nobody,
    /// One browser.
    Device,
    /// One invitation link.
    Invitation,
    /// One customer, known by a contact in the submission.
    Customer,
}

/// Whether a form takes submissions at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Not yet.
    Early,
    /// Yes.
    Open,
    /// No more.
    Closed,
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            slug: None,
            opens_ms: None,
            closes_ms: None,
            quota: None,
            option_quotas: Vec::new(),
            one_per: OnePer::Nobody,
            save: false,
            edit: false,
            captcha: false,
            embed: Vec::new(),
            share: Share::default(),
            thanks: Vec::new(),
            languages: Vec::new(),
            require_languages: Vec::new(),
        }
    }
}

impl Publish {
    /// Whether submissions are taken at `now_ms`; the quota is the caller's to count.
    pub fn at(&self, now_ms: i64) -> Opening {
        if self.opens_ms.is_some_and(|opens| now_ms < opens) {
            Opening::Early
        } else if self.closes_ms.is_some_and(|closes| now_ms >= closes) {
            Opening::Closed
        } else {
            Opening::Open
        }
    }
}

const MEMBERS: [&str; 15] = [
    "slug",
    "opens",
    "closes",
    "quota",
    "option_quotas",
    "one_per",
    "password",
    "save",
    "edit",
    "captcha",
    "embed",
    "share",
    "thanks",
    "languages",
    "require_languages",
];

pub(super) fn read(reader: &mut Reader, value: Option<&Value>, path: &str) -> Publish {
    let Some(members) = value.and_then(|value| reader.object(value, path)) else { return Publish::default() };
    let at = |name: &str| pointer::join(path, name);
    reader.only(members, &MEMBERS, path);
    if members.get("password").is_some_and(|password| !password.is_null()) {
        // A password in a definition would travel with every export, and one that is not asked for would be a lie.
        reader.problem("form.secret", at("password"), "a definition cannot hold a password");
    }
    let one_per = [
        ("nobody", OnePer::Nobody),
        ("device", OnePer::Device),
        ("invitation", OnePer::Invitation),
        ("customer", OnePer::Customer),
    ];
    let publish = Publish {
        slug: members
            .get("slug")
            .filter(|slug| !slug.is_null())
            .and_then(|slug| read_slug(reader, slug, &at("slug"))),
        opens_ms: reader.instant(members.get("opens"), &at("opens")),
        closes_ms: reader.instant(members.get("closes"), &at("closes")),
        quota: read_quota(reader, members.get("quota"), &at("quota")),
        option_quotas: read_option_quotas(reader, members.get("option_quotas"), &at("option_quotas")),
        one_per: reader
            .one_of(members.get("one_per").filter(|who| !who.is_null()), &at("one_per"), &one_per)
            .unwrap_or(OnePer::Nobody),
        save: read_flag(reader, members.get("save"), &at("save")),
        edit: read_flag(reader, members.get("edit"), &at("edit")),
        captcha: read_flag(reader, members.get("captcha"), &at("captcha")),
        embed: read_embed(reader, members.get("embed"), &at("embed")),
        share: read_share(reader, members.get("share"), &at("share")),
        thanks: thanks::read(reader, members.get("thanks"), &at("thanks")),
        languages: read_languages(reader, members.get("languages"), &at("languages")),
        require_languages: read_languages(reader, members.get("require_languages"), &at("require_languages")),
    };
    for (index, tag) in publish.require_languages.iter().enumerate() {
        if !publish.languages.contains(tag) {
            let message = format!("the form is not offered in `{tag}`: `languages` does not name it");
            reader.problem("form.language_unknown", pointer::join(&at("require_languages"), index), message);
        }
    }
    if let (Some(opens), Some(closes)) = (publish.opens_ms, publish.closes_ms)
        && closes <= opens
    {
        reader.problem("form.never_open", at("closes"), "`closes` does not lie after `opens`");
    }
    publish
}

fn read_slug(reader: &mut Reader, value: &Value, path: &str) -> Option<String> {
    let slug = reader.string(value, path)?;
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.len() > 64 || !slug.chars().all(fine) {
        let message = format!("`{slug}` is no address: expected up to 64 lower-case letters, digits and `-`");
        reader.problem("form.slug", path, message);
        return None;
    }
    Some(slug.to_owned())
}

fn read_flag(reader: &mut Reader, value: Option<&Value>, path: &str) -> bool {
    let Some(value) = value.filter(|value| !value.is_null()) else { return false };
    value.as_bool().unwrap_or_else(|| {
        reader.problem("form.shape", path, format!("expected true or false, found `{value}`"));
        false
    })
}

fn read_embed(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<String> {
    let list = value.filter(|value| !value.is_null()).and_then(|value| reader.list(value, path));
    let mut origins = Vec::new();
    for (index, origin) in list.into_iter().flatten().enumerate() {
        let at = pointer::join(path, index);
        let Some(origin) = reader.string(origin, &at) else { continue };
        if is_origin(origin) {
            origins.push(origin.to_owned());
        } else {
            let message = format!("`{origin}` is no origin: expected one such as `https://shop.example`");
            reader.problem("form.origin", at, message);
        }
    }
    origins
}

/// Scheme, host and port and nothing else: it becomes part of a policy, where a blank or `;` would begin another rule.
fn is_origin(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) else {
        return false;
    };
    let host = host.strip_prefix("*.").unwrap_or(host);
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let whole = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    name.len() <= 253
        && name.chars().all(fine)
        && name.split('.').all(whole)
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn read_share(reader: &mut Reader, value: Option<&Value>, path: &str) -> Share {
    let Some(members) = value.filter(|value| !value.is_null()).and_then(|value| reader.object(value, path))
    else {
        return Share::default();
    };
    let at = |name: &str| pointer::join(path, name);
    reader.only(members, &["title", "description", "picture"], path);
    let title = members.get("title").and_then(|text| reader.text(text, &at("title")));
    let description = members.get("description").and_then(|text| reader.text(text, &at("description")));
    let picture = members.get("picture").and_then(|picture| reader.string(picture, &at("picture")));
    let leads = |address: &&str| {
        let plain = |c: char| !c.is_whitespace() && !c.is_control();
        let starts = ["https://", "http://", "/"].iter().any(|start| address.starts_with(start));
        starts && !address.starts_with("//") && address.chars().all(plain)
    };
    if let Some(address) = picture.filter(|address| !leads(address)) {
        let message = format!(
            "`{address}` is no address of a picture: expected one that begins with `https://` or `/`"
        );
        reader.problem("form.shape", at("picture"), message);
    }
    Share { title, description, picture: picture.filter(leads).map(str::to_owned) }
}

fn read_quota(reader: &mut Reader, value: Option<&Value>, path: &str) -> Option<u64> {
    let value = value.filter(|value| !value.is_null())?;
    value.as_u64().filter(|quota| *quota > 0).or_else(|| {
        reader.problem("form.quota", path, format!("expected a whole number above 0, found `{value}`"));
        None
    })
}

fn read_option_quotas(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<OptionQuota> {
    let Some(fields) = value.filter(|value| !value.is_null()).and_then(|value| reader.object(value, path))
    else {
        return Vec::new();
    };
    let mut quotas = Vec::new();
    for (field, options) in fields {
        let at = pointer::join(path, field);
        if !pointer::is_pointer(field) {
            reader.problem("form.pointer", &at, format!("`{field}` is not a JSON Pointer such as `/score`"));
        }
        let Some(options) = reader.object(options, &at) else { continue };
        for (option, limit) in options {
            let limit = read_quota(reader, Some(limit), &pointer::join(&at, option));
            quotas.extend(limit.map(|limit| OptionQuota {
                field: field.clone(),
                option: option.clone(),
                limit,
            }));
        }
    }
    quotas
}

fn read_languages(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<String> {
    let Some(tags) = value.and_then(|value| reader.list(value, path)) else { return Vec::new() };
    tags.iter()
        .enumerate()
        .filter_map(|(index, tag)| reader.string(tag, &pointer::join(path, index)).map(str::to_owned))
        .collect()
}
