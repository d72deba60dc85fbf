//! Designers: pure edits of definitions, undo, and the desk at which a draft is edited.
//!
//! `form` knows forms; everything beside it serves every designer.

pub mod form;
pub mod history;
pub mod order;
