//! The boundary between CompShare and HTTP: what a transport is given, and what it must promise.
//!
//! A transport moves one HTTP request and one response, whole, within limits. It knows nothing of CompShare, follows
//! no redirect and retries nothing: all of that is decided above it. Transports compose: one can wrap another, to
//! log, to limit the rate, to record.
//!
//! Only types of the crates [`http`] and [`bytes`] appear here, so that a transport can stand on any HTTP library.

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
/// The body is signed and has no time in it: whoever reads it can send it again. A transport must not log it.
pub type HttpRequest = http::Request<Bytes>;

/// A response with its whole body. Its status may be anything: a 404 is a response, not an error.
pub type HttpResponse = http::Response<Bytes>;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Moves requests for the asynchronous [`Client`](crate::Client).
///
/// # What an implementation promises
///
/// - `send` ends within [`Limits::timeout`], whatever the peer does, and drops what it had under way when its future is
///   dropped.
/// - It never holds more of a body than [`Limits::max_body`].
/// - Its errors keep the promises of [`TransportErrorKind`]: retries are decided on them.
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
#[cfg(feature = "async")]
#[async_trait::async_trait]
pub trait Transport: Send + Sync {
    /// Sends one request and waits for the whole answer.
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError>;

    /// Lets `delay` pass.
    async fn sleep(&self, delay: Duration);

    /// What time it is. A test may have a clock of its own.
    fn now(&self) -> Now {
        Now::real()
    }
}

#[cfg(feature = "async")]
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

/// What one `send` may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// From connecting to the last byte of the body.
    pub timeout: Duration,
    /// Bytes of the response body, exact to the byte.
    pub max_body: usize,
}

impl Limits {
    /// Limits of a time and a body size.
    pub fn new(timeout: Duration, max_body: usize) -> Self {
        Self { timeout, max_body }
    }
}

/// A moment, on the clock that measures and on the clock that dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Now {
    /// For deadlines and waits.
    pub instant: Instant,
    /// For dates in headers and for the expiry of credentials.
    pub system: SystemTime,
}

impl Now {
    /// The moment of the two given clocks.
    pub fn new(instant: Instant, system: SystemTime) -> Self {
        Self { instant, system }
    }

    /// The machine's own clocks.
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

/// Room that a body has before it grows, whatever its head says of its size: most pages of 20 images need no more.
#[cfg(any(feature = "async", feature = "sync"))]
const INITIAL_BODY_CAPACITY: usize = 48 << 10;

/// Returns `host` without the brackets of an IPv6 address.
pub(crate) fn bare_host(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Refuses a body that is announced as too large, and one whose length is told in two ways or in a way that is not
/// asked for: two readers could then see two different answers.
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
            "the length of the body is not told clearly",
        ));
    }
    let announced = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > u64::try_from(max_body).unwrap_or(u64::MAX)) {
        return Err(TransportErrorKind::TooLarge.into());
    }
    Ok(())
}

/// A time limit that ran out: the [source](std::error::Error::source) of a [`TransportError`] about time.
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
    /// The limit for connecting, or what was left of the attempt if that is less.
    Connect(Duration),
    /// The longest silence of the peer.
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

/// Why there is no response.
///
/// ```
/// use compshare_client::transport::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Interrupted, std::io::Error::other("the cable is cut"));
/// assert_eq!(error.kind(), TransportErrorKind::Interrupted);
/// assert_eq!(error.to_string(), "the connection broke");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

crate::error::display_enum! {
    /// What a failure means for whoever wants to try again. Each meaning is a promise that retries rely on.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TransportErrorKind {
        /// No connection came about: not one byte of the request has left. Worth another try, also for a write.
        Connect = "no connection could be made",
        /// As `Connect`, since the time for connecting ran out.
        ConnectTimeout = "no connection could be made in time",
        /// The TLS handshake was refused: a certificate that is not trusted, a name that does not match, a protocol
        /// that is not spoken. Not one byte of the request has left, and another try would end the same way.
        Tls = "the TLS handshake failed",
        /// The time ran out after the request may have left.
        Timeout = "no complete answer came in time",
        /// The connection broke after the request may have left.
        Interrupted = "the connection broke",
        /// The answer's head or body is larger than allowed. The request was received.
        TooLarge = "the answer is too large",
        /// The answer is not HTTP. The request was received by something.
        Protocol = "the answer is not valid HTTP",
        /// This transport cannot send such a request, here and now: there is no runtime, say. Nothing has left, and
        /// another try would end the same way.
        Unsupported = "the request cannot be sent",
    }
}

impl TransportErrorKind {
    /// Whether it is certain that not one byte of the request has left.
    pub fn is_unsent(self) -> bool {
        matches!(
            self,
            Self::Connect | Self::ConnectTimeout | Self::Tls | Self::Unsupported
        )
    }
}

impl TransportError {
    /// An error with its cause. The cause must hold no part of the request.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns the time limit that ran out, if one did and the transport says which.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.source.as_ref()?.downcast_ref().copied()
    }

    /// What the failure means.
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
