//! What all waits share: their options, and the errors that do not end them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use compshare_model::{GetCompShareImageCreateProgressResponse, Instance, RetCode, RetCodeClass};

use super::CallOptions;
use crate::{Error, ErrorKind};

/// Options for waiting, see [`WaitOptions`] and [`InstanceWaitOptions`].
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::{InstanceWaitOptions, WaitOptions};
///
/// let image = WaitOptions::default()
///     .interval(Duration::from_secs(10))
///     .deadline(Duration::from_secs(3600))
///     .on_progress(|progress| eprintln!("{:.0} %", progress.process.unwrap_or_default()));
/// let instance = InstanceWaitOptions::default()
///     .on_progress(|instance| eprintln!("{:?}", instance.state));
/// ```
#[non_exhaustive]
pub struct PollOptions<P> {
    pub(super) interval: Duration,
    pub(super) deadline: Duration,
    on_progress: Option<Arc<Observer<P>>>,
}

/// Options for waiting until an image is made.
pub type WaitOptions = PollOptions<GetCompShareImageCreateProgressResponse>;

/// Options for waiting until an instance has a state.
pub type InstanceWaitOptions = PollOptions<Instance>;

type Observer<P> = dyn Fn(&P) + Send + Sync;

impl<P> Default for PollOptions<P> {
    /// Queries every 5 s for half an hour, as the platform's own command-line tool does.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5),
            deadline: Duration::from_secs(1800),
            on_progress: None,
        }
    }
}

impl<P> PollOptions<P> {
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

    /// Calls `observer` with the result of every query.
    pub fn on_progress(mut self, observer: impl Fn(&P) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(observer));
        self
    }

    pub(super) fn report(&self, progress: &P) {
        if let Some(observer) = &self.on_progress {
            observer(progress);
        }
    }

    /// Returns the time until the deadline.
    pub(super) fn remaining(&self, elapsed: Duration) -> Duration {
        self.deadline.saturating_sub(elapsed)
    }

    /// Limits a query to the time until the deadline, except for a short one at its very end.
    pub(super) fn call_options(&self, elapsed: Duration) -> CallOptions {
        let options = CallOptions::default();
        let remaining = self.remaining(elapsed);
        if remaining >= Duration::from_secs(90) {
            return options;
        }
        options.timeout(remaining.max(Duration::from_secs(1)))
    }
}

impl<P> Clone for PollOptions<P> {
    fn clone(&self) -> Self {
        Self {
            interval: self.interval,
            deadline: self.deadline,
            on_progress: self.on_progress.clone(),
        }
    }
}

impl<P> fmt::Debug for PollOptions<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollOptions")
            .field("interval", &self.interval)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// Returns `true` if a later query may succeed.
pub(super) fn is_transient(error: &Error) -> bool {
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
