//! What every designer stands in: the bar above, panels at both sides, the canvas between, problems below.
//!
//! It knows the desk and nothing of forms; what is designed comes as views.

use api_types::ProblemView;
use leptos::{ev, prelude::*};
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_ui::{Button, Choice, Dialog, Glyph, Icon, IconButton, Look, Quoting, Segmented, Size, Tabs};

use super::desk::{Desk, Saving};
use super::publish::{PublishDialog, told};
use super::state::{Conflict, StateChips};
use super::versions::Versions;
use crate::{
    browser,
    holding::Held,
    i18n::{Message, common, designer as m, fill, say, t},
};

/// How wide the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// 390 px.
    Phone,
    /// 768 px.
    Tablet,
    /// As wide as there is room.
    Desktop,
}

impl Device {
    const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Desktop];

    /// The class of its width.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Phone => "cx-phone",
            Self::Tablet => "cx-tablet",
            Self::Desktop => "cx-desktop",
        }
    }

    const fn name(self) -> Message {
        match self {
            Self::Phone => m::PHONE_SIZE,
            Self::Tablet => m::TABLET_SIZE,
            Self::Desktop => m::DESKTOP_SIZE,
        }
    }
}

/// What stands in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Middle {
    /// What is designed.
    Canvas,
    /// As customers would see it.
    Preview,
    /// As JSON.
    Json,
}

impl Middle {
    const ALL: [(Self, &'static str, Message); 3] = [
        (Self::Canvas, "canvas", m::CANVAS),
        (Self::Preview, "preview", m::PREVIEW),
        (Self::Json, "json", m::JSON),
    ];
}

/// What a designer's shell remembers and shows.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The left panel is open.
    pub left: RwSignal<bool>,
    /// The right panel is open.
    pub right: RwSignal<bool>,
    /// `add`, `outline`, `logic` or `versions`.
    pub tab: RwSignal<String>,
    /// What stands in the middle.
    pub middle: RwSignal<Middle>,
    /// How wide.
    pub device: RwSignal<Device>,
    /// The publishing dialog.
    pub publishing: RwSignal<bool>,
    /// The dialog of shortcuts.
    pub help: RwSignal<bool>,
}

impl Stage {
    /// As it was left.
    pub fn new() -> Self {
        // Sheets over the canvas are closed to begin with.
        let wide = is_wide();
        let open = |name: &str| wide && browser::recall(name).is_none_or(|kept| kept != "closed");
        Self {
            left: RwSignal::new(open("designer:left")),
            right: RwSignal::new(open("designer:right")),
            tab: RwSignal::new("add".to_owned()),
            middle: RwSignal::new(Middle::Canvas),
            device: RwSignal::new(Device::Desktop),
            publishing: RwSignal::new(false),
            help: RwSignal::new(false),
        }
    }

    /// Where panels are sheets over the canvas, what they led to is uncovered.
    pub fn uncover(self) {
        if !is_wide() {
            self.left.set(false);
        }
    }

    /// Opens or closes the left panel.
    pub fn turn_left(self) {
        turn(self.left, "designer:left");
    }

    /// Opens or closes the right panel.
    pub fn turn_right(self) {
        turn(self.right, "designer:right");
    }
}

/// Panels stand beside the canvas, not over it.
fn is_wide() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width >= 1024.0)
}

fn turn(open: RwSignal<bool>, name: &str) {
    open.update(|open| *open = !*open);
    browser::remember(name, if open.get_untracked() { "open" } else { "closed" });
}

/// What a designer brings.
#[derive(Clone, Copy)]
pub struct Parts {
    /// The name of what is designed.
    pub name: Signal<String>,
    /// It was renamed.
    pub rename: Callback<String>,
    /// Against what is live, in words.
    pub changes: Signal<Vec<String>>,
    /// From one document to another, in plain words.
    pub differences: Callback<(Value, Value), Vec<String>>,
    /// Of the public page.
    pub address: Signal<Option<String>>,
    /// What a problem is about is brought into view.
    pub locate: Callback<ProblemView>,
    /// A key was pressed outside of fields; true says that it was used.
    pub key: Callback<ev::KeyboardEvent, bool>,
    /// Shortcuts of its own: key and what it does.
    pub keys: &'static [(&'static str, Message)],
}

