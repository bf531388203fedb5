//! HTTP transports: the interface, and implementations over hyper and ureq.
//!
//! A transport sends one complete HTTP request and returns one complete response, within limits. It
//! is independent of CompShare's API, and neither follows redirects nor retries: both clients do
//! that above it. Transports compose: one can wrap another for logging, rate limits or recording.
//!
//! The interface has only types of the crates [`http`] and [`bytes`], so a transport can use any
//! HTTP library. The repository has [transports over reqwest and
//! tower](https://github.com/compshare-rs/compshare-rs/tree/main/examples/transports).

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;

#[cfg(feature = "async")]
mod hyper;
#[cfg(feature = "sync")]
mod ureq;

#[cfg(feature = "async")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "sync")]
pub use self::ureq::UreqTransport;
#[cfg(feature = "sync")]
pub(crate) use self::ureq::ureq_proxy;

/// A request with its whole body.
///
/// The body is signed without a timestamp, so a copy of it can be sent again. A transport must not
/// log it.
pub type HttpRequest = http::Request<Bytes>;

/// A response with its whole body and any status: a 404 is a response, not an error.
pub type HttpResponse = http::Response<Bytes>;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends requests for the asynchronous [`Client`](crate::Client).
///
/// # Contract
///
/// - `send` returns within [`Limits::timeout`], whatever the peer does. Dropping its future cancels
///   the request.
/// - It never buffers more of a body than [`Limits::max_body`].
/// - Its errors keep the promises of [`TransportErrorKind`], since retries depend on them.
///
/// # Example
///
/// A transport that wraps another and counts the requests:
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::time::Duration;
///
/// use compshare_client::async_trait;
/// use compshare_client::transport::{HttpRequest, HttpResponse, Limits, Now, Transport, TransportError};
///
/// struct Counting<T> {
///     inner: T,
///     requests: AtomicU64,
/// }
///
/// #[async_trait]
/// impl<T: Transport> Transport for Counting<T> {
///     async fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///         self.inner.send(request, limits).await
///     }
///
///     async fn sleep(&self, delay: Duration) {
///         self.inner.sleep(delay).await;
///     }
///
///     fn now(&self) -> Now {
///         self.inner.now()
///     }
/// }
/// ```
#[cfg(feature = "async-client")]
#[async_trait::async_trait]
pub trait Transport: Send + Sync {
    /// Sends one request and returns the complete response.
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError>;

    /// Waits for `delay`.
    async fn sleep(&self, delay: Duration);

    /// Returns the current time. Tests can use a virtual clock.
    fn now(&self) -> Now {
        Now::real()
    }
}

#[cfg(feature = "async-client")]
#[async_trait::async_trait]
impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        (**self).send(request, limits).await
    }

    async fn sleep(&self, delay: Duration) {
        (**self).sleep(delay).await;
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// The limits of one `send`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time from connecting to the last byte of the body.
    pub timeout: Duration,
    /// The maximum size of the response body, in bytes.
    pub max_body: usize,
}

impl Limits {
    /// Creates limits with a timeout and a body size.
    pub fn new(timeout: Duration, max_body: usize) -> Self {
        Self { timeout, max_body }
    }
}

/// The current time on the monotonic and the system clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Now {
    /// The monotonic time, for deadlines and delays.
    pub instant: Instant,
    /// The system time, for dates in headers and the expiry of credentials.
    pub system: SystemTime,
}

impl Now {
    /// Creates a `Now` from both clocks.
    pub fn new(instant: Instant, system: SystemTime) -> Self {
        Self { instant, system }
    }

    /// Reads the machine's clocks.
    #[allow(
        clippy::disallowed_methods,
        reason = "transports are where the clock is read"
    )]
    pub fn real() -> Self {
        Self {
            instant: Instant::now(),
            system: SystemTime::now(),
        }
    }
}

/// Initial capacity of a body, whatever its `Content-Length`. Most pages of 20 images fit.
#[cfg(any(feature = "async", feature = "sync"))]
const INITIAL_BODY_CAPACITY: usize = 48 << 10;

