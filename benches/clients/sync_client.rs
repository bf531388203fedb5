//! The blocking client, as one uses it.

mod shared;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use compshare_client::Config;
use compshare_client::model::DescribeFavoriteImages;
use compshare_client::sync::Client;
use shared::{Outcome, Tally, Task};

fn client(address: &str) -> Outcome<Client> {
    let config = Config::builder().keys(shared::PUBLIC_KEY, shared::PRIVATE_KEY).region(shared::REGION);
    Ok(Client::new(config.base_url(address).build()?)?)
}

fn run() -> Outcome<Tally> {
    let mut tally = Tally::default();
    match Task::from_arguments()? {
        Task::List { address, page_size, .. } => {
            let request = DescribeFavoriteImages::new().limit(page_size);
            for image in client(&address)?.pages(request).items() {
                tally.add(image?.id.as_str());
            }
        }
        Task::Calls { address, page_size, requests, in_flight } => {
            let (client, next) = (client(&address)?, AtomicUsize::new(0));
            let request = DescribeFavoriteImages::new().offset(0).limit(page_size);
            let work = || {
                let mut ids = Vec::new();
                while next.fetch_add(1, Ordering::Relaxed) < requests {
                    ids.extend(client.send(&request)?.into_images().into_iter().map(|image| image.id));
                }
                Outcome::Ok(ids)
            };
            thread::scope(|scope| {
                let workers: Vec<_> = (0..in_flight.get()).map(|_| scope.spawn(work)).collect();
                for worker in workers {
                    let ids = worker.join().map_err(|_| "a thread panicked")??;
                    for id in ids {
                        tally.add(id.as_str());
                    }
                }
                Outcome::Ok(())
            })?;
        }
    }
    Ok(tally)
}

fn main() {
    shared::end(run())
}
