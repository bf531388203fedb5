//! Waiting until an image is made.

use std::fmt;
use std::mem;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compshare_model::{
    DescribeCompShareCustomImages, GetCompShareImageCreateProgress,
    GetCompShareImageCreateProgressResponse, ImageList, ImageStatus, RetCode, RetCodeClass,
};

use super::exchange::{AnyExchange, AnyResult, typed};
use super::{CallOptions, Engine, Operation, Step};
use crate::transport::{HttpResponse, Now, TransportError};
use crate::{Error, ErrorKind};

type Progress = GetCompShareImageCreateProgressResponse;
type Observer = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Options for waiting until an image is made.
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::WaitOptions;
///
/// let options = WaitOptions::default()
///     .interval(Duration::from_secs(10))
///     .deadline(Duration::from_secs(3600))
///     .on_progress(|progress| eprintln!("{:.0} %", progress.process.unwrap_or_default()));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct WaitOptions {
    interval: Duration,
    deadline: Duration,
    on_progress: Option<Observer>,
}

impl Default for WaitOptions {
    /// Queries every 5 s for half an hour, as the platform's own command-line tool does.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5),
            deadline: Duration::from_secs(1800),
            on_progress: None,
        }
    }
}

impl WaitOptions {
    /// Sets the interval between queries; at least 0.1 s.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(Duration::from_millis(100));
        self
    }

    /// Sets the maximum total wait.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Calls `observer` with every progress response.
    pub fn on_progress(
        mut self,
        observer: impl Fn(&GetCompShareImageCreateProgressResponse) + Send + Sync + 'static,
    ) -> Self {
        self.on_progress = Some(Arc::new(observer));
        self
    }
}

impl fmt::Debug for WaitOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitOptions")
            .field("interval", &self.interval)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// The outcome of waiting for an image.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the image may have failed, or not be ready yet"]
#[non_exhaustive]
pub enum ImageOutcome {
    /// It is ready.
    Ready,
    /// Creation failed.
    Failed {
        /// The service's reason, if it gave one.
        reason: Option<String>,
    },
    /// The deadline passed first. The image may still become ready.
    DeadlinePassed {
        /// The last progress response.
        last: Progress,
    },
}

impl ImageOutcome {
    /// Returns `true` if an instance can be created from the image.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready)
    }
}

/// Waits until an image is made, see [`Engine::wait_for_image`].
#[derive(Debug)]
pub(super) struct ImageWait {
    engine: Engine,
    request: GetCompShareImageCreateProgress,
    options: WaitOptions,
    started: Option<Instant>,
    state: State,
    last: Option<Progress>,
    last_error: Option<Error>,
    /// Whether the status of the image can be queried.
    has_status: bool,
}

#[derive(Debug)]
enum State {
    /// The next step is a query.
    Ready(Query),
    InFlight(Query, Box<AnyExchange>),
    /// The next step is to wait for the interval.
    Sleep,
    Done(Result<ImageOutcome, Error>),
    /// The outcome was returned.
    Over,
}

#[derive(Debug, Clone, Copy)]
enum Query {
    Progress,
    Status,
}

impl ImageWait {
    pub(super) fn new(
        engine: Engine,
        request: GetCompShareImageCreateProgress,
        options: WaitOptions,
    ) -> Self {
        Self {
            engine,
            request,
            options,
            started: None,
            state: State::Ready(Query::Progress),
            last: None,
            last_error: None,
            has_status: true,
        }
    }

    fn query(&self, query: Query, remaining: Duration) -> Result<AnyExchange, Error> {
        let options = call_options(remaining);
        match query {
            Query::Progress => self.engine.any_exchange(&self.request, &options),
            Query::Status => self.engine.any_exchange(&self.status_request(), &options),
        }
    }

    fn status_request(&self) -> DescribeCompShareCustomImages {
        let progress = self.request.clone();
        let mut status = DescribeCompShareCustomImages::new().image_id(progress.image_id);
        (status.region, status.zone, status.project_id) =
            (progress.region, progress.zone, progress.project_id);
        status
    }

