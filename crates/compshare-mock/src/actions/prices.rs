//! Prices of instances and disks, and refunds.

use serde_json::{Value, json};

use super::instances::{ratio_error, resized, target};
use super::{ActionResult, Call, Fields, fields};
use crate::request::{Request, missing, not_available, not_found};
use crate::response::ApiError;
use crate::store::{Market, Store, disk_size, items, number, text};

pub(super) const PARAMS: &str = "ChargeType CompShareImageId Cpu Disks.IsBoot Disks.Size \
    Disks.Type Gpu GpuType Memory Quantity Volumes.Size Volumes.Type";
pub(super) const USER_PARAMS: &str = "CPU ChargeType CompShareImageId GPU GpuType Memory";
pub(super) const UPGRADE_PARAMS: &str = "CPU CompShareImageId GPU Memory UHostId";
pub(super) const REFUND_PARAMS: &str = "UHostIds";
pub(super) const DISK_UPGRADE_PARAMS: &str = "BackupMode DiskId DiskSpace UHostId";

/// The free part of a system disk in GB.
const FREE_DISK: u64 = 100;
/// The ratio of the price after discount to the price before it.
const DISCOUNT: f64 = 0.95;
/// The types of GPU without spot instances.
pub(super) const NO_SPOT: [&str; 5] = ["4090_48G", "A800", "H20", "P40", "2080"];
/// The charge types of instances that are created.
pub(super) const CHARGE_TYPES: [&str; 5] = ["Month", "Day", "Dynamic", "Postpay", "Spot"];
const HOUR: u64 = 3600;

/// The priced part of an instance.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    gpu_type: &'a str,
    gpus: u64,
    charge: &'a str,
    /// Months or days.
    quantity: u64,
    /// Sizes in GB.
    system_disk: u64,
    data_disks: u64,
    /// Yuan per GPU and hour.
    image_price: f64,
}

/// The parts of a price in yuan, for the period of the charge type.
struct Parts {
    instance: f64,
    system_disk: f64,
    data_disks: f64,
    image: f64,
}

impl<'a> Order<'a> {
    /// Returns the order for an instance with another number of GPUs.
    pub(super) fn of_instance(row: &'a Value, gpus: u64) -> Self {
        Self {
            gpu_type: text(row, "GpuType"),
            gpus,
            charge: if row.get("IsSpot") == Some(&Value::Bool(true)) {
                "Spot"
            } else {
                text(row, "ChargeType")
            },
            quantity: 1,
            system_disk: 0,
            data_disks: 0,
            image_price: 0.0,
        }
    }

    fn parts(&self, market: &Market) -> Option<Parts> {
        let (hours, disk_price) = rates(self.charge)?;
        let periods = if ["Month", "Day", "Year"].contains(&self.charge) {
            float(self.quantity)
        } else {
            1.0
        };
        let gpu_hours = float(self.gpus) * hours * periods;
        let disk_price = disk_price * periods;
        Some(Parts {
            instance: market.gpu_price(self.gpu_type)? * gpu_hours,
            system_disk: float(self.system_disk.saturating_sub(FREE_DISK)) * disk_price,
            data_disks: float(self.data_disks) * disk_price,
            image: self.image_price * gpu_hours,
        })
    }
}

/// Returns the paid hours of a period, and the price of a disk in yuan per GB and period.
fn rates(charge: &str) -> Option<(f64, f64)> {
    Some(match charge {
        "Postpay" | "Dynamic" => (1.0, 0.0005),
        "Spot" => (0.7, 0.0005),
        "Day" => (21.6, 0.011),
        "Month" => (540.0, 0.3),
        "Year" => (5400.0, 3.0),
        _ => return None,
    })
}

/// Returns the price of a disk in yuan per GB and period.
fn disk_price(charge: &str) -> f64 {
    rates(charge).map(|(_, price)| price).unwrap_or_default()
}

/// Returns the end of the paid period; 0 if the instance is paid afterwards.
pub(super) fn expiry(now: u64, charge: &str, quantity: u64) -> u64 {
    let hours = match charge {
        "Dynamic" => 1,
        "Day" => 24 * quantity,
        "Month" => 24 * 30 * quantity,
        "Year" => 24 * 365 * quantity,
        _ => return 0,
    };
    now.saturating_add(hours.saturating_mul(HOUR))
}

/// Returns `InstancePrice` of an instance, if the type of GPU has a price.
pub(super) fn instance_price(store: &Store, order: &Order<'_>) -> Option<Value> {
    Some(yuan(order.parts(&store.market)?.instance))
}

pub(super) fn instance(call: &mut Call<'_>) -> ActionResult {
    price(call, ["Gpu", "Cpu"])
}

pub(super) fn user(call: &mut Call<'_>) -> ActionResult {
    price(call, ["GPU", "CPU"])
}

