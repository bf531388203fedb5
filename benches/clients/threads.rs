//! Concurrent calls by threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::shared::{Outcome, Tally};

/// Calls `page` for the ids of a page, `requests` times in total, by `in_flight` threads.
pub(crate) fn calls<I: AsRef<str> + Send>(
    requests: usize,
    in_flight: NonZeroUsize,
    page: impl Fn() -> Outcome<Vec<I>> + Sync,
) -> Outcome<Tally> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut ids = Vec::new();
        while next.fetch_add(1, Ordering::Relaxed) < requests {
            ids.extend(page()?);
        }
        Outcome::Ok(ids)
    };

    let mut tally = Tally::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..in_flight.get()).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            for id in worker.join().map_err(|_| "a thread panicked")?? {
                tally.add(id.as_ref());
            }
        }
        Ok(tally)
    })
}