/// Returns `host` without the brackets of an IPv6 address.
pub(crate) fn bare_host(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Rejects a `Content-Length` above `max_body`, and ambiguous framing: two readers could otherwise
/// see two different responses.
#[cfg(any(feature = "async", feature = "sync"))]
fn check_head(headers: &http::HeaderMap, max_body: usize) -> Result<(), TransportError> {
    use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    let coding = codings.next();
    let is_chunked = coding.is_some_and(|value| {
        value
            .as_bytes()
            .trim_ascii()
            .eq_ignore_ascii_case(b"chunked")
    });
    let length = headers.get(CONTENT_LENGTH);

    if coding.is_some() && (!is_chunked || codings.next().is_some() || length.is_some()) {
        return Err(TransportError::new(
            TransportErrorKind::Protocol,
            "the length of the body is ambiguous",
        ));
    }

    let announced = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > u64::try_from(max_body).unwrap_or(u64::MAX)) {
        return Err(TransportErrorKind::TooLarge.into());
    }
    Ok(())
}

/// An expired time limit: the [source](std::error::Error::source) of a timeout's
/// [`TransportError`].
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::transport::TimeLimit;
///
/// let limit = TimeLimit::Idle(Duration::from_secs(15));
/// assert_eq!(limit.to_string(), "no data for 15 s");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeLimit {
    /// The limit for connecting, or the remaining time of the attempt if that is less.
    Connect(Duration),
    /// The limit without any byte from the peer.
    Idle(Duration),
    /// The limit of the attempt: [`Limits::timeout`].
    Attempt(Duration),
}

impl TimeLimit {
    /// Returns the length of the limit.
    pub fn duration(self) -> Duration {
        match self {
            Self::Connect(limit) | Self::Idle(limit) | Self::Attempt(limit) => limit,
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = crate::sanitize::seconds(self.duration());
        match self {
            Self::Connect(_) => write!(f, "it took longer than {seconds} s"),
            Self::Idle(_) => write!(f, "no data for {seconds} s"),
            Self::Attempt(_) => write!(f, "no complete response within {seconds} s"),
        }
    }
}

impl std::error::Error for TimeLimit {}

/// The error of a request without a complete response.
///
/// ```
/// use compshare_client::transport::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Interrupted, std::io::Error::other("connection reset"));
/// assert_eq!(error.kind(), TransportErrorKind::Interrupted);
/// assert_eq!(error.to_string(), "the connection was lost");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

crate::error::display_enum! {
    /// The kind of a [`TransportError`]. Retries rely on the promise of each kind.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TransportErrorKind {
        /// Connecting failed. Not one byte of the request was sent, so a write can be retried too.
        Connect = "connecting failed",
        /// The limit for connecting expired; otherwise as `Connect`.
        ConnectTimeout = "connecting timed out",
        /// The TLS handshake failed: an untrusted certificate, a wrong host name, or an unsupported
        /// protocol version. Not one byte of the request was sent. A retry would fail too.
        Tls = "the TLS handshake failed",
        /// A timeout expired after the request may have been sent.
        Timeout = "no complete response in time",
        /// The connection was lost after the request may have been sent.
        Interrupted = "the connection was lost",
        /// The head or body of the response is larger than allowed. The request was received.
        TooLarge = "the response is too large",
        /// The response is not HTTP. Some server received the request.
        Protocol = "the response is not valid HTTP",
        /// The transport cannot send the request, for example without a runtime. Nothing was sent.
        /// A retry would fail too.
        Unsupported = "the request cannot be sent",
    }
}

impl TransportErrorKind {
    /// Returns `true` if certainly not one byte of the request was sent.
    pub fn is_unsent(self) -> bool {
        matches!(
            self,
            Self::Connect | Self::ConnectTimeout | Self::Tls | Self::Unsupported
        )
    }
}

impl TransportError {
    /// Creates an error with its cause. The cause must not contain any part of the request.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns the expired time limit, if the transport reports it.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.source.as_ref()?.downcast_ref().copied()
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
