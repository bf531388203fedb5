//! Lists the account's favorite images with the asynchronous client.
//!
//! With `COMPSHARE_PUBLIC_KEY` and `COMPSHARE_PRIVATE_KEY` it calls the service, without them a
//! mock gateway that it starts itself.

#![allow(
    clippy::disallowed_methods,
    reason = "the environment says what to call"
)]

use std::env;
use std::error::Error;
use std::io::{Write as _, stdout};

use compshare_client::{Client, Config, sanitize};
use compshare_mock::MockGateway;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let keys = ["COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY"];
    let gateway;
    let client = if keys.iter().any(|name| env::var_os(name).is_some()) {
        Client::from_env()?
    } else {
        gateway = MockGateway::start()?;
        let config = Config::builder()
            .keys(gateway.public_key(), gateway.private_key())
            .base_url(gateway.base_url())
            .build()?;
        Client::new(config)
    };
    eprintln!("calling {}", client.config().base_url());

    let mut count = 0;
    let mut favorites = client.favorites();
    while let Some(favorite) = favorites.next().await {
        let favorite = favorite?;
        // The name may have control characters, and the reader may have left, as `head` does.
        let name = sanitize(&favorite.name);
        if writeln!(stdout(), "{} - {name}", favorite.id).is_err() {
            return Ok(());
        }
        count += 1;
    }
    println!(
        "{count} favorite images in {} requests",
        favorites.requests()
    );
    Ok(())
}
