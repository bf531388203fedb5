//! From a URI to an HTTP/1.1 connection: name, socket, tunnel, TLS and hyper's handshake, all under one time-out.

use std::time::Instant;

use http::Uri;
use http::uri::Scheme;
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use rustls::pki_types::ServerName;
use socket2::SockRef;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::idle::{Activity, Stream, Watched};
use super::now;
use super::pool::Connection;
use crate::config::{HttpOptions, Proxy};
use crate::tls;
use crate::transport::{TransportError, TransportErrorKind, bare_host};

/// An answer's head has no more fields.
const MAX_FIELDS: usize = 128;
/// What hyper reads in one piece, at most: a page of 100 images without readmes fits. A head has to fit too, and may be
/// no larger than the settings say.
const READ_BUFFER: usize = 256 << 10;

/// Makes a connection to `target`, by `deadline` at the latest. Nothing was sent on it yet.
pub(super) async fn connect(
    options: &HttpOptions,
    target: &Uri,
    deadline: Instant,
) -> Result<Connection, TransportError> {
    let deadline = deadline.min(now() + options.connect_timeout);
    tokio::time::timeout_at(deadline.into(), connect_unlimited(options, target))
        .await
        .map_err(|elapsed| TransportError::new(TransportErrorKind::ConnectTimeout, elapsed))?
}

async fn connect_unlimited(
    options: &HttpOptions,
    target: &Uri,
) -> Result<Connection, TransportError> {
    let is_https = target.scheme() == Some(&Scheme::HTTPS);
    let proxy = options.proxy.as_ref().filter(|_| is_https);
    let socket = connect_socket(target, proxy).await?;
    let second = SockRef::from(&socket)
        .try_clone()
        .map_err(not_connected)?
        .into();
    if !is_https {
        return handshake(Box::new(socket), second).await;
    }

    let host = bare_host(target.host().unwrap_or_default());
    let name = ServerName::try_from(host.to_owned())
        .map_err(|error| TransportError::new(TransportErrorKind::Tls, error))?;
    let config = options
        .tls
        .config()
        .map_err(|error| TransportError::new(TransportErrorKind::Tls, error))?;
    let stream = TlsConnector::from(config)
        .connect(name, socket)
        .await
        .map_err(|error| {
            let kind = if tls::is_refusal(&error) {
                TransportErrorKind::Tls
            } else {
                TransportErrorKind::Connect
            };
            TransportError::new(kind, error)
        })?;
    handshake(Box::new(stream), second).await
}

/// Connects a socket to the target, or through the proxy to it.
async fn connect_socket(target: &Uri, proxy: Option<&Proxy>) -> Result<TcpStream, TransportError> {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);

    let target = target.clone();
    let socket = match proxy {
        None => connector.call(target).await.map_err(not_connected)?,
        Some(proxy) => {
            let mut tunnel = Tunnel::new(proxy.uri.clone(), connector);
            if let Some(login) = &proxy.authorization {
                tunnel = tunnel.with_auth(login.clone());
            }
            tunnel.call(target).await.map_err(not_connected)?
        }
    };
    Ok(socket.into_inner())
}

/// Starts HTTP/1.1 on a stream. Not generic, so that hyper's connection is compiled once.
async fn handshake(
    stream: Box<dyn Stream>,
    socket: std::net::TcpStream,
) -> Result<Connection, TransportError> {
    let activity = Activity::new();
    let (sender, driver) = http1::Builder::new()
        .max_headers(MAX_FIELDS)
        .max_buf_size(READ_BUFFER)
        .handshake(Watched::new(stream, activity.clone()))
        .await
        .map_err(not_connected)?;
    // The request on the connection reports how it ended, so the task's own result says nothing new.
    let task = tokio::spawn(async move {
        let _ = driver.await;
    });
    Ok(Connection::new(
        sender,
        task.abort_handle(),
        socket,
        activity,
    ))
}

fn not_connected(error: impl std::error::Error + Send + Sync + 'static) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, error)
}
