//! Rows that hang on rows of elsewhere, and are there only where those may be seen.

use crate::query::ResolvedPage;

use super::values::Values;
use super::writer::{Dialect, Writer, quote};
use super::{Parameter, Relation, layers, predicate};

/// Which rows elsewhere a row must hang on.
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// The column that names the other row.
    pub column: String,
    /// The other rows' own key.
    pub key: String,
    /// Where they lie and which of them count: any of these.
    pub any: Vec<(ResolvedPage, Relation)>,
    /// Rows that hang on nothing count as well.
    pub or_alone: bool,
}

impl Within {
    pub(crate) fn condition(&self, writer: &mut Writer) -> String {
        let column = format!("b.{}", quote(&self.column));
        let held = if self.any.is_empty() {
            "FALSE".to_owned()
        } else {
            format!("{column} IN ({})", keys(&self.any, &self.key, writer))
        };
        if self.or_alone { format!("({column} IS NULL OR {held})") } else { held }
    }
}

/// A subquery that gives the keys of the rows of all these pages, in no order, to stand in SQL which has bound `bound`
/// parameters already.
pub fn keys_of(
    pages: &[(ResolvedPage, Relation)],
    key: &str,
    dialect: Dialect,
    bound: usize,
) -> (String, Vec<Parameter>) {
    let mut writer = Writer::after(dialect, bound);
    let text = keys(pages, key, &mut writer);
    (text, writer.into_parameters())
}

fn keys(pages: &[(ResolvedPage, Relation)], key: &str, writer: &mut Writer) -> String {
    let each: Vec<String> = pages.iter().map(|(page, relation)| of(page, relation, key, writer)).collect();
    each.join(" UNION ALL ")
}

fn of(page: &ResolvedPage, relation: &Relation, key: &str, writer: &mut Writer) -> String {
    let timed = layers::instants(&page.filters.iter().collect::<Vec<_>>());
    let id = format!("b.{}", quote(key));
    let (members, id) = (page.members.as_slice(), Some(id.as_str()));
    let values = Values { members, relation, timed: &timed, id, conditions: &[], fence: "" }.write(writer);
    let wanted: Vec<String> = page.filters.iter().map(|filter| predicate::write(filter, writer)).collect();
    let condition =
        if wanted.is_empty() { String::new() } else { format!(" WHERE {}", wanted.join(" AND ")) };
    format!("SELECT v.id FROM ({values}) v{condition}")
}
