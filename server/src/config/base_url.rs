//! The address people reach the server at.
//!
//! Never taken from a request: `Host` and `Origin` are written by whoever sends them.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;

use super::ConfigError;

/// `https://care.example.com`: scheme, host and port, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads an address of scheme, host and port.
    ///
    /// # Errors
    ///
    /// When it is anything else; a path or a query would not survive in links.
    pub fn parse(url: &str) -> Result<Self, ConfigError> {
        let refuse = |reason| ConfigError::BaseUrl { url: url.to_owned(), reason };
        let uri: Uri = url.parse().map_err(|_| refuse("expected `https://host`"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(refuse("expected `http://` or `https://`"));
        }
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(refuse("expected no path and no query"));
        }
        let authority = uri.authority().ok_or_else(|| refuse("expected a host"))?;
        if authority.as_str().contains('@') {
            return Err(refuse("expected no user name"));
        }
        Ok(Self(url.trim_end_matches('/').to_ascii_lowercase()))
    }

    /// The address of a listener.
    pub fn of(https: bool, listen: SocketAddr) -> Self {
        Self(format!("{}://{listen}", if https { "https" } else { "http" }))
    }

    /// Cookies can be `Secure`.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// `localhost` or an address of this machine.
    pub fn is_loopback(&self) -> bool {
        let uri: Uri = self.0.parse().expect("checked when made");
        let host = uri.host().unwrap_or("").trim_matches(['[', ']']).to_owned();
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// The absolute address of `path`, which starts with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// As in an `Origin` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
