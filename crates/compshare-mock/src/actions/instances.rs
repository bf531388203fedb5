//! Zones, and the list, power and settings of instances.

use serde_json::{Value, json};

use super::instance_creation::{check_name, image_members, password, usable_image};
use super::page::List;
use super::prices::{self, Order};
use super::{ActionResult, Call, Fields, fields};
use crate::request::{not_available, not_found};
use crate::response::ApiError;
use crate::store::{Instance, Size, extend, number, set, text};

pub(super) const PARAMS: &str = "IncludeShareBandwidth Limit NoEIP Offset ResourceType SkipBill \
    SubnetId Tag UDiskIdForAttachment UHostIds VPCId WithoutGpu";
pub(super) const RENAME_PARAMS: &str = "Name UHostId";
pub(super) const START_PARAMS: &str = "UHostId WithoutGpu WithoutGpuSpec";
pub(super) const STOP_PARAMS: &str = "Force UHostId";
pub(super) const REINSTALL_PARAMS: &str = "CompShareImageId CouponId Password UHostId";
pub(super) const PASSWORD_PARAMS: &str = "Password UHostId";
pub(super) const RESIZE_PARAMS: &str =
    "CouponId Cpu DiskId DiskSpace Gpu Memory UHostId WithoutGpu WithoutGpuSpec";
pub(super) const TERMINATE_PARAMS: &str = "ReleaseUDisk UHostId";
pub(super) const PORT_PARAMS: &str = "HttpPorts TcpPorts UHostId UdpPorts";
pub(super) const SCHEDULE_PARAMS: &str = "SchedulerStopTime StopTime UHostId";
pub(super) const SWITCH_PARAMS: &str = "DestChargeType UHostId";

/// The least time to a planned stop, in seconds.
const SCHEDULE_SECONDS: u64 = 300;
/// The maximum number of ports of a protocol.
const MAX_PORTS: usize = 10;

/// Lists the zones of all regions; `Region` does not filter.
#[allow(clippy::unnecessary_wraps, reason = "every action has this signature")]
pub(super) fn zones(call: &mut Call<'_>) -> ActionResult {
    let mut zones = call.store.zones.clone();
    if call.quirks.zone_fields_documented {
        let documented = ["Region", "Zone", "Describe"];
        for zone in zones.iter_mut().filter_map(Value::as_object_mut) {
            zone.retain(|key, _| documented.contains(&&**key));
        }
    }
    Ok(fields([("ZoneInfo", zones.into())]))
}

/// Lists the instances, filtered by ids, region and zone if the request has them. Each listing
/// moves the instances of the page through their lifecycle.
pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    let Call {
        request,
        quirks,
        now,
        ..
    } = *call;
    for row in call.store.instances.stop_planned(now) {
        call.store.return_stock(&row);
    }

    let mut ids = request.list("UHostIds");
    let by_id = !ids.is_empty();
    if quirks.instance_ids_ignored {
        ids.clear();
    }
    let is_at = |instance: &Instance, key: &str| {
        let location = request.text(key);
        location.is_none_or(|location| instance.text(key) == location)
    };
    let visible = call.store.instances.visible().into_iter();
    let found: Vec<(bool, String)> = visible
        .filter(|instance| ids.is_empty() || ids.contains(&instance.id()))
        .filter(|instance| is_at(instance, "Region") && is_at(instance, "Zone"))
        .map(|instance| (instance.is_pod(), instance.id().to_owned()))
        .collect();

    // A page of joined stores has up to `Limit` rows of each.
    let stores: Vec<Vec<(bool, String)>> = if quirks.instance_stores_joined {
        let (pods, hosts) = found.into_iter().partition(|(is_pod, _)| *is_pod);
        vec![hosts, pods]
    } else {
        vec![found]
    };
    let (mut response, mut rows) = (Fields::new(), Vec::new());
    for store in stores {
        let page = List::from_images(store).page(call, |(_, id)| {
            let instance = call.store.instances.find(id);
            instance.map_or(Value::Null, |instance| instance.listed_row(quirks, by_id))
        })?;
        for (key, value) in page {
            if let Value::Array(page) = value {
                rows.extend(page);
                continue;
            }
            let total = response.get(&key).and_then(Value::as_u64);
            let sum = total.zip(value.as_u64());
            let sum = sum.map(|(total, value)| total.saturating_add(value).into());
            response.insert(key, sum.unwrap_or(value));
        }
    }

    for row in &mut rows {
        let id = text(row, "UHostId").to_owned();
        let disks = call.store.disks_of(&id);
        if !disks.is_empty() {
            let mut all = row.get("DiskSet").and_then(Value::as_array).cloned();
            all.get_or_insert_default().extend(disks);
            set(row, "DiskSet", all.unwrap_or_default());
        }
        call.store.instances.advance(&id, quirks, now);
    }
    response.insert("UHostSet".to_owned(), rows.into());
    Ok(response)
}

