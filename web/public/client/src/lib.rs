#![doc = include_str!("../README.md")]

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

mod session;

pub use session::Session;

thread_local! {
    /// A page has one form; kept here so that the page's script holds nothing it could lose or free.
    static OPEN: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Opens the form of a page; false when its data is not what this module understands.
#[wasm_bindgen]
pub fn open(data: &str) -> bool {
    let session = Session::open(data);
    let opened = session.is_some();
    OPEN.with_borrow_mut(|open| *open = session);
    opened
}

/// See [`Session::look`].
#[wasm_bindgen]
pub fn look(pairs: &str) -> Option<String> {
    OPEN.with_borrow_mut(|open| open.as_mut().map(|session| session.look(pairs)))
}

/// See [`Session::problem`].
#[wasm_bindgen]
pub fn problem(pointer: &str) -> Option<String> {
    OPEN.with_borrow(|open| open.as_ref().and_then(|session| session.problem(pointer)))
}

/// See [`Session::body`].
#[wasm_bindgen]
pub fn body() -> Option<String> {
    OPEN.with_borrow(|open| open.as_ref().map(Session::body))
}

/// See [`Session::thanks`].
#[wasm_bindgen]
pub fn thanks(now_ms: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole")]
    let now_ms = now_ms as i64;
    OPEN.with_borrow(|open| open.as_ref().map_or(0, |session| session.thanks(now_ms)))
}

/// See [`Session::pipe`].
#[wasm_bindgen]
pub fn pipe(template: &str, place: &str) -> Option<String> {
    OPEN.with_borrow(|open| open.as_ref().map(|session| session.pipe(template, place)))
}

/// See [`Session::result`].
#[wasm_bindgen]
pub fn result() -> Option<usize> {
    OPEN.with_borrow(|open| open.as_ref().and_then(Session::result))
}
