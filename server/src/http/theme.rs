//! `GET /theme/{colour}.css`: the style of customers' pages in a form's colour.
//!
//! What it says depends on its address alone, so it may be kept for ever; the content policy allows no style in a page.

use api_types::{Colour, stylesheet};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

/// Where the style of a colour is.
pub fn url(accent: Colour) -> String {
    format!("/theme/{}.css", accent.digits())
}

/// The style of a colour.
pub async fn get(Path(file): Path<String>) -> Result<Response, ApiError> {
    let colour = file.strip_suffix(".css").and_then(Colour::parse).ok_or(ApiError::NoRoute)?;
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, stylesheet(colour)).into_response())
}
