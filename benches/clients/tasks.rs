//! Concurrent calls by tasks.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::shared::{Outcome, Tally};

/// Calls `page` for the ids of a page, `requests` times in total, by `in_flight` tasks.
pub(crate) async fn calls<P, F, I>(
    requests: usize,
    in_flight: NonZeroUsize,
    page: P,
) -> Outcome<Tally>
where
    P: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = Outcome<Vec<I>>> + Send,
    I: AsRef<str> + Send + 'static,
{
    let (page, next) = (Arc::new(page), Arc::new(AtomicUsize::new(0)));
    let workers: Vec<_> = (0..in_flight.get())
        .map(|_| {
            let (page, next) = (Arc::clone(&page), Arc::clone(&next));
            tokio::spawn(async move {
                let mut ids = Vec::new();
                while next.fetch_add(1, Ordering::Relaxed) < requests {
                    ids.extend(page().await?);
                }
                Outcome::Ok(ids)
            })
        })
        .collect();

    let mut tally = Tally::default();
    for worker in workers {
        for id in worker.await?? {
            tally.add(id.as_ref());
        }
    }
    Ok(tally)
}
