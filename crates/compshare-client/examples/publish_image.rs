//! Creates an image of an instance, waits until it is ready, and publishes it to the community for
//! free.
//!
//! ```sh
//! cargo run --example publish_image --features sync -- uhost-1 cn-wlcb-01 "My ComfyUI" v1.0
//! ```
//!
//! The target is that of `list_favorites`. The arguments are optional with the mock gateway only,
//! which accepts any instance id.

mod support;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use compshare_client::model::{
    CreateCompShareCustomImage, DescribeSelfCommunityImages, GetCompShareImageCreateProgress,
    PublishCompShareImage,
};
use compshare_client::sync::Client;
use compshare_client::{ImageOutcome, WaitOptions};
use support::Target;

fn main() -> ExitCode {
    support::finish(publish())
}

fn publish() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    let arguments = target.arguments(&["uhost-1", "cn-wlcb-01", "My ComfyUI", "v1.0"]);
    let [instance, zone, name, version] = &arguments[..] else {
        return Err(
            "name the instance, its zone, the image and its version, as in: uhost-1 cn-wlcb-01 ComfyUI v1.0".into()
        );
    };
    let client = Client::new(target.config.clone());

    // Only images of container instances can be published. The response arrives at once; the image
    // takes minutes.
    let made = client
        .send(&CreateCompShareCustomImage::new(instance.as_str(), name).zone(zone.as_str()))?;
    let image = made.image_id.ok_or("the response has no image id")?;
    support::print(&format!("{image} is being made"))?;

    let interval = if target.is_mock() {
        Duration::from_millis(200)
    } else {
        Duration::from_secs(5)
    };
    let options = WaitOptions::default()
        .interval(interval)
        .on_progress(|progress| {
            let left = progress.remaining().unwrap_or_default();
            support::note(&format!(
                "{:.0} %, {} s left",
                progress.process.unwrap_or_default(),
                left.as_secs()
            ));
        });
    let progress = GetCompShareImageCreateProgress::new(image.clone()).zone(zone.as_str());
    match client.images().wait_until_ready_with(progress, options)? {
        ImageOutcome::Ready => support::print(&format!("{image} is ready"))?,
        ImageOutcome::Failed { reason } => {
            return Err(format!(
                "making {image} failed: {}",
                reason.as_deref().unwrap_or("no reason is given")
            )
            .into());
        }
        _ => {
            return Err(
                format!("{image} is not ready after half an hour; it may still become so").into(),
            );
        }
    }

    // CompShare's documentation requires a version, UCloud's a zone and a price: all three are
    // sent.
    let publish = PublishCompShareImage::new(image.clone(), version)
        .zone(zone.as_str())
        .community_image_name(name)
        .price(0.0);
    client.send(&publish)?;

    // The platform reviews it first, which takes about three working days.
    let mine = client.send(&DescribeSelfCommunityImages::new().image_id(image.clone()))?;
    for published in mine.images().filter(|published| published.id == image) {
        let status = published
            .status
            .as_ref()
            .map_or("unknown", |status| status.as_str());
        support::print(&format!("{image} - {} {version}: {status}", published.name))?;
    }
    Ok(())
}
