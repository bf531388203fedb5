//! Back-off: the delay before the next attempt.

use std::time::Duration;

use crate::RetryPolicy;

/// Exponential back-off with full jitter: uniform between zero and an exponentially growing bound,
/// so that clients that failed together do not retry together.
#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    random: fastrand::Rng,
}

impl Backoff {
    /// Creates a back-off with a random seed of its own.
    pub(crate) fn new() -> Self {
        Self {
            random: fastrand::Rng::new(),
        }
    }

    #[cfg(test)]
    pub(crate) fn with_seed(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// Returns the delay after `failures` failed attempts (1 or more), at least `retry_after`.
    pub(crate) fn delay(
        &mut self,
        policy: &RetryPolicy,
        failures: u32,
        retry_after: Option<Duration>,
    ) -> Duration {
        let doublings = failures.saturating_sub(1).min(31);
        let bound = policy
            .base_delay
            .saturating_mul(1 << doublings)
            .min(policy.max_delay);
        let jitter = bound.mul_f64(self.random.f64());
        jitter.max(retry_after.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_uniform_below_a_growing_bound() {
        let policy = RetryPolicy::default();
        for (failures, bound_ms) in [
            (1, 250),
            (2, 500),
            (3, 1000),
            (6, 8000),
            (7, 10_000),
            (40, 10_000),
            (u32::MAX, 10_000),
        ] {
            let bound = Duration::from_millis(bound_ms);
            let mut backoff = Backoff::with_seed(7);
            let mut quarters = [0; 4];
            for _ in 0..4000 {
                let delay = backoff.delay(&policy, failures, None);
                assert!(delay <= bound);
                let quarter = (1..=3).filter(|&n| delay > bound * n / 4).count();
                quarters[quarter] += 1;
            }
            for count in quarters {
                assert!((850..=1150).contains(&count), "{failures}: {quarters:?}");
            }
        }
    }

    #[test]
    fn retry_after_is_a_lower_bound() {
        let mut backoff = Backoff::with_seed(1);
        let retry_after = Some(Duration::from_secs(3));
        for _ in 0..100 {
            assert_eq!(
                backoff.delay(&RetryPolicy::default(), 1, retry_after),
                Duration::from_secs(3)
            );
        }
    }

    #[test]
    fn delays_differ_between_calls() {
        let policy = RetryPolicy::default();
        let first: Vec<_> = (1..9)
            .map(|n| Backoff::new().delay(&policy, n, None))
            .collect();
        let second: Vec<_> = (1..9)
            .map(|n| Backoff::new().delay(&policy, n, None))
            .collect();
        assert_ne!(first, second);
    }

    #[test]
    fn extreme_settings_do_not_overflow() {
        let policy = RetryPolicy::default()
            .base_delay(Duration::MAX)
            .max_delay(Duration::from_secs(1));
        assert!(Backoff::with_seed(1).delay(&policy, u32::MAX, None) <= Duration::from_secs(1));
    }
}
