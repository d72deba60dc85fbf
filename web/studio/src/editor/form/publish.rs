//! How a form is published.

use serde_json::{Value, json};

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
        }
    }
}

/// Changes a setting; a quota of nothing is no quota.
pub(super) fn set(draft: &mut Value, setting: &Setting) -> bool {
    let value = match setting {
        Setting::Slug(text) | Setting::Opens(text) | Setting::Closes(text) | Setting::OnePer(text) => {
            text.as_ref().filter(|text| !text.is_empty()).map(|text| json!(text))
        }
        Setting::Quota(quota) => quota.filter(|quota| *quota > 0).map(Value::from),
        Setting::Languages(tags) => (!tags.is_empty()).then(|| json!(tags)),
    };
    let publish = member(draft, "publish", json!({})).as_object_mut().expect("made an object above");
    // A language that is not offered cannot be required.
    if let (Setting::Languages(tags), Some(required)) =
        (setting, publish.get_mut("require_languages").and_then(Value::as_array_mut))
    {
        required.retain(|tag| tags.iter().any(|offered| tag == offered));
    }
    match value {
        Some(value) => {
            publish.insert(setting.name().to_owned(), value);
        }
        None => {
            publish.shift_remove(setting.name());
        }
    }
    true
}
