//! A department of the team, from those offered.

use leptos::prelude::*;

use super::{Asked, reference};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    reference::view(asked)
}