/// The shell; its views are made once.
#[component]
pub fn Shell(
    desk: Desk,
    stage: Stage,
    parts: Parts,
    /// Under "Add".
    #[prop(into)]
    add: ViewFn,
    /// Under "Outline".
    #[prop(into)]
    outline: ViewFn,
    /// Under "Logic".
    #[prop(into)]
    logic: ViewFn,
    /// In the middle.
    #[prop(into)]
    canvas: ViewFn,
    /// In the middle, as customers see it.
    #[prop(into)]
    preview: ViewFn,
    /// In the middle, as JSON.
    #[prop(into)]
    json: ViewFn,
    /// On the right.
    #[prop(into)]
    properties: ViewFn,
) -> impl IntoView {
    listen(desk, stage, parts);
    // What is chosen again is not drawn again.
    let (tab, middle) = (Memo::new(move |_| stage.tab.get()), Memo::new(move |_| stage.middle.get()));
    let tabs = Signal::derive(|| {
        [("add", m::ADD), ("outline", m::OUTLINE), ("logic", m::LOGIC), ("versions", m::VERSIONS)]
            .map(|(word, name)| Choice::new(word, say(name)))
            .to_vec()
    });
    view! {
        <div class="cx-designer">
            <Top desk=desk stage=stage parts=parts/>
            <Held id=desk.id.get_value() class="px-3 pt-3"/>
            <Conflict desk=desk differences=parts.differences/>
            <div class="cx-designer-body">
                <Show when=move || stage.left.get()>
                    <aside class="cx-panel cx-panel-left" aria-label=t(m::LEFT_PANEL)>
                        <div class="cx-panel-head"><Tabs label=t(m::LEFT_PANEL) tabs=tabs value=stage.tab on_change=move |tab| stage.tab.set(tab)/><Shut open=move || stage.turn_left() name=m::LEFT_PANEL/></div>
                        <div class="cx-scroll cx-panel-body">{
                            let (add, outline, logic) = (add.clone(), outline.clone(), logic.clone());
                            move || match tab.get().as_str() {
                                "outline" => outline.run(),
                                "logic" => logic.run(),
                                "versions" => view! { <Versions desk=desk stage=stage differences=parts.differences/> }.into_any(),
                                _ => add.run(),
                            }
                        }</div>
                    </aside>
                </Show>
                <main class="cx-designer-middle" id="main" aria-label=t(m::CANVAS)>
                    {
                        let (canvas, preview, json) = (canvas.clone(), preview.clone(), json.clone());
                        move || match middle.get() {
                            Middle::Canvas => view! { <div class="cx-canvas cx-scroll" tabindex="-1">{canvas.run()}</div> }.into_any(),
                            Middle::Preview => view! { <div class="cx-canvas cx-scroll cx-canvas-preview">{preview.run()}</div> }.into_any(),
                            Middle::Json => view! { <div class="cx-designer-json">{json.run()}</div> }.into_any(),
                        }
                    }
                    <Problems desk=desk parts=parts/>
                </main>
                <Show when=move || stage.right.get()>
                    <aside class="cx-panel cx-panel-right" aria-label=t(m::RIGHT_PANEL)>
                        <div class="cx-panel-head"><h2 class="grow px-1 text-sm">{t(m::SHOW_RIGHT)}</h2><Shut open=move || stage.turn_right() name=m::RIGHT_PANEL/></div>
                        <div class="cx-scroll cx-panel-body">{let properties = properties.clone(); move || properties.run()}</div>
                    </aside>
                </Show>
            </div>
            <p class="sr-only" aria-live="assertive">{move || desk.said.get()}</p>
            <PublishDialog desk=desk open=stage.publishing name=parts.name changes=parts.changes address=parts.address locate=parts.locate/>
            <Help open=stage.help keys=parts.keys/>
        </div>
    }
}

#[component]
fn Shut(open: impl Fn() + Send + Sync + 'static, name: Message) -> impl IntoView {
    let label = Signal::derive(move || format!("{}: {}", say(common::CLOSE), say(name)));
    view! { <IconButton label=label icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| open()/> }
}

#[component]
fn Top(desk: Desk, stage: Stage, parts: Parts) -> impl IntoView {
    let count = Signal::derive(move || parts.changes.with(Vec::len));
    let middles = Signal::derive(|| Middle::ALL.map(|(_, word, name)| Choice::new(word, say(name))).to_vec());
    let middle = Signal::derive(move || {
        let shown = stage.middle.get();
        Middle::ALL.iter().find(|(middle, ..)| *middle == shown).map_or("", |(_, word, _)| word).to_owned()
    });
    let choose = move |word: String| {
        if let Some((middle, ..)) = Middle::ALL.iter().find(|(_, own, _)| *own == word) {
            stage.middle.set(*middle);
        }
    };
    let devices =
        Signal::derive(|| Device::ALL.map(|device| Choice::new(device.class(), say(device.name()))).to_vec());
    let device = Signal::derive(move || stage.device.get().class().to_owned());
    let resize = move |class: String| {
        if let Some(device) = Device::ALL.into_iter().find(|device| device.class() == class) {
            stage.device.set(device);
        }
    };
    let name = Memo::new(move |_| parts.name.get());
    view! {
        <header class="cx-designer-top">
            <a class="btn btn-ghost btn-square" href="/s/forms" aria-label=t(common::BACK) on:click=move |_| desk.send()><Glyph icon=Icon::ArrowLeft/></a>
            <div class="cx-designer-name">
                <h1 class="sr-only">{name}</h1>
                <input class="cx-name" autocomplete="off" aria-label=t(m::NAME_FORM) prop:value=name on:input=move |event| parts.rename.run(event_target_value(&event))/>
                <StateChips desk=desk changes=count/>
            </div>
            <div class="cx-designer-tools">
                <IconButton label=t(m::UNDO) icon=Icon::Undo tip="cx-tip-below" disabled=Signal::derive(move || !desk.can_undo.get()) on_press=move |_| desk.undo()/>
                <IconButton label=t(m::REDO) icon=Icon::Redo tip="cx-tip-below" disabled=Signal::derive(move || !desk.can_redo.get()) on_press=move |_| desk.redo()/>
                <span class="cx-wide-only"><Segmented label=t(m::DEVICE) choices=devices value=device on_change=resize/></span>
                <Segmented label=t(m::VIEW) choices=middles value=middle on_change=choose/>
                <span class="cx-wide-only"><IconButton label=t(m::HELP_KEYS) icon=Icon::Command tip="cx-tip-below" on_press=move |_| stage.help.set(true)/></span>
                <IconButton label=t(m::SHOW_LEFT) icon=Icon::PanelLeft tip="cx-tip-below" pressed=Signal::derive(move || Some(stage.left.get())) on_press=move |_| stage.turn_left()/>
                <IconButton label=t(m::SHOW_RIGHT) icon=Icon::Panel tip="cx-tip-below" pressed=Signal::derive(move || Some(stage.right.get())) on_press=move |_| stage.turn_right()/>
                <Button label=t(m::PUBLISH) look=Look::Primary icon=Icon::Send on_press=move |_| stage.publishing.set(true)/>
            </div>
        </header>
    }
}

