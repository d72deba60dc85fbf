//! What a file would become: a kind per column, told from all of its cells, and what will be refused.

use std::collections::HashSet;

use api_types::{ImportColumn, ImportPreview, ProblemView};
use form_engine::{Language, pointer};

use super::convert;
use crate::ids::ImportId;
use crate::tabular::kind::{self, Plain};
use crate::tabular::{Cell, Sheet, damage};

/// Rows shown as read.
const SAMPLE_ROWS: usize = 20;
/// Problems told before anything is run.
const SHOWN_PROBLEMS: usize = 100;
/// More different answers than this are no choice.
const MOST_OPTIONS: usize = 30;
/// An option is a label, not an essay.
const LONGEST_OPTION: usize = 120;
/// A text this long wants a larger field.
const LONG_TEXT: usize = 100;

/// The preview of a file.
pub(super) fn preview(sheet: &Sheet, id: ImportId, file: &str, language: Language) -> ImportPreview {
    let columns: Vec<ImportColumn> = (0..sheet.headers.len()).map(|column| infer(sheet, column)).collect();
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).trim();
    let title = if stem.is_empty() { "import" } else { stem };
    let sample = sheet.rows.iter().take(SAMPLE_ROWS).map(|row| row.cells.iter().map(Cell::text).collect());
    ImportPreview {
        id: id.to_string(),
        file: file.to_owned(),
        encoding: sheet.encoding.name().to_owned(),
        rows: sheet.rows.len() as u64,
        sample: sample.collect(),
        problems: problems(sheet, &columns, language),
        columns,
        form: key(title),
        title: title.to_owned(),
    }
}

/// Letters, digits and hyphens of the title.
fn key(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let key: String = words.join("-").chars().take(60).collect();
    if key.is_empty() { "import".to_owned() } else { key }
}

/// Rows that would be refused as the columns were inferred.
fn problems(sheet: &Sheet, columns: &[ImportColumn], language: Language) -> Vec<ProblemView> {
    let wholes: Vec<damage::Column> =
        (0..columns.len()).map(|column| damage::column(sheet, column)).collect();
    let converter = convert::Converter::new(columns, &wholes);
    let mut problems = Vec::new();
    for row in &sheet.rows {
        for (header, refusal) in converter.refusals(row) {
            if problems.len() == SHOWN_PROBLEMS {
                return problems;
            }
            let row = format!("/{}", row.number);
            problems.push(ProblemView {
                path: header.map_or(row.clone(), |header| pointer::join(&row, header)),
                code: refusal.code().to_owned(),
                message: refusal.message(language),
            });
        }
    }
    problems
}

fn infer(sheet: &Sheet, column: usize) -> ImportColumn {
    let whole = damage::column(sheet, column);
    let filled = || sheet.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty());
    // What a spreadsheet has damaged will be refused, so it says nothing of the column.
    let cells: Vec<String> = filled()
        .filter(|cell| damage::of(cell, whole, false).is_none())
        .map(|cell| cell.text().trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    let mut options = Vec::new();
    let kind = match kind::of_column(sheet, column, true) {
        _ if cells.is_empty() => "text",
        Plain::Integer | Plain::Text if all(&cells, convert::is_mobile) => "phone",
        Plain::Integer => "integer",
        Plain::Number => "number",
        Plain::Boolean => "boolean",
        Plain::Date => "date",
        Plain::DateTime => "datetime",
        Plain::Text if all(&cells, convert::is_mail) => "email",
        Plain::Text => of_texts(&cells, &mut options),
    };
    ImportColumn {
        header: sheet.headers[column].clone(),
        kind: kind.to_owned(),
        filled: filled().count() as u64,
        options,
    }
}

fn of_texts(cells: &[String], options: &mut Vec<String>) -> &'static str {
    if let Some(found) = choices(cells.iter().map(String::as_str), cells.len()) {
        *options = found;
        return "single";
    }
    let listed = cells.iter().filter(|cell| convert::parts(cell).len() > 1).count();
    if listed * 5 >= cells.len()
        && let Some(found) = choices(cells.iter().flat_map(|cell| convert::parts(cell)), cells.len())
    {
        *options = found;
        return "multiple";
    }
    let long = cells.iter().any(|cell| cell.chars().count() > LONG_TEXT || cell.contains('\n'));
    if long { "long_text" } else { "text" }
}

/// The different answers in the file's order, when they are few, short, and given more than once.
fn choices<'c>(answers: impl Iterator<Item = &'c str>, filled: usize) -> Option<Vec<String>> {
    let mut seen = HashSet::new();
    let mut options = Vec::new();
    for answer in answers {
        if answer.chars().count() > LONGEST_OPTION || answer.contains('\n') {
            return None;
        }
        if seen.insert(answer) {
            options.push(answer.to_owned());
        }
        if options.len() > MOST_OPTIONS {
            return None;
        }
    }
    (options.len() * 2 <= filled).then_some(options)
}

/// Nearly all: a slip must not turn a column of numbers into text, and will be refused by itself.
fn all(cells: &[String], is: fn(&str) -> bool) -> bool {
    let fitting = cells.iter().filter(|cell| is(cell)).count();
    fitting > 0 && fitting * 10 >= cells.len() * 9
}
