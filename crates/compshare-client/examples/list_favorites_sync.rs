//! Lists all favourite images with the blocking client: the twin of `list_favorites`, without a runtime.

mod support;

use std::error::Error;
use std::process::ExitCode;

use compshare_client::sync::Client;
use support::Target;

fn main() -> ExitCode {
    support::finish(list())
}

fn list() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    let client = Client::new(target.config.clone());

    let mut count = 0;
    let mut favorites = client.favorites();
    for favorite in favorites.by_ref() {
        support::print_favorite(&favorite?)?;
        count += 1;
    }
    support::print_summary(count, favorites.requests(), favorites.paginator().source())?;
    Ok(())
}
