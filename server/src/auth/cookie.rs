//! The session cookie: `__Host-sid` over HTTPS, a name of its own over plain HTTP.
//!
//! `__Host-` cookies must be `Secure`, and a `Secure` cookie never arrives over
//! plain HTTP (RFC 6265bis §4.1.3); one name for both would let a plain-HTTP
//! page plant the session of the HTTPS one.

use axum::http::{HeaderMap, HeaderValue, header};

use super::secret::Secret;
use crate::config::BaseUrl;

/// Seconds until the browser forgets the cookie; the server's own limits are stricter.
const MAX_AGE_S: u32 = 7 * 24 * 3600;

/// The cookie's name under `base_url`.
fn name(base_url: &BaseUrl) -> &'static str {
    if base_url.is_https() { "__Host-sid" } else { "sid" }
}

/// The session secret among the request's cookies.
pub fn read(headers: &HeaderMap, base_url: &BaseUrl) -> Option<Secret> {
    let wanted = name(base_url);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == wanted)
        .map(|(_, value)| Secret::given(value))
}

/// `Set-Cookie` for a new session.
pub fn set(secret: &Secret, base_url: &BaseUrl) -> HeaderValue {
    line(name(base_url), secret.expose(), MAX_AGE_S, base_url)
}

/// `Set-Cookie` that takes the cookie away.
pub fn clear(base_url: &BaseUrl) -> HeaderValue {
    line(name(base_url), "", 0, base_url)
}

fn line(name: &str, value: &str, max_age_s: u32, base_url: &BaseUrl) -> HeaderValue {
    let secure = if base_url.is_https() { "; Secure" } else { "" };
    let line = format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&line).expect("names and secrets are URL-safe text")
}
