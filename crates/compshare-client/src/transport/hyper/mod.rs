//! The asynchronous transport: HTTP/1.1 over hyper and tokio.

mod connect;
mod idle;
mod pool;

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::uri::PathAndQuery;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::ext::ReasonPhrase;

use self::connect::connect;
use self::pool::{Connection, Pool, SendError};
use super::{
    HttpRequest, HttpResponse, INITIAL_BODY_CAPACITY, Limits, TimeLimit, Transport, TransportError,
    TransportErrorKind, check_head,
};
use crate::Config;
use crate::config::HttpOptions;

/// HTTP/1.1 over hyper and tokio, with TLS by rustls.
///
/// Connections are reused; there are never more of them than concurrent requests. Dropping the
/// future of `send` closes its connection, and dropping the last clone closes all.
///
/// Requires a tokio runtime with I/O and time enabled. If the runtime ends, the transport
/// reconnects in the next one.
///
/// ```
/// use compshare_client::transport::HyperTransport;
/// use compshare_client::{Client, Config};
///
/// let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
/// let transport = HyperTransport::new(&config);
/// let client = Client::with_transport(config, transport);
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    pool: Arc<Pool>,
    options: Arc<HttpOptions>,
}

impl HyperTransport {
    /// Creates a transport with the proxy, TLS roots and timeouts of `config`.
    pub fn new(config: &Config) -> Self {
        Self {
            pool: Arc::new(Pool::default()),
            options: Arc::clone(&config.http),
        }
    }

    /// Sends one request, over a reused or a new connection.
    async fn exchange(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        let deadline = now() + limits.timeout;
        let (target, mut request) = to_origin_form(request)?;

        loop {
            let reused = self.pool.take(&target);
            let is_reused = reused.is_some();
            let mut connection = if let Some(connection) = reused {
                connection
            } else {
                // Nothing is sent before the connection is ready: its timeout is a `ConnectTimeout`.
                let remaining = deadline.saturating_duration_since(now());
                connect(&self.options, &target, remaining).await?
            };

            let sent = connection.send(request, self.options.idle_timeout);
            match within(limits, deadline, sent).await? {
                Ok(response) => {
                    let finished = self.finish(&target, connection, response, limits.max_body);
                    return within(limits, deadline, finished).await?;
                }
                // A reused connection may be closed already. Nothing was sent, so try another one.
                Err(SendError::NotSent(unsent, _)) if is_reused => request = unsent,
                Err(SendError::NotSent(_, error) | SendError::Failed(error)) => return Err(error),
            }
        }
    }

    /// Reads the whole body, and returns the connection to the pool.
    async fn finish(
        &self,
        target: &Uri,
        connection: Connection,
        response: Response<Incoming>,
        max_body: usize,
    ) -> Result<HttpResponse, TransportError> {
        if head_size(&response) > self.options.max_head {
            return Err(TransportErrorKind::TooLarge.into());
        }
        let (head, body) = response.into_parts();
        check_head(&head.headers, max_body)?;

        let body = connection
            .activity()
            .watched(self.options.idle_timeout, collect(body, max_body))
            .await??;
        self.pool.put(target, connection);
        Ok(Response::from_parts(head, body))
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(
                TransportErrorKind::Unsupported,
                "no tokio runtime is running; the client of the feature `sync` does not need one",
            ));
        }
        self.exchange(request, limits).await
    }

    async fn sleep(&self, delay: Duration) {
        tokio::time::sleep(delay).await;
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("idle_timeout", &self.options.idle_timeout)
            .finish_non_exhaustive()
    }
}

/// Runs `work` until `deadline`, the end of the timeout of `limits`.
async fn within<T>(
    limits: &Limits,
    deadline: Instant,
    work: impl Future<Output = T>,
) -> Result<T, TransportError> {
    tokio::time::timeout_at(deadline.into(), work)
        .await
        .map_err(|_| {
            let limit = TimeLimit::Attempt(limits.timeout);
            TransportError::new(TransportErrorKind::Timeout, limit)
        })
}

/// Converts a request to origin form, as HTTP/1.1 sends it. Returns it with its target.
fn to_origin_form(request: HttpRequest) -> Result<(Uri, Request<Full<Bytes>>), TransportError> {
    let unsupported = |why: &'static str| TransportError::new(TransportErrorKind::Unsupported, why);
    let (mut head, body) = request.into_parts();

    let target = head.uri.clone();
    let authority = target
        .authority()
        .ok_or_else(|| unsupported("the URI has no host"))?;
    let host = http::HeaderValue::from_str(authority.as_str())
        .map_err(|_| unsupported("the host is not ASCII"))?;
    head.headers.insert(http::header::HOST, host);

    let path = target
        .path_and_query()
        .cloned()
        .unwrap_or_else(|| PathAndQuery::from_static("/"));
    head.uri = Uri::from(path);
    Ok((target, Request::from_parts(head, Full::new(body))))
}

/// Returns the size of a response head in bytes, as usually written.
fn head_size(response: &Response<Incoming>) -> usize {
    let status = response.status();
    let reason = response.extensions().get::<ReasonPhrase>().map_or_else(
        || status.canonical_reason().unwrap_or_default().len(),
        |reason| reason.as_bytes().len(),
    );
    let fields = response
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    "HTTP/1.1 200 \r\n\r\n".len() + reason + fields.sum::<usize>()
}

/// Collects the body into one buffer. A list of small chunks could take many times their size.
async fn collect(mut body: Incoming, max_body: usize) -> Result<Bytes, TransportError> {
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| TransportError::new(kind_of(&error), error))?;
        // Ignores trailers.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if data.len() > max_body.saturating_sub(bytes.len()) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        if bytes.is_empty() {
            if body.is_end_stream() {
                return Ok(data);
            }
            bytes.reserve(INITIAL_BODY_CAPACITY.max(data.len()));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.freeze())
}

/// Classifies an error that occurred after sending began.
fn kind_of(error: &hyper::Error) -> TransportErrorKind {
    if error.is_parse_too_large() {
        TransportErrorKind::TooLarge
    } else if error.is_parse() || is_broken_chunk(error) {
        TransportErrorKind::Protocol
    } else {
        // Includes TLS alerts: in TLS 1.3, the peer's alert may arrive after this side's handshake.
        TransportErrorKind::Interrupted
    }
}

/// Returns `true` for invalid chunk framing, which hyper reports as an `io::Error` of its own.
fn is_broken_chunk(error: &hyper::Error) -> bool {
    let cause = error
        .source()
        .and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| {
        let is_framing = matches!(
            cause.kind(),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
        );
        is_framing && !crate::tls::is_refusal(cause)
    })
}

/// Reads the clock of this transport.
#[allow(
    clippy::disallowed_methods,
    reason = "transports are where the clock is read"
)]
fn now() -> Instant {
    Instant::now()
}
