//! The retry budget: limits the retries of all calls together while a service is down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const RETRY_COST: u32 = 5;
const SUCCESS_GAIN: u32 = 1;

/// A token bucket shared by all clones of a client. A retry withdraws five tokens, a success
/// deposits one; an empty bucket ends retries. An outage costs the service a hundred retries in
/// total instead of a multiple of the load.
#[derive(Debug, Clone)]
pub(crate) struct RetryBudget(Arc<AtomicU32>);

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }

    /// Withdraws the cost of one retry. Returns `false` if there are too few tokens.
    pub(crate) fn withdraw(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(RETRY_COST)
            })
            .is_ok()
    }

    /// Deposits the gain of a success.
    pub(crate) fn deposit(&self) {
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                (tokens < CAPACITY).then(|| tokens.saturating_add(SUCCESS_GAIN))
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_a_hundred_retries_then_one_for_five_successes() {
        let budget = RetryBudget::new();
        let clone = budget.clone();
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
        for _ in 0..4 {
            clone.deposit();
        }
        assert!(!budget.withdraw(), "four successes are not worth a retry");
        clone.deposit();
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
    }

    #[test]
    fn deposits_stop_at_the_capacity() {
        let budget = RetryBudget::new();
        for _ in 0..10_000 {
            budget.deposit();
        }
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
    }
}
