//! The whole logic as a small picture: a line per question, arcs for what shows or passes over which.
//!
//! One stop for Tab; arrows go from question to question, Enter opens one, and what is never asked is gone to with N.

use std::collections::BTreeMap;

use leptos::{ev, prelude::*};
use web_ui::{Glyph, Icon};

use super::Bench;
use crate::{
    browser,
    editor::form::graph::{Edge, EdgeKind, Graph, graph},
    i18n::{designer as m, fill, say, t},
};

/// Height of a line, px.
const ROW: usize = 26;
/// Width of a lane, px.
const LANE: usize = 9;

#[component]
pub fn LogicGraph(bench: Bench) -> impl IntoView {
    let picture = Memo::new(move |_| {
        bench.desk.document.with(|document| bench.outline.with(|outline| graph(document, outline)))
    });
    // What stands against a question, in the words of whoever found it.
    let marks = Memo::new(move |_| {
        let mut marks = BTreeMap::<String, String>::new();
        bench.outline.with(|outline| {
            bench.desk.document.with(|document| {
                let told = bench.desk.warnings.get().into_iter().chain(bench.desk.problems.get());
                for one in told.filter(|one| is_about_logic(&one.code)) {
                    if let Some(path) = outline.at(&one.path, document) {
                        marks.entry(path).or_insert(one.message);
                    }
                }
            });
        });
        for node in picture.get().nodes.into_iter().filter(|node| node.dead_end) {
            marks.entry(node.path).or_insert_with(|| say(m::GRAPH_DEAD_END).to_owned());
        }
        marks
    });
    let at = RwSignal::new(0_usize);
    let count = move || picture.with(|picture| picture.nodes.len());
    let go = move |row: usize| {
        at.set(row);
        browser::focus(&row_id(row));
    };
    let next_marked = move || {
        let found = picture.with_untracked(|picture| {
            let marked =
                |row: &usize| marks.with_untracked(|marks| marks.contains_key(&picture.nodes[*row].path));
            let behind = at.get_untracked() + 1..picture.nodes.len();
            behind.chain(0..picture.nodes.len()).find(marked)
        });
        if let Some(row) = found {
            go(row);
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let (row, last) = (at.get_untracked(), count().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => go((row + 1).min(last)),
            "ArrowUp" => go(row.saturating_sub(1)),
            "Home" => go(0),
            "End" => go(last),
            "n" | "N" => next_marked(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <Show when=move || picture.with(|picture| !picture.edges.is_empty())>
            <section class="cx-graph-part" aria-label=t(m::GRAPH)>
                <div class="mb-1 flex items-center gap-2 text-xs text-muted">
                    <span class="cx-graph-key" data-kind="shows">{t(m::GRAPH_SHOWS)}</span>
                    <span class="cx-graph-key" data-kind="jumps">{t(m::GRAPH_JUMPS)}</span>
                </div>
                <Show when=move || marks.with(|marks| !marks.is_empty())>
                    <button type="button" class="cx-graph-marked" on:click=move |_| next_marked()>
                        <Glyph icon=Icon::Alert/><span>{move || fill(m::GRAPH_MARKED, &[("n", &marks.with(BTreeMap::len).to_string())])}</span>
                    </button>
                </Show>
                {move || {
                    bench.language.track();
                    draw(bench, picture.get(), marks.get(), at, keys)
                }}
            </section>
        </Show>
    }
}

fn is_about_logic(code: &str) -> bool {
    matches!(
        code,
        "form.never_shows"
            | "form.unreachable"
            | "form.rule_never"
            | "form.jump_backwards"
            | "form.rule_cycle"
    )
}

fn row_id(row: usize) -> String {
    format!("graph-{row}")
}

fn draw(
    bench: Bench,
    picture: Graph,
    marks: BTreeMap<String, String>,
    at: RwSignal<usize>,
    keys: impl Fn(ev::KeyboardEvent) + Clone + 'static,
) -> impl IntoView {
    let width = (picture.lanes.max(1) + 1) * LANE;
    let height = (picture.nodes.len() + 1) * ROW;
    let touching = |row: usize| {
        let edges = picture.edges.iter().filter(|edge| edge.from == row || edge.to == row);
        let told = edges.map(|edge| {
            let (other, words) = match (edge.from == row, edge.kind) {
                (true, EdgeKind::Shows) => (edge.to, m::GRAPH_TO_SHOWS),
                (false, EdgeKind::Shows) => (edge.from, m::GRAPH_FROM_SHOWS),
                (true, EdgeKind::Jumps) => (edge.to, m::GRAPH_TO_JUMPS),
                (false, EdgeKind::Jumps) => (edge.from, m::GRAPH_FROM_JUMPS),
            };
            let title = picture
                .nodes
                .get(other)
                .map_or_else(|| say(m::JUMP_END).to_owned(), |node| bench.title(&node.path));
            fill(words, &[("title", &title)])
        });
        told.collect::<Vec<_>>().join(". ")
    };
    let pages = picture.nodes.last().map_or(1, |node| node.page + 1);
    let rows = picture.nodes.iter().enumerate().map(|(row, node)| {
        let (path, own) = (node.path.clone(), node.path.clone());
        let mark = marks.get(&node.path).map(|mark| mark.replace('`', ""));
        let title = bench.title(&node.path);
        let label = [Some(title.clone()), mark.clone(), Some(touching(row)).filter(|told| !told.is_empty())];
        let label = label.into_iter().flatten().collect::<Vec<_>>().join(". ");
        let band = node.page % 2 == 1;
        let first = pages > 1 && (row == 0 || picture.nodes[row - 1].page != node.page);
        let page = first.then(|| (node.page + 1).to_string());
        view! {
            <li class="cx-graph-row" class:cx-graph-band=band>
                <button
                    id=row_id(row) type="button" class="cx-graph-node" class:cx-graph-warn=mark.is_some() title=mark.clone() aria-label=label
                    tabindex=move || if at.get() == row { "0" } else { "-1" }
                    aria-current=move || bench.desk.selected.with(|chosen| chosen.as_deref() == Some(own.as_str())).then_some("true")
                    on:focus=move |_| at.set(row) on:click=move |_| bench.choose(&path, false)
                >
                    {page.map(|page| view! { <span class="cx-graph-page" aria-hidden="true">{page}</span> })}
                    {mark.is_some().then(|| view! { <Glyph icon=Icon::Alert/> })}
                    <span class="truncate">{title}</span>
                </button>
            </li>
        }
    }).collect_view();
    let arcs = picture.edges.iter().map(|edge| arc(edge, bench, &picture, at)).collect_view();
    view! {
        <div class="cx-graph" on:keydown=keys>
            <ol class="cx-graph-rows">{rows}<li class="cx-graph-row cx-graph-end" aria-hidden="true">{say(m::JUMP_END)}</li></ol>
            <svg class="cx-graph-arcs" width=width.to_string() height=height.to_string() viewBox=format!("0 0 {width} {height}") aria-hidden="true">{arcs}</svg>
        </div>
    }
}

/// From the middle of one line out into a lane and back into another, with a tip.
fn arc(edge: &Edge, _bench: Bench, _picture: &Graph, at: RwSignal<usize>) -> impl IntoView + use<> {
    let (from, to) = (edge.from, edge.to);
    let y = |row: usize, offset: usize| row * ROW + ROW / 2 + offset - 3;
    let x = (edge.lane + 1) * LANE;
    // What leaves stands a little below what arrives.
    let (start, end) = (y(from, 6), y(to, 0));
    let bend = if end > start { 4_i64 } else { -4 };
    let path = format!(
        "M0 {start} H{} Q{x} {start} {x} {} V{} Q{x} {end} {} {end} H1",
        x - 4,
        start as i64 + bend,
        end as i64 - bend,
        x - 4
    );
    let tip = format!("M5 {} L0 {end} L5 {}", end - 3, end + 3);
    let kind = match edge.kind {
        EdgeKind::Shows => "shows",
        EdgeKind::Jumps => "jumps",
    };
    view! {
        <g class="cx-graph-arc" data-kind=kind class:cx-graph-lit=move || { at.get() == from || at.get() == to }>
            <path d=path/><path d=tip/>
        </g>
    }
}
