//! Dragging by mouse and touch with pointer events: four pixels begin it, the place is found by the rectangles
//! of what stands there, and the draft changes once, on drop.

use leptos::{ev::PointerEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::editor::order::{self, Place};

/// A press that moves less is a click.
const THRESHOLD: i32 = 4;
/// So near to the edge the canvas scrolls.
const EDGE: f64 = 48.0;

/// What is dragged.
#[derive(Debug, Clone, PartialEq)]
pub enum Load {
    /// A question that stands somewhere: its pointer and its place.
    Standing(String, Place),
    /// A new one: the word of its kind.
    Fresh(String),
}

/// One drag.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    load: Load,
    name: String,
    from: (i32, i32),
    moving: bool,
}

/// The drag of a designer.
#[derive(Clone, Copy)]
pub struct Drag {
    held: RwSignal<Option<Held>>,
    at: RwSignal<(i32, i32)>,
    /// The gap it would drop into.
    pub gap: RwSignal<Option<Place>>,
    /// A click that follows a drag is none.
    ended: StoredValue<bool>,
    drop: StoredValue<Option<Callback<(Load, Place)>>>,
}

impl Drag {
    /// `drop` gets what was dropped and the gap it was dropped into.
    pub fn new(drop: impl Fn(Load, Place) + Send + Sync + 'static) -> Self {
        Self {
            held: RwSignal::new(None),
            at: RwSignal::new((0, 0)),
            gap: RwSignal::new(None),
            ended: StoredValue::new(false),
            drop: StoredValue::new(Some(Callback::new(move |(load, place)| drop(load, place)))),
        }
    }

    /// A press on a handle.
    pub fn press(self, event: &PointerEvent, load: Load, name: String) {
        if event.button() != 0 {
            return;
        }
        self.ended.set_value(false);
        if let Some(handle) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        self.held.set(Some(Held { load, name, from: (event.client_x(), event.client_y()), moving: false }));
    }

    /// The pointer moved.
    pub fn shift(self, event: &PointerEvent) {
        let Some(held) = self.held.get_untracked() else { return };
        let (x, y) = (event.client_x(), event.client_y());
        if !held.moving {
            let far = (x - held.from.0).abs().max((y - held.from.1).abs());
            if far < THRESHOLD {
                return;
            }
            self.held.set(Some(Held { moving: true, ..held }));
        }
        self.at.set((x, y));
        scroll(f64::from(y));
        let gap = place_at(f64::from(x), f64::from(y));
        if self.gap.get_untracked() != gap {
            self.gap.set(gap);
        }
    }

    /// The pointer was let go.
    pub fn release(self) {
        let held = self.held.get_untracked();
        let gap = self.gap.get_untracked();
        self.cancel();
        let Some(held) = held.filter(|held| held.moving) else { return };
        self.ended.set_value(true);
        if let (Some(gap), Some(drop)) = (gap, self.drop.get_value()) {
            drop.run((held.load, gap));
        }
    }

    /// Nothing happens.
    pub fn cancel(self) {
        if self.held.with_untracked(Option::is_some) {
            self.held.set(None);
        }
        if self.gap.with_untracked(Option::is_some) {
            self.gap.set(None);
        }
    }

    /// True once after a drag: the click that ends it is none.
    pub fn was_drag(self) -> bool {
        let ended = self.ended.get_value();
        self.ended.set_value(false);
        ended
    }

    /// Something is on its way; followed.
    pub fn moving(self) -> bool {
        self.held.with(|held| held.as_ref().is_some_and(|held| held.moving))
    }

    /// The question on its way; followed.
    pub fn carries(self, path: &str) -> bool {
        self.held.with(|held| {
            held.as_ref().is_some_and(|held| {
                held.moving && matches!(&held.load, Load::Standing(own, _) if own == path)
            })
        })
    }
}

/// The name of what is dragged, beside the pointer.
#[component]
pub fn Ghost(drag: Drag) -> impl IntoView {
    let name = move || drag.held.with(|held| held.as_ref().map(|held| held.name.clone()).unwrap_or_default());
    view! {
        <Show when=move || drag.moving()>
            <div class="cx-ghost" aria-hidden="true" style:transform=move || { let (x, y) = drag.at.get(); format!("translate({}px, {}px)", x + 12, y + 8) }>{name}</div>
        </Show>
    }
}

/// The gap under the pointer: on the page it is over, else on the nearest; none outside the canvas.
fn place_at(x: f64, y: f64) -> Option<Place> {
    let canvas = document().query_selector(".cx-canvas").ok().flatten()?.get_bounding_client_rect();
    if x < canvas.left() || x > canvas.right() || y < canvas.top() - EDGE || y > canvas.bottom() + EDGE {
        return None;
    }
    let pages = elements("[data-page]");
    let distance = |page: &Element| {
        let area = page.get_bounding_client_rect();
        (area.top() - y).max(y - area.bottom()).max(0.0)
    };
    let nearest = pages.iter().enumerate().min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    let (page, _) = nearest?;
    let middles: Vec<f64> = elements(&format!("[data-page=\"{page}\"] > [data-path]"))
        .iter()
        .map(|question| {
            let area = question.get_bounding_client_rect();
            f64::midpoint(area.top(), area.bottom())
        })
        .collect();
    Some(Place { page, index: order::gap(&middles, y) })
}

fn elements(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// Near its upper or lower edge the canvas moves along.
fn scroll(y: f64) {
    let Some(canvas) = document().query_selector(".cx-canvas").ok().flatten() else { return };
    let area = canvas.get_bounding_client_rect();
    let by = if y < area.top() + EDGE {
        -12
    } else if y > area.bottom() - EDGE {
        12
    } else {
        return;
    };
    canvas.set_scroll_top(canvas.scroll_top() + by);
}