#[component]
fn Problems(desk: Desk, parts: Parts) -> impl IntoView {
    let count = Memo::new(move |_| desk.problems.with(Vec::len));
    view! {
        <details class="cx-problems" class:cx-has-problems=move || { count.get() > 0 }>
            <summary>
                <Show when=move || { count.get() > 0 } fallback=|| view! { <span class="text-success"><Glyph icon=Icon::CircleCheck/></span><span>{t(m::NO_PROBLEMS)}</span> }>
                    <span class="text-error"><Glyph icon=Icon::CircleAlert/></span><span>{move || fill(m::PROBLEMS_N, &[("n", &count.get().to_string())])}</span>
                </Show>
            </summary>
            <ul class="cx-scroll max-h-48">
                {move || desk.problems.get().into_iter().map(|problem| {
                    let words = told(&problem);
                    view! { <li><button type="button" class="cx-line block w-full cursor-pointer px-4 py-1.5 text-left" title=problem.path.clone() on:click=move |_| parts.locate.run(problem.clone())><Quoting text=words/></button></li> }
                }).collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn Help(open: RwSignal<bool>, keys: &'static [(&'static str, Message)]) -> impl IntoView {
    const SHARED: [(&str, Message); 6] = [
        ("Ctrl Z", m::UNDO),
        ("Ctrl Shift Z", m::REDO),
        ("Ctrl Enter", m::PUBLISH),
        ("P", m::PREVIEW),
        ("[ ]", m::KEY_PANELS),
        ("?", m::HELP_KEYS),
    ];
    view! {
        <Dialog open=open title=t(m::HELP_KEYS) close=t(common::CLOSE)>
            <dl>
                {SHARED.iter().chain(keys).map(|(key, does)| view! {
                    <div class="flex items-center gap-3 py-1"><dt class="w-32 shrink-0">{key.split(' ').map(|part| view! { <kbd class="cx-kbd mr-1">{part}</kbd> }).collect_view()}</dt><dd>{t(*does)}</dd></div>
                }).collect_view()}
            </dl>
        </Dialog>
    }
}

/// Shortcuts, and what happens when the page goes away.
fn listen(desk: Desk, stage: Stage, parts: Parts) {
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.is_composing() || event.default_prevented() || dialog_open() {
            return;
        }
        let strong = event.ctrl_key() || event.meta_key();
        // The JSON editor has the browser's own undo, also for what does not parse.
        if strong && stage.middle.get_untracked() == Middle::Json && browser::is_field(event.target()) {
            return;
        }
        match (strong, event.shift_key(), event.key().as_str()) {
            (true, false, "z" | "Z") => desk.undo(),
            (true, true, "z" | "Z") | (true, _, "y") => desk.redo(),
            (true, _, "Enter") => stage.publishing.set(true),
            (true, false, "s") => desk.send(),
            _ if parts.key.run(event.clone()) => {}
            _ if browser::is_typing(&event) => return,
            (_, _, "p") => stage.middle.update(|middle| {
                *middle = if *middle == Middle::Preview { Middle::Canvas } else { Middle::Preview };
            }),
            (_, _, "[") => stage.turn_left(),
            (_, _, "]") => stage.turn_right(),
            (_, _, "?") => stage.help.set(true),
            (_, _, _) => return,
        }
        event.prevent_default();
    });
    let elsewhere = window_event_listener(ev::mousedown, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        web_ui::close_menus(target.as_ref());
    });
    let hidden = window_event_listener(ev::visibilitychange, move |_| desk.send());
    let gone = window_event_listener(ev::pagehide, move |_| desk.send());
    let back = window_event_listener(ev::online, move |_| {
        if desk.saving.get_untracked() == Saving::Offline {
            desk.send();
        }
    });
    on_cleanup(move || {
        keys.remove();
        elsewhere.remove();
        hidden.remove();
        gone.remove();
        back.remove();
    });
}

/// Keys belong to an open dialog alone.
fn dialog_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}
