//! The one event stream of the page: it says that something changed, and whoever shows it asks again.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::LazyLock,
    time::Duration,
};

use api_types::ChangeView;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{EventSource, MessageEvent};

use crate::load::Loaded;

/// Everything the studio follows.
const ENTITIES: [&str; 8] =
    ["submission", "task", "clock", "customer", "outbox", "definition", "import", "notification"];

type Listener = Rc<dyn Fn(&ChangeView)>;

thread_local! {
    static LISTENERS: RefCell<(u64, BTreeMap<u64, Listener>)> = const { RefCell::new((0, BTreeMap::new())) };
    /// What the browser knows of the network is heard at once; set up with the first stream.
    static NETWORK: () = {
        // A new stream each time: an answer that was on its way when the network went says nothing any more.
        window_event_listener(leptos::ev::offline, |_| {
            reopen();
            CONNECTED.set(false);
        });
        window_event_listener(leptos::ev::online, |_| reopen());
    };
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
}

static CONNECTED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(true));

/// Is the stream up? False shows a banner.
pub fn connected() -> bool {
    CONNECTED.get()
}

/// Opens the stream; again after another session or team. The browser reconnects by itself, from the last change it saw.
pub fn open() {
    connect(false);
}

/// Another stream than before, which does not know what the last one saw. Nobody listens who is signed out.
fn reopen() {
    if SOURCE.with_borrow(Option::is_some) {
        connect(true);
    }
}

fn connect(again: bool) {
    close();
    let Ok(source) = EventSource::new(crate::api::LIVE) else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let change = event.data().as_string().and_then(|text| serde_json::from_str::<ChangeView>(&text).ok());
        if let Some(change) = change {
            tell(&change);
        }
    });
    source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let _ = source.add_event_listener_with_callback("change", heard.as_ref().unchecked_ref());
    heard.forget();
    // The server has forgotten what this page missed: everything may have changed.
    let missed = Closure::<dyn Fn()>::new(tell_everything);
    let _ = source.add_event_listener_with_callback("reload", missed.as_ref().unchecked_ref());
    missed.forget();
    let missed = Cell::new(again);
    let up = Closure::<dyn Fn()>::new(move || {
        CONNECTED.set(true);
        if missed.take() {
            tell_everything();
        }
    });
    source.set_onopen(Some(up.as_ref().unchecked_ref()));
    up.forget();
    // A short break is no news: the banner waits.
    let down = Closure::<dyn Fn()>::new(|| {
        set_timeout(
            || {
                let open = SOURCE.with_borrow(|source| {
                    source.as_ref().is_none_or(|source| source.ready_state() == EventSource::OPEN)
                });
                CONNECTED.set(open);
            },
            Duration::from_secs(4),
        );
    });
    source.set_onerror(Some(down.as_ref().unchecked_ref()));
    down.forget();
    SOURCE.with_borrow_mut(|slot| *slot = Some(source));
    NETWORK.with(|_| ());
}

/// Ends the stream: at sign-out.
pub fn close() {
    if let Some(source) = SOURCE.with_borrow_mut(Option::take) {
        source.close();
    }
}

/// Anything may have changed.
fn tell_everything() {
    for entity in ENTITIES {
        tell(&ChangeView { seq: 0, entity: entity.to_owned(), id: String::new(), form: None });
    }
}

fn tell(change: &ChangeView) {
    // Cloned, so that a listener may come or go while another is told.
    let listeners: Vec<Listener> = LISTENERS.with_borrow(|(_, all)| all.values().cloned().collect());
    for listener in listeners {
        listener(change);
    }
}

/// Calls `then` for each change, until the component that asked is gone.
pub fn listen(then: impl Fn(&ChangeView) + 'static) {
    let id = LISTENERS.with_borrow_mut(|(count, all)| {
        *count += 1;
        all.insert(*count, Rc::new(then));
        *count
    });
    on_cleanup(move || {
        LISTENERS.with_borrow_mut(|(_, all)| all.remove(&id));
    });
}

/// Calls `then` once, shortly after the first of a burst of changes that `concerns` accepts.
pub fn listen_calmly(concerns: impl Fn(&ChangeView) -> bool + 'static, then: impl Fn() + Clone + 'static) {
    let planned = StoredValue::new(false);
    listen(move |change| {
        if concerns(change) && planned.try_get_value() == Some(false) {
            planned.set_value(true);
            let then = then.clone();
            set_timeout(
                move || {
                    if planned.try_update_value(|planned| *planned = false).is_some() {
                        then();
                    }
                },
                Duration::from_millis(200),
            );
        }
    });
}

/// Loads `loaded` again after changes that `concerns` accepts.
pub fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    loaded: Loaded<T>,
    concerns: impl Fn(&ChangeView) -> bool + 'static,
) {
    listen_calmly(concerns, move || loaded.refresh());
}
