//! The current price and stock of an existing instance.

use compshare_client::model::{
    BootDisk, ChargeType, CheckCompShareResourceCapacity, DiskType, GetCompShareInstancePrice,
    Gigabytes, Instance, InstanceSize, Price,
};
use compshare_client::sync::Client;

use super::change::at;

/// The price and the stock of an instance, as far as the service reports them. The record of a
/// stopped instance has no price of computing, and no claim on a GPU.
#[derive(Default)]
pub(super) struct CurrentOffer {
    /// The price of instance and image for a period of the charge type.
    pub(super) price: Option<Price>,
    pub(super) has_stock: Option<bool>,
}

impl CurrentOffer {
    /// Queries price and stock. Errors of the service are ignored: both are optional in a prompt.
    pub(super) fn query(client: &Client, instance: &Instance) -> Self {
        let Some(size) = size_of(instance) else {
            return Self::default();
        };
        Self {
            price: price(client, instance, size.clone()),
            has_stock: has_stock(client, instance, &size),
        }
    }
}

/// Returns the charge type of an instance. Spot instances are described as `Postpay`.
pub(super) fn charge_type(instance: &Instance) -> Option<ChargeType> {
    if instance.is_spot() {
        return Some(ChargeType::Spot);
    }
    instance.charge_type.clone()
}

/// Returns the size with GPUs.
pub(super) fn size_of(instance: &Instance) -> Option<InstanceSize> {
    let (gpus, cpus, memory) = match &instance.size_with_gpu {
        Some(size) if instance.gpu == Some(0) => (size.gpu, size.cpu, size.memory),
        _ => (instance.gpu, instance.cpu, instance.memory),
    };
    Some(InstanceSize::new(
        instance.gpu_type.clone()?,
        u32::try_from(gpus?).ok()?,
        u32::try_from(cpus?).ok()?,
        memory?,
    ))
}

fn price(client: &Client, instance: &Instance, size: InstanceSize) -> Option<Price> {
    let charge = charge_type(instance)?;
    let mut request = GetCompShareInstancePrice::new(size).charge_type(charge.clone());
    request.image_id.clone_from(&instance.image_id);
    let prices = client.send(&at!(instance, request)).ok()?.prices;

    let rows = || {
        let rows = prices.iter();
        rows.filter(|row| row.charge_type.as_ref() == Some(&charge))
    };
    let computing = rows().filter_map(|row| row.instance);
    let image: Price = rows().filter_map(|row| row.image).sum();
    Some(computing.reduce(|sum, price| sum + price)? + image)
}

fn has_stock(client: &Client, instance: &Instance, size: &InstanceSize) -> Option<bool> {
    let boot = instance
        .disks
        .iter()
        .find(|disk| disk.is_boot == Some(true));
    let disk_type = boot.and_then(|disk| disk.disk_type.clone());
    let disk_size = boot.and_then(|disk| disk.size);
    let disk = BootDisk::new(
        disk_type.unwrap_or(DiskType::CloudSsd),
        disk_size.unwrap_or(Gigabytes(100)),
    );
    let request = CheckCompShareResourceCapacity::new(
        instance.zone.clone()?,
        size.gpu_type.clone(),
        instance.image_id.clone()?,
        disk,
        charge_type(instance)?,
    );

    let response = client.send(&request).ok()?;
    let row = response.sizes.iter().find(|row| {
        row.gpu == Some(size.gpus.into())
            && row.cpu == Some(size.cpus.into())
            && row.memory == size.memory.to_gigabytes()
    });
    row?.is_available
}
