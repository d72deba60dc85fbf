//! The serving loop: accepts connections, bounds them, and drains them when told to stop.
//!
//! Not `axum::serve`: that sets no timer, so that a client sending its headers one byte
//! a minute would hold a connection for ever. Knows nothing of routes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
const KEEP_ALIVE: Duration = Duration::from_secs(30);
const MAX_CONNECTIONS: usize = 1_024;
const MAX_PER_ADDRESS: usize = 64;
const MAX_STREAMS: u32 = 64;
/// Longer than any request may take, shorter than a supervisor's patience.
const DRAIN: Duration = Duration::from_secs(22);

/// Serves `router` on `listener` until `stop` resolves, then finishes the requests under way.
pub async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    trusted: Vec<IpAddr>,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let addresses = Arc::new(Addresses { open: Mutex::default(), trusted });
    tokio::pin!(stop);
    loop {
        let place = places.clone().acquire_owned().await.expect("never closed");
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    // Out of file handles, most often: give the others time to end.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let Some(admitted) = addresses.clone().admit(peer.ip()) else {
            metrics::counter!("huiyin_connections_refused_total").increment(1);
            continue;
        };
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _held = (place, admitted);
            connection(stream, peer, tls, router, watcher).await;
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    watcher: Watcher,
) {
    stream.set_nodelay(true).ok();
    let Some(tls) = tls else { return answer(stream, peer, router, watcher).await };
    match tokio::time::timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await {
        Ok(Ok(stream)) => answer(stream, peer, router, watcher).await,
        Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
        Err(_) => tracing::debug!("a TLS handshake took too long"),
    }
}

async fn answer<S>(stream: S, peer: SocketAddr, router: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            Ok::<Response, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {}))
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .keep_alive_interval(KEEP_ALIVE)
        .keep_alive_timeout(KEEP_ALIVE);
    let connection =
        builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Counts open connections per client; proxies we trust and this machine are not bound.
struct Addresses {
    open: Mutex<HashMap<IpAddr, usize>>,
    trusted: Vec<IpAddr>,
}

/// A counted connection; uncounted when dropped.
struct Admitted {
    addresses: Arc<Addresses>,
    counted: Option<IpAddr>,
}

impl Addresses {
    fn admit(self: Arc<Self>, address: IpAddr) -> Option<Admitted> {
        if address.is_loopback() || self.trusted.contains(&address) {
            return Some(Admitted { addresses: self, counted: None });
        }
        {
            let mut open = self.open.lock().expect("no panic while held");
            let count = open.entry(address).or_default();
            if *count >= MAX_PER_ADDRESS {
                return None;
            }
            *count += 1;
        }
        Some(Admitted { addresses: self, counted: Some(address) })
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let Some(address) = self.counted else { return };
        let mut open = self.addresses.open.lock().expect("no panic while held");
        if let Some(count) = open.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}
