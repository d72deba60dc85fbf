//! Pictures; a phone offers its camera.

use leptos::prelude::*;

use super::{Asked, upload};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    upload::view(asked, "image/*")
}
