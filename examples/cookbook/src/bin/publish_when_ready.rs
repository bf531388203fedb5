//! Waits until a custom image is made, and publishes it to the community for free.

use std::env;
use std::error::Error;
use std::time::Duration;

use compshare_client::model::{
    DescribeSelfCommunityImages, GetCompShareImageCreateProgress, PublishCompShareImage,
};
use compshare_client::sync::Client;
use compshare_client::{ImageOutcome, WaitOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [image, zone, name, version] = &arguments[..] else {
        return Err("expected an image, its zone, a name and a version".into());
    };
    let client = Client::from_env()?;

    let progress = GetCompShareImageCreateProgress::new(image).zone(zone);
    let options = WaitOptions::default().deadline(Duration::from_secs(3600));
    match client.images().wait_until_ready_with(progress, options)? {
        ImageOutcome::Ready => {}
        ImageOutcome::Failed { reason } => {
            return Err(format!("{image} failed: {}", reason.unwrap_or_default()).into());
        }
        _ => return Err(format!("{image} is not ready yet").into()),
    }

    let request = PublishCompShareImage::new(image, version)
        .zone(zone)
        .community_image_name(name)
        .price(0.0);
    client.send(&request)?;

    // A review of about three working days follows.
    let published = client.send(&DescribeSelfCommunityImages::new().image_id(image))?;
    for image in published.images() {
        let status = image.status.as_ref().map_or("?", |status| status.as_str());
        println!("{} {version}: {status}", image.id);
    }
    Ok(())
}
