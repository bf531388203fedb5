//! A pool of reusable connections.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use tokio::runtime::{self, Handle};
use tokio::task::AbortHandle;

use super::idle::Activity;
use super::{kind_of, now};
use crate::transport::{TransportError, TransportErrorKind};

/// The maximum idle time of a connection, shorter than the usual idle timeouts of servers and
/// middleboxes.
const MAX_IDLE: Duration = Duration::from_secs(15);
/// The maximum number of idle connections, over all targets.
const MAX_KEPT: usize = 64;
/// The maximum number of interim (1xx) responses to one request.
const MAX_INTERIM: usize = 16;
/// The limit for a connection to become ready after its last response.
const MAX_READYING: Duration = Duration::from_secs(1);

/// An HTTP/1.1 connection and the task that drives it. Dropping it closes the connection at once.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    task: AbortHandle,
    /// A second handle to the socket, to check it without reading from it.
    socket: Arc<TcpStream>,
    /// The runtime of the task. The connection is unusable in others, which do not drive the task.
    runtime: runtime::Id,
    activity: Activity,
    last_used: Instant,
}

/// The error of a request on a connection.
#[allow(
    clippy::large_enum_variant,
    reason = "short-lived; a box would cost more than the move"
)]
pub(super) enum SendError {
    /// Nothing of the request was sent.
    NotSent(Request<Full<Bytes>>, TransportError),
    /// The request may have been sent.
    Failed(TransportError),
}

impl SendError {
    fn not_sent(
        request: Request<Full<Bytes>>,
        cause: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self::NotSent(
            request,
            TransportError::new(TransportErrorKind::Connect, cause),
        )
    }
}

impl Connection {
    pub(super) fn new(
        sender: SendRequest<Full<Bytes>>,
        task: AbortHandle,
        socket: TcpStream,
        activity: Activity,
    ) -> Self {
        let runtime = Handle::current().id();
        Self {
            sender,
            task,
            socket: Arc::new(socket),
            runtime,
            activity,
            last_used: now(),
        }
    }

    /// Returns `true` if the connection can be reused.
    ///
    /// Its task may not have run since the peer closed it, so the socket itself is checked: open,
    /// and without unread bytes.
    fn is_usable(&self) -> bool {
        let is_quiet = || {
            let peeked = self.socket.peek(&mut [0]);
            matches!(peeked, Err(error) if error.kind() == io::ErrorKind::WouldBlock)
        };
        self.is_fresh(now()) && is_quiet()
    }

    /// Returns `true` if the connection is not known to be closed and not idle for too long.
    fn is_fresh(&self, now: Instant) -> bool {
        !self.sender.is_closed() && now.saturating_duration_since(self.last_used) < MAX_IDLE
    }

    pub(super) fn activity(&self) -> &Activity {
        &self.activity
    }

    /// Sends a request and returns the response head. A reused connection may be closed already.
    pub(super) async fn send(
        &mut self,
        mut request: Request<Full<Bytes>>,
        idle_timeout: Duration,
    ) -> Result<Response<Incoming>, SendError> {
        match tokio::time::timeout(MAX_READYING, self.sender.ready()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(SendError::not_sent(request, error)),
            Err(elapsed) => return Err(SendError::not_sent(request, elapsed)),
        }

        let interim = Arc::new(AtomicUsize::new(0));
        let (count, socket) = (Arc::clone(&interim), Arc::clone(&self.socket));
        hyper::ext::on_informational(&mut request, move |_| {
            if count.fetch_add(1, Ordering::Relaxed) >= MAX_INTERIM {
                // The callback cannot return an error, so it closes the socket.
                let _ = socket.shutdown(Shutdown::Both);
            }
        });

        let sent = self
            .activity
            .watched(idle_timeout, self.sender.try_send_request(request))
            .await;
        let mut error = match sent.map_err(SendError::Failed)? {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let request = error.take_message();
        let error = error.into_error();
        if let Some(request) = request {
            return Err(SendError::not_sent(request, error));
        }

        let kind = if interim.load(Ordering::Relaxed) > MAX_INTERIM {
            TransportErrorKind::TooLarge
        } else {
            kind_of(&error)
        };
        Err(SendError::Failed(TransportError::new(kind, error)))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Idle connections, most recently used last.
#[derive(Default)]
pub(super) struct Pool {
    kept: Mutex<Vec<(Target, Connection)>>,
}

/// The key of a connection in the pool. Both parts compare case-insensitively.
type Target = (Option<Scheme>, Option<Authority>);

fn target_of(uri: &Uri) -> Target {
    (uri.scheme().cloned(), uri.authority().cloned())
}

impl Pool {
    /// Takes a usable connection to `target`.
    pub(super) fn take(&self, target: &Uri) -> Option<Connection> {
        let (target, runtime) = (target_of(target), Handle::current().id());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let last = kept.iter().rposition(|(known, connection)| {
                *known == target && connection.runtime == runtime
            })?;
            let (_, connection) = kept.remove(last);
            if connection.is_usable() {
                return Some(connection);
            }
        }
    }

    /// Returns `connection` to the pool, for the next request to `target`.
    pub(super) fn put(&self, target: &Uri, mut connection: Connection) {
        if connection.sender.is_closed() {
            return;
        }
        let now = now();
        connection.last_used = now;

        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(_, connection)| connection.is_fresh(now));
        if kept.len() < MAX_KEPT {
            kept.push((target_of(target), connection));
        }
    }
}