/// Returns the prices of an order. They do not depend on the stock, nor on the sizes on sale.
fn price(call: &mut Call<'_>, [gpu, cpu]: [&str; 2]) -> ActionResult {
    let Call {
        request, quirks, ..
    } = *call;
    request.required("Region")?;
    let zone = request.required("Zone")?;
    let gpu_type = request.required("GpuType")?;
    for key in [gpu, cpu, "Memory"] {
        request.required(key)?;
        request.number(key, 0)?;
    }
    if request.number("Memory", 0)? % 1024 != 0 {
        return Err(not_available("Memory"));
    }

    let image = request.text("CompShareImageId");
    let image = image.and_then(|id| call.store.image(id)?.get("Price")?.as_f64());
    let (system_disk, data_disks) = disk_sizes(request)?;
    let mut order = Order {
        gpu_type,
        gpus: request.number(gpu, 1)?,
        charge: "",
        quantity: request.number("Quantity", 1)?,
        system_disk,
        data_disks,
        image_price: image.unwrap_or_default(),
    };

    let is_pod = is_pod_zone(call.store, zone);
    let is_sold = |charge: &str| {
        !(is_pod && charge == "Dynamic" || charge == "Spot" && NO_SPOT.contains(&gpu_type))
    };
    let charges: Vec<&str> = match request.text("ChargeType") {
        Some(charge) if rates(charge).is_some() && is_sold(charge) => vec![charge],
        Some(_) => return Err(not_available("ChargeType")),
        None if quirks.price_of_month_only => vec!["Month"],
        None => CHARGE_TYPES
            .into_iter()
            .filter(|charge| is_sold(charge))
            .collect(),
    };

    let mut rows = Vec::new();
    let mut originals = Vec::new();
    for charge in charges {
        order.charge = charge;
        let parts = order.parts(&call.store.market);
        let parts = parts.ok_or_else(|| not_available("GpuType"))?;
        rows.extend(price_rows(call, charge, &parts, 1.0));
        originals.extend(price_rows(call, charge, &parts, DISCOUNT));
    }
    let suffix = if quirks.singular_price_keys { "" } else { "s" };
    Ok(Fields::from_iter([
        (format!("PriceDetail{suffix}"), rows.into()),
        (
            format!("OriginalPriceDetail{suffix}"),
            originals.clone().into(),
        ),
        (format!("ListPriceDetail{suffix}"), originals.into()),
    ]))
}

/// Returns `true` if container instances run in the zone.
pub(super) fn is_pod_zone(store: &Store, zone: &str) -> bool {
    let is_pod = store.zone(zone).and_then(|zone| zone.get("IsPod"));
    is_pod == Some(&Value::Bool(true))
}

/// Returns the sizes of the system disk and of all data disks of a request, in GB.
fn disk_sizes(request: &Request) -> Result<(u64, u64), ApiError> {
    let (mut system, mut data) = (0, 0);
    for disk in 0..MAX_DISKS {
        let size = request.number(&format!("Disks.{disk}.Size"), 0)?;
        if request.flag(&format!("Disks.{disk}.IsBoot"))? == Some(true) {
            system = size;
        } else {
            let volume = request.number(&format!("Volumes.{disk}.Size"), 0)?;
            data = u64::saturating_add(data, size).saturating_add(volume);
        }
    }
    Ok((system, data))
}

/// The maximum number of disks in a request.
pub(super) const MAX_DISKS: usize = 8;

/// Returns the row of a charge type, or one for each part with
/// [`price_rows_by_part`](crate::Quirks::price_rows_by_part).
fn price_rows(call: &Call<'_>, charge: &str, parts: &Parts, discount: f64) -> Vec<Value> {
    let quirks = call.quirks;
    let disks = if quirks.disk_price_includes_system {
        parts.data_disks + parts.system_disk
    } else {
        parts.data_disks
    };
    let members = [
        ("Instance", parts.instance, true),
        ("Disks", disks, disks > 0.0),
        ("SystemDisks", parts.system_disk, parts.system_disk > 0.0),
        ("CompShareImage", parts.image, parts.image > 0.0),
    ];
    let members = members.into_iter().filter(|(_, _, is_sent)| *is_sent);
    let mut members: Vec<(&str, Value)> = members
        .map(|(key, price, _)| (key, yuan(price / discount)))
        .collect();
    if quirks.prices_absent {
        members.clear();
    }

    let mut rows = Vec::new();
    if quirks.price_rows_by_part {
        for (key, price) in members {
            rows.push(json!({"ChargeType": charge, key: price}));
        }
    } else {
        let mut row = fields([
            ("ChargeType", charge.into()),
            ("InstanceDiscountType", 0.into()),
        ]);
        row.extend(
            members
                .into_iter()
                .map(|(key, price)| (key.to_owned(), price)),
        );
        rows.push(row.into());
    }
    rows
}

