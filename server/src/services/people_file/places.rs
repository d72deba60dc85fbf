//! Departments of a file of people, brought together with those of the team.

use api_types::{Change, DepartmentChange};
use form_engine::Language;
use sha2::{Digest, Sha256};

use super::columns::Column;
use super::lines::{Line, Place, Reader};
use crate::ids::{Ids, TeamId};
use crate::services::department::{is_key, said, title};
use crate::store::department::{Department, below_in};

/// The departments as they will be, with what they were.
pub(super) struct Places {
    pub rows: Vec<Department>,
    /// As stored; new ones have none.
    before: Vec<Department>,
    language: Language,
}

impl Places {
    pub(super) fn of(departments: Vec<Department>, language: Language) -> Self {
        Self { rows: departments.clone(), before: departments, language }
    }

    /// Takes over the departments that rows name and the ones above them; the key of each row's.
    pub(super) fn read(
        &mut self,
        lines: &[Line],
        reader: &mut Reader<'_>,
        team: TeamId,
        ids: &Ids,
        now_ms: i64,
    ) -> Vec<Option<String>> {
        let make = |key: String, words: &str| Department {
            id: ids.next(),
            team_id: team,
            key,
            title: serde_json::to_string(words).unwrap_or_default(),
            head_id: None,
            created_at: now_ms,
            parent_key: None,
        };
        let mut titled: Vec<(String, String)> = Vec::new();
        let mut keys = Vec::with_capacity(lines.len());
        // Those with a key first: rows that only give a title may mean them.
        for with_key in [true, false] {
            for line in lines.iter() {
                let Some(place) = line.department.as_ref().filter(|place| place.key.is_some() == with_key)
                else {
                    continue;
                };
                let key = self.key_of(place, &make);
                let Some(words) = place.title.as_deref().filter(|words| with_key && *words != key) else {
                    continue;
                };
                match titled.iter().find(|(known, _)| *known == key) {
                    Some((_, other)) if other != words => {
                        let (zh, en) = (
                            format!("部门 `{key}` 在别的行里叫“{other}”"),
                            format!("another row calls the department `{key}` “{other}”"),
                        );
                        reader.problem(line.row, Some(Column::DepartmentTitle), "people.department", zh, en);
                    }
                    Some(_) => {}
                    None => {
                        titled.push((key.clone(), words.to_owned()));
                        self.retitle(&key, words);
                    }
                }
            }
        }
        for line in lines {
            keys.push(line.department.as_ref().map(|place| self.key_of(place, &make)));
        }
        let mut parents: Vec<(String, String)> = Vec::new();
        for (line, key) in lines.iter().zip(&keys) {
            let (Some(key), Some(parent)) = (key, &line.parent) else { continue };
            let above = self.key_of(&Place { key: None, title: Some(parent.clone()) }, &make);
            let other = parents.iter().find(|(known, _)| known == key);
            if other.is_some_and(|(_, other)| *other != above) {
                let (zh, en) = (
                    format!("部门 `{key}` 在别的行里有另一个上级部门"),
                    format!("another row puts the department `{key}` below another one"),
                );
                reader.problem(line.row, Some(Column::Parent), "people.parent", zh, en);
            } else if other.is_none() {
                parents.push((key.clone(), above.clone()));
                if *key == above || below_in(&self.rows, key).contains(&above) {
                    let (zh, en) = (
                        format!("`{above}` 就是 `{key}` 本身，或在它之下"),
                        format!("`{above}` is `{key}` itself, or stands below it"),
                    );
                    reader.problem(line.row, Some(Column::Parent), "people.parent", zh, en);
                } else if let Some(row) = self.rows.iter_mut().find(|row| row.key == *key) {
                    row.parent_key = Some(above);
                }
            }
        }
        keys
    }

    /// The department a row means, made where there is none such.
    fn key_of(&mut self, place: &Place, make: &dyn Fn(String, &str) -> Department) -> String {
        let words = place.title.as_deref().unwrap_or_default();
        if let Some(key) = &place.key {
            if !self.rows.iter().any(|row| row.key == *key) {
                self.rows.push(make(key.clone(), place.title.as_deref().unwrap_or(key)));
            }
            return key.clone();
        }
        let called = |row: &&Department| title(&row.title).all().any(|title| title == words);
        let known = self.rows.iter().find(|row| row.key == words).or_else(|| self.rows.iter().find(called));
        if let Some(known) = known {
            return known.key.clone();
        }
        let key = if is_key(words) { words.to_owned() } else { key_for(words) };
        if !self.rows.iter().any(|row| row.key == key) {
            self.rows.push(make(key.clone(), words));
        }
        key
    }

    fn retitle(&mut self, key: &str, words: &str) {
        let language = self.language.as_str();
        let Some(row) = self.rows.iter_mut().find(|row| row.key == key) else { return };
        let text = title(&row.title);
        if text.all().all(|known| known != words) {
            row.title = serde_json::to_string(&said(text, language, words)).unwrap_or_default();
        }
    }

    /// Departments that are new, those that change, and both for people.
    pub(super) fn changes(&self) -> (Vec<Department>, Vec<Department>, Vec<DepartmentChange>) {
        let (mut new, mut changed, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for row in &self.rows {
            let before = self.before.iter().find(|before| before.key == row.key);
            let fields = match before {
                Some(before) => [
                    ("title", before.title != row.title),
                    ("parent", before.parent_key != row.parent_key),
                    ("head", before.head_id != row.head_id),
                ],
                None => [("title", false), ("parent", false), ("head", false)],
            };
            let fields: Vec<String> =
                fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect();
            let change = if before.is_some() { Change::Change } else { Change::Create };
            match before {
                Some(_) if fields.is_empty() => continue,
                Some(_) => changed.push(row.clone()),
                None => new.push(row.clone()),
            }
            let title = title(&row.title).get(self.language.as_str()).to_owned();
            said.push(DepartmentChange { key: row.key.clone(), title, change, fields });
        }
        (new, changed, said)
    }
}

/// A key for a title that is none: the same for the same title, in every file.
fn key_for(title: &str) -> String {
    let digest = Sha256::digest(title.as_bytes());
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("dept-{hex}")
}
