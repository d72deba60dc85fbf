//! Files of any kind.

use leptos::prelude::*;

use super::{Asked, upload};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    upload::view(asked, "")
}
