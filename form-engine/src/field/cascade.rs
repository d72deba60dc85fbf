//! A choice made step by step: province, city, district.
//!
//! The value is the list of codes from the first step to the last, `["330000", "330100", "330106"]`, so that
//! reports can count by any of them. The tree comes with the layout; a browser is not sent it again.
//!
//! ```json
//! {"field": "/region", "control": "cascade", "tree": [{"value": "330000", "label": "浙江", "children": [
//!     {"value": "330100", "label": "杭州"}, {"value": "330200", "label": "宁波"}]}]}
//! ```

use serde_json::Value;

use super::{Branch, Detail, Field, Kind, read};
use crate::fault::Fault;

pub(super) struct Cascade;

impl Kind for Cascade {
    fn control(&self) -> &'static str {
        "cascade"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.list()).then_some("a list of texts")
    }

    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        let Detail::Tree(tree) = &field.detail else { return None };
        let Some(steps) = value.as_array() else { return Some(Fault::Type(vec!["array"])) };
        let mut level = tree;
        for step in steps {
            match level.iter().find(|branch| step == branch.value.as_str()) {
                Some(branch) => level = &branch.below,
                None => {
                    return Some(Fault::Choice(level.iter().map(|branch| branch.label.clone()).collect()));
                }
            }
        }
        (!level.is_empty()).then_some(Fault::Incomplete)
    }

    /// One text holds all steps, as JSON; several texts are a step each.
    fn read(&self, _field: &Field, texts: &[&str]) -> Option<Value> {
        let steps: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        match steps.as_slice() {
            [] => None,
            [only] if only.starts_with('[') => Some(read::json(only)),
            steps => Some(steps.iter().copied().map(Value::from).collect()),
        }
    }

    fn label(&self, field: &Field, value: &Value, language: &str) -> Option<String> {
        let Detail::Tree(tree) = &field.detail else { return None };
        let mut level = tree;
        let mut labels = Vec::new();
        for step in value.as_array()? {
            let branch = level.iter().find(|branch| step == branch.value.as_str())?;
            labels.push(branch.label.get(language));
            level = &branch.below;
        }
        Some(labels.join(" / "))
    }
}

/// Every way from the root to a leaf of `tree`: the codes, and the labels.
pub(super) fn paths(tree: &[Branch]) -> Vec<Vec<&Branch>> {
    let mut found = Vec::new();
    for branch in tree {
        if branch.below.is_empty() {
            found.push(vec![branch]);
        }
        found.extend(paths(&branch.below).into_iter().map(|mut way| {
            way.insert(0, branch);
            way
        }));
    }
    found
}
