//! How often in all: what keeps many clients from hammering a service that is down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const COST_OF_A_RETRY: u32 = 5;
const GAIN_OF_A_SUCCESS: u32 = 1;

/// Tokens shared by all clones of a client: a retry costs five, a success brings one back, and without tokens there
/// are no retries. So an outage costs the service a hundred retries, not twice the load.
#[derive(Debug, Clone)]
pub(crate) struct RetryBudget(Arc<AtomicU32>);

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }

    /// Takes the price of one retry; false if there is not enough left.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(COST_OF_A_RETRY)
            })
            .is_ok()
    }

    /// Gives back what a success is worth.
    pub(crate) fn succeed(&self) {
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                (tokens < CAPACITY).then(|| tokens.saturating_add(GAIN_OF_A_SUCCESS))
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_and_then_only_what_successes_earn() {
        let budget = RetryBudget::new();
        let clone = budget.clone();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        for _ in 0..4 {
            clone.succeed();
        }
        assert!(!budget.take(), "four successes are not worth a retry");
        clone.succeed();
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn successes_do_not_pile_up_beyond_the_capacity() {
        let budget = RetryBudget::new();
        for _ in 0..10_000 {
            budget.succeed();
        }
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
    }
}
