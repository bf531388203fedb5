//! Retries: which outcomes, after which delay, within which budget. No I/O, no clock.

mod backoff;
mod budget;
mod retry_after;
mod table;

use std::time::Duration;

pub(crate) use backoff::Backoff;
pub(crate) use budget::RetryBudget;
pub(crate) use retry_after::retry_after;
pub(crate) use table::Outcome;

/// Limits and delays of retries. The outcomes that are retried are fixed, see `docs/retries.md`.
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).base_delay(Duration::from_millis(500));
/// let never = RetryPolicy::never();
/// assert_eq!((patient.max_attempts, never.max_attempts), (6, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of attempts of one call, including the first; 0 counts as 1.
    pub max_attempts: u32,
    /// The upper bound of the first delay, which doubles with each attempt.
    pub base_delay: Duration,
    /// The maximum delay, but for a longer `Retry-After`.
    pub max_delay: Duration,
    /// The maximum `Retry-After`.
    pub max_retry_after: Duration,
}

impl RetryPolicy {
    /// Creates a policy of a single attempt.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts of one call, including the first; at least 1. Default:
    /// 3.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the upper bound of the first delay, which doubles with each attempt. Default: 250 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum delay. A longer `Retry-After` overrides it. Default: 10 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the maximum `Retry-After`. A longer one ends the call at once, with an error that
    /// reports it. Default: 20 s.
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
