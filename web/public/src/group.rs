//! Questions that belong together: the group of the schema they stand in, and groups of which not all are answered.
//!
//! It only names what form-engine knows; which questions there are is decided before.

use form_engine::{FieldKind, Form, Language, pointer};

use crate::words::put;
use crate::{Question, Words};

/// Says of each question on a page called `page` what it belongs to.
pub(crate) fn mark(form: &Form, language: Language, page: Option<&str>, questions: &mut [Question]) {
    let mut before: Option<(String, Option<String>)> = None;
    let mut asked: Option<String> = None;
    for question in questions {
        name(form, language, question);
        let place = form.alternative_of(&question.path);
        if let Some(place) = &place {
            if asked.as_ref() == Some(place) {
                question.more.goes_on_choosing = true;
            } else if let Some(known) = form.alternatives(place, language) {
                let words = &Words::of(language).form;
                let hint = if known.only_one { words.only_one } else { words.at_least_one };
                let hint = put(hint, &[("groups", &known.told(language))]);
                question.help = Some(match question.help.take() {
                    Some(help) => format!("{hint} {help}"),
                    None => hint,
                });
            }
        }
        asked = place;
        let section = section(form, language, page, question);
        let group = question.path.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        let here = (group, section);
        question.more.opens_section = question.shown && before.as_ref() != Some(&here);
        question.more.section = here.1.clone();
        question.more.section_optional = here.1.is_some() && is_optional(form, question);
        if question.shown {
            before = Some(here);
        }
    }
}

/// A form that is one value, or one list, has no words for it but its own title.
fn name(form: &Form, language: Language, question: &mut Question) {
    if question.title == "#" {
        question.title = form.title().get(language.as_str()).to_owned();
    }
    let intro = form.description().map(|text| text.get(language.as_str()));
    if question.path.is_empty() && question.help.as_deref() == intro {
        question.help = None;
    }
}

/// May the group a question stands in be left out?
fn is_optional(form: &Form, question: &Question) -> bool {
    let field = form.field(&question.path);
    field.is_some_and(|field| {
        field
            .within
            .as_deref()
            .is_some_and(|group| field.path.rsplit_once('/').is_some_and(|(above, _)| above == group))
    })
}

/// The name of the group a question stands in, unless the page, its row or the question itself says it already.
fn section(form: &Form, language: Language, page: Option<&str>, question: &Question) -> Option<String> {
    let field = form.field(&question.path)?;
    let section = field.section.as_ref()?.get(language.as_str());
    // What is said of a whole list is said of everything in its rows, and the row's own head says it.
    let of_row = field.path.rsplit_once("/*").is_some_and(|(list, _)| {
        form.fields().iter().any(|other| {
            let rest = other.path.strip_prefix(list).and_then(|rest| rest.strip_prefix("/*"));
            let direct = rest.is_some_and(|rest| rest.matches('/').count() < 2);
            direct && other.section.as_ref().is_some_and(|other| other.get(language.as_str()) == section)
        })
    });
    let in_row =
        of_row || field.path.rsplit_once("/*").is_some_and(|(_, rest)| rest.matches('/').count() < 2);
    let list = form.lists().iter().any(|list| {
        list.title == section
            && pointer::matches(&list.path, field.path.rsplit_once("/*").map_or("", |(list, _)| list))
    });
    let said = [page, Some(question.title.as_str()), Some(form.title().get(language.as_str()))];
    let known = question.more.matrix.is_some() || question.kind == FieldKind::Hidden;
    (!known && !in_row && !list && !section.is_empty() && !said.contains(&Some(section)))
        .then(|| section.to_owned())
}
