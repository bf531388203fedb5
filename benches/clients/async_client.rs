//! The asynchronous client, as one uses it.

mod shared;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use compshare_client::model::DescribeFavoriteImages;
use compshare_client::{Client, Config};
use shared::{Outcome, Tally, Task};

fn client(address: &str) -> Outcome<Client> {
    let config = Config::builder().keys(shared::PUBLIC_KEY, shared::PRIVATE_KEY).region(shared::REGION);
    Ok(Client::new(config.base_url(address).build()?)?)
}

async fn run(task: Task) -> Outcome<Tally> {
    let mut tally = Tally::default();
    match task {
        Task::List { address, page_size, look_ahead } => {
            let request = DescribeFavoriteImages::new().limit(page_size);
            let mut images = client(&address)?.pages(request).look_ahead(look_ahead).items();
            while let Some(image) = images.next().await {
                tally.add(image?.id.as_str());
            }
        }
        Task::Calls { address, page_size, requests, in_flight } => {
            let (client, next) = (client(&address)?, Arc::new(AtomicUsize::new(0)));
            let request = DescribeFavoriteImages::new().offset(0).limit(page_size);
            let workers: Vec<_> = (0..in_flight.get())
                .map(|_| {
                    let (client, request, next) = (client.clone(), request.clone(), Arc::clone(&next));
                    tokio::spawn(async move {
                        let mut ids = Vec::new();
                        while next.fetch_add(1, Ordering::Relaxed) < requests {
                            ids.extend(client.send(&request).await?.into_images().into_iter().map(|image| image.id));
                        }
                        Outcome::Ok(ids)
                    })
                })
                .collect();
            for worker in workers {
                for id in worker.await?? {
                    tally.add(id.as_str());
                }
            }
        }
    }
    Ok(tally)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let outcome = match Task::from_arguments() {
        Ok(task) => run(task).await,
        Err(error) => Err(error),
    };
    shared::end(outcome)
}
