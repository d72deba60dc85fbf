//! What comes in: JSON bodies, query strings and ids in addresses, refused with a problem document when they are not.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use form_engine::Problem;
use serde::de::DeserializeOwned;
use tokio_stream::StreamExt;

use crate::error::ApiError;

/// The most a JSON body may hold.
pub const JSON_LIMIT: usize = 256 * 1024;
/// A body over its limit is read and dropped up to here: a client that is cut off while it sends never hears why.
const HEARD_OUT: usize = 32 << 20;

/// A JSON body of the expected shape.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::UnsupportedMedia);
        }
        parse(&body(request, JSON_LIMIT).await?).map(Self)
    }
}

/// The whole body, where it holds at most `limit_bytes`.
///
/// # Errors
///
/// Larger bodies, and those that break off or do not come.
pub async fn body(request: Request, limit_bytes: usize) -> Result<Bytes, ApiError> {
    let mut chunks = request.into_body().into_data_stream();
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| ApiError::Malformed("it broke off".into()))?;
        seen += chunk.len();
        if seen <= limit_bytes {
            kept.extend_from_slice(&chunk);
        } else if seen > HEARD_OUT {
            break;
        }
    }
    if seen > limit_bytes { Err(ApiError::TooLarge { limit_bytes }) } else { Ok(kept.into()) }
}

/// Reads `bytes` as JSON of the expected shape.
///
/// # Errors
///
/// Not JSON: malformed. JSON of another shape, or with U+0000: a problem at its place.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = pointer(error.path());
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => ApiError::problem("request.shape", path, lower(&inner)),
            serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof
            | serde_json::error::Category::Io => ApiError::Malformed(inner.to_string()),
        }
    })?;
    deserializer.end().map_err(|error| ApiError::Malformed(error.to_string()))?;
    refuse_nul(bytes)?;
    Ok(value)
}

/// PostgreSQL cannot store U+0000 in text, and nobody types it.
fn refuse_nul(bytes: &[u8]) -> Result<(), ApiError> {
    if !bytes.windows(6).any(|window| window == b"\\u0000") {
        return Ok(());
    }
    // An escaped backslash before `u0000` is plain text: only the parsed document tells.
    let document: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| ApiError::Malformed(error.to_string()))?;
    let mut problems = Vec::new();
    find_nul(&document, String::new(), &mut problems);
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

fn find_nul(value: &serde_json::Value, path: String, problems: &mut Vec<Problem>) {
    let refuse = |path: String| Problem::new("request.nul", path, "U+0000 is no text");
    match value {
        serde_json::Value::String(text) if text.contains('\0') => problems.push(refuse(path)),
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_nul(item, format!("{path}/{index}"), problems);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                let inner = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                if key.contains('\0') {
                    problems.push(refuse(inner.clone()));
                }
                find_nul(member, inner, problems);
            }
        }
        serde_json::Value::String(_)
        | serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_) => {}
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// serde's message without the place, which the problem's path says better.
fn lower(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(message, _)| message.to_owned())
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(media) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = media.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The query string, of the expected shape.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|rejection| ApiError::problem("request.query", "", rejection.body_text()))
    }
}

/// Parts of the address. One that cannot be an id or a key is the address of nothing.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let found =
            <axum::extract::Path<T> as axum::extract::FromRequestParts<S>>::from_request_parts(parts, state)
                .await;
        found.map(|path| Self(path.0)).map_err(|_| ApiError::NoRoute)
    }
}

/// `Idempotency-Key`, where one came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(None) };
        let key = value.to_str().unwrap_or("").trim().trim_matches('"');
        if key.is_empty() || key.len() > 255 {
            let message = "`Idempotency-Key`: expected 1 to 255 visible ASCII characters";
            return Err(ApiError::problem("request.idempotency_key", "", message));
        }
        Ok(Some(Self(key.to_owned())))
    }
}
