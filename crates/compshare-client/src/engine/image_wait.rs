//! Waiting until an image is made.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compshare_model::{
    DescribeCompShareCustomImages, GetCompShareImageCreateProgress,
    GetCompShareImageCreateProgressResponse, Image, ImageList, ImageStatus, RetClass, RetCode,
};

use super::CallOptions;
use crate::transport::Now;
use crate::{Error, ErrorKind};

type Progress = GetCompShareImageCreateProgressResponse;
type Observer = Arc<dyn Fn(&Progress) + Send + Sync>;

/// How to wait for an image.
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
    /// Asks every 5 s for half an hour, as the platform's own command-line tool does.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5),
            deadline: Duration::from_secs(1800),
            on_progress: None,
        }
    }
}

impl WaitOptions {
    /// How long to wait between two questions; at least 0.1 s.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(Duration::from_millis(100));
        self
    }

    /// How long to wait in all.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Is told of every answer.
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

/// What became of an image that was waited for.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the image may have failed, or not be ready yet"]
#[non_exhaustive]
pub enum ImageOutcome {
    /// It is ready.
    Ready,
    /// Making it failed.
    Failed {
        /// The service's reason, if it gave one.
        reason: Option<String>,
    },
    /// The deadline passed first. The image may still become ready.
    DeadlinePassed {
        /// The last answer.
        last: Progress,
    },
}

impl ImageOutcome {
    /// Whether an instance can be created from it.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready)
    }
}

/// What to do next.
#[derive(Debug)]
pub enum WaitStep {
    /// Send this with these options, then tell [`ImageWait::progress`].
    Progress(GetCompShareImageCreateProgress, CallOptions),
    /// Send this with these options, then tell [`ImageWait::state`].
    State(DescribeCompShareCustomImages, CallOptions),
    /// Let this much time pass, then ask again.
    Sleep(Duration),
    /// The wait is over. Ask no further.
    Done(Result<ImageOutcome, Error>),
}

/// Waits until an image is made. Holds no socket and reads no clock.
///
/// Asks for the progress again and again. Since that answer has no field for failure, the image itself is looked at
/// whenever the progress stands still: its documented `Status` tells. What is worth another attempt, such as a time-out,
/// does not end the wait before its deadline.
#[derive(Debug)]
pub struct ImageWait {
    request: GetCompShareImageCreateProgress,
    options: WaitOptions,
    started: Option<Instant>,
    next: Next,
    last: Option<Progress>,
    last_error: Option<Error>,
    /// Whether the image itself can be looked at.
    is_listed: bool,
}

#[derive(Debug)]
enum Next {
    Progress,
    State,
    Sleep,
    Done(Result<ImageOutcome, Error>),
}

impl ImageWait {
    /// Waits for the image of `request`.
    pub fn new(request: GetCompShareImageCreateProgress, options: WaitOptions) -> Self {
        Self {
            request,
            options,
            started: None,
            next: Next::Progress,
            last: None,
            last_error: None,
            is_listed: true,
        }
    }

    /// What to do next, at this moment.
    pub fn step(&mut self, now: Now) -> WaitStep {
        let started = *self.started.get_or_insert(now.instant);
        let left = self
            .options
            .deadline
            .saturating_sub(now.instant.saturating_duration_since(started));
        let over = Next::Done(Err(Error::new(ErrorKind::Request)
            .with_detail("the wait is over, and its outcome was given")));
        match std::mem::replace(&mut self.next, over) {
            Next::Done(result) => WaitStep::Done(result),
            // The first question is always asked.
            _ if left.is_zero() && (self.last.is_some() || self.last_error.is_some()) => {
                WaitStep::Done(self.give_up())
            }
            Next::Sleep => {
                self.next = Next::Progress;
                WaitStep::Sleep(self.options.interval.min(left))
            }
            Next::Progress => {
                self.next = Next::Progress;
                WaitStep::Progress(self.request.clone(), call_options(left))
            }
            Next::State => {
                self.next = Next::State;
                WaitStep::State(self.state_request(), call_options(left))
            }
        }
    }

    /// Tells what came of a [`WaitStep::Progress`].
    pub fn progress(&mut self, result: Result<Progress, Error>) {
        self.next = match result {
            Ok(progress) => {
                if let Some(observer) = &self.options.on_progress {
                    observer(&progress);
                }
                let stands_still = self
                    .last
                    .as_ref()
                    .is_some_and(|last| last.process == progress.process);
                let next = if progress.is_failed() {
                    Next::Done(Ok(ImageOutcome::Failed {
                        reason: progress.failed_reason.clone(),
                    }))
                } else if progress.is_done() {
                    Next::Done(Ok(ImageOutcome::Ready))
                } else if stands_still && self.is_listed {
                    Next::State
                } else {
                    Next::Sleep
                };
                self.last = Some(progress);
                self.last_error = None;
                next
            }
            Err(error) if is_passing(&error) => {
                self.last_error = Some(error);
                Next::Sleep
            }
            Err(error) => Next::Done(Err(error)),
        };
    }

    /// Tells what came of a [`WaitStep::State`]. An error is no reason to end the wait: the progress will tell.
    pub fn state(&mut self, result: Result<ImageList, Error>) {
        self.next = match result {
            Ok(list) => list
                .images()
                .find(|image| image.id == self.request.comp_share_image_id)
                .map_or(Next::Sleep, |image| of_state(&image)),
            Err(error) => {
                self.is_listed = is_passing(&error);
                Next::Sleep
            }
        };
    }

    fn state_request(&self) -> DescribeCompShareCustomImages {
        let GetCompShareImageCreateProgress {
            comp_share_image_id,
            region,
            zone,
            project_id,
            ..
        } = self.request.clone();
        let mut request =
            DescribeCompShareCustomImages::new().comp_share_image_id(comp_share_image_id);
        (request.region, request.zone, request.project_id) = (region, zone, project_id);
        request
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

fn of_state(image: &Image) -> Next {
    match image.status {
        Some(ImageStatus::Available | ImageStatus::Normal) => Next::Done(Ok(ImageOutcome::Ready)),
        Some(ImageStatus::UnAvailable) => Next::Done(Ok(ImageOutcome::Failed {
            reason: image.failed_reason.clone(),
        })),
        _ => Next::Sleep,
    }
}

/// No question outlasts the deadline; a short one is still allowed at its very end.
fn call_options(left: Duration) -> CallOptions {
    let options = CallOptions::default();
    if left < Duration::from_secs(90) {
        options.timeout(left.max(Duration::from_secs(1)))
    } else {
        options
    }
}

/// Whether a later question may be answered all the same.
fn is_passing(error: &Error) -> bool {
    let by_code = error.ret_code().map(RetCode::class);
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => true,
        ErrorKind::Service | ErrorKind::Status if by_code.is_some() => {
            matches!(by_code, Some(RetClass::Transient | RetClass::Throttled))
        }
        ErrorKind::Status => error
            .http_status()
            .is_some_and(|status| status.is_server_error() || matches!(status.as_u16(), 408 | 429)),
        _ => false,
    }
}
