//! A transport that plays a script, with a clock of its own: tests without sockets and without waiting.
//!
//! ```
//! use compshare_client::model::DescribeFavoriteImages;
//! use compshare_client::testing::ScriptedTransport;
//! use compshare_client::transport::TransportErrorKind;
//! # #[cfg(feature = "sync")]
//! use compshare_client::{Config, sync};
//!
//! let transport = ScriptedTransport::new()
//!     .fail(TransportErrorKind::Interrupted)
//!     .respond(200, r#"{"RetCode": 0, "ImageSet": [{"CompShareImageId": "compshareImage-1", "Name": "一"}]}"#);
//! # #[cfg(feature = "sync")] {
//! let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
//! let client = sync::Client::with_transport(config, transport.clone());
//! let response = client.send(&DescribeFavoriteImages::new())?;
//! assert_eq!(response.images().count(), 1);
//! assert_eq!(transport.requests().len(), 2, "a read is tried again");
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

/// Plays prepared answers in order, remembers what was asked, and lets time pass without waiting. Clones share all.
///
/// When the script is over, it answers like a service that cannot be reached.
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    scenes: VecDeque<Scene>,
    requests: Vec<ScriptedRequest>,
    waits: Vec<Duration>,
    /// When the clock was first read.
    start: Option<Now>,
    passed: Duration,
}

#[derive(Debug)]
struct Scene {
    takes: Duration,
    result: Result<HttpResponse, TransportErrorKind>,
}

/// A request as the script saw it. `Debug` shows no values: they are signed.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScriptedRequest {
    /// All parameters, in the order of the body.
    pub params: Vec<(String, String)>,
    /// The time limit that came with it.
    pub timeout: Duration,
    /// When it was sent, counted from the start of the script.
    pub at: Duration,
}

impl ScriptedRequest {
    /// The value of a parameter.
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
    /// An empty script.
    pub fn new() -> Self {
        Self::default()
    }

    /// Next, answers with this status and body.
    ///
    /// # Panics
    ///
    /// If `status` is no HTTP status.
    #[allow(
        clippy::panic,
        reason = "a script that cannot be played is a mistake in a test"
    )]
    pub fn respond(self, status: u16, body: impl Into<String>) -> Self {
        let mut response = HttpResponse::new(Bytes::from(body.into()));
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or_else(|_| panic!("no status: {status}"));
        self.respond_with(response)
    }

    /// Next, answers with this response.
    pub fn respond_with(self, response: HttpResponse) -> Self {
        self.then(Ok(response))
    }

    /// Next, fails like this.
    pub fn fail(self, kind: TransportErrorKind) -> Self {
        self.then(Err(kind))
    }

    fn then(self, result: Result<HttpResponse, TransportErrorKind>) -> Self {
        let takes = Duration::ZERO;
        self.script().scenes.push_back(Scene { takes, result });
        self
    }

    /// The scene added last takes this long: the clock goes on by it. If that is longer than the limit of the request,
    /// the scene becomes a timeout.
    pub fn after(self, time: Duration) -> Self {
        if let Some(scene) = self.script().scenes.back_mut() {
            scene.takes = time;
        }
        self
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<ScriptedRequest> {
        self.script().requests.clone()
    }

    /// All waits so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.script().waits.clone()
    }

    /// How much time has passed on the script's clock.
    pub fn elapsed(&self) -> Duration {
        self.script().passed
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
            at: script.passed,
        };
        script.requests.push(request);

        let scene = script.scenes.pop_front();
        let scene = scene.ok_or_else(|| {
            TransportError::new(TransportErrorKind::Connect, "the script is over")
        })?;
        script.passed += scene.takes.min(limits.timeout);
        if scene.takes > limits.timeout {
            let limit = TimeLimit::Attempt(limits.timeout);
            return Err(TransportError::new(TransportErrorKind::Timeout, limit));
        }
        let response = scene.result.map_err(TransportError::from)?;
        if response.body().len() > limits.max_body {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(response)
    }

    fn pass(&self, delay: Duration) {
        let mut script = self.script();
        script.waits.push(delay);
        script.passed += delay;
    }

    fn moment(&self) -> Now {
        let mut script = self.script();
        let start = *script.start.get_or_insert_with(Now::real);
        let passed = script.passed;
        Now::new(start.instant + passed, start.system + passed)
    }
}

#[cfg(feature = "async")]
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
        self.pass(delay);
    }

    fn now(&self) -> Now {
        self.moment()
    }
}

#[cfg(feature = "sync")]
impl crate::sync::Transport for ScriptedTransport {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        self.play(&request, limits)
    }

    fn sleep(&self, delay: Duration) {
        self.pass(delay);
    }

    fn now(&self) -> Now {
        self.moment()
    }
}
