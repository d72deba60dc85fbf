//! The order in which fields are settled: each after those its rules read.

use super::{Formula, Quiz, Target};
#[cfg(feature = "script")]
use crate::pointer;
use crate::{FieldPath, Problem};

/// The targets, sorted; a cycle is a problem, and its members stay in the order written.
pub(super) fn ordered(targets: Vec<Target>, quiz: Option<&Quiz>, problems: &mut Vec<Problem>) -> Vec<Target> {
    let reads: Vec<Vec<String>> = targets.iter().map(|target| reads(target, quiz)).collect();
    let needs: Vec<Vec<usize>> = reads
        .iter()
        .map(|paths| {
            (0..targets.len())
                .filter(|at| paths.iter().any(|path| touches(&targets[*at].path, path)))
                .collect()
        })
        .collect();
    let mut sorter = Sorter {
        needs: &needs,
        marks: vec![Mark::New; targets.len()],
        order: Vec::new(),
        trail: Vec::new(),
        cycle: None,
    };
    (0..targets.len()).for_each(|at| sorter.visit(at));
    if let Some(cycle) = sorter.cycle {
        let names: Vec<&str> = cycle.iter().map(|at| targets[*at].path.as_str()).collect();
        let message = format!("rules go in a circle: `{}` depends on itself", names.join("` → `"));
        problems.push(Problem::new("form.rule_cycle", "/rules", message));
    }
    let mut slots: Vec<Option<Target>> = targets.into_iter().map(Some).collect();
    sorter.order.into_iter().filter_map(|at| slots[at].take()).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

struct Sorter<'n> {
    needs: &'n [Vec<usize>],
    marks: Vec<Mark>,
    order: Vec<usize>,
    trail: Vec<usize>,
    cycle: Option<Vec<usize>>,
}

impl Sorter<'_> {
    fn visit(&mut self, at: usize) {
        match self.marks[at] {
            Mark::Done => {}
            Mark::Open => {
                let from = self.trail.iter().position(|seen| *seen == at).unwrap_or(0);
                self.cycle.get_or_insert_with(|| self.trail[from..].to_vec());
            }
            Mark::New => {
                self.marks[at] = Mark::Open;
                self.trail.push(at);
                self.needs[at].iter().for_each(|need| self.visit(*need));
                self.trail.pop();
                self.marks[at] = Mark::Done;
                self.order.push(at);
            }
        }
    }
}

/// True when settling `target` can change what stands at `read`.
fn touches(target: &str, read: &str) -> bool {
    let shorter = target.split('/').count().min(read.split('/').count());
    let same = |(a, b): (&str, &str)| a == b || a == "*" || b == "*";
    target.split('/').zip(read.split('/')).take(shorter).all(same)
}

/// Every path the rules about a target read.
fn reads(target: &Target, quiz: Option<&Quiz>) -> Vec<String> {
    let clauses = target.shows.iter().chain(&target.hides).chain(&target.chosen).chain(&target.not_chosen);
    let conditions =
        clauses.clone().map(|clause| &clause.when).chain(target.sets.iter().map(|(when, _)| when));
    let mut paths: Vec<String> = conditions
        .flatten()
        .flat_map(|condition| condition.fields().into_iter().map(FieldPath::as_str))
        .map(str::to_owned)
        .collect();
    paths.extend(clauses.flat_map(|clause| clause.paths.iter().cloned()));
    for (_, formula) in &target.sets {
        match formula {
            Formula::Literal(_) => {}
            Formula::Total => paths.extend(quiz.into_iter().flat_map(Quiz::reads).map(str::to_owned)),
            #[cfg(feature = "script")]
            Formula::Script { script, .. } => {
                let row = super::row_of(&target.path);
                for name in script.reads() {
                    paths.push(pointer::join(row, name));
                    if !row.is_empty() {
                        paths.push(pointer::join("", name));
                    }
                }
            }
        }
    }
    paths
}
