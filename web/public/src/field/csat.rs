//! How satisfied: 1 to 5.

use leptos::prelude::*;

use super::{Asked, scale};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    scale::view(asked, 1, 5)
}
