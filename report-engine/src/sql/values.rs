//! Layers `r` and `v`: the table's raw columns, and one typed column per member over them.

use crate::dataset::{Member, MemberType};
use crate::query::MemberId;

use super::writer::{Writer, quote};
use super::{Relation, member, time};

/// What layer `v` shows: `c0` the value of member 0, `p0` whether it has any, `n0` its instant or day.
pub(crate) struct Values<'a> {
    pub members: &'a [Member],
    pub relation: &'a Relation,
    /// Texts of which the instant is asked.
    pub timed: &'a [MemberId],
    /// The key of the relation, shown as `id`.
    pub id: Option<&'a str>,
    /// On the relation's own columns.
    pub conditions: &'a [String],
    /// See `Writer::fence`; empty when the order may come from an index.
    pub fence: &'static str,
}

impl Values<'_> {
    pub(crate) fn write(&self, writer: &mut Writer) -> String {
        let mut raws: Vec<String> = Vec::new();
        let mut outputs = Vec::new();
        for (id, member) in self.members.iter().enumerate() {
            let raw = member::raw(member, writer.dialect());
            let known = raws.iter().position(|known| *known == raw);
            let place = known.unwrap_or_else(|| {
                raws.push(raw);
                raws.len() - 1
            });
            let raw = format!("r.r{place}");
            outputs.push(format!("{} AS c{id}", member::value(member, &raw, writer)));
            outputs.push(format!("{} AS p{id}", member::present(member, &raw, writer)));
        }
        // A relation without members still has rows to count.
        let key = self.id.unwrap_or("1");
        let mut raws: Vec<String> =
            raws.iter().enumerate().map(|(index, raw)| format!("{raw} AS r{index}")).collect();
        raws.push(format!("{key} AS id"));
        outputs.push("r.id AS id".to_owned());
        let fence = self.fence;
        let typed = format!(
            "SELECT {} FROM (SELECT {} {}{fence}) r{fence}",
            outputs.join(", "),
            raws.join(", "),
            self.from(writer)
        );
        let numbers = self.numbers(writer);
        if numbers.is_empty() {
            return typed;
        }
        let fence = if self.reads_texts_as_instants() { writer.strong_fence() } else { fence };
        format!("SELECT t.*{numbers} FROM ({typed}) t{fence}")
    }

    /// Such an expression is long, and a time zone mentions its instant hundreds of times.
    fn reads_texts_as_instants(&self) -> bool {
        let is_text = |member: &Member| member.kind == MemberType::DateTime && !member.is_stored_instant();
        !self.timed.is_empty() || self.members.iter().any(is_text)
    }

    fn numbers(&self, writer: &Writer) -> String {
        let mut text = String::new();
        for (id, member) in self.members.iter().enumerate() {
            let dated = matches!(member.kind, MemberType::Date | MemberType::DateTime);
            if dated || self.timed.contains(&id) {
                let number = time::number_of(member, &format!("t.c{id}"), writer.dialect());
                text.push_str(&format!(", {number} AS n{id}"));
            }
        }
        text
    }

    /// `FROM` the relation, `WHERE` its fixed columns and the conditions hold.
    fn from(&self, writer: &mut Writer) -> String {
        let relation = self.relation;
        let mut text = format!("FROM {} AS b", quote(&relation.table));
        for join in &relation.joins {
            let (table, alias) = (quote(&join.table), quote(&join.alias));
            let (ours, theirs) = (quote(&join.on.0), quote(&join.on.1));
            text.push_str(&format!(" LEFT JOIN {table} AS {alias} ON b.{ours} = {alias}.{theirs}"));
        }
        let mut all: Vec<String> = relation
            .fixed
            .iter()
            .map(|(column, parameter)| format!("b.{} = {}", quote(column), writer.bind(parameter.clone())))
            .collect();
        all.extend(relation.within.as_ref().map(|within| within.condition(writer)));
        all.extend_from_slice(self.conditions);
        if !all.is_empty() {
            text.push_str(&format!(" WHERE {}", all.join(" AND ")));
        }
        text
    }
}
