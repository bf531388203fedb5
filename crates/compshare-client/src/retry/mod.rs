//! When a failed attempt is made again, how long after, and how often in all. No I/O, no clock.

mod backoff;
mod budget;
mod retry_after;
mod table;

use std::time::Duration;

pub(crate) use backoff::Backoff;
pub(crate) use budget::RetryBudget;
pub(crate) use retry_after::retry_after;
pub(crate) use table::Outcome;

/// How failed attempts are repeated. What may be repeated at all is fixed: see `docs/retries.md`.
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).base_delay(Duration::from_millis(500));
/// let never = RetryPolicy::never();
/// # assert_ne!(patient, never);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_retry_after: Duration,
}

impl RetryPolicy {
    /// One attempt and no more.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Attempts of one call in all, the first included; at least 1. Default 3.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The n-th wait is random between nothing and this, doubled n times. Default 250 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// No wait is longer, unless the service asks for it by `Retry-After`. Default 10 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// A longer `Retry-After` ends the call at once, with an error that names it. Default 20 s.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(20),
        }
    }
}
