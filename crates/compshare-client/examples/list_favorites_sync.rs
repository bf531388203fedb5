//! Lists all favourite images with the blocking client: the twin of `list_favorites`, without a runtime.

mod support;

use std::error::Error;
use std::process::ExitCode;

use compshare_client::model::DescribeFavoriteImages;
use compshare_client::sync::Client;
use support::Target;

fn main() -> ExitCode {
    support::finish(list())
}

fn list() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    let client = Client::new(target.config.clone())?;

    let mut count = 0;
    let mut images = client.pages(DescribeFavoriteImages::new().limit(20)).items();
    for image in images.by_ref() {
        support::print(&image?)?;
        count += 1;
    }
    support::print_summary(count, images.requests())?;
    Ok(())
}
