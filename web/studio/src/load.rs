//! A value from the server: on its way, there, or refused.
//!
//! While a newer value is on its way the old one stays, so nothing jumps; an answer that
//! is overtaken by a later question is dropped.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};
use web_ui::{Empty, Failed, Icon, LinkButton};

use crate::{
    api::Fault,
    i18n::{common, hint, shell, t},
    settings,
};

/// A value that is loaded for a key, and again when the key or the language changes.
pub struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    fault: RwSignal<Option<Fault>>,
    asked: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

/// Loads with `fetch` for each `key`; both the key and the language are followed.
pub fn load<K, T, F>(key: impl Fn() -> K + 'static, fetch: impl Fn(K) -> F + 'static) -> Loaded<T>
where
    K: PartialEq + Clone + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, Fault>> + 'static,
{
    let loaded =
        Loaded { value: RwSignal::new(None), fault: RwSignal::new(None), asked: RwSignal::new(0_u32) };
    let before = RefCell::new(None::<K>);
    ask(
        loaded.asked,
        Box::new(move || {
            let key = key();
            let same = before.replace(Some(key.clone())).as_ref() == Some(&key);
            let answer = fetch(key);
            Box::pin(async move {
                let answer = answer.await;
                Box::new(move || loaded.take(answer, same)) as Box<dyn FnOnce()>
            })
        }),
    );
    loaded
}

/// Starts a question; its answer is something to do with what came, unless a later question has overtaken it.
type Asking = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Box<dyn FnOnce()>>>>>;

/// The same for every type of value: what is generic about loading is paid for by every page.
fn ask(asked: RwSignal<u32>, start: Asking) {
    let newest = StoredValue::new(0_u32);
    Effect::new(move || {
        asked.track();
        settings::language();
        let answer = start();
        let turn = newest.get_value().wrapping_add(1);
        newest.set_value(turn);
        spawn_local(async move {
            let keep = answer.await;
            if newest.try_get_value() == Some(turn) {
                keep();
            }
        });
    });
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loaded<T> {
    fn take(self, answer: Result<T, Fault>, same: bool) {
        match answer {
            Ok(value) => {
                if self.value.with_untracked(|old| old.as_ref() != Some(&value)) {
                    self.value.set(Some(value));
                }
                self.fault.set(None);
            }
            Err(fault) => {
                if !same {
                    self.value.set(None);
                }
                self.fault.set(Some(fault));
            }
        }
    }

    /// Asks again.
    pub fn refresh(self) {
        let _ = self.asked.try_update(|asked| *asked = asked.wrapping_add(1));
    }

    /// The value, once there; followed.
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    /// The value, once there; not followed.
    pub fn get_untracked(self) -> Option<T> {
        self.value.get_untracked()
    }

    /// Something of the value; followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.with(|value| value.as_ref().map(read))
    }

    /// Puts a value there that is already known: the answer to a change.
    pub fn set(self, value: T) {
        self.value.set(Some(value));
    }

    /// `waiting` until it is there, then `ready`, which is drawn once and follows the value; or what went wrong.
    pub fn view<W, R>(
        self,
        waiting: impl Fn() -> W + Send + 'static,
        ready: impl Fn(Signal<T>) -> R + Send + 'static,
    ) -> impl IntoView
    where
        W: IntoView + 'static,
        R: IntoView + 'static,
    {
        staged(
            Box::new(move || self.value.with(Option::is_some)),
            self.fault,
            self.asked,
            Box::new(move || waiting().into_any()),
            Box::new(move || {
                let last = Memo::new(move |before: Option<&T>| {
                    self.value.get().or_else(|| before.cloned()).expect("drawn only once a value was there")
                });
                ready(last.into()).into_any()
            }),
        )
    }
}

/// Draws what fits the stage a value is at; the same for every type of value.
fn staged(
    is_there: Box<dyn Fn() -> bool + Send + Sync>,
    fault: RwSignal<Option<Fault>>,
    asked: RwSignal<u32>,
    waiting: Box<dyn Fn() -> AnyView + Send>,
    ready: Box<dyn Fn() -> AnyView + Send>,
) -> impl IntoView {
    let stage = Memo::new(move |_| match (is_there(), fault.with(Option::is_some)) {
        (true, _) => 2_u8,
        (false, true) => 1,
        (false, false) => 0,
    });
    let again = move || {
        let _ = asked.try_update(|asked| *asked = asked.wrapping_add(1));
    };
    move || {
        match stage.get() {
        2 => ready(),
        1 if fault.with(|fault| fault.as_ref().is_some_and(|fault| matches!(fault.status, 403 | 404))) => {
            let forbidden = fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.status == 403));
            view! { <Closed forbidden=forbidden/> }.into_any()
        }
        1 => view! { <Failed message=move || fault.get().map(|fault| fault.in_words()).unwrap_or_default() again=t(common::AGAIN) on_again=move |()| again()/> }.into_any(),
        _ => waiting(),
    }
    }
}

/// What is not there, or not for this person: asking again would not help.
#[component]
pub fn Closed(forbidden: bool) -> impl IntoView {
    let (icon, title, about) = if forbidden {
        (Icon::Lock, shell::NOT_FOR_YOU, shell::NOT_FOR_YOU_HINT)
    } else {
        (Icon::Search, shell::NOT_THERE, shell::NOT_THERE_HINT)
    };
    view! {
        <Empty icon=icon title=t(title) hint=hint(about)>
            <LinkButton label=t(shell::TO_HOME) href="/s/home"/>
        </Empty>
    }
}
