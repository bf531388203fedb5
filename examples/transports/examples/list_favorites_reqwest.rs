//! Lists the account's favorite images over reqwest, of a mock gateway that it starts itself.

use std::error::Error;

use compshare_client::{Client, Config, sanitize};
use compshare_example_transports::ReqwestTransport;
use compshare_mock::MockGateway;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let gateway = MockGateway::start()?;
    let config = Config::builder()
        .keys(gateway.public_key(), gateway.private_key())
        .base_url(gateway.base_url())
        .build()?;

    let transport = ReqwestTransport::new(&config)?;
    let client = Client::with_transport(config, transport);
    let mut favorites = client.favorites();
    while let Some(favorite) = favorites.next().await {
        let favorite = favorite?;
        println!("{} - {}", favorite.id, sanitize(&favorite.name));
    }
    println!("{} requests", favorites.requests());
    Ok(())
}
