//! One of several.

use leptos::prelude::*;

use super::{Asked, choices};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    choices::view(asked, "radio")
}
