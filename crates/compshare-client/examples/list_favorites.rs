//! Lists all favourite images with the asynchronous client, whether or not the service has `DescribeFavoriteImages`.
//!
//! Without keys it asks a mock gateway that it starts itself; with `COMPSHARE_PUBLIC_KEY` and `COMPSHARE_PRIVATE_KEY`
//! (and `COMPSHARE_REGION`, `COMPSHARE_BASE_URL` if need be) it asks the real service.

mod support;

use std::error::Error;
use std::process::ExitCode;

use compshare_client::Client;
use support::Target;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    support::finish(list().await)
}

async fn list() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    let client = Client::new(target.config.clone());

    let mut count = 0;
    let mut favorites = client.favorites();
    while let Some(favorite) = favorites.next().await {
        support::print_favorite(&favorite?)?;
        count += 1;
    }
    support::print_summary(count, favorites.requests(), favorites.paginator().source())?;
    Ok(())
}
