//! Measures the blocking client.

mod shared;
mod threads;

use compshare_client::Config;
use compshare_client::model::DescribeFavoriteImages;
use compshare_client::sync::Client;
use shared::{Outcome, Tally, Task};

fn client(address: &str) -> Outcome<Client> {
    let config = Config::builder()
        .keys(shared::PUBLIC_KEY, shared::PRIVATE_KEY)
        .region(shared::REGION);
    Ok(Client::new(config.base_url(address).build()?))
}

fn run() -> Outcome<Tally> {
    match Task::from_arguments()? {
        Task::List {
            address, page_size, ..
        } => {
            let (client, mut tally) = (client(&address)?, Tally::default());
            for image in client
                .pages(DescribeFavoriteImages::new().limit(page_size))
                .into_items()
            {
                tally.add(image?.id.as_str());
            }
            Ok(tally)
        }
        Task::Calls {
            address,
            page_size,
            requests,
            in_flight,
        } => {
            let client = client(&address)?;
            let request = DescribeFavoriteImages::new().offset(0).limit(page_size);
            threads::calls(requests, in_flight, || {
                Ok(client
                    .send(&request)?
                    .into_images()
                    .into_iter()
                    .map(|image| image.id)
                    .collect())
            })
        }
    }
}

fn main() {
    shared::exit(run())
}
