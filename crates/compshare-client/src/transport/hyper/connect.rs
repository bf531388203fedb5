//! Connecting: name look-up, socket, tunnel, TLS and hyper's handshake, under one timeout.

use std::future::{Ready, ready};
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use socket2::SockRef;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::idle::{Activity, Stream, Watched};
use super::pool::Connection;
use crate::config::{HttpOptions, Proxy, ProxyProtocol};
use crate::tls;
use crate::transport::{TimeLimit, TransportError, TransportErrorKind, bare_host};

/// The maximum number of header fields in a response.
const MAX_FIELDS: usize = 128;
/// The maximum size of hyper's read buffer. A page of 100 images without readmes fits. A head must
/// fit too, and the client's settings limit its size further.
const READ_BUFFER: usize = 256 << 10;

/// Connects to `target`, within the remaining time of the attempt. Sends no part of a request.
pub(super) async fn connect(
    options: &HttpOptions,
    target: &Uri,
    remaining: Duration,
) -> Result<Connection, TransportError> {
    let limit = remaining.min(options.connect_timeout);
    tokio::time::timeout(limit, connect_unlimited(options, target))
        .await
        .map_err(|_| {
            let limit = TimeLimit::Connect(limit);
            TransportError::new(TransportErrorKind::ConnectTimeout, limit)
        })?
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
    let Some(proxy) = proxy else {
        let socket = connector.call(target).await.map_err(not_connected)?;
        return Ok(socket.into_inner());
    };

    let socket = match proxy.protocol {
        ProxyProtocol::Http => {
            let mut tunnel = Tunnel::new(proxy.uri.clone(), connector);
            if let Some(login) = &proxy.authorization {
                tunnel = tunnel.with_auth(login.clone());
            }
            tunnel.call(target).await.map_err(not_connected)?
        }
        ProxyProtocol::Socks5 => {
            // Connects first, since the errors of `SocksV5` omit their causes.
            let to_proxy = connector.call(proxy.uri.clone());
            let socket = to_proxy.await.map_err(not_connected)?;
            let mut socks = SocksV5::new(proxy.uri.clone(), Connected(Some(socket)));
            if let Some((user, password)) = &proxy.login {
                socks = socks.with_auth(user.clone(), password.clone());
            }
            socks.call(target).await.map_err(not_connected)?
        }
    };
    Ok(socket.into_inner())
}

/// A connector that returns an already connected socket, once.
struct Connected(Option<TokioIo<TcpStream>>);

impl Service<Uri> for Connected {
    type Response = TokioIo<TcpStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let socket = self.0.take();
        ready(socket.ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
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
    // The request on the connection returns the same error as the task.
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
