//! A dialog that is open while there is something to show in it.

use leptos::prelude::*;

/// True while `shown` is some; setting it to false empties `shown`.
pub fn open_while<T: Clone + Send + Sync + 'static>(shown: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    // Each side is set only when it differs: both follow the other.
    Effect::new(move || {
        let some = shown.with(Option::is_some);
        if open.get_untracked() != some {
            open.set(some);
        }
    });
    Effect::new(move || {
        if !open.get() && shown.with_untracked(Option::is_some) {
            shown.set(None);
        }
    });
    open
}
