//! Rents a GPU for a favorite image, waits until the instance runs, and stops it.

use compshare_client::model::{
    BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,
    InstanceState,
};
use compshare_client::sync::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let gpu = GpuType::Rtx4090;

    let mut favorites = client.favorites();
    let favorite = loop {
        let favorite = favorites.next().ok_or("no favorite supports the GPU")??;
        let gpus = &favorite.image.supported_gpu_types;
        if gpus.iter().any(|name| name == gpu.as_str()) {
            break favorite;
        }
    };

    let size = InstanceSize::new(gpu, 1, 16, Gigabytes(64));
    let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(100));
    let request =
        CreateCompShareInstance::new("cn-wlcb-01", size, &favorite.id, disk, ChargeType::Postpay)
            .name("from-a-favorite");

    let quote = client.instances().quote(&request)?;
    let price = quote.price.ok_or("no price")?;
    println!("{price} yuan an hour, in stock: {:?}", quote.is_available);

    let created = client.instances().create(&request)?;
    for id in &created.ids {
        let outcome = client.instances().wait_until(id, InstanceState::Running)?;
        println!("{id} is running: {}", outcome.is_reached());
        client.instances().stop(id)?;
    }
    Ok(())
}
