//! Writes the account's favorite images to stdout as CSV.

use std::error::Error;
use std::io;

use compshare_client::sync::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let mut table = csv::Writer::from_writer(io::stdout().lock());
    table.write_record(["id", "name", "author", "yuan_per_hour", "tags"])?;

    for favorite in client.favorites() {
        let favorite = favorite?;
        let image = &favorite.image;
        let price = image.price.map(|price| price.to_string());
        let tags: Vec<&str> = image.tag_words().collect();
        table.write_record([
            favorite.id.as_str(),
            &favorite.name,
            image.author.as_deref().unwrap_or_default(),
            price.as_deref().unwrap_or_default(),
            &tags.join(";"),
        ])?;
    }
    table.flush()?;
    Ok(())
}
