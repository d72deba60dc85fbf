//! The logic of a form as a picture: questions in order, what shows or passes over which, and where it leads nowhere.
//! Pure; rows and lanes, no pixels.

use serde_json::Value;

use super::{
    logic::{self, Does},
    outline::Outline,
};

/// How many arcs stand beside each other before they share a lane.
const LANES: usize = 9;

/// A form's logic, drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// One per question, in order; words between questions are left out.
    pub nodes: Vec<Node>,
    /// Each from one node to another; the end is the row behind the last.
    pub edges: Vec<Edge>,
    /// How many lanes the edges need.
    pub lanes: usize,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its pointer.
    pub path: String,
    /// The page it stands on.
    pub page: usize,
    /// Nothing behind it is ever asked, though there is something.
    pub dead_end: bool,
}

/// A line from what is read to what comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Row of the question that is read or left.
    pub from: usize,
    /// Row of the question it is about; the number of nodes for the end.
    pub to: usize,
    /// What it does.
    pub kind: EdgeKind,
    /// Its column, 0 beside the questions.
    pub lane: usize,
}

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// An answer shows, hides or demands another question.
    Shows,
    /// An answer leads on, past what lies between.
    Jumps,
}

/// The picture of a draft.
#[must_use]
pub fn graph(draft: &Value, outline: &Outline) -> Graph {
    let items = outline.placed().filter(|(_, item)| item.text.is_none());
    let mut nodes: Vec<Node> = items
        .map(|(place, item)| Node { path: item.path.clone(), page: place.page, dead_end: false })
        .collect();
    let row = |path: &str| {
        nodes.iter().position(|node| form_engine::pointer::is_within(path, &node.path)).or_else(|| {
            // A jump to a page goes to its first question.
            let pages = draft.pointer("/layout/pages")?.as_array()?;
            let page = pages.iter().position(|page| page.get("key").is_some_and(|key| key == path))?;
            nodes.iter().position(|node| node.page == page)
        })
    };
    let end = nodes.len();
    let mut edges: Vec<Edge> = Vec::new();
    let mut dead = Vec::new();
    for line in logic::lines(draft) {
        let mut read = Vec::new();
        if let Some(when) = &line.when {
            fields(when, &mut read);
        }
        for does in &line.does {
            match does {
                Does::Jump(after, to) => {
                    let left = after.clone().or_else(|| read.last().cloned());
                    let to = if to == "end" { Some(end) } else { row(to) };
                    if let (Some(from), Some(to)) = (left.as_deref().and_then(row), to) {
                        edges.push(Edge { from, to, kind: EdgeKind::Jumps, lane: 0 });
                        if line.when.is_none() && to == end && from + 1 < end {
                            dead.push(from);
                        }
                    }
                }
                Does::Show(_) | Does::Hide(_) | Does::Require(_) | Does::Set(..) | Does::Offer(..) => {
                    let about = does.fields();
                    for to in about.iter().filter_map(|path| row(path)) {
                        let chosen = if let Does::Offer(_, from, _) = does { Some(from) } else { None };
                        let sources = read.iter().chain(chosen);
                        for from in sources.filter_map(|path| row(path)).filter(|from| *from != to) {
                            edges.push(Edge { from, to, kind: EdgeKind::Shows, lane: 0 });
                        }
                    }
                }
            }
        }
    }
    for row in dead {
        nodes[row].dead_end = true;
    }
    edges.dedup();
    let mut seen: Vec<Edge> = Vec::with_capacity(edges.len());
    for edge in edges {
        if !seen.contains(&edge) {
            seen.push(edge);
        }
    }
    let lanes = assign(&mut seen);
    Graph { nodes, edges: seen, lanes }
}

/// Short arcs stand close to the questions; those that overlap stand beside each other.
fn assign(edges: &mut [Edge]) -> usize {
    let span = |edge: &Edge| (edge.from.min(edge.to), edge.from.max(edge.to));
    edges.sort_by_key(|edge| {
        let (low, high) = span(edge);
        (high - low, low)
    });
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    for edge in edges.iter_mut() {
        let (low, high) = span(edge);
        let free = taken.iter().position(|spans| spans.iter().all(|(a, b)| high <= *a || low >= *b));
        let lane = free.unwrap_or(taken.len()).min(LANES - 1);
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((low, high));
        edge.lane = lane;
    }
    taken.len()
}

/// The fields a condition reads.
fn fields(condition: &Value, found: &mut Vec<String>) {
    match condition {
        Value::Object(members) => {
            if let Some(path) =
                members.get("field").and_then(Value::as_str).filter(|path| path.starts_with('/'))
            {
                found.push(path.to_owned());
            }
            members.values().for_each(|member| fields(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