pub(super) fn rename(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("UHostId")?;
    let name = call.request.required("Name")?;
    check_name(name)?;
    find(call, id)?.set("Name", name);
    Ok(fields([("UHostId", id.into())]))
}

/// Finds the instance with that id.
fn find<'a>(call: &'a mut Call<'_>, id: &str) -> Result<&'a mut Instance, ApiError> {
    let found = call.store.instances.find_mut(id);
    found.ok_or_else(|| not_found(id))
}

/// Finds the instance of a request with `Region`, `Zone` and `UHostId`.
pub(super) fn target<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Instance, ApiError> {
    let request = call.request;
    let (region, zone) = (request.required("Region")?, request.required("Zone")?);
    let id = request.required("UHostId")?;
    let instance = find(call, id)?;
    if instance.text("Region") != region || instance.text("Zone") != zone {
        return Err(not_found(id));
    }
    if instance.is_busy() {
        return Err(ApiError::new(
            226_609,
            format!("InstanceOperationInProgress [{id}]"),
        ));
    }
    Ok(instance)
}

/// Like [`target`], for an instance in this state. Otherwise returns this RetCode.
fn target_in<'a>(
    call: &'a mut Call<'_>,
    state: &str,
    code: i64,
) -> Result<&'a mut Instance, ApiError> {
    let instance = target(call)?;
    if instance.state() == state {
        Ok(instance)
    } else {
        let message = format!("UHost [{}] is {}", instance.id(), instance.state());
        Err(ApiError::new(code, message))
    }
}

/// Moves the instance of the request through these states.
fn start_transition(call: &mut Call<'_>, states: &[&'static str]) -> ActionResult {
    let id = call.request.required("UHostId")?;
    let now = call.now;
    call.store.instances.start_transition(id, states, now);
    Ok(fields([("UHostId", id.into())]))
}

/// Takes the GPUs of `count` instances like `row`.
pub(super) fn take_stock(call: &mut Call<'_>, row: &Value, count: u64) -> Result<(), ApiError> {
    let quirks = call.quirks;
    let gpu_type = text(row, "GpuType");
    let gpus = number(row, "GPU").saturating_mul(count);
    let is_sold_out = quirks.sold_out.iter().any(|sold_out| sold_out == gpu_type);
    if !is_sold_out && call.store.take_stock(row, gpus) {
        return Ok(());
    }

    let code = quirks.sold_out_code.unwrap_or(226_604);
    Err(ApiError::new(code, format!("no stock of [{gpu_type}]")))
}

/// Starts with GPUs, unless `WithoutGpuSpec` is given. `WithoutGpu` is documented and ignored.
pub(super) fn start(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks) = (call.request, call.quirks);
    let instance = target_in(call, "Stopped", 8905)?;
    let row = instance.row.clone();
    let is_pod = instance.is_pod();
    if quirks.arrears {
        return Err(ApiError::new(226_601, "the instance is in arrears"));
    }

    let (cpu, memory) = match request.text("WithoutGpuSpec") {
        None => {
            take_stock(call, &row, 1)?;
            return start_transition(call, &["Starting", "Running"]);
        }
        Some("A") => (2, 4096),
        Some("B") if !is_pod => (8, 16_384),
        Some(_) => return Err(not_available("WithoutGpuSpec")),
    };
    let is_supported = row.get("SupportWithoutGpuStart") != Some(&Value::Bool(false));
    if !is_supported || !["Dynamic", "Postpay"].contains(&text(&row, "ChargeType")) {
        return Err(ApiError::new(8442, "not supported: start without GPU"));
    }
    let mut others = call.store.instances.list.iter();
    if others.any(|other| other.row.get("SrcInstanceConfig").is_some()) {
        return Err(ApiError::new(8445, "limit of instances without GPU"));
    }
    target(call)?.set_without_gpu(cpu, memory);
    start_transition(call, &["Starting", "Running"])
}

