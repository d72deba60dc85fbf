//! Lines of the audit log in words: what was done, to what, and what changed. Pure.

use std::collections::HashMap;

use api_types::Role;
use serde_json::Value;

use crate::{
    i18n::{Language, Message, access as m, common, fill_in, settings as words},
    pages::role_name,
};

/// What changed, member by member: its name, what stood there, what stands there now.
pub type Change = (String, Option<String>, String);

/// The changes of a line, as they are read; `people` are names by id.
#[must_use]
pub fn changes(
    before: Option<&Value>,
    after: Option<&Value>,
    people: &HashMap<String, String>,
    language: Language,
) -> Vec<Change> {
    let names =
        [before, after].into_iter().flatten().filter_map(Value::as_object).flat_map(|members| members.keys());
    let mut seen: Vec<&String> = Vec::new();
    names.for_each(|name| {
        if !seen.contains(&name) {
            seen.push(name)
        }
    });
    let text = |value: Option<&Value>, name: &str| {
        let value = value.and_then(|value| value.get(name))?;
        worded(name, value, people, language)
    };
    let lines = seen.into_iter().map(|name| (name.as_str(), text(before, name), text(after, name)));
    let lines = lines.filter(|(_, before, after)| before != after);
    let nothing = common::NOTHING.in_language(language);
    lines
        .map(|(name, before, after)| {
            let named = member_name(name).map(|name| name.in_language(language));
            // A field of a form is called by its own key.
            let named = named.unwrap_or_else(|| name.trim_start_matches('/'));
            (named.to_owned(), before, after.unwrap_or_else(|| nothing.to_owned()))
        })
        .collect()
}

/// A value as people read it; none for nothing.
fn worded(name: &str, value: &Value, people: &HashMap<String, String>, language: Language) -> Option<String> {
    let say = |message: Message| message.in_language(language).to_owned();
    Some(match value {
        Value::Null => return None,
        Value::Bool(on) => say(if *on { common::YES } else { common::NO }),
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => match name {
            "role" => role(text).map_or_else(|| text.clone(), say),
            "kind" => kind(text).map_or_else(|| text.clone(), say),
            _ => people.get(text).unwrap_or(text).clone(),
        },
        Value::Array(items) if items.is_empty() => return None,
        Value::Array(items) if items.iter().any(Value::is_object) => {
            fill_in(m::ITEMS, language, &[("n", &items.len().to_string())])
        }
        Value::Array(items) => items
            .iter()
            .filter_map(|item| worded(name, item, people, language))
            .collect::<Vec<_>>()
            .join(common::LIST_COMMA.in_language(language)),
        // Words in both languages, or something a form made of its own.
        Value::Object(texts) => match texts.get(language.code()).and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        },
        Value::Number(number) => number.to_string(),
    })
}

fn role(word: &str) -> Option<Message> {
    let roles = [Role::Owner, Role::Admin, Role::Designer, Role::Agent, Role::Viewer, Role::Member];
    roles.into_iter().find(|role| role.word() == word).map(role_name)
}

/// What kind of definition.
fn kind(word: &str) -> Option<Message> {
    Some(match word {
        "form" => m::ON_FORM,
        "flow" => m::KIND_FLOW,
        "dashboard" => m::KIND_BOARD,
        "calendar" => m::KIND_CALENDAR,
        "role" => m::KIND_ROLE,
        _ => return None,
    })
}

/// What a member of before and after is called.
#[must_use]
pub fn member_name(name: &str) -> Option<Message> {
    Some(match name {
        "away" => words::AWAY_SHORT,
        "department" => words::DEPARTMENT,
        "changed" => m::OF_CHANGED,
        "definitions" => m::OF_DEFINITIONS,
        "departments" => words::DEPARTMENTS,
        "deputy" => m::OF_DEPUTY,
        "deputy_of" => m::OF_DEPUTY_OF,
        "email" => words::EMAIL,
        "field" => m::OF_FIELD,
        "filter" => m::OF_FILTER,
        "form" => m::ON_FORM,
        "format" => m::OF_FORMAT,
        "has_access" => m::OF_ACCESS,
        "head" => words::HEAD,
        "key" => words::KEY,
        "kind" => m::OF_KIND,
        "login" => m::OF_LOGIN,
        "mails" => m::OF_MAILS,
        "manager" => m::OF_MANAGER,
        "mobile" => m::OF_MOBILE,
        "name" => words::NAME,
        "parent" => m::OF_PARENT,
        "password" => m::OF_PASSWORD,
        "people" => m::OF_PEOPLE,
        "reports" => m::OF_REPORTS,
        "rev" => m::OF_REV,
        "role" => words::ROLE,
        "roles" => m::OF_ROLES,
        "second_step" => m::OF_SECOND_STEP,
        "skills" => m::OF_SKILLS,
        "submissions" => m::OF_SUBMISSIONS,
        "tasks" => m::OF_TASKS,
        "tickets" => m::OF_TICKETS,
        "title" => m::OF_TITLE,
        "to" => m::OF_TO,
        _ => return None,
    })
}

/// What was done.
#[must_use]
pub fn did(action: &str) -> Option<Message> {
    Some(match action {
        "created" => m::DID_CREATED,
        "joined" => m::DID_JOINED,
        "invited" => m::DID_INVITE,
        "reminded" => m::DID_REMIND,
        "renamed_field" => m::DID_RENAME_FIELD,
        "renewed" => m::DID_RENEW,
        "set_password" => m::DID_SET_PASSWORD,
        "made_link" => m::DID_MAKE_LINK,
        "switched_on" => m::DID_SWITCH_ON,
        "switched_off" => m::DID_SWITCH_OFF,
        "handed_over" => m::DID_HAND_OVER,
        "removed" => m::DID_REMOVE,
        "imported" => m::DID_IMPORT,
        "changed" => m::DID_CHANGED,
        "published" => m::DID_PUBLISHED,
        "erased" => m::DID_ERASED,
        "exported" => m::DID_EXPORTED,
        "revoked" => m::DID_REVOKED,
        "seen_as" => m::DID_SEEN_AS,
        "installed" => m::DID_INSTALLED,
        "shared" => m::DID_SHARED,
        "withdrew" => m::DID_WITHDREW,
        _ => return None,
    })
}

/// What kind of thing it was done to.
#[must_use]
pub fn on(kind: &str) -> Option<Message> {
    Some(match kind {
        "member" => m::ON_MEMBER,
        "second_step" => m::ON_SECOND_STEP,
        "definition" => m::ON_DEFINITION,
        "submission" => m::ON_SUBMISSION,
        "form" => m::ON_FORM,
        "token" => m::ON_TOKEN,
        "app" => m::ON_APP,
        "team" => m::ON_TEAM,
        "department" => m::ON_DEPARTMENT,
        "invitation" => m::ON_INVITATION,
        "people" => m::ON_PEOPLE,
        "recipients" => m::ON_RECIPIENTS,
        "short_link" => m::ON_SHORT_LINK,
        "site_file" => m::ON_SITE_FILE,
        "embed_secret" => m::ON_EMBED_SECRET,
        _ => return None,
    })
}
