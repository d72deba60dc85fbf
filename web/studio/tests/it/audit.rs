//! The audit log reads as words, in both languages: no member's name as it is stored, no id where a name is known.

use std::collections::HashMap;

use serde_json::json;
use studio::i18n::Language;
use studio::pages::settings::audit::model::{changes, did, member_name, on};

#[test]
fn what_changed_is_said_in_words() {
    let people = HashMap::from([("id-1".to_owned(), "Li Na".to_owned())]);
    let before = json!({"role": "agent", "head": null, "away": false, "skills": ["a", "b"], "name": "Chen"});
    let after = json!({"role": "admin", "head": "id-1", "away": true, "skills": [], "name": "Chen"});
    let read = |language| changes(Some(&before), Some(&after), &people, language);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        read(Language::Zh),
        [
            ("角色".to_owned(), some("客服"), "管理员".to_owned()),
            ("部门负责人".to_owned(), None, "Li Na".to_owned()),
            ("休假".to_owned(), some("否"), "是".to_owned()),
            ("技能".to_owned(), some("a、b"), "—".to_owned()),
        ]
    );
    assert_eq!(read(Language::En)[0], ("Role".to_owned(), some("Agent"), "Admin".to_owned()));
    assert_eq!(read(Language::En)[3], ("Skills".to_owned(), some("a, b"), "—".to_owned()));
}

#[test]
fn a_published_definition_and_an_answer_read_well() {
    let published = json!({"kind": "flow", "key": "ticket-flow", "rev": 3});
    let lines = changes(None, Some(&published), &HashMap::new(), Language::En);
    let names: Vec<(&str, &str)> =
        lines.iter().map(|(name, _, after)| (name.as_str(), after.as_str())).collect();
    assert_eq!(names, [("Kind", "flow"), ("Key", "ticket-flow"), ("Draft revision", "3")]);
    // A field of a form is called by its key; a list of rows by how many there are.
    let answer = json!({"/text": "a", "people": [{"name": "x"}, {"name": "y"}]});
    let lines = changes(Some(&json!({"/text": "b"})), Some(&answer), &HashMap::new(), Language::Zh);
    assert_eq!(lines[0], ("text".to_owned(), Some("b".to_owned()), "a".to_owned()));
    assert_eq!(lines[1], ("人员".to_owned(), None, "2 项".to_owned()));
}

/// Everything the server writes down, found in its sources: nothing is shown as it is stored.
#[test]
fn every_deed_of_the_server_has_words() {
    let mut folders =
        vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/src/services")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = std::fs::read_to_string(&path).expect("a text");
            for deed in code.split("Deed::new(\"").skip(1) {
                let mut words = deed.split('"').step_by(2);
                let (action, kind) = (words.next().expect("an action"), words.next().expect("a kind"));
                assert!(did(action).is_some(), "{}: `{action}`", path.display());
                assert!(on(kind).is_some(), "{}: `{kind}`", path.display());
                found += 1;
                // What stands in the JSON of the same statement.
                let statement = deed.split(';').next().unwrap_or_default();
                for json in statement.split("json!({").skip(1) {
                    let body = json.split("})").next().unwrap_or_default();
                    for name in body
                        .split('"')
                        .skip(1)
                        .step_by(2)
                        .filter(|name| body.contains(&format!("\"{name}\":")))
                    {
                        assert!(member_name(name).is_some(), "{}: `{name}`", path.display());
                    }
                }
            }
        }
    }
    assert!(found > 15, "only {found} deeds were found");
}
