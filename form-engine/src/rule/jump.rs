//! Jumps: from "after this, go there" to what is passed over.
//!
//! A jump counts only while the question it leaves shows, so jumps chain as people walk. Of several
//! from one place, the first whose condition holds decides.

use super::Clause;
use super::compile::Compiler;
use crate::definition::{FormDefinition, Jump, Spot};
use crate::layout::Page;
use crate::{Condition, FieldPath, Problem, pointer};

/// Adds what each jump passes over to the targets, and notes what is wrong with it.
pub(super) fn compile(definition: &FormDefinition, pages: &[Page], compiler: &mut Compiler<'_>) {
    let order = Order::of(pages);
    let mut earlier: Vec<(Vec<String>, Option<Condition>)> = Vec::new();
    for (index, rule) in definition.rules.iter().enumerate() {
        let Some(jump) = &rule.jump else { continue };
        let at = format!("/rules/{index}");
        let Some((after, between)) = order.passed(jump, rule.when.as_ref(), &at, compiler.problems) else {
            continue;
        };
        let mut parts: Vec<Condition> = rule.when.iter().cloned().collect();
        for (_, when) in earlier.iter().filter(|(place, _)| *place == after) {
            // What always jumps leaves nothing to those that follow.
            let before = when.clone().unwrap_or(Condition::All(Vec::new()));
            parts.push(Condition::Not(Box::new(before)));
        }
        let when = if parts.len() > 1 { Some(Condition::All(parts)) } else { parts.pop() };
        earlier.push((after.clone(), rule.when.clone()));
        for path in compiler.groups(&between) {
            compiler.target(&path).hides.push(Clause { when: when.clone(), paths: after.clone() });
        }
    }
}

/// Every question in the order it is asked, with the page it stands on.
struct Order<'p> {
    pages: &'p [Page],
    fields: Vec<(usize, &'p str)>,
}

impl<'p> Order<'p> {
    fn of(pages: &'p [Page]) -> Self {
        let on = |(index, page): (usize, &'p Page)| {
            page.items.iter().map(move |field| (index, field.path.as_str())).collect::<Vec<_>>()
        };
        Self { pages, fields: pages.iter().enumerate().flat_map(on).collect() }
    }

    /// The questions that are left by a jump, and those it passes over.
    fn passed(
        &self,
        jump: &Jump,
        when: Option<&Condition>,
        at: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<(Vec<String>, Vec<&'p str>)> {
        let mut refuse = |code: &'static str, name: &str, message: String| {
            problems.push(Problem::new(code, pointer::join(at, name), message));
            None
        };
        let read = when.into_iter().flat_map(Condition::fields).filter_map(|path| match path {
            FieldPath::Document(path) => self.places(&Spot::Field(path.clone())).pop(),
            FieldPath::Column(_) => None,
        });
        let left = match &jump.after {
            Some(spot) => self.places(spot),
            None => read.max().into_iter().collect(),
        };
        let Some(last) = left.last().copied() else {
            return match &jump.after {
                Some(spot) => refuse("form.jump_from", "after", missing(spot)),
                None => refuse(
                    "form.jump_from",
                    "after",
                    "a jump whose condition reads no question needs `after`".to_owned(),
                ),
            };
        };
        let target = match &jump.to {
            None => self.fields.len(),
            Some(spot) => match self.places(spot).first() {
                Some(first) => *first,
                None => return refuse("form.jump_to", "jump", missing(spot)),
            },
        };
        if target <= last {
            let from = self.fields[last].1;
            let message = format!("a jump leads forward: its target does not lie after `{from}`");
            return refuse("form.jump_back", "jump", message);
        }
        let after: Vec<String> = left.into_iter().map(|place| self.fields[place].1.to_owned()).collect();
        if after.iter().any(|path| path.split('/').any(|token| token == "*")) {
            let message = "a jump leaves a question, not one that is asked in every row".to_owned();
            return refuse("form.jump_from", "after", message);
        }
        Some((after, self.fields[last + 1..target].iter().map(|(_, path)| *path).collect()))
    }

    /// Where a spot's questions stand.
    fn places(&self, spot: &Spot) -> Vec<usize> {
        let all = self.fields.iter().enumerate();
        match spot {
            Spot::Field(path) => all
                .filter(|(_, (_, field))| pointer::is_within(field, path))
                .map(|(index, _)| index)
                .collect(),
            Spot::Page(key) => {
                let page = self.pages.iter().position(|page| page.key.as_ref() == Some(key));
                all.filter(|(_, (on, _))| Some(*on) == page).map(|(index, _)| index).collect()
            }
        }
    }
}

fn missing(spot: &Spot) -> String {
    match spot {
        Spot::Field(path) => format!("no page asks for `{path}`"),
        Spot::Page(key) => format!("no page with questions has the key `{key}`"),
    }
}

impl Compiler<'_> {
    /// The paths, with a whole group named instead of all its fields, so that the group itself goes too.
    fn groups(&self, between: &[&str]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for path in between {
            let mut wide = *path;
            while let Some((above, _)) = wide.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
                let inside = |field: &&&str| pointer::is_within(field, above);
                if !self.fields.iter().filter(inside).all(|field| between.contains(field)) {
                    break;
                }
                wide = above;
            }
            let wide = wide.strip_suffix("/*").unwrap_or(wide);
            if !found.iter().any(|known| known == wide) {
                found.push(wide.to_owned());
            }
        }
        found
    }
}
