//! Every input says what it is, to people who do not see it too.

use std::collections::HashSet;

use crate::html::{Tag, tags};
use crate::{LANGUAGES, every_page};

#[test]
fn every_input_has_a_name_people_can_read() {
    for language in LANGUAGES {
        for (page, html) in every_page(language) {
            let tags = tags(&html);
            let labelled: HashSet<&str> =
                tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
            for input in tags.iter().filter(|tag| asks(tag)) {
                let by_label = input.get("id").is_some_and(|id| labelled.contains(id));
                let inside = is_inside_label(&html, input.at);
                let named = by_label || inside || input.get("aria-label").is_some();
                assert!(named, "{page} in {language:?}: {input:?} has no label");
            }
        }
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    for language in LANGUAGES {
        for (page, html) in every_page(language) {
            let tags = tags(&html);
            let mut ids = HashSet::new();
            for id in tags.iter().filter_map(|tag| tag.get("id")) {
                assert!(ids.insert(id), "{page}: two elements are `{id}`");
            }
            for tag in &tags {
                for name in ["for", "aria-describedby", "form"] {
                    for id in tag.get(name).into_iter().flat_map(str::split_whitespace) {
                        assert!(ids.contains(id), "{page}: {name} of {tag:?} names nothing");
                    }
                }
            }
        }
    }
}

#[test]
fn radios_and_boxes_stand_in_a_group_with_a_legend() {
    for (page, html) in every_page(form_engine::Language::Zh) {
        for input in tags(&html).iter().filter(|tag| tag.get("type") == Some("radio")) {
            let before = &html[..input.at];
            let group = before.rfind("<fieldset").unwrap_or_else(|| panic!("{page}: {input:?} stands alone"));
            assert!(before[group..].contains("</legend>"), "{page}: {input:?} has no legend before it");
            assert!(!before[group..].contains("</fieldset>"), "{page}: {input:?} stands after its group");
        }
    }
}

fn asks(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "input" | "select" | "textarea") && tag.get("type") != Some("hidden")
}

fn is_inside_label(html: &str, at: usize) -> bool {
    let before = &html[..at];
    before.rfind("<label").is_some_and(|open| !before[open..].contains("</label>"))
}
