//! How easy it was: 1 to 7.

use leptos::prelude::*;

use super::{Asked, scale};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    scale::view(asked, 1, 7)
}
