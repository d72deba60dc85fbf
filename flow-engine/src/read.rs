//! Pointers into the document being read.

/// `name` as a JSON Pointer token (RFC 6901 §3).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
