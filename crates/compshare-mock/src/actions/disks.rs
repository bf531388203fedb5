//! Data disks.

use serde_json::{Value, json};

use super::instances::target;
use super::{ActionResult, Call, fields};
use crate::request::{not_available, not_found};
use crate::response::ApiError;
use crate::store::{detach as detach_disk, disk_size, number, set, text};

pub(super) const PARAMS: &str = "HostId";
pub(super) const CREATE_PARAMS: &str = "ChargeType CouponId DiskType Name Quantity Size UHostId";
pub(super) const ATTACH_PARAMS: &str = "DataDiskType EnableCrossPodAttach UDiskId UHostId";
pub(super) const DETACH_PARAMS: &str = "Device UDiskId UHostId";
pub(super) const RESIZE_PARAMS: &str = "Size UDiskId UHostId";
pub(super) const DELETE_PARAMS: &str = "OrganizationID TopOrganizationID UDiskId UHostId";

/// The types of data disks, which have other names than in `CreateCompShareInstance`.
const TYPES: [&str; 4] = [
    "SSDDataDisk",
    "RSSDDataDisk",
    "DataDisk",
    "EfficiencyDataDisk",
];
/// The sizes of a data disk in GB.
const SIZES: std::ops::RangeInclusive<u64> = 10..=1500;

/// Lists the data disks, attached and detached.
#[allow(clippy::unnecessary_wraps, reason = "every action has this signature")]
pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    let (region, host) = (call.request.text("Region"), call.request.text("HostId"));
    let disks = call.store.disks.iter();
    let rows: Vec<Value> = disks
        .filter(|disk| host.is_none_or(|host| text(disk, "MountInstance") == host))
        .filter(|disk| region.is_none_or(|region| text(disk, "Zone").starts_with(region)))
        .cloned()
        .collect();
    Ok(fields([("DiskSet", rows.into())]))
}

/// Creates a disk and attaches it to a VM that is running or stopped.
pub(super) fn create(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let instance = target(call)?;
    if instance.is_pod() {
        return Err(not_available("UHostId"));
    }
    let row = instance.row.clone();
    let disk_type = request.required("DiskType")?;
    if !TYPES.contains(&disk_type) {
        return Err(not_available("DiskType"));
    }
    request.required("Size")?;
    let size = request.number("Size", 0)?;
    if !SIZES.contains(&size) {
        return Err(ApiError::new(8067, "disk size not allowed"));
    }
    if call.quirks.balance_too_low {
        return Err(ApiError::new(520, "balance too low"));
    }

    let disk = json!({
        "Name": request.text("Name").unwrap_or_default(),
        "Configuration": size.to_string(),
        "DiskType": disk_type,
        "ChargeType": request.text("ChargeType").unwrap_or("Month"),
    });
    let id = call.store.add_disk(&row, disk);
    Ok(fields([("UDiskId", id.into())]))
}

/// Finds the disk of a request with `Region`, `Zone` and `UDiskId`.
fn disk<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Value, ApiError> {
    let request = call.request;
    let id = request.required("UDiskId")?;
    request.required("Region")?;
    let disk = call.store.disk_mut(id).ok_or_else(|| not_found(id))?;
    // `DetachCompshareDisk` has no `Zone`.
    match request.text("Zone") {
        Some(zone) if text(disk, "Zone") != zone => Err(not_found(id)),
        _ => Ok(disk),
    }
}

pub(super) fn attach(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let instance = target(call)?;
    if instance.is_pod() {
        return Err(not_available("UHostId"));
    }
    let host = instance.id().to_owned();
    if !text(disk(call)?, "MountInstance").is_empty() {
        return Err(ApiError::new(8436, "the disk is attached"));
    }
    call.store.attach(request.required("UDiskId")?, &host);
    Ok(fields([]))
}

/// Detaches a disk from a stopped instance.
pub(super) fn detach(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let (host, device) = (request.required("UHostId")?, request.required("Device")?);
    let instance = call.store.instances.find(host);
    if instance.ok_or_else(|| not_found(host))?.state() != "Stopped" {
        return Err(ApiError::new(
            8010,
            format!("UHost [{host}] is not stopped"),
        ));
    }
    let disk = disk(call)?;
    if text(disk, "MountInstance") != host {
        return Err(not_available("UDiskId"));
    }
    if text(disk, "MountPoint") != device {
        return Err(not_available("Device"));
    }
    detach_disk(disk);
    if call.quirks.disks_detach_slowly {
        set(self::disk(call)?, "Status", "Detaching");
    }
    Ok(fields([]))
}

/// Grows the disk of a stopped instance, or a detached one.
pub(super) fn resize(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    request.required("Zone")?;
    let host = text(disk(call)?, "MountInstance").to_owned();
    let host = call.store.instances.find(&host);
    let is_stopped = host.is_none_or(|host| host.state() == "Stopped");
    if !is_stopped && !call.quirks.disks_grow_online {
        return Err(ApiError::new(8010, "the instance is not stopped"));
    }
    request.required("Size")?;
    let size = request.number("Size", 0)?;
    let id = request.required("UDiskId")?;
    grow(call, id, size)?;
    Ok(fields([("UDiskId", id.into())]))
}

/// Grows a data disk, or the system disk of the instance of the request.
pub(super) fn grow(call: &mut Call<'_>, id: &str, size: u64) -> Result<(), ApiError> {
    let refused = || ApiError::new(8107, "disks only grow");
    if let Some(disk) = call.store.disk_mut(id) {
        if size <= disk_size(disk) || !SIZES.contains(&size) {
            return Err(refused());
        }
        set(disk, "Configuration", size.to_string());
        return Ok(());
    }

    let instance = target(call)?;
    let disks = instance
        .row
        .get_mut("DiskSet")
        .and_then(Value::as_array_mut);
    let mut disks = disks.into_iter().flatten();
    let disk = disks.find(|disk| text(disk, "DiskId") == id);
    let disk = disk.ok_or_else(|| not_found(id))?;
    if size <= number(disk, "Size") {
        return Err(refused());
    }
    set(disk, "Size", size);
    Ok(())
}

/// Deletes a detached disk. Deleting it twice succeeds.
pub(super) fn delete(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    request.required("Zone")?;
    let id = request.required("UDiskId")?;
    match disk(call) {
        Ok(disk) if !text(disk, "MountInstance").is_empty() => {
            return Err(ApiError::new(8436, "the disk is attached"));
        }
        // The first attempt fails, as reported of a disk that is still detaching.
        Ok(disk) if text(disk, "Status") == "Detaching" => {
            set(disk, "Status", "Available");
            return Err(ApiError::new(8434, "the disk is detaching"));
        }
        Ok(_) | Err(ApiError { code: 8039, .. }) => {}
        Err(error) => return Err(error),
    }
    call.store
        .disks
        .retain(|disk| text(disk, "ResourceId") != id);
    Ok(fields([("UDiskId", id.into())]))
}
