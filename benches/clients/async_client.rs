//! Measures the asynchronous client.

mod shared;
mod tasks;

use compshare_client::model::DescribeFavoriteImages;
use compshare_client::{Client, Config};
use shared::{Outcome, Tally, Task};

fn client(address: &str) -> Outcome<Client> {
    let config = Config::builder()
        .keys(shared::PUBLIC_KEY, shared::PRIVATE_KEY)
        .region(shared::REGION);
    Ok(Client::new(config.base_url(address).build()?))
}

async fn run() -> Outcome<Tally> {
    match Task::from_arguments()? {
        Task::List {
            address,
            page_size,
            prefetch,
        } => {
            let (client, mut tally) = (client(&address)?, Tally::default());
            let request = DescribeFavoriteImages::new().limit(page_size);
            let mut images = client.pages(request).prefetch(prefetch).into_items();
            while let Some(image) = images.next().await {
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
            tasks::calls(requests, in_flight, move || {
                let call = client.send(&request);
                async move {
                    Ok(call
                        .await?
                        .into_images()
                        .into_iter()
                        .map(|image| image.id)
                        .collect())
                }
            })
            .await
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    shared::exit(run().await)
}
