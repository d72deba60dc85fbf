//! Which texts lack which of the languages a form is offered in.

use super::{Finding, Weight, texts};
use crate::form::Form;
use crate::{Problem, Text, pointer};

/// One finding per text and language. Only a form offered in several languages is looked at.
pub(super) fn findings(form: &Form) -> Vec<Finding> {
    let languages = &form.publish().languages;
    if languages.len() < 2 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut lacks = |at: String, what: &str, text: &Text| {
        for language in languages.iter().filter(|language| !speaks(text, language, languages)) {
            let required = form.publish().require_languages.contains(language);
            let message = format!("{what} is not written in `{language}`");
            let problem = Problem::new("form.text_untranslated", at.clone(), message);
            findings.push(Finding { weight: if required { Weight::Stops } else { Weight::Warns }, problem });
        }
    };
    for (at, text) in texts(form) {
        let name = text.get(languages.first().map_or("", String::as_str));
        lacks(at, &format!("`{}`", short(name)), text);
    }
    // What no layout item says comes from the schema, which knows one language.
    let items = form.definition().layout.iter().flat_map(|layout| layout.items()).map(|(_, item)| item);
    let items: Vec<_> = items.collect();
    for field in form.fields().iter().filter(|field| field.kind != crate::FieldKind::Hidden) {
        let item = items.iter().find(|item| item.field == field.path);
        let at = place_in_schema(form, &field.path);
        if item.is_none_or(|item| item.title.is_none()) {
            lacks(format!("{at}/title"), &format!("the title of `{}`", field.path), &field.title);
        }
        if let Some(help) = field.help.as_ref().filter(|_| item.is_none_or(|item| item.help.is_none())) {
            lacks(format!("{at}/description"), &format!("the help of `{}`", field.path), help);
        }
        for option in &field.options {
            let value = option.text();
            // A label that only repeats the value is none the author wrote.
            if item.is_none_or(|item| !item.options.contains_key(&value))
                && option.label != Text::Plain(value.clone())
            {
                lacks(at.clone(), &format!("the option `{value}` of `{}`", field.path), &option.label);
            }
        }
    }
    findings
}

/// True when `text` can be read in `language`: written in it, or without words.
fn speaks(text: &Text, language: &str, languages: &[String]) -> bool {
    match text {
        Text::Localized(texts) => {
            let primary = language.split('-').next().unwrap_or(language);
            texts.get(language).or_else(|| texts.get(primary)).is_some_and(|text| !text.trim().is_empty())
        }
        // One text for all is in one language: the one its script tells, or the form's first.
        Text::Plain(text) => {
            let words = text.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, rest)| rest));
            let words: String = words.collect();
            if !words.chars().any(char::is_alphabetic) {
                return true;
            }
            let han = words.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
            let is_chinese = |tag: &str| tag.split('-').next() == Some("zh");
            let fits = |tag: &&String| is_chinese(tag) == han;
            languages.iter().find(fits).or(languages.first()).is_some_and(|own| own == language)
        }
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(30).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Where the schema speaks of a field, as far as it says so without references.
fn place_in_schema(form: &Form, path: &str) -> String {
    let mut place = "/schema".to_owned();
    let mut schema = Some(&form.definition().schema);
    for token in path.split('/').skip(1) {
        let step = if token == "*" { "/items".to_owned() } else { format!("/properties/{token}") };
        schema = schema.and_then(|schema| pointer::get(schema, &step));
        if schema.is_none() {
            break;
        }
        place.push_str(&step);
    }
    place
}
