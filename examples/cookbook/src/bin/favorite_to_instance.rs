//! Creates an instance from a favorite image, and waits until it runs.

use std::env;
use std::error::Error;

use compshare_client::model::{
    BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,
    InstanceState,
};
use compshare_client::{Client, InstanceOutcome, sanitize};

const MAX_YUAN_PER_HOUR: f64 = 2.5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let wanted = env::args().nth(1).ok_or("expected a part of a name")?;
    let client = Client::from_env()?;
    let gpu = GpuType::Rtx4090;

    let mut favorites = client.favorites();
    let image = loop {
        let favorite = favorites.next().await.ok_or("no such favorite")??;
        // An image without types has no known limit.
        let types = &favorite.image.supported_gpu_types;
        let is_supported = types.is_empty() || types.iter().any(|name| name == gpu.as_str());
        if favorite.is_ready() && is_supported && favorite.name.contains(&wanted) {
            break favorite.id;
        }
    };

    let offers = client.instances().available().await?;
    let mut offers = offers.into_iter();
    let offer = offers
        .find(|offer| offer.instance_type.name.as_ref() == Some(&gpu) && offer.stock > Some(0));
    let zone = offer.and_then(|offer| offer.zone.zone).ok_or("sold out")?;
    let size = InstanceSize::new(gpu, 1, 16, Gigabytes(64));
    let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(100));
    let request = CreateCompShareInstance::new(zone, size, image, disk, ChargeType::Postpay)
        .name("from-a-favorite");

    let quote = client.instances().quote(&request).await?;
    let price = quote.price.ok_or("the price is unknown")?;
    if price.to_f64() > MAX_YUAN_PER_HOUR {
        return Err(format!("{price} yuan an hour is too much").into());
    }

    // Sent once: see "Create exactly once" in docs/instances.md.
    let created = client.instances().create(&request).await?;
    let id = created.ids.first().ok_or("no instance id")?;
    let wait = client.instances().wait_until(id, InstanceState::Running);
    match wait.await? {
        InstanceOutcome::Reached(instance) => {
            let command = instance.ssh_login_command.unwrap_or_default();
            println!("{id} costs {price} yuan an hour: {}", sanitize(&command));
            Ok(())
        }
        _ => Err(format!("{id} does not run, but may cost").into()),
    }
}
