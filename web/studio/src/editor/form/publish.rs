//! How a form is published.

use serde_json::{Map, Value, json};

use super::member;

/// A publishing setting and its new value; none lifts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// The public address.
    Slug(Option<String>),
    /// First instant, RFC 3339.
    Opens(Option<String>),
    /// First instant no more, RFC 3339.
    Closes(Option<String>),
    /// Most submissions.
    Quota(Option<u64>),
    /// Who may answer once: the word of the format.
    OnePer(Option<String>),
    /// Languages offered, in order.
    Languages(Vec<String>),
    /// Something that is on or off, by its member.
    Flag(&'static str, bool),
    /// Origins that may frame the form.
    Embed(Vec<String>),
    /// Address of the picture that chat apps show.
    Picture(Option<String>),
}

impl Setting {
    /// Its member under `publish`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Slug(_) => "slug",
            Self::Opens(_) => "opens",
            Self::Closes(_) => "closes",
            Self::Quota(_) => "quota",
            Self::OnePer(_) => "one_per",
            Self::Languages(_) => "languages",
            Self::Flag(name, _) => name,
            Self::Embed(_) => "embed",
            Self::Picture(_) => "picture",
        }
    }
}

/// Changes a setting; a quota of nothing is no quota.
pub(super) fn set(draft: &mut Value, setting: &Setting) -> bool {
    let value = match setting {
        Setting::Slug(text)
        | Setting::Opens(text)
        | Setting::Closes(text)
        | Setting::OnePer(text)
        | Setting::Picture(text) => text.as_ref().filter(|text| !text.is_empty()).map(|text| json!(text)),
        Setting::Quota(quota) => quota.filter(|quota| *quota > 0).map(Value::from),
        Setting::Languages(list) | Setting::Embed(list) => (!list.is_empty()).then(|| json!(list)),
        Setting::Flag(_, on) => on.then(|| true.into()),
    };
    let publish = member(draft, "publish", json!({})).as_object_mut().expect("made an object above");
    // A language that is not offered cannot be required.
    if let (Setting::Languages(tags), Some(required)) =
        (setting, publish.get_mut("require_languages").and_then(Value::as_array_mut))
    {
        required.retain(|tag| tags.iter().any(|offered| tag == offered));
    }
    if matches!(setting, Setting::Picture(_)) {
        let share = publish.entry("share").or_insert_with(|| json!({}));
        let Some(share) = share.as_object_mut() else { return false };
        put(share, setting.name(), value);
        if share.is_empty() {
            publish.shift_remove("share");
        }
    } else {
        put(publish, setting.name(), value);
    }
    true
}

fn put(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            members.insert(name.to_owned(), value);
        }
        None => {
            members.shift_remove(name);
        }
    }
}
