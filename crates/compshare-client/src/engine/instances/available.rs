//! What is on sale: types of instances by zone, with their stock.

use compshare_model::{
    AvailableInstanceType, DescribeAvailableCompShareInstanceTypes, DescribeCompShareGpuInventory,
    DescribeCompShareSupportZone, GpuStock, Region, StockPool, ZoneInfo,
};

use crate::engine::sequence::Calls;
use crate::{Error, NO_REGION};

/// A type of instance in a zone, with its stock.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Offer {
    /// The zone.
    pub zone: ZoneInfo,
    /// The type, with its sizes and disks.
    pub instance_type: AvailableInstanceType,
    /// The number of GPUs in stock; `None` if the service does not report it.
    pub stock: Option<u64>,
    /// The number of GPUs in stock for spot instances; `None` if the service does not report it.
    pub spot_stock: Option<u64>,
}

/// Lists the types of all zones with their stock.
pub(super) async fn available(calls: Calls) -> Result<Vec<Offer>, Error> {
    let everywhere = DescribeCompShareSupportZone::new().region(NO_REGION);
    let zones = calls.send(&everywhere).await?.zones;

    let mut offers = Vec::new();
    for region in distinct(zones.iter().filter_map(|zone| zone.region.as_ref())) {
        let request = DescribeAvailableCompShareInstanceTypes::new().region(region);
        for instance_type in calls.send(&request).await?.types {
            // Types of other zones and regions may be among them.
            let zone = zones.iter().find(|zone| {
                zone.zone.is_some()
                    && zone.zone == instance_type.zone
                    && zone.region.as_ref() == Some(region)
            });
            let Some(zone) = zone else { continue };
            offers.push(Offer {
                zone: zone.clone(),
                instance_type,
                stock: None,
                spot_stock: None,
            });
        }
    }

    // Virtual machines and containers have separate stocks: the service selects one by the zone.
    for is_pod in [false, true] {
        let is_kind = |zone: &&ZoneInfo| (zone.is_pod == Some(true)) == is_pod;
        let Some(zone) = zones.iter().find(is_kind) else {
            continue;
        };
        let mut request = DescribeCompShareGpuInventory::new();
        request.region.clone_from(&zone.region);
        request.zone.clone_from(&zone.zone);
        let stock = match calls.send(&request).await {
            Ok(response) => response.stock(),
            Err(error) if error.is_action_unavailable() => break,
            Err(error) => return Err(error),
        };
        for offer in offers.iter_mut().filter(|offer| is_kind(&&offer.zone)) {
            offer.stock = count(offer, &stock, &StockPool::Exclusive);
            offer.spot_stock = count(offer, &stock, &StockPool::Spot);
        }
    }
    Ok(offers)
}

fn distinct<'a>(regions: impl Iterator<Item = &'a Region>) -> Vec<&'a Region> {
    let mut distinct = Vec::new();
    for region in regions {
        if !distinct.contains(&region) {
            distinct.push(region);
        }
    }
    distinct
}

fn count(offer: &Offer, stock: &[GpuStock], pool: &StockPool) -> Option<u64> {
    let row = stock.iter().find(|row| {
        row.pool == *pool
            && Some(row.zone_id) == offer.zone.zone_id
            && Some(&row.gpu_type) == offer.instance_type.name.as_ref()
    });
    row.map(|row| row.gpus)
}
