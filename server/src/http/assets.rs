//! The browser parts, embedded in the binary: `/assets/…`, and where to find each by its logical name.
//!
//! Every file but the studio's page has a hash in its name, so it may be kept for ever. A file's `.gz` twin is
//! sent to whoever accepts it. What is in the folder is decided by `web/build`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::ApiError;

#[derive(RustEmbed)]
#[folder = "../web/dist/"]
struct Dist;

/// The address of a browser part: `public/client.js` is `/assets/public/client-1a2b3c4d5e.js`.
///
/// Absent when the browser parts were not built.
pub fn url(name: &str) -> Option<String> {
    let file = if cfg!(debug_assertions) {
        // Rebuilt while the server runs.
        read_manifest().remove(name)
    } else {
        static MANIFEST: OnceLock<HashMap<String, String>> = OnceLock::new();
        MANIFEST.get_or_init(read_manifest).get(name).cloned()
    };
    file.map(|file| format!("/assets/{file}"))
}

fn read_manifest() -> HashMap<String, String> {
    let manifest = Dist::get("manifest.json").map(|file| file.data);
    manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// `GET /assets/{file}`: one browser part.
pub async fn get(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    if file.ends_with(".gz") || file.ends_with(".html") || file == "manifest.json" {
        return Err(ApiError::NoRoute);
    }
    send(&file, &headers, "public, max-age=31536000, immutable").ok_or(ApiError::NoRoute)
}

/// `GET /embed.js`: what other people's pages load, at an address that stays. Kept for an hour.
pub async fn embed(headers: HeaderMap) -> Result<Response, ApiError> {
    let file = url("embed/embed.js").ok_or(ApiError::NoRoute)?;
    let file = file.trim_start_matches("/assets/");
    let mut response = send(file, &headers, "public, max-age=3600").ok_or(ApiError::NoRoute)?;
    let anywhere = HeaderValue::from_static("cross-origin");
    response.headers_mut().insert("cross-origin-resource-policy", anywhere);
    Ok(response)
}

/// A page of the studio; what it shows is decided in the browser.
pub(super) fn studio(page: &str, headers: &HeaderMap) -> Option<Response> {
    send(&format!("studio/{page}"), headers, "no-cache")
}

fn send(file: &str, headers: &HeaderMap, cache: &'static str) -> Option<Response> {
    let packed = accepts_gzip(headers).then(|| Dist::get(&format!("{file}.gz"))).flatten();
    let encoding = packed.as_ref().map(|_| HeaderValue::from_static("gzip"));
    let content = packed.or_else(|| Dist::get(file))?;
    let etag = etag(&content.metadata.sha256_hash());
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == etag) {
        axum::http::StatusCode::NOT_MODIFIED.into_response()
    } else {
        match content.data {
            Cow::Borrowed(bytes) => bytes.into_response(),
            Cow::Owned(bytes) => bytes.into_response(),
        }
    };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(file)));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(header::ETAG, etag);
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, encoding);
    }
    Some(response)
}

fn etag(hash: &[u8; 32]) -> HeaderValue {
    let hex: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{hex}\"")).expect("hexadecimal digits are visible")
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some(_) | None => "application/octet-stream",
    }
}
