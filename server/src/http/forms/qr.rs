//! `GET /api/v1/forms/{key}/qr.svg`: the public page's address as a QR code.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::services::access::Access;
use crate::services::{forms, short_links};

/// Pixels of a side, at least; printers scale it anyway.
const SIDE: u32 = 480;

/// Of which address.
#[derive(Debug, Clone, Deserialize)]
pub struct Which {
    code: Option<String>,
}

/// The public page's address as a QR code, or that of one of its short links.
#[utoipa::path(get, path = "/api/v1/forms/{key}/qr.svg", tag = "submissions", params(("key" = String, Path),
    ("code" = Option<String>, Query, description = "Of a short link")), responses(
    (status = 200, description = "The picture", body = String, content_type = "image/svg+xml")))]
pub async fn qr(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<impl IntoResponse, ApiError> {
    if Access::of(&app, &caller).await?.form(&key).verbs().is_none() {
        return Err(ApiError::not_found("form", &key));
    }
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(&key)?;
    let url = match &which.code {
        Some(code) => short_links::url_of(&app, live, code).await?,
        None => forms::public_url(&app, &live.form).ok_or_else(|| ApiError::not_found("form", &key))?,
    };
    let code = QrCode::new(url).map_err(ApiError::internal)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "private, max-age=300")], picture))
}
