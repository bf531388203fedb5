//! The baseline of the blocking client: ureq and `serde_json::from_slice`, and nothing else.

#[path = "../plain.rs"]
mod plain;
mod shared;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use compshare_sign::Credentials;
use shared::{Outcome, Tally, Task};
use ureq::Agent;

struct Bare {
    agent: Agent,
    credentials: Credentials,
    address: String,
    page_size: u32,
}

impl Bare {
    fn new(address: String, page_size: u32) -> Outcome<Self> {
        let credentials = Credentials::new(shared::PUBLIC_KEY, shared::PRIVATE_KEY)?;
        // As many connections are kept as there are threads: ureq's default of three would make most of them anew.
        let config = Agent::config_builder().max_idle_connections(64).max_idle_connections_per_host(64).build();
        Ok(Self { agent: config.new_agent(), credentials, address, page_size })
    }

    fn page(&self, offset: usize) -> Outcome<plain::Page> {
        let form = shared::form(&self.credentials, offset, self.page_size)?;
        let request = self
            .agent
            .post(&self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json");
        let body = request.send(form)?.into_body().into_with_config().limit(u64::MAX).read_to_vec()?;
        Ok(serde_json::from_slice(&body)?)
    }
}

fn run() -> Outcome<Tally> {
    let mut tally = Tally::default();
    match Task::from_arguments()? {
        Task::List { address, page_size, .. } => {
            let (bare, mut offset) = (Bare::new(address, page_size)?, 0);
            loop {
                let page = bare.page(offset)?;
                if page.image_set.is_empty() {
                    return Ok(tally);
                }
                offset += page.image_set.len();
                for image in &page.image_set {
                    tally.add(&image.comp_share_image_id);
                }
            }
        }
        Task::Calls { address, page_size, requests, in_flight } => {
            let (bare, next) = (Bare::new(address, page_size)?, AtomicUsize::new(0));
            let work = || {
                let mut ids = Vec::new();
                while next.fetch_add(1, Ordering::Relaxed) < requests {
                    ids.extend(bare.page(0)?.image_set.into_iter().map(|image| image.comp_share_image_id));
                }
                Outcome::Ok(ids)
            };
            thread::scope(|scope| {
                let workers: Vec<_> = (0..in_flight.get()).map(|_| scope.spawn(work)).collect();
                for worker in workers {
                    let ids = worker.join().map_err(|_| "a thread panicked")??;
                    for id in ids {
                        tally.add(&id);
                    }
                }
                Ok(tally)
            })
        }
    }
}

fn main() {
    shared::end(run())
}
