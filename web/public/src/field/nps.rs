//! How likely to recommend: 0 to 10.

use leptos::prelude::*;

use super::{Asked, scale};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    scale::view(asked, 0, 10)
}
