//! A scripted transport with a virtual clock, for tests without sockets and delays.
//!
//! ```
//! use compshare_client::model::DescribeFavoriteImages;
//! use compshare_client::testing::ScriptedTransport;
//! use compshare_client::transport::TransportErrorKind;
//! # #[cfg(feature = "sync-client")]
//! use compshare_client::{Config, sync};
//!
//! let transport = ScriptedTransport::new()
//!     .fail(TransportErrorKind::Interrupted)
//!     .respond(200, r#"{"RetCode": 0, "ImageSet": [{"CompShareImageId": "compshareImage-1", "Name": "一"}]}"#);
//! # #[cfg(feature = "sync-client")] {
//! let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
//! let client = sync::Client::with_transport(config, transport.clone());
//! let response = client.send(&DescribeFavoriteImages::new())?;
//! assert_eq!(response.images().count(), 1);
//! assert_eq!(transport.requests().len(), 2, "reads are retried");
//! assert_eq!(transport.waits().len(), 1);
//! # }
//! # Ok::<(), compshare_client::Error>(())
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use compshare_sign::form;

use crate::transport::{
    HttpRequest, HttpResponse, Limits, Now, TimeLimit, TransportError, TransportErrorKind,
};

/// A transport that returns prepared responses in order, records the requests, and advances a
/// virtual clock instead of waiting. Clones share one script.
///
/// After the end of the script, every request fails with [`TransportErrorKind::Connect`].
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    entries: VecDeque<Entry>,
    requests: Vec<ScriptedRequest>,
    waits: Vec<Duration>,
    /// The time of the first clock reading.
    start: Option<Now>,
    elapsed: Duration,
}

#[derive(Debug)]
struct Entry {
    duration: Duration,
    result: Result<HttpResponse, TransportErrorKind>,
}

/// A recorded request. `Debug` omits the values, since they are signed.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScriptedRequest {
    /// All parameters, in the order of the body.
    pub params: Vec<(String, String)>,
    /// The timeout of the attempt.
    pub timeout: Duration,
    /// The time of the request, from the start of the script.
    pub at: Duration,
}

impl ScriptedRequest {
    /// Returns the value of a parameter.
    pub fn param(&self, key: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for ScriptedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScriptedRequest")
            .field("action", &self.param("Action"))
            .field("timeout", &self.timeout)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl ScriptedTransport {
    /// Creates an empty script.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response with a status and a body.
    ///
    /// # Panics
    ///
    /// If `status` is not an HTTP status.
    #[allow(clippy::panic, reason = "an invalid script is a mistake in a test")]
    pub fn respond(self, status: u16, body: impl Into<String>) -> Self {
        let mut response = HttpResponse::new(Bytes::from(body.into()));
        *response.status_mut() = http::StatusCode::from_u16(status)
            .unwrap_or_else(|_| panic!("not an HTTP status: {status}"));
        self.respond_with(response)
    }

    /// Adds a response.
    pub fn respond_with(self, response: HttpResponse) -> Self {
        self.then(Ok(response))
    }

    /// Adds a failure.
    pub fn fail(self, kind: TransportErrorKind) -> Self {
        self.then(Err(kind))
    }

    fn then(self, result: Result<HttpResponse, TransportErrorKind>) -> Self {
        let duration = Duration::ZERO;
        self.script().entries.push_back(Entry { duration, result });
        self
    }

    /// Sets the duration of the entry added last, by which the clock advances. An entry longer than
    /// the timeout of the request becomes a timeout.
    pub fn after(self, time: Duration) -> Self {
        if let Some(entry) = self.script().entries.back_mut() {
            entry.duration = time;
        }
        self
    }

    /// Returns all requests so far.
    pub fn requests(&self) -> Vec<ScriptedRequest> {
        self.script().requests.clone()
    }

    /// Returns all delays so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.script().waits.clone()
    }

    /// Returns the elapsed time on the virtual clock.
    pub fn elapsed(&self) -> Duration {
        self.script().elapsed
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ScriptedTransport {
    fn play(&self, request: &HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        let mut script = self.script();
        let request = ScriptedRequest {
            params: form::decode(request.body()).unwrap_or_default(),
            timeout: limits.timeout,
            at: script.elapsed,
        };
        script.requests.push(request);

        let Some(entry) = script.entries.pop_front() else {
            let cause = "the script has no more responses";
            return Err(TransportError::new(TransportErrorKind::Connect, cause));
        };
        script.elapsed += entry.duration.min(limits.timeout);
        if entry.duration > limits.timeout {
            let limit = TimeLimit::Attempt(limits.timeout);
            return Err(TransportError::new(TransportErrorKind::Timeout, limit));
        }

        let response = entry.result.map_err(TransportError::from)?;
        if response.body().len() > limits.max_body {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(response)
    }

    fn advance(&self, delay: Duration) {
        let mut script = self.script();
        script.waits.push(delay);
        script.elapsed += delay;
    }

    fn current_time(&self) -> Now {
        let mut script = self.script();
        let start = *script.start.get_or_insert_with(Now::real);
        let elapsed = script.elapsed;
        Now::new(start.instant + elapsed, start.system + elapsed)
    }
}

#[cfg(feature = "async-client")]
#[async_trait::async_trait]
impl crate::transport::Transport for ScriptedTransport {
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        self.play(&request, limits)
    }

    async fn sleep(&self, delay: Duration) {
        self.advance(delay);
    }

    fn now(&self) -> Now {
        self.current_time()
    }
}

#[cfg(feature = "sync-client")]
impl crate::sync::Transport for ScriptedTransport {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        self.play(&request, limits)
    }

    fn sleep(&self, delay: Duration) {
        self.advance(delay);
    }

    fn now(&self) -> Now {
        self.current_time()
    }
}