pub(super) fn stop(call: &mut Call<'_>) -> ActionResult {
    let quirks = call.quirks;
    let force = call.request.flag("Force")?.unwrap_or_default();
    let instance = target_in(call, "Running", 8905)?;
    if instance.is_spot() && (!force || quirks.spot_never_stops) {
        return Err(not_available("UHostId"));
    }
    let row = instance.row.clone();
    call.store.return_stock(&row);
    start_transition(call, &["Stopping", "Stopped"])
}

pub(super) fn reboot(call: &mut Call<'_>) -> ActionResult {
    target_in(call, "Running", 8905)?;
    start_transition(call, &["Rebooting", "Running"])
}

/// Reinstalls a stopped instance, which is stopped afterwards.
pub(super) fn reinstall(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let instance = target_in(call, "Stopped", 8010)?;
    let row = instance.row.clone();
    let image = request.required("CompShareImageId")?;
    let password = password(request)?;
    let disks = row.get("DiskSet");
    let disk = disks.and_then(|disks| disks.get(0)?.get("Size")?.as_u64());
    let image = usable_image(call.store, image, &row, disk.unwrap_or(u64::MAX))?;

    let instance = target(call)?;
    extend(&mut instance.row, image_members(&image));
    if let Some(password) = password {
        instance.set("Password", password);
    }
    start_transition(call, &["Initializing", "Stopped"])
}

/// Resets the password of a stopped VM, or of a container instance that is running.
pub(super) fn reset_password(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let instance = target(call)?;
    let state = if instance.text("InstanceType") == "Container" || instance.is_pod() {
        "Running"
    } else {
        "Stopped"
    };
    let instance = target_in(call, state, 8903)?;
    request.required("Password")?;
    if let Some(password) = password(request)? {
        instance.set("Password", password);
    }
    Ok(fields([("UHostId", request.required("UHostId")?.into())]))
}

/// Changes the size of a stopped instance, or grows one of its disks.
pub(super) fn resize(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let row = target_in(call, "Stopped", 8010)?.row.clone();

    if let Some(disk) = request.text("DiskId") {
        let size = request.number("DiskSpace", 0)?;
        if ["Cpu", "Gpu", "Memory"]
            .iter()
            .any(|key| request.text(key).is_some())
        {
            return Err(not_available("DiskId"));
        }
        super::disks::grow(call, disk, size)?;
        return start_transition(call, &["Resizing", "Stopped"]);
    }

    let size = resized(call, &row, ["Gpu", "Cpu", "Memory"])?;
    let gpu_type = text(&row, "GpuType");
    let sizes = call.store.market.sizes(text(&row, "Zone"), gpu_type);
    if !sizes.contains(&size) {
        return Err(ratio_error());
    }
    let order = Order::of_instance(&row, size.gpu);
    let price = prices::instance_price(call.store, &order);
    let instance = target(call)?;
    instance.set_size(size.gpu, size.cpu, size.memory * 1024);
    if let Some(price) = price {
        instance.set_price(price);
    }
    start_transition(call, &["Resizing", "Stopped"])
}

/// Returns the size that a request changes `row` to, by the names of its parameters.
pub(super) fn resized(
    call: &Call<'_>,
    row: &Value,
    [gpu, cpu, memory]: [&str; 3],
) -> Result<Size, ApiError> {
    let number = |key: &str, from: &str| {
        let old = row.get(from).and_then(Value::as_u64);
        call.request.number(key, old.unwrap_or_default())
    };
    let memory = match number(memory, "Memory")? {
        megabytes if megabytes % 1024 == 0 => megabytes / 1024,
        _ => return Err(not_available(memory)),
    };
    Ok(Size {
        gpu: number(gpu, "GPU")?,
        cpu: number(cpu, "CPU")?,
        memory,
    })
}