/// Returns the difference in price of an instance in another size.
pub(super) fn upgrade(call: &mut Call<'_>) -> ActionResult {
    let row = target(call)?.row.clone();
    let size = resized(call, &row, ["GPU", "CPU", "Memory"])?;
    let sizes = call
        .store
        .market
        .sizes(text(&row, "Zone"), text(&row, "GpuType"));
    if !sizes.contains(&size) {
        return Err(ratio_error());
    }

    let price = |gpus: u64| {
        let parts = Order::of_instance(&row, gpus).parts(&call.store.market);
        parts.map(|parts| parts.instance)
    };
    let prices = price(size.gpu).zip(price(number(&row, "GPU")));
    let (new, old) = prices.ok_or_else(|| ApiError::new(8090, "price query failed"))?;
    Ok(difference(call, new - old))
}

/// Returns the fields of a difference in price.
fn difference(call: &Call<'_>, price: f64) -> Fields {
    if call.quirks.prices_absent {
        return Fields::new();
    }
    fields([
        ("Price", yuan(price)),
        ("OriginalPrice", yuan(price / DISCOUNT)),
        ("ListPrice", yuan(price / DISCOUNT)),
    ])
}

/// Returns the difference in price of a larger disk.
pub(super) fn disk_upgrade(call: &mut Call<'_>) -> ActionResult {
    let row = target(call)?.row.clone();
    let id = call.request.required("DiskId")?;
    call.request.required("DiskSpace")?;
    let size = call.request.number("DiskSpace", 0)?;

    let disk = call.store.disk_mut(id).cloned();
    let (old, charge) = if let Some(disk) = &disk {
        (disk_size(disk), text(disk, "ChargeType"))
    } else {
        let mut disks = items(&row, "DiskSet").iter();
        let disk = disks.find(|disk| text(disk, "DiskId") == id);
        let disk = disk.ok_or_else(|| not_found(id))?;
        (number(disk, "Size"), text(&row, "ChargeType"))
    };
    if size < old {
        return Err(ApiError::new(8107, "disks only grow"));
    }

    let free = if disk.is_some() { 0 } else { FREE_DISK };
    let paid = size.saturating_sub(free) - old.saturating_sub(free);
    let price = float(paid) * disk_price(charge);
    let mut fields = difference(call, price);
    if !fields.is_empty() {
        for (key, price) in [
            ("", price),
            ("Original", price / DISCOUNT),
            ("List", price / DISCOUNT),
        ] {
            let detail = json!({"UDisk": yuan(price), "Snapshot": 0.0});
            fields.insert(format!("{key}PriceDetail"), detail);
        }
    }
    Ok(fields)
}

/// Returns the refunds of instances: the unused share of a prepaid period, less a charge.
pub(super) fn refund(call: &mut Call<'_>) -> ActionResult {
    let (request, now) = (call.request, call.now);
    request.required("Region")?;
    request.required("Zone")?;
    let ids = request.list("UHostIds");
    if ids.is_empty() {
        return Err(missing("UHostIds"));
    }

    let message_key = if call.quirks.refund_err_message {
        "ErrMessage"
    } else {
        "Message"
    };
    let mut rows = Vec::new();
    for id in ids {
        let instance = call.store.instances.find(id);
        let instance = instance.ok_or_else(|| not_found(id))?;
        let price = instance.row.get("InstancePrice").and_then(Value::as_f64);
        let charge = instance.text("ChargeType");
        let charge_factor = match charge {
            "Day" => 1.25,
            "Month" | "Year" => 1.5,
            _ => {
                let message = format!("charge type [{charge}] is not prepaid");
                rows.push(
                    json!({"UHostId": id, "Code": 8116, message_key: message, "RefundPrice": 0.0}),
                );
                continue;
            }
        };
        // The share used of the periods that are not over yet.
        let end = instance.number("ExpireTime");
        let period = float(expiry(0, charge, 1));
        let left = float(end.saturating_sub(now)) / period;
        let used = left.ceil() - left;
        let refund = (left.ceil() - used * charge_factor).max(0.0);
        let refund = price.unwrap_or_default() * refund;
        rows.push(json!({"UHostId": id, "Code": 0, message_key: "", "RefundPrice": yuan(refund)}));
    }
    Ok(fields([("RefundPriceSet", rows.into())]))
}

/// Returns a price in yuan, rounded to 1/10000.
fn yuan(price: f64) -> Value {
    let rounded = (price * 10_000.0).round() / 10_000.0;
    // Without the sign of a negative zero.
    (rounded + 0.0).into()
}

/// Converts a count. Counts are far below 2^32; larger ones saturate.
fn float(count: u64) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