    fn on_progress(&mut self, result: AnyResult) -> State {
        let progress: Progress = match typed(result) {
            Ok(reply) => reply.value,
            Err(error) if is_transient(&error) => {
                self.last_error = Some(error);
                return State::Sleep;
            }
            Err(error) => return State::Done(Err(error)),
        };
        if let Some(observer) = &self.options.on_progress {
            observer(&progress);
        }

        let is_stuck = self
            .last
            .as_ref()
            .is_some_and(|last| last.process == progress.process);
        let next = if progress.is_failed() {
            let reason = progress.failed_reason.clone();
            State::Done(Ok(ImageOutcome::Failed { reason }))
        } else if progress.is_done() {
            State::Done(Ok(ImageOutcome::Ready))
        } else if is_stuck && self.has_status {
            State::Ready(Query::Status)
        } else {
            State::Sleep
        };
        self.last = Some(progress);
        self.last_error = None;
        next
    }

    /// Takes the status of the image. An error does not end the wait: the progress can still be
    /// queried.
    fn on_status(&mut self, result: AnyResult) -> State {
        let list: ImageList = match typed(result) {
            Ok(reply) => reply.value,
            Err(error) => {
                self.has_status = is_transient(&error);
                return State::Sleep;
            }
        };

        let id = &self.request.image_id;
        let Some(image) = list.images().find(|image| image.id == *id) else {
            return State::Sleep;
        };
        match image.status {
            Some(ImageStatus::Available | ImageStatus::Normal) => {
                State::Done(Ok(ImageOutcome::Ready))
            }
            Some(ImageStatus::Unavailable) => {
                let reason = image.failed_reason.clone();
                State::Done(Ok(ImageOutcome::Failed { reason }))
            }
            _ => State::Sleep,
        }
    }

    fn give_up(&mut self) -> Result<ImageOutcome, Error> {
        match (self.last.take(), self.last_error.take()) {
            (None, Some(error)) => Err(error),
            (last, _) => Ok(ImageOutcome::DeadlinePassed {
                last: last.unwrap_or_default(),
            }),
        }
    }
}

impl Operation for ImageWait {
    type Output = Result<ImageOutcome, Error>;

    fn step(&mut self, now: Now) -> Step<Self::Output> {
        let started = *self.started.get_or_insert(now.instant);
        let elapsed = now.instant.saturating_duration_since(started);
        let remaining = self.options.deadline.saturating_sub(elapsed);

        loop {
            self.state = match mem::replace(&mut self.state, State::Over) {
                State::InFlight(query, mut call) => match call.step(now).into_done() {
                    ControlFlow::Break(step) => {
                        self.state = State::InFlight(query, call);
                        return step;
                    }
                    ControlFlow::Continue(result) => match query {
                        Query::Progress => self.on_progress(result),
                        Query::Status => self.on_status(result),
                    },
                },
                State::Done(result) => return Step::Done(result),
                State::Over => {
                    return Step::Done(Err(Error::new(ErrorKind::Request)
                        .with_detail("the wait is over, and its outcome was returned")));
                }
                // The first query is always made.
                _ if remaining.is_zero() && (self.last.is_some() || self.last_error.is_some()) => {
                    State::Done(self.give_up())
                }
                State::Sleep => {
                    self.state = State::Ready(Query::Progress);
                    return Step::Wait(self.options.interval.min(remaining));
                }
                State::Ready(query) => match self.query(query, remaining) {
                    Ok(call) => State::InFlight(query, Box::new(call)),
                    Err(error) => State::Done(Err(error)),
                },
            };
        }
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        if let State::InFlight(_, call) = &mut self.state {
            call.complete(now, result);
        }
    }
}

/// Limits a query to the time until the deadline, but for a short one at its very end.
fn call_options(remaining: Duration) -> CallOptions {
    let options = CallOptions::default();
    if remaining >= Duration::from_secs(90) {
        return options;
    }
    options.timeout(remaining.max(Duration::from_secs(1)))
}

/// Returns `true` if a later query may succeed.
fn is_transient(error: &Error) -> bool {
    let by_code = error.ret_code().map(RetCode::class);
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => true,
        ErrorKind::Service | ErrorKind::Status if by_code.is_some() => {
            matches!(
                by_code,
                Some(RetCodeClass::Transient | RetCodeClass::Throttled)
            )
        }
        ErrorKind::Status => error
            .http_status()
            .is_some_and(|status| status.is_server_error() || matches!(status.as_u16(), 408 | 429)),
        _ => false,
    }
}
