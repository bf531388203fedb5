//! Connections that are kept for the next request.

use std::collections::HashMap;
use std::io;
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use tokio::task::AbortHandle;

use super::watch::Progress;
use super::{kind_of, now};
use crate::transport::{TransportError, TransportErrorKind};

/// Kept no longer than this: a peer or a middlebox that closes idle connections should not be met often.
const MAX_IDLE: Duration = Duration::from_secs(15);
/// Kept at most, over all targets.
const MAX_KEPT: usize = 64;
/// How long a kept connection may take to be ready: it has nothing to do but to notice that its last answer is over.
const MAX_READYING: Duration = Duration::from_secs(1);

/// One HTTP/1.1 connection and the task that drives it. Dropping it closes it at once, whatever is under way.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    task: AbortHandle,
    /// A second handle to the socket, to look at it without reading from it.
    socket: TcpStream,
    progress: Progress,
    last_used: Instant,
}

/// A request that brought no response.
#[allow(clippy::large_enum_variant, reason = "lives for a moment, and a box would cost more than the move")]
pub(super) enum Unsent {
    /// Nothing of it has left, and here it is again.
    GivenBack(Request<Full<Bytes>>),
    Failed(TransportError),
}

impl Connection {
    pub(super) fn new(
        sender: SendRequest<Full<Bytes>>,
        task: AbortHandle,
        socket: TcpStream,
        progress: Progress,
    ) -> Self {
        Self { sender, task, socket, progress, last_used: now() }
    }

    /// Whether the next request may go over this connection. The task that drives it may not have run since the peer
    /// closed it, so the socket itself is asked: a peer that owes nothing must neither have closed nor sent anything.
    fn is_usable(&self) -> bool {
        let is_quiet = || {
            let peeked = self.socket.peek(&mut [0]);
            matches!(peeked, Err(error) if error.kind() == io::ErrorKind::WouldBlock)
        };
        self.is_fresh() && is_quiet()
    }

    /// Neither known to be closed nor kept for too long.
    fn is_fresh(&self) -> bool {
        !self.sender.is_closed() && self.last_used.elapsed() < MAX_IDLE
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Sends over a kept connection, which may have been closed meanwhile.
    pub(super) async fn send_if_open(
        &mut self,
        request: Request<Full<Bytes>>,
        idle_timeout: Duration,
    ) -> Result<Response<Incoming>, Unsent> {
        if !matches!(tokio::time::timeout(MAX_READYING, self.sender.ready()).await, Ok(Ok(()))) {
            return Err(Unsent::GivenBack(request));
        }
        match self.progress.watched(idle_timeout, self.sender.try_send_request(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(mut error)) => Err(match error.take_message() {
                Some(request) => Unsent::GivenBack(request),
                None => Unsent::Failed(failed(error.into_error())),
            }),
            Err(silence) => Err(Unsent::Failed(silence)),
        }
    }

    /// Sends over a new connection.
    pub(super) async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
        idle_timeout: Duration,
    ) -> Result<Response<Incoming>, TransportError> {
        self.sender.ready().await.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
        match self.progress.watched(idle_timeout, self.sender.try_send_request(request)).await? {
            Ok(response) => Ok(response),
            Err(error) if error.message().is_some() => {
                Err(TransportError::new(TransportErrorKind::Connect, error.into_error()))
            }
            Err(error) => Err(failed(error.into_error())),
        }
    }
}

fn failed(error: hyper::Error) -> TransportError {
    TransportError::new(kind_of(&error), error)
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Kept connections by target, the last used first.
#[derive(Default)]
pub(super) struct Pool {
    kept: Mutex<HashMap<(String, String), Vec<Connection>>>,
}

impl Pool {
    /// A kept connection to `target` that is not known to be closed.
    pub(super) fn take(&self, target: &Uri) -> Option<Connection> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let connections = kept.get_mut(&key(target))?;
        while let Some(connection) = connections.pop() {
            if connection.is_usable() {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps `connection` for the next request to `target`.
    pub(super) fn put(&self, target: &Uri, mut connection: Connection) {
        if connection.sender.is_closed() {
            return;
        }
        connection.last_used = now();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for connections in kept.values_mut() {
            connections.retain(Connection::is_fresh);
        }
        if kept.values().map(Vec::len).sum::<usize>() < MAX_KEPT {
            kept.entry(key(target)).or_default().push(connection);
        }
    }
}

fn key(target: &Uri) -> (String, String) {
    let part = |part: Option<&str>| part.unwrap_or_default().to_ascii_lowercase();
    (part(target.scheme_str()), part(target.authority().map(http::uri::Authority::as_str)))
}
