#![doc = include_str!("../README.md")]

use wasm_bindgen::prelude::*;

pub mod judge;

/// The verdicts of a test set, as JSON like the set itself; nothing when it is none.
#[wasm_bindgen]
pub fn verdicts(set: &str) -> Option<String> {
    Some(judge::verdicts(&serde_json::from_str(set).ok()?).to_string())
}
