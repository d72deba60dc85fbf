//! Column names: `as`, else the measure's word or the field's name, numbered when taken (`nps_2`).

use std::collections::HashSet;

use form_engine::Problem;

use crate::definition::Query;
use crate::query::{Column, Role};

use super::blank;

/// The columns in the result's order, with names and titles; types come later.
pub(super) fn columns(query: &Query, problems: &mut Vec<Problem>) -> Vec<Column> {
    let mut taken = HashSet::new();
    for (name, path) in given(query) {
        if !taken.insert(name.to_owned()) {
            let message = format!("the name `{name}` is taken by a column before this one");
            problems.push(Problem::new("report.name_taken", format!("{path}/as"), message));
        }
    }
    let mut columns = Vec::new();
    for dimension in &query.dimensions {
        let name = dimension.name.clone();
        let name = name.unwrap_or_else(|| free(&last_token(dimension.field()), &mut taken));
        let mut column = blank(name, Role::Dimension);
        column.title.clone_from(&dimension.title);
        columns.push(column);
    }
    let mut previous = Vec::new();
    for measure in &query.measures {
        let name = measure.name.clone();
        let name = name.unwrap_or_else(|| free(measure.word, &mut taken));
        let mut column = blank(name, Role::Measure);
        column.title.clone_from(&measure.title);
        if query.compare.is_some() {
            let name = format!("{}_previous", column.name);
            let mut before = column.clone();
            before.name = name;
            previous.push(before);
        }
        columns.push(column);
    }
    for mut column in previous {
        column.name = free(&column.name, &mut taken);
        columns.push(column);
    }
    columns
}

/// Names the author gave, with the pointers of what they name.
fn given(query: &Query) -> impl Iterator<Item = (&str, &str)> {
    let dimensions = query.dimensions.iter().map(|dimension| (&dimension.name, &dimension.path));
    let measures = query.measures.iter().map(|measure| (&measure.name, &measure.path));
    dimensions.chain(measures).filter_map(|(name, path)| Some((name.as_deref()?, path.as_str())))
}

/// `name`, or the first of `name_2`, `name_3` … that is free.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let found = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let found = found.expect("there are more numbers than columns");
    taken.insert(found.clone());
    found
}

/// `/address/city` is the field `city`; a column word is its own name.
fn last_token(field: &str) -> String {
    let Some((_, token)) = field.rsplit_once('/') else { return field.to_owned() };
    let token = token.replace("~1", "/").replace("~0", "~");
    if token.is_empty() { "value".to_owned() } else { token }
}