/// Returns the error for a size that is not on sale in the zone.
pub(super) fn ratio_error() -> ApiError {
    ApiError::new(8333, "cpu memory ratio not in 2:1 - 1:12")
}

/// Deletes a stopped instance, and its data disks with `ReleaseUDisk`.
pub(super) fn terminate(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let release = request.flag("ReleaseUDisk")?.unwrap_or_default();
    let instance = target(call)?;
    if !["Stopped", "Install Fail"].contains(&instance.state()) {
        let message = format!("UHost [{}] is not stopped", instance.id());
        return Err(ApiError::new(8010, message));
    }
    let row = instance.row.clone();
    if text(&row, "State") != "Stopped" {
        call.store.return_stock(&row);
    }

    let id = request.required("UHostId")?;
    call.store.instances.remove(id);
    call.store.release_disks(id, release);
    Ok(fields([("UHostId", id.into()), ("InRecycle", "No".into())]))
}

/// Replaces the open ports of a pod. A list that is left out is emptied.
pub(super) fn update_ports(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let instance = target(call)?;
    if !instance.is_pod() {
        return Err(not_available("UHostId"));
    }

    let ports = |key: &str, kept: Option<u16>| {
        let mut ports: Vec<u16> = kept.into_iter().collect();
        for port in request.list(key) {
            match port.parse() {
                Ok(port) if port > 0 => ports.push(port),
                _ => return Err(not_available(key)),
            }
        }
        ports.sort_unstable();
        ports.dedup();
        if ports.len() > MAX_PORTS {
            return Err(not_available(key));
        }
        Ok(Value::from(ports))
    };
    let ports = json!({
        "HttpPorts": ports("HttpPorts", Some(8888))?,
        "TcpPorts": ports("TcpPorts", Some(23))?,
        "UdpPorts": ports("UdpPorts", None)?,
    });
    instance.set("Ports", ports);
    Ok(fields([("UHostId", request.required("UHostId")?.into())]))
}

/// Plans the stop of a running instance. `StopTime`, the name in the official SDKs, is ignored.
pub(super) fn schedule_stop(call: &mut Call<'_>) -> ActionResult {
    let (request, now) = (call.request, call.now);
    if request.text("ProjectId").is_none() {
        return Err(not_available("ProjectID"));
    }
    request.required("SchedulerStopTime")?;
    let time = request.number("SchedulerStopTime", 0)?;
    let instance = target_in(call, "Running", 8905)?;
    if instance.is_spot() {
        return Err(not_available("UHostId"));
    }
    if time < now.saturating_add(SCHEDULE_SECONDS) {
        return Err(not_available("SchedulerStopTime"));
    }
    instance.set("SchedulerStopTime", time);
    Ok(fields([("UHostId", request.required("UHostId")?.into())]))
}

pub(super) fn cancel_stop(call: &mut Call<'_>) -> ActionResult {
    call.request.required("Region")?;
    let id = call.request.required("UHostId")?;
    find(call, id)?.set("SchedulerStopTime", 0);
    Ok(fields([("UHostId", id.into())]))
}

/// Converts a running `Postpay` VM to another charge type.
pub(super) fn switch_charge_type(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks, now) = (call.request, call.quirks, call.now);
    let charge = request.required("DestChargeType")?;
    if !["Dynamic", "Day", "Month", "Year"].contains(&charge) {
        return Err(not_available("DestChargeType"));
    }
    let instance = target_in(call, "Running", 8905)?;
    let is_convertible = !instance.is_spot() && !instance.is_pod() && instance.number("GPU") > 0;
    if !is_convertible || instance.text("ChargeType") != "Postpay" {
        return Err(not_available("UHostId"));
    }
    if !quirks.balance_too_low || quirks.charge_switched_unpaid {
        instance.set("ChargeType", charge);
    }
    if quirks.balance_too_low {
        return Err(ApiError::new(520, "balance too low"));
    }

    instance.set("ExpireTime", prices::expiry(now, charge, 1));
    let row = instance.row.clone();
    let order = Order::of_instance(&row, number(&row, "GPU"));
    if let Some(price) = prices::instance_price(call.store, &order) {
        target(call)?.set_price(price);
    }
    Ok(fields([("UHostId", request.required("UHostId")?.into())]))
}
