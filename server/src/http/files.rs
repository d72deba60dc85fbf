//! Files that people sent, brought to who may have them: saved, never opened; shown only as a picture written anew.

pub mod get;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::app::App;
use crate::error::ApiError;
use crate::store::upload::Upload;

/// How to bring it.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Shown {
    /// As a small picture to be looked at, where it is a picture.
    #[serde(default)]
    preview: bool,
}

/// The file as an answer. Whatever it is, no browser runs it here: it has no origin, no scripts and no type to guess.
pub async fn serve(app: &App, upload: Upload, shown: &Shown) -> Result<Response, ApiError> {
    let gone = || ApiError::not_found("file", upload.id);
    let hash = upload.content.clone().ok_or_else(gone)?;
    let (bytes, media, disposition) = match shown.preview {
        true => {
            let picture = app.files.preview(&hash).await?.ok_or_else(gone)?;
            (picture, "image/jpeg", "inline".to_owned())
        }
        false => {
            let bytes = app.files.read(&hash).await?;
            (bytes, "application/octet-stream", attachment(&upload.name))
        }
    };
    let policy = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
    let mut response = (StatusCode::OK, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let same = HeaderValue::from_static("same-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), same);
    let disposition = HeaderValue::from_str(&disposition).map_err(ApiError::internal)?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// RFC 6266: a name in ASCII, and the whole one beside it for browsers that read it.
fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => whole.push(char::from(byte)),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_no_header() {
        assert_eq!(
            attachment("收据\".pdf\r\nX: y"),
            "attachment; filename=\"___.pdf__X_ y\"; filename*=UTF-8''%E6%94%B6%E6%8D%AE%22.pdf%0D%0AX%3A%20y"
        );
    }
}
