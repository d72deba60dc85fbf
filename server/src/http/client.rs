//! Where a request comes from, for rate limits and logs. Never for rights.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

/// The client's address: the socket's, or what a trusted proxy says. Absent in tests without a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// Whom limits are kept for.
    pub address: Option<IpAddr>,
    /// The request was made on this machine and by nobody else's leave: no proxy has passed it on.
    pub is_local: bool,
}

/// Middleware: finds out who is at the other end.
pub async fn find(State(trusted): State<Vec<IpAddr>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = of(peer, request.headers(), &trusted);
    request.extensions_mut().insert(client);
    next.run(request).await
}

fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> Client {
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let passed_on = !forwarded.is_empty() || headers.contains_key("forwarded");
    let address = match peer {
        // From the right: every address up to the first untrusted one was written by a proxy of ours.
        Some(peer) if trusted.contains(&peer) => forwarded
            .iter()
            .rev()
            .filter_map(|text| text.parse::<IpAddr>().ok())
            .find(|address| !trusted.contains(address))
            .or(Some(peer)),
        peer => peer,
    };
    Client { address, is_local: !passed_on && peer.is_some_and(|peer| peer.is_loopback()) }
}
