//! What a person may do with the submissions of a form: which rows, which fields, which verbs.
//!
//! Pure: a team's roles and what is known of a person give a [`Reach`]; everything that reads or writes submissions asks it. Rows are
//! a [`form_engine::Condition`], so that one rule filters lists and reports in SQL and judges a single submission in memory.
//!
//! - Owners and admins may do everything.
//! - Roles are definitions; a person holds those given to them, the one whose key is the word of their place (`agent`, `viewer` …), and those that name
//!   it as their `place`: every app can say what its forms allow to each.
//! - A form that some role speaks of is *governed*: only what a held role grants may be done with it. Designers, who draw the forms and the flows
//!   that carry answers elsewhere, are not kept from any unless a role named after their place speaks of it.
//! - With a form that no role speaks of, everybody may do what their place allows: see [`place`].

mod place;
mod reach;
mod role;

pub use place::place;
pub use reach::{Allowed, By, FormReach, Reach, RowReach};
pub use role::{Grant, PLACES, RoleDocument, Rows, Verb, Verbs};
