//! The current price and stock of an existing instance.

use compshare_client::model::{
    BootDisk, ChargeType, CheckCompShareResourceCapacity, CreateCompShareInstance, DiskType,
    GetCompShareInstancePrice, Gigabytes, Instance, InstanceSize, Price,
};
use compshare_client::sync::Client;

/// The price and the stock of an instance, as far as the service reports them. The record of a
/// stopped instance has no price of computing, and no claim on a GPU.
#[derive(Default)]
pub(super) struct CurrentOffer {
    /// The price of instance and image for a period of the charge type. Disks cost in any case.
    pub(super) price: Option<Price>,
    pub(super) has_stock: Option<bool>,
}

impl CurrentOffer {
    /// Queries price and stock. Errors of the service are ignored: both are optional in a prompt.
    pub(super) fn query(client: &Client, instance: &Instance) -> Self {
        let Some(request) = same_as(instance) else {
            return Self::default();
        };

        let prices = client.send(&GetCompShareInstancePrice::from(&request));
        let prices = prices.map(|response| response.prices).unwrap_or_default();
        let rows = || {
            let charge_type = Some(&request.charge_type);
            let rows = prices.iter();
            rows.filter(move |row| row.charge_type.as_ref() == charge_type)
        };
        let computing = rows().filter_map(|row| row.instance);
        let image: Price = rows().filter_map(|row| row.image).sum();

        let stock = client.send(&CheckCompShareResourceCapacity::from(&request));
        let sizes = stock.map(|response| response.sizes).unwrap_or_default();
        let size = sizes.iter().find(|size| {
            size.gpu == Some(request.gpu.into())
                && size.cpu == Some(request.cpu.into())
                && size.memory.map(Into::into) == Some(request.memory)
        });
        Self {
            price: computing
                .reduce(|sum, price| sum + price)
                .map(|sum| sum + image),
            has_stock: size.and_then(|size| size.is_available),
        }
    }
}

/// Returns the request for a new instance like this one.
fn same_as(instance: &Instance) -> Option<CreateCompShareInstance> {
    let boot = instance
        .disks
        .iter()
        .find(|disk| disk.is_boot == Some(true));
    let disk = BootDisk::new(
        boot.and_then(|disk| disk.disk_type.clone())
            .unwrap_or(DiskType::CloudSsd),
        boot.and_then(|disk| disk.size).unwrap_or(Gigabytes(100)),
    );
    Some(CreateCompShareInstance::new(
        instance.zone.clone()?,
        size_of(instance)?,
        instance.image_id.clone()?,
        disk,
        charge_type(instance)?,
    ))
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
